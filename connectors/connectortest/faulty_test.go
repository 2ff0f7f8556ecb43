package connectortest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// faultyHarness is a program with one fault, or with none, and everything that
// the exam can ask for.
func faultyHarness(t *testing.T, fault string) connectortest.Harness {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v) // the client may be gone
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/count", func(w http.ResponseWriter, _ *http.Request) { answer(w, map[string]any{"count": 3}) })
	mux.HandleFunc("/items/{page}", func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.PathValue("page"))
		var ids []string
		for i := range 60 {
			ids = append(ids, fmt.Sprintf("item-%d", page*60+i))
		}
		answer(w, map[string]any{"items": ids})
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	settings, err := connectors.SettingsOf(siteConfig{URL: server.URL, Token: connectors.NewSecret("s1te-token-0123456789")})
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "exam") //nolint:usetesting // a short name, for the socket's
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	query := func(kind string, y fact.Yields) fact.Query { return fact.NewQuery("site", kind, y) }
	return connectortest.Harness{
		Program: []string{self, "faulty", fault, dir}, Settings: settings, Upstream: "url",
		BadSettings: []connectors.Settings{{JSON: []byte(`{"url": "ftp://example.com"}`), Secrets: settings.Secrets}},
		Measured:    []fact.Query{query("count", fact.Number(value.Count))}, Listed: []fact.Query{query("items", fact.WorkItems())},
		Loop: query("loop", fact.WorkItems()), Panic: query("boom", fact.Number(value.Count)),
	}
}

// notByProgram are the cases whose fault a program cannot have, with the reason.
var notByProgram = map[string]string{
	"utc":         "on the wire a moment has no zone; TestCheckFinds has a connector in Go with one",
	"yield-error": "across the wire it is the exam that reads; TestCheckFinds has a connector in Go that does not stop",
}

// Every case finds the fault that it is about in a program that is well but for
// that, and a program without a fault passes all of them.
func TestEveryCaseCanFail(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no Unix sockets and no shell to do it wrong with")
	}
	report, err := connectortest.Examine(t.Context(), faultyHarness(t, ""), nil)
	if err != nil || report.Err() != nil {
		t.Fatalf("without a fault: %v, %v", err, report.Err())
	}
	for _, r := range report.Results {
		if r.Skipped != "" {
			t.Errorf("without a fault: %s is skipped: %s", r.Case, r.Skipped)
		}
	}
	for _, name := range connectortest.Cases() {
		if notByProgram[name] != "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			skip := map[string]string{}
			for _, other := range connectortest.Cases() {
				if other != name {
					skip[other] = "the fault is about " + name
				}
			}
			report, err := connectortest.Examine(t.Context(), faultyHarness(t, name), &connectortest.Options{Skip: skip})
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(report.Results, func(r connectortest.Result) bool { return r.Case == name })
			r := report.Results[i]
			if len(r.Failures) == 0 || r.Skipped != "" {
				t.Errorf("%s passes a program that breaks it: %+v", name, r)
			}
			if all := strings.Join(r.Failures, "\n"); strings.Contains(all, "goroutine ") || name != "handshake" && strings.Contains(all, "does not start") {
				t.Errorf("it fails for another reason: %s", all)
			}
		})
	}
}
