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

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The statuses at the end.
const (
	passed = iota
	failed
	unusable
)

func TestRun(t *testing.T) {
	command := connectortest.Build(t, ".")
	program := connectortest.Build(t, "../../../jira/jiraconnector/cmd/tidegate-connector-jira")
	server, err := jiratest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	for _, key := range []string{"SHOP-1", "SHOP-2", "SHOP-3"} {
		server.AddIssues(jiratest.Issue{Key: key})
	}
	list, err := json.Marshal([]fact.Query{jira.Count("project = SHOP"), jira.Items("project = SHOP ORDER BY key")})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	queries := write(t, filepath.Join(dir, "queries.json"), string(list))
	junit := filepath.Join(dir, "junit.xml")
	config := func(name, token string) string {
		write(t, filepath.Join(dir, name+".token"), token)
		return write(t, filepath.Join(dir, name+".json"), `{"settings": {"baseURL": "`+server.URL+`", "email": "`+jiratest.Email+
			`", "pageSize": 1}, "secrets": {"token": "file:`+name+`.token"}}`)
	}
	good, bad := config("good", jiratest.Token), config("bad", "jira-wrong-token")
	for name, tc := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"good": {[]string{program, "-config", good, "-queries", queries, "-upstream", "baseURL", "-junit", junit,
			"-skip", "panic=it has none", "-skip", "cursor-loop=Jira's tokens do not turn"}, passed, "24 passed, 0 failed, 2 skipped"},
		"wrong token":      {[]string{"-config", bad, program}, failed, "FAIL process/good-settings: "},
		"no query":         {[]string{program, "-config", good}, passed, "skip process/measure-twice: the harness has no query that is measured"},
		"no program":       {[]string{"-config", good}, unusable, "no program"},
		"no such program":  {[]string{program + "x", "-config", good}, unusable, "no such file"},
		"no config":        {[]string{program}, unusable, "no config"},
		"no such config":   {[]string{program, "-config", good + "x"}, unusable, "no such file"},
		"skipped silently": {[]string{program, "-config", good, "-skip", "panic"}, unusable, `skip "panic" for ""`},
		"no queries":       {[]string{program, "-config", good, "-queries", good}, unusable, "queries "},
		"no yields": {[]string{program, "-config", good, "-queries", write(t, filepath.Join(dir, "mute.json"),
			`[{"connector": "jira", "kind": "count", "yields": {}}]`)}, unusable, "[0].yields"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs strings.Builder
			cmd := exec.CommandContext(t.Context(), command, tc.args...)
			cmd.Stdout, cmd.Stderr = &out, &errs
			_ = cmd.Run() // the status says it
			status := cmd.ProcessState.ExitCode()
			if text := out.String() + errs.String(); status != tc.status || !strings.Contains(text, tc.want) {
				t.Errorf("status %d, want %d and %q:\n%s", status, tc.status, tc.want, text)
			}
		})
	}
	if text, err := os.ReadFile(junit); err != nil || !strings.Contains(string(text), `failures="0" skipped="2"`) {
		t.Errorf("%s, %v", text, err)
	}
}
