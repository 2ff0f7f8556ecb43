package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/recording"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/render/document"
)

// hostOnly is a secret of the host that no connector is told.
const hostOnly = "host-only-0123456789abcdef"

// artefacts is everything that a run leaves behind, by name.
type artefacts map[string]string

// watcher writes down what an observer is told.
type watcher struct {
	mu   sync.Mutex
	told bytes.Buffer
}

func (w *watcher) Call(ctx context.Context, call connectors.Call) (context.Context, func(connectors.CallEnd)) {
	return ctx, func(end connectors.CallEnd) { w.note(call, end, fmt.Sprintf("%+v", end.Err)) }
}

func (w *watcher) Change(change connectors.Change) { w.note(change) }

func (w *watcher) note(what ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	fmt.Fprintf(&w.told, "%+v\n", what)
}

// fullRun is the program with everything that watches it turned on: its files,
// its output, the documents, the recording, the logs and the status.
func fullRun(t *testing.T, outside *systems) artefacts {
	t.Helper()
	logs, watch := &watcher{}, &watcher{}
	c := configured(outside, time.Second)
	c.Logger = slog.New(slog.NewJSONHandler(writer{logs}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c.Observer = watch
	fleet, err := connectors.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	recorder := recording.NewRecorder(fleet, nil)
	facts := recorder.Collect(t.Context(), live(outside, asking()))
	var listed strings.Builder
	for page, err := range recorder.List(t.Context(), stories) {
		fmt.Fprintf(&listed, "%+v %+v\n", page, err)
	}
	ready := fmt.Sprintf("%+v", fleet.Check(t.Context()))
	dir := t.TempDir()
	d, err := judge(t.Context(), asked{facts, fleet.Status(), make([]int, len(outside.all()))}, dir)
	if err != nil {
		t.Fatal(err)
	}
	status, err := json.Marshal(fleet.Status())
	if err != nil {
		t.Fatal(err)
	}
	fleet.Close()

	made, err := recorder.Recording().Encode()
	if err != nil {
		t.Fatal(err)
	}
	var stdout, support bytes.Buffer
	files, err := d.write(dir)
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := d.bundle(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.summarise(&stdout, dir, files, bundle); err != nil {
		t.Fatal(err)
	}
	if err := document.Note(&support, d.packet, notes.Support); err != nil {
		t.Fatal(err)
	}
	subject, mail, err := document.SignOffRequest(d.packet, "production/entry")
	if err != nil {
		t.Fatal(err)
	}
	all := artefacts{
		"recording": string(made), "logs": logs.told.String(), "observer": watch.told.String(), "status": string(status), "readiness": ready,
		"list": listed.String(), "output": stdout.String(), "note": support.String(), "mail": subject + mail, "chat": document.Chat(d.packet),
		"config": fmt.Sprintf("%+v %#v", c, c), "report": fmt.Sprintf("%+v", d.report),
	}
	files = append(files, "evidence/records-000000000000.jsonl", "bundle/pins.json", "bundle/proofs.json")
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	return all
}

type writer struct{ *watcher }

func (w writer) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.told.Write(line)
}

// A secret of the configuration that also stands in the host's environment, and
// that the outside system says back in every way, is in nothing that a run
// leaves behind; nor is one that is in the environment alone.
func TestSecretIsInNoArtefact(t *testing.T) {
	for _, name := range []string{"JIRA_TOKEN", "JIRA_API_TOKEN", "TIDEGATE_SECRET"} {
		t.Setenv(name, jiratest.Token)
	}
	t.Setenv("GITHUB_TOKEN", hostOnly)
	t.Setenv("HTTPS_PROXY", "http://user:"+hostOnly+"@127.0.0.1:9")
	basic := base64.StdEncoding.EncodeToString([]byte(jiratest.Email + ":" + jiratest.Token))
	answers := []jiratest.Issue{
		{Key: "MER-900", Summary: "Says " + jiratest.Token + " back", Type: "Story", Category: "done", FixVersions: []string{version}, Labels: []string{jiratest.Token}},
		{Key: "MER-901", Summary: "Basic " + basic, Type: "Story", Category: "new", Status: jiratest.Token, Assignee: jiratest.Token, FixVersions: []string{version},
			Components: []string{url.QueryEscape(jiratest.Token)}, Labels: []string{"dependency"}},
	}
	refusal := func(status int) standin.Fault {
		return func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("X-AREQUESTID", jiratest.Token)
			w.Header().Set("X-Seraph-Loginreason", jiratest.Token)
			return jiratest.Status(status, r.Header.Get("Authorization")+" and "+jiratest.Token)(w, r)
		}
	}
	for name, tt := range map[string]struct {
		fault   standin.Fault
		echoing []string // in which the answer of the outside system arrives, without the secret
	}{
		"it answers":       {nil, []string{"facts.json", "recording", "list", "packet.json"}},
		"it refuses":       {refusal(http.StatusUnauthorized), []string{"facts.json", "recording"}},
		"it is in trouble": {refusal(http.StatusInternalServerError), []string{"facts.json", "recording"}},
		"it says nonsense": {standin.Body("application/json", `{"issues": "`+jiratest.Token+`"`), nil},
		"it sends away":    {standin.Redirect(http.StatusFound, "https://sso.example.com/?token="+jiratest.Token), nil},
	} {
		t.Run(name, func(t *testing.T) {
			outside, err := standIns()
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = outside.Close() }()
			outside.jira.AddIssues(answers...)
			if tt.fault != nil {
				outside.jira.Heal()
				outside.jira.Fail(-1, tt.fault)
			}
			all := fullRun(t, outside)
			for _, name := range slices.Sorted(maps.Keys(all)) {
				if all[name] == "" {
					t.Errorf("%s is empty", name)
				}
				for _, secret := range []string{jiratest.Token, url.QueryEscape(jiratest.Token), base64.StdEncoding.EncodeToString([]byte(jiratest.Token)), basic, hostOnly} {
					if i := strings.Index(all[name], secret); i >= 0 {
						t.Errorf("%s has a secret: …%s…", name, all[name][max(0, i-80):min(len(all[name]), i+80)])
					}
				}
			}
			for _, name := range tt.echoing {
				if !strings.Contains(all[name], "[redacted]") {
					t.Errorf("what was said back did not arrive in %s, which proves nothing", name)
				}
			}
		})
	}
}
