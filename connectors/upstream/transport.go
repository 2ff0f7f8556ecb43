package upstream

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// parseBase reads a base URL: https, or http to this machine, with a host and
// perhaps a path.
func parseBase(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, errors.New("is no URL") // the error of package url would repeat a password
	}
	switch {
	case u.User != nil:
		return nil, errors.New("has a user or a password, which belong in the settings made for them")
	case u.Hostname() == "" || u.Opaque != "":
		return nil, fmt.Errorf("%q has no host, want https://host", base)
	case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return nil, errors.New("has a query or a fragment, want https://host/path")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, fmt.Errorf("http://%s would send the credential in the clear, want https", u.Host)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("scheme %q is not taken, want https", u.Scheme)
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return u, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// transport is the connection to the system; path names the option at fault.
func (o *Options) transport() (t *http.Transport, path string, err error) {
	t = &http.Transport{
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
	if o.CAFile != "" {
		if t.TLSClientConfig.RootCAs, err = readCAs(o.CAFile); err != nil {
			return nil, "caFile", err
		}
	}
	if o.CertFile != "" || o.KeyFile != "" {
		pair, err := tls.LoadX509KeyPair(o.CertFile, o.KeyFile)
		if err != nil {
			return nil, "certFile", err
		}
		t.TLSClientConfig.Certificates = []tls.Certificate{pair}
	}
	if o.Proxy != "" {
		u, err := url.Parse(o.Proxy)
		if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
			return nil, "proxy", errors.New("is no URL of an HTTP proxy without user and password, want http://host:port")
		}
		t.Proxy = http.ProxyURL(u)
	}
	return t, "", nil
}

func readCAs(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM", file)
	}
	return pool, nil
}

// counted counts what is sent, redirects too.
type counted struct {
	http.RoundTripper

	n *atomic.Int64
}

// RoundTrip counts and sends.
func (c *counted) RoundTrip(r *http.Request) (*http.Response, error) {
	c.n.Add(1)
	return c.RoundTripper.RoundTrip(r)
}

// CloseIdleConnections passes on what http.Client asks for.
func (c *counted) CloseIdleConnections() {
	if t, ok := c.RoundTripper.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

// redirectError is a redirect that was not followed.
type redirectError struct{ why string }

func (e *redirectError) Error() string { return e.why }

// checkRedirect follows a few redirects within the host. To another one
// package http would send a vendor's own credential header along.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	switch {
	case next.URL.Host != first.URL.Host || next.URL.Scheme != first.URL.Scheme:
		return &redirectError{fmt.Sprintf("redirected to %s://%s, which is not followed with a credential", next.URL.Scheme, next.URL.Host)}
	case first.Method != http.MethodGet:
		return &redirectError{"a " + first.Method + " was redirected"}
	case len(via) > 3:
		return &redirectError{"redirected more than 3 times"}
	}
	return nil
}
