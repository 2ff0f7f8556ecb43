package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// The statuses at the end.
const (
	answered = iota
	unanswered
	unasked
)

func TestRun(t *testing.T) {
	command := connectortest.Build(t, ".")
	program := connectortest.Build(t, "../../../jira/jiraconnector/cmd/tidegate-connector-jira")
	server, err := jiratest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.AddIssues(jiratest.Issue{Key: "SHOP-1"}, jiratest.Issue{Key: "SHOP-2"})
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	query := func(name string, q fact.Query) string {
		text, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		return write(name, string(text))
	}
	config := func(name, token, more string) string {
		write(name+".token", token)
		return write(name+".json", `{"settings": {"baseURL": "`+server.URL+`", "email": "`+jiratest.Email+`"`+more+`}, "secrets": {"token": "file:`+name+`.token"}}`)
	}
	script := write("run.sh", "#!/bin/sh\nexec \"$1\"\n")
	if err := os.Chmod(script, 0o700); err != nil { //nolint:gosec // it is run
		t.Fatal(err)
	}
	good, stranger := config("good", jiratest.Token, ""), config("stranger", "jira-wrong-token", "")
	count, items := query("count.json", jira.Count("project = SHOP").OutOf(jira.Count("x"))), query("items.json", jira.Items("project = SHOP ORDER BY key"))
	for name, tc := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"describe":         {[]string{program, "describe"}, answered, `"name": "jira"`},
		"arguments":        {[]string{script, "-arg", program, "-config", good, "check"}, answered, `"ready": true`},
		"check":            {[]string{program, "-config", good, "check"}, answered, `"ready": true`},
		"measure":          {[]string{program, "-config", good, "measure", count}, answered, `"value": 2`},
		"list":             {[]string{"-config", good, program, "list", items}, answered, `"id": "SHOP-2"`},
		"too many":         {[]string{program, "-config", good, "-max", "1", "list", items}, unanswered, `"complete": false`},
		"stranger":         {[]string{program, "-config", stranger, "check"}, unanswered, `"code": "unauthorized"`},
		"settings":         {[]string{program, "-config", config("odd", jiratest.Token, `, "pageSize": 1000`), "check"}, unanswered, `"path": "pageSize"`},
		"no pin":           {[]string{program, "-config", good, "-pin", strings.Repeat("0", 64), "check"}, unanswered, "pin"},
		"no word":          {[]string{program, "-config", good}, unasked, "is nothing to ask"},
		"no config":        {[]string{program, "check"}, unasked, "no config"},
		"measure a list":   {[]string{program, "-config", good, "measure", items}, unasked, "items are listed"},
		"no query":         {[]string{program, "-config", good, "list", good}, unasked, "unknown field"},
		"no such query":    {[]string{program, "-config", good, "list", good + "x"}, unasked, "no such file"},
		"no connector":     {[]string{"/bin/sh", "describe"}, unasked, "tidegate-connector-probe: "},
		"no time at all":   {[]string{program, "-config", good, "-timeout", "0s", "check"}, unasked, "more than 0"},
		"describe and pin": {[]string{program, "-pin", "00", "describe"}, unasked, "-pin"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs strings.Builder
			cmd := exec.CommandContext(t.Context(), command, tc.args...)
			cmd.Stdout, cmd.Stderr = &out, &errs
			_ = cmd.Run() // the status says it
			status := cmd.ProcessState.ExitCode()
			text := out.String() + errs.String()
			if status != tc.status || !strings.Contains(text, tc.want) {
				t.Errorf("status %d, want %d and %q:\n%s", status, tc.status, tc.want, text)
			}
			if status != unasked && !json.Valid([]byte(out.String())) {
				t.Errorf("no JSON: %s", out.String())
			}
			if strings.Contains(text, jiratest.Token) || strings.Contains(text, "jira-wrong-token") {
				t.Error("it prints a secret")
			}
		})
	}
}
