package connectors_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Every fault of a config is said at once, with where it is.
func TestConfigFaults(t *testing.T) {
	t.Setenv("LEAK", "hunter2-token")
	secret := map[string]connectors.Secret{"token": connectors.NewSecret("hunter2-token")}
	_, err := connectors.Open(t.Context(), connectors.Config{MaxItems: -1, Connectors: []connectors.Launch{
		{},
		{Self: "shop", InProcess: shop{}},
		{Self: "Shop"},
		{Command: []string{"sh"}},
		{Name: "a", Command: []string{"sh"}, Pin: "abc"},
		{Name: "a", Command: []string{"sh", "--token=hunter2-token"}, Pin: strings.Repeat("ab", 32), Unpinned: true, Secrets: secret},
		{Name: "b", Command: []string{"no such program"}, Unpinned: true, Settings: []byte(`{"a": 1, "a": 2}`)},
		{Name: "c", Self: "shop", Pin: strings.Repeat("ab", 32), Settings: shopConfig{Token: secret["token"]}, Secrets: secret, Env: []string{"A=B", "LEAK"}},
		{Name: "d", Self: "shop", RateLimits: []connectors.RateLimit{{PerSecond: 1, Burst: 1}, {Name: "a", Burst: 1}, {Name: "a", PerSecond: 1, Burst: 1}}},
	}})
	if err == nil {
		t.Fatal("opened")
	}
	for _, want := range []string{
		"maxItems: is negative", "connectors[0].command: exactly one", "connectors[1].command: exactly one", `connectors[2].name: "Shop" does not match`,
		"connectors[3].pin: is required", `connectors[4].pin: "abc" is not a SHA-256`, `connectors[5].name: "a" is also the name of connectors[4]`,
		"connectors[5].unpinned: contradicts", "connectors[5].command[1]: has a secret", "connectors[6].command: no program", `connectors[6].settings: 1:`,
		"connectors[8].rateLimits[0].name", "connectors[8].rateLimits[1]: 0 per second with burst 1", `connectors[8].rateLimits[2].name: "a" is no name of its own`,
		"connectors[7].pin: only a Command", "connectors[7].secrets.token: stands in the settings", `connectors[7].env[0]: "A=B"`, "connectors[7].env[1]: LEAK has a secret",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q:\n%v", want, err)
		}
	}
	var d *connectors.Diagnostic
	if !errors.As(err, &d) || d.Code != connectors.CodeInvalidConfig || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("error %v", err)
	}
}

