package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/release/fact"
)

const token = "github-test-token-0123456789"

var at = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)

// fields are a JSON object.
type fields = map[string]any

// standIn is GitHub on the loopback, with 120 of everything, as
// docs.github.com/en/rest describes it. change, if it is not nil, changes the
// answer to a search.
func standIn(t *testing.T, change func(fields)) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(v) // the client may be gone
	}
	page := func(r *http.Request, one func(i int) fields) []fields {
		n, _ := strconv.Atoi(r.FormValue("page"))
		size, _ := strconv.Atoi(r.FormValue("per_page"))
		list := []fields{}
		for i := (n - 1) * size; i < min(n*size, 120); i++ {
			list = append(list, one(i))
		}
		return list
	}
	mux.HandleFunc("GET /repos/acme/shop", func(w http.ResponseWriter, _ *http.Request) { answer(w, fields{"id": 1}) })
	mux.HandleFunc("GET /repos/acme/shop/actions/runs", func(w http.ResponseWriter, r *http.Request) {
		conclusions := []string{"success", "failure", "skipped", "something new"}
		answer(w, fields{"total_count": 120, "workflow_runs": page(r, func(i int) fields {
			return fields{"id": 7000 + i, "name": "build", "status": "completed", "conclusion": conclusions[i%4], "updated_at": at, "html_url": "https://github.com/acme/shop/runs/" + r.FormValue("head_sha")}
		})})
	})
	mux.HandleFunc("GET /repos/acme/shop/deployments", func(w http.ResponseWriter, r *http.Request) {
		answer(w, page(r, func(i int) fields {
			return fields{"id": i, "sha": "abc", "environment": r.FormValue("environment"), "creator": fields{"login": "robot"}, "created_at": at}
		}))
	})
	mux.HandleFunc("GET /repos/acme/shop/deployments/{id}/statuses", func(w http.ResponseWriter, r *http.Request) {
		list := []fields{{"state": "success", "created_at": at.Add(time.Minute), "log_url": "https://github.com/acme/shop/logs"}}
		if r.PathValue("id") == "0" {
			list = []fields{}
		}
		answer(w, list)
	})
	mux.HandleFunc("GET /search/issues", func(w http.ResponseWriter, r *http.Request) {
		if want := `repo:acme/shop is:pr is:merged milestone:"v1.0"`; r.FormValue("q") != want {
			t.Errorf("searched for %s, want %s", r.FormValue("q"), want)
		}
		found := fields{"total_count": 120, "incomplete_results": false, "items": page(r, func(i int) fields {
			return fields{"number": i + 1, "title": fmt.Sprintf("Change %d", i), "user": fields{"login": "ada"}, "labels": []fields{{"name": "bug"}}, "updated_at": at, "html_url": "https://github.com/acme/shop/pull/1"}
		})}
		if change != nil {
			change(found)
		}
		answer(w, found)
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

var (
	runs        = fact.NewQuery("github", "runs", fact.States()).With("sha", "abc")
	deployments = fact.NewQuery("github", "deployments", fact.Deployments()).With("environment", "staging")
	merged      = fact.NewQuery("github", "merged", fact.WorkItems()).With("milestone", "v1.0")
)

func settings(t *testing.T, url string) connectors.Settings {
	t.Helper()
	s, err := connectors.SettingsOf(config{APIURL: url, Owner: "acme", Repo: "shop", Token: connectors.NewSecret(token)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExamGitHub(t *testing.T) {
	program := connectortest.Build(t, ".")
	connectortest.Run(t, func(t *testing.T) connectortest.Harness {
		good := settings(t, standIn(t, nil).URL)
		return connectortest.Harness{
			Connector: newGitHub(), Program: []string{program}, Settings: good, Upstream: "apiURL",
			BadSettings: []connectors.Settings{
				{JSON: []byte(`{"owner": "", "repo": "shop"}`), Secrets: good.Secrets},
				{JSON: []byte(`{"owner": "acme", "repo": "shop", "apiURL": "http://github.example.com"}`), Secrets: good.Secrets},
			},
			Listed: []fact.Query{runs, deployments, merged},
		}
	}, &connectortest.Options{Skip: map[string]string{
		"measure-twice": "it has lists only",
		"cursor-loop":   "its cursors are numbers of pages, which do not turn",
		"panic":         "no query makes it panic",
	}})
}

// collect asks one query.
func collect(t *testing.T, q fact.Query, change func(fields)) fact.Result {
	t.Helper()
	good := settings(t, standIn(t, change).URL)
	fleet, err := connectors.Open(t.Context(), connectors.Config{Connectors: []connectors.Launch{{InProcess: newGitHub(), Settings: good.JSON, Secrets: good.Secrets}}})
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	return fleet.Collect(t.Context(), []fact.Query{q}).Results[0]
}

func TestFacts(t *testing.T) {
	states := collect(t, runs, nil)
	var said []string
	for _, s := range states.States[:4] {
		said = append(said, s.ID+" "+s.Status.String())
	}
	if diff := cmp.Diff([]string{"7000 ok", "7001 alert", "7002 muted", "7003 unknown"}, said); diff != "" || len(states.States) != 120 || !states.Complete {
		t.Errorf("%d runs, complete is %v:\n%s", len(states.States), states.Complete, diff)
	}
	deployed := collect(t, deployments, nil)
	want := []fact.Deployment{
		{ID: "0", Component: "shop", Version: "abc", Environment: "staging", Account: fact.Account{System: "github", ID: "robot"}, Started: at},
		{ID: "1", Component: "shop", Version: "abc", Environment: "staging", Account: fact.Account{System: "github", ID: "robot"}, Started: at,
			Status: "success", Finished: at.Add(time.Minute), Link: "https://github.com/acme/shop/logs"},
	}
	if diff := cmp.Diff(want, deployed.Deployments[:2]); diff != "" || len(deployed.Deployments) != 120 || !deployed.Complete {
		t.Errorf("%d deployments, complete is %v:\n%s", len(deployed.Deployments), deployed.Complete, diff)
	}
	found := collect(t, merged, nil)
	item := fact.WorkItem{ID: "1", Title: "Change 0", Type: "Pull request", Status: "merged", Category: fact.Done, Author: fact.Account{System: "github", ID: "ada"},
		Labels: []string{"bug"}, Updated: at, Link: "https://github.com/acme/shop/pull/1"}
	if diff := cmp.Diff(item, found.WorkItems[0]); diff != "" || len(found.WorkItems) != 120 || !found.Complete {
		t.Errorf("%d pull requests, complete is %v:\n%s", len(found.WorkItems), found.Complete, diff)
	}
}

// What GitHub leaves out makes the answer incomplete, or is none.
func TestMissing(t *testing.T) {
	for name, change := range map[string]func(fields){
		"partial": func(f fields) { f["incomplete_results"] = true },
		"capped":  func(f fields) { f["total_count"] = 1001 },
		"short":   func(f fields) { f["items"] = f["items"].([]fields)[:20] },
	} {
		if r := collect(t, merged, change); r.Failed() || r.Complete {
			t.Errorf("%s: %d items, complete is %v, %v", name, r.Len(), r.Complete, r.Failure)
		}
	}
	if r := collect(t, merged, func(f fields) { delete(f, "items") }); r.Failure.Code != connectors.CodeBadAnswer {
		t.Errorf("an answer without its list: %+v", r.Failure)
	}
	for _, q := range []fact.Query{runs.With("sha", ""), deployments.With("environment", ""), merged.With("milestone", "")} {
		if r := collect(t, q, nil); r.Failure.Code != connectors.CodeInvalidQuery || !strings.Contains(r.Failure.Message, "is empty") {
			t.Errorf("%v: %+v", q, r.Failure)
		}
	}
	good := settings(t, "http://127.0.0.1:9")
	instance, err := newGitHub().Open(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = instance.Close() }()
	_, err = instance.List(t.Context(), runs, "no cursor", func(connectors.Page) error { return nil })
	if d, ok := errors.AsType[*connectors.Diagnostic](err); !ok || d.Path != "cursor" {
		t.Errorf("a foreign cursor: %v", err)
	}
}
