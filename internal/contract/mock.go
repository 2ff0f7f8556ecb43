package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Mock is one connector before a mock server that is made of the vendor's own
// description: every kind of query has to get a valid answer, or be a [Gap].
type Mock struct {
	Vendor  string // of the description: "jira"
	Program string // main package from the repository's root: "./connectors/jira/jiraconnector/cmd/tidegate-connector-jira"

	// Settings is the config struct for the server at a URL.
	Settings func(url string) any

	// Mend puts a known error of the description right before the mock reads it;
	// nil: it is served as it is.
	Mend func(description map[string]any)

	Queries []fact.Query // at least one of every kind and shape
	Gaps    []Gap
}

// Gap is an operation that a mock server cannot answer validly.
type Gap struct {
	Operation string // "GET /rest/agile/1.0/board/{boardId}/sprint"
	Cause     string // a part of what the probe prints
	Why       string // what is wrong with the description or the mock

	Queries []fact.Query // that need it, and so have no answer
}

// Drive asks every query of the mock through tidegate-connector-probe and the
// connector's program. A query without an answer that is no gap, and a gap that
// has closed or has another cause, fail the test.
func (m Mock) Drive(t *testing.T, probe string) {
	url := Prism(t, m.description(t))
	program := Program(t, m.Program)
	dir := t.TempDir()
	settings, err := connectors.SettingsOf(m.Settings(url))
	if err != nil {
		t.Fatal(err)
	}
	config, err := writeSettings(dir, settings)
	if err != nil {
		t.Fatal(err)
	}
	if missing := m.unasked(t, probe, program); len(missing) > 0 {
		t.Errorf("no query of %s", strings.Join(missing, ", "))
	}
	for i, q := range m.Queries {
		file := filepath.Join(dir, fmt.Sprintf("query-%d.json", i))
		text, err := strictjson.Encode(fact.Query{Ask: q.Ask})
		if err == nil {
			err = os.WriteFile(file, text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		verb := "measure"
		if q.Yields.Shape.Items() {
			verb = "list"
		}
		out, err := say(t.Context(), probe, program, "-config", config, verb, file)
		m.judge(t, q, out, err)
	}
	for _, g := range m.Gaps {
		if len(g.Queries) == 0 || slices.ContainsFunc(g.Queries, func(q fact.Query) bool { return !slices.Contains(m.Queries, q) }) {
			t.Errorf("the gap at %s is of no query, or of one that is not asked", g.Operation)
		}
	}
}

// description is the file that the mock reads.
func (m Mock) description(t *testing.T) string {
	t.Helper()
	file, err := filepath.Abs(Shared(t, "contracts", m.Vendor+".trimmed.json"))
	if err != nil || m.Mend == nil {
		return file
	}
	var description map[string]any
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &description)
	}
	if err != nil {
		t.Fatal(err)
	}
	m.Mend(description)
	if text, err = json.Marshal(description); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), m.Vendor+".mended.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// judge compares what became of a query with what is expected.
func (m Mock) judge(t *testing.T, q fact.Query, out string, err error) {
	at := slices.IndexFunc(m.Gaps, func(g Gap) bool { return slices.Contains(g.Queries, q) })
	switch {
	case at < 0 && err != nil:
		t.Errorf("%v: %v: %s", q, err, out)
	case at < 0:
	case err == nil:
		t.Errorf("%v: the gap at %s has closed: take it out of the table", q, m.Gaps[at].Operation)
	case !strings.Contains(out, m.Gaps[at].Cause):
		t.Errorf("%v: the gap at %s has another cause than %q: %s", q, m.Gaps[at].Operation, m.Gaps[at].Cause, out)
	}
}

// unasked are the kinds and shapes of the connector that no query has.
func (m Mock) unasked(t *testing.T, probe, program string) []string {
	t.Helper()
	out, err := say(t.Context(), probe, program, "describe")
	if err != nil {
		t.Fatalf("describe: %v: %s", err, out)
	}
	var about struct {
		Kinds []struct {
			Name   string
			Shapes []string
		}
	}
	if err := json.Unmarshal([]byte(out), &about); err != nil {
		t.Fatalf("describe: %v: %s", err, out)
	}
	var missing []string
	for _, k := range about.Kinds {
		for _, shape := range k.Shapes {
			if !slices.ContainsFunc(m.Queries, func(q fact.Query) bool { return q.Kind == k.Name && q.Yields.Shape.String() == shape }) {
				missing = append(missing, k.Name+" as "+shape)
			}
		}
	}
	return missing
}

// Program builds a main package of the repository.
func Program(t testing.TB, pkg string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), filepath.Base(pkg))
	build := exec.Command("go", "build", "-o", file, pkg)
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", pkg, err, out)
	}
	return file
}

// say runs a program and returns what it prints, in one line if it fails.
func say(ctx context.Context, name string, args ...string) (string, error) {
	var out, errs bytes.Buffer
	command := exec.CommandContext(ctx, name, args...)
	command.Stdout, command.Stderr = &out, &errs
	err := command.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return strings.Join(strings.Fields(out.String()+errs.String()), " "), fmt.Errorf("exit status %d", exit.ExitCode())
	}
	return out.String(), err
}

// writeSettings writes the config of one instance as the probe reads it: each
// secret in a file beside it.
func writeSettings(dir string, s connectors.Settings) (string, error) {
	secrets := map[string]string{}
	for name, secret := range s.Secrets {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(secret.Reveal()), 0o600); err != nil {
			return "", err
		}
		secrets[name] = "file:" + name
	}
	text, err := json.Marshal(map[string]any{"settings": json.RawMessage(s.JSON), "secrets": secrets})
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "config.json")
	return file, os.WriteFile(file, text, 0o600)
}
