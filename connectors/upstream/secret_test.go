package upstream_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crypto/tls"
	"crypto/x509"
	"encoding/pem"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// forms are the ways in which a server could send the secret back.
func forms() []string {
	return []string{
		secret, url.QueryEscape(secret), url.PathEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte("me@example.com:" + secret)),
	}
}

func leaks(text string) string {
	for _, form := range forms() {
		if strings.Contains(text, form) {
			return form
		}
	}
	return ""
}

func TestSecretNowhere(t *testing.T) {
	auth := upstream.Basic("me@example.com", connectors.NewSecret(secret)).And(upstream.Header("X-Key", "k=", connectors.NewSecret(secret)))
	opts := upstream.Options{Auth: auth, Retries: -1, Explain: func(b []byte) string { return string(b) }}
	for _, form := range forms() {
		for _, status := range []int{200, 400, 401, 500} {
			server, _ := script(t, func(w http.ResponseWriter, r *http.Request) {
				reply(status, strings.Repeat("x", 290)+form+r.Header.Get("Authorization")+r.URL.String(), "X-Request-Id", form)(w, r)
			})
			c, err := upstream.New(server.URL, &opts)
			if err != nil {
				t.Fatal(err)
			}
			var n int
			_, err = c.Do(t.Context(), upstream.Get("/{a}", url.PathEscape(form)).With("key", secret), &n)
			text, _ := json.Marshal(err)
			if leak := leaks(fmt.Sprintf("%v %+v %#v %s %+v %+v %+v", err, err, err, text, c, opts, auth)); leak != "" {
				t.Errorf("%q in %+v", leak, err)
			}
		}
	}
}

func TestRedactURL(t *testing.T) {
	for in, want := range map[string]string{
		"see https://me:pw@host/p?key=1 there":     "see https://host/p?[redacted] there",
		`Get "http://h:1/p?a=b": refused`:          `Get "http://h:1/p?[redacted]": refused`,
		"plain\ttext\nof   more\x00 than\u200bone": "plain text of more than one",
		"":                       "",
		strings.Repeat("é", 400): strings.Repeat("é", 300) + "…",
	} {
		if got := upstream.Explained(nil, in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func FuzzExplained(f *testing.F) {
	f.Add("a", secret)
	f.Add("https://x:y@z/?"+secret, secret)
	f.Fuzz(func(t *testing.T, text, s string) {
		got := upstream.Explained([]string{s}, text+s+text)
		if len(s) >= 12 && !strings.Contains("[redacted]", s) && strings.Contains(got, s) {
			t.Errorf("%q keeps %q", got, s)
		}
		if strings.ContainsAny(got, "\r\n\x00\x1b") || len([]rune(got)) > 301 {
			t.Errorf("%q", got)
		}
	})
}

func TestNewFaults(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		base string
		opts upstream.Options
		path string
	}{
		{"", upstream.Options{}, "baseURL"},
		{"jira.example.com", upstream.Options{}, "baseURL"},
		{"http://jira.example.com", upstream.Options{}, "baseURL"},
		{"ftp://jira.example.com", upstream.Options{}, "baseURL"},
		{"https://me:" + url.QueryEscape(secret) + "@jira.example.com", upstream.Options{}, "baseURL"},
		{"https://jira.example.com/?token=" + url.QueryEscape(secret), upstream.Options{}, "baseURL"},
		{"https://%zz", upstream.Options{}, "baseURL"},
		{"https://jira.example.com", upstream.Options{CAFile: "/no/such/file"}, "caFile"},
		{"https://jira.example.com", upstream.Options{CAFile: empty}, "caFile"},
		{"https://jira.example.com", upstream.Options{Proxy: "http://me:pw@proxy:8080"}, "proxy"},
		{"https://jira.example.com", upstream.Options{Proxy: "proxy:8080"}, "proxy"},
	} {
		_, err := upstream.New(tt.base, &tt.opts)
		d := diagnostic(t, err)
		if d.Code != connectors.CodeInvalidConfig || d.Path != tt.path || d.Origin != connectors.FromConfig || leaks(d.Summary) != "" {
			t.Errorf("%s: %+v", tt.base, d)
		}
	}
	for _, base := range []string{"https://a.example.com/ex/jira/1/", "http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1"} {
		if _, err := upstream.New(base, nil); err != nil {
			t.Error(err)
		}
	}
}

func TestTLS(t *testing.T) {
	server := httptest.NewTLSServer(reply(200, "{}"))
	t.Cleanup(server.Close)
	c, clock := client(t, server.URL, upstream.Options{})
	_, err := c.Do(t.Context(), upstream.Get("/a"), nil)
	if d := diagnostic(t, err); d.Code != connectors.CodeUnreachable || d.Retryable || len(clock.sleeps()) > 0 {
		t.Errorf("%+v", d)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	c, _ = client(t, server.URL, upstream.Options{CAFile: file})
	if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil {
		t.Error(err)
	}
}

// A server that wants to know who calls is given the client's certificate.
func TestClientCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(reply(200, "{}"))
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	dir := t.TempDir()
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	key, err := x509.MarshalPKCS8PrivateKey(server.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	ca := write("ca.pem", "CERTIFICATE", server.Certificate().Raw)
	own := upstream.Options{CAFile: ca, CertFile: ca, KeyFile: write("key.pem", "PRIVATE KEY", key)} // the server's own will do
	c, _ := client(t, server.URL, own)
	if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil {
		t.Error(err)
	}
	c, _ = client(t, server.URL, upstream.Options{CAFile: ca, Retries: -1})
	if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); diagnostic(t, err).Code != connectors.CodeUnreachable {
		t.Error(err)
	}
	for _, bad := range []upstream.Options{{CertFile: ca}, {KeyFile: own.KeyFile}, {CertFile: own.KeyFile, KeyFile: ca}, {CertFile: filepath.Join(dir, "gone"), KeyFile: own.KeyFile}} {
		_, err := upstream.New(server.URL, &bad)
		if d := diagnostic(t, err); d.Code != connectors.CodeInvalidConfig || d.Path != "certFile" {
			t.Errorf("%+v", d)
		}
	}
}

// The proxy is the one of the options, never one of the environment.
func TestProxy(t *testing.T) {
	proxy, n := script(t, reply(200, "{}"))
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("ALL_PROXY", proxy.URL)
	server, direct := script(t, reply(200, "{}"))
	c, _ := client(t, server.URL, upstream.Options{})
	if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil || *direct != 1 || *n != 0 {
		t.Errorf("%v, %d direct, %d by proxy", err, *direct, *n)
	}
	c, _ = client(t, server.URL, upstream.Options{Proxy: proxy.URL})
	if _, err := c.Do(t.Context(), upstream.Get("/a"), nil); err != nil || *direct != 1 || *n != 1 {
		t.Errorf("%v, %d direct, %d by proxy", err, *direct, *n)
	}
}