// What only another configuration mends is an error of Open, and nothing runs then.
func TestOpenRefuses(t *testing.T) {
	hosttest.Private(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for want, launch := range map[string]connectors.Launch{
		"connectors[0].pin: the program's checksum is not the pinned one": {Command: []string{self}, Pin: strings.Repeat("00", 32), Name: "shop"},
		"connectors[0].site":  {Self: "shop", Settings: []byte(`{}`)},
		"connectors[0].tempo": {InProcess: shop{}, Settings: []byte(`{"site": "x", "tempo": 1}`)},
	} {
		good := connectors.Launch{Name: "good", InProcess: shop{}, Settings: shopConfig{Site: "x"}}
		f, err := connectors.Open(t.Context(), connectors.Config{Connectors: []connectors.Launch{launch, good}})
		if err == nil {
			f.Close()
			t.Fatalf("opened in spite of %s", want)
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q, want %q", err, want)
		}
	}
}

func TestPinned(t *testing.T) {
	s := serve(t, nil)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TIDEGATE_CONNECTOR", "shop") // the host passes it to programs of its own only
	c := connectors.Config{Connectors: []connectors.Launch{{Command: []string{self}, Pin: process.Checksum(self), Name: "shop",
		Settings: shopConfig{Site: s.URL}, Env: []string{"TIDEGATE_CONNECTOR"}}}}
	f := start(t, c)
	answered(t, one(t, f, number("/x")), 7)
	st := f.Status()[0]
	if sum, err := hex.DecodeString(st.Pin); err != nil || len(sum) != 32 || st.From != self {
		t.Errorf("status %+v", st)
	}
}

// A connector that cannot start is down, and fails its own queries only.
func TestDown(t *testing.T) {
	s := serve(t, nil)
	var log hosttest.Book
	c := child(s)
	c.Logger = log.JSON()
	c.Connectors = append(c.Connectors, connectors.Launch{Command: []string{"sh", "-c", "echo no licence >&2; exit 3"}, Name: "jira", Unpinned: true})
	f := start(t, c)
	other := number("/x")
	other.Connector = "jira"
	begun := time.Now()
	set := f.Collect(t.Context(), []fact.Query{number("/x"), other})
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
	r, _ := set.Find(other)
	failed(t, r, connectors.CodeDown, "no licence")
	r, _ = set.Find(number("/x"))
	answered(t, r, 7)
	if st := f.Status()[1]; st.State != connectors.Down || st.Pid != 0 || st.Pin != "unpinned" || !strings.Contains(st.LastError, "no licence") {
		t.Errorf("status %+v", st)
	}
	if !strings.Contains(log.String(), `"level":"WARN","msg":"starting a connector whose program is not pinned"`) {
		t.Error("nothing warns of a program that is not pinned")
	}
	for _, ready := range f.Check(t.Context()) {
		if (ready.Err == nil) != (ready.Name == "shop") {
			t.Errorf("check: %+v", ready)
		}
	}
}

// A secret in the host's environment and in the config appears nowhere.
func TestSecrets(t *testing.T) {
	const token = "s3cr3t/t0ken+42"
	t.Setenv("JIRA_TOKEN", token)
	echo := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			text, err := json.Marshal(r.Header.Get("Authorization"))
			if err != nil {
				t.Error(err)
			}
			_, _ = fmt.Fprintf(w, `{"items": [%s, "%s"]}`, text, base64.StdEncoding.EncodeToString([]byte("me:"+token)))
		}
	}
	s := serve(t, map[string]http.HandlerFunc{"/200": echo(200), "/401": echo(401), "/500": echo(500)})
	for _, where := range []string{"child", "in process"} {
		t.Run(where, func(t *testing.T) {
			var log hosttest.Book
			c := child(s)
			c.Logger = log.JSON()
			c.Connectors[0].Settings = shopConfig{Site: s.URL, Token: connectors.NewSecret(token)}
			if where != "child" {
				inProcess(c)
			}
			dir := hosttest.Private(t)
			f, err := connectors.Open(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			set := f.Collect(t.Context(), []fact.Query{items("/200"), number("/401"), items("/401"), number("/500")})
			var seen strings.Builder
			for page, err := range f.List(t.Context(), items("/200")) {
				fmt.Fprintf(&seen, "%+v %v", page, err)
			}
			for _, err := range f.List(t.Context(), items("/401")) {
				fmt.Fprintf(&seen, "%+v", err)
			}
			fmt.Fprintf(&seen, "%+v %+v %+v", f.Status(), f.Check(t.Context()), c)
			facts, err := json.Marshal(set)
			if err != nil {
				t.Fatal(err)
			}
			err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if err != nil || !d.Type().IsRegular() {
					return err
				}
				text, err := os.ReadFile(path)
				seen.Write(text)
				return err
			})
			if err != nil {
				t.Error(err)
			}
			f.Close()
			for what, text := range map[string]string{"log": log.String(), "facts": string(facts), "rest": seen.String()} {
				for _, form := range []string{token, `s3cr3t%2Ft0ken`, base64.StdEncoding.EncodeToString([]byte(token)), base64.StdEncoding.EncodeToString([]byte("me:" + token))} {
					if strings.Contains(text, form) {
						t.Errorf("the %s has the secret: %s", what, text)
					}
				}
			}
			if !strings.Contains(string(facts), "[redacted]") {
				t.Errorf("the secret was not even there: %s", facts)
			}
			if where == "child" && !strings.Contains(log.String(), "opened with [redacted]") {
				t.Errorf("the log lacks what the connector printed: %s", log.String())
			}
		})
	}
}

// The reader may stop, and a list without its end is an error.
func TestList(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/two": says(200, `{"items": ["1"], "next": "b"}`), "/500": says(401, "no")})
	f := start(t, child(s))
	for page, err := range f.List(t.Context(), items("/two")) {
		if err != nil || page.Len() != 1 {
			t.Errorf("%+v, %v", page, err)
		}
		break
	}
	for q, code := range map[fact.Query]string{
		items("/500"):  connectors.CodeUnauthorized,
		items("/two"):  connectors.CodeCursorLoop,
		number("/two"): connectors.CodeInvalidQuery,
		fact.NewQuery("jira", "items", fact.WorkItems()): connectors.CodeUnknownConnector,
	} {
		var last error
		for _, err := range f.List(t.Context(), q) {
			last = err
		}
		var d *connectors.Diagnostic
		if !errors.As(last, &d) || d.Code != code {
			t.Errorf("%v: %v, want %s", q, last, code)
		}
	}
}
