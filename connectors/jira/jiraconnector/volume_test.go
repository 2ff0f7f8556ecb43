package jiraconnector_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
)

// river is a site with more issues than it could hold: it makes each page when
// it is asked for. It keeps Jira's limits: 100 issues with fields, a token once,
// in its turn, and no request before the time that it named.
type river struct {
	mu     sync.Mutex
	issues int
	until  time.Time
	n      int
	token  string
	wrong  []string
}

// Answer makes the pages of a search for project RIVER, and leaves the rest to
// the stand-in.
func (r *river) Answer(w http.ResponseWriter, req *http.Request) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	if time.Now().Before(r.until) {
		r.wrong = append(r.wrong, fmt.Sprintf("request %d is early", r.n))
	}
	if r.n%400 == 0 {
		r.until = time.Now().Add(time.Second)
		return jiratest.Limited("1")(w, req)
	}
	var body struct {
		JQL           string   `json:"jql"`
		Fields        []string `json:"fields"`
		MaxResults    int      `json:"maxResults"`
		NextPageToken string   `json:"nextPageToken"`
	}
	if req.URL.Path != "/rest/api/3/search/jql" {
		return true
	}
	if json.NewDecoder(req.Body).Decode(&body) != nil || body.JQL != "project = RIVER" {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"issues":[],"isLast":true}`)) // what Check looks for
		return false
	}
	if body.MaxResults > 100 || body.NextPageToken != r.token {
		r.wrong = append(r.wrong, fmt.Sprintf("request %d: %d issues from %q, and the token is %q", r.n, body.MaxResults, body.NextPageToken, r.token))
	}
	from, _ := strconv.Atoi(body.NextPageToken) // "" is the beginning
	to := min(from+body.MaxResults, r.issues)
	r.token = strconv.Itoa(to)
	w.Header().Set("Content-Type", "application/json")
	var b strings.Builder
	b.WriteString(`{"issues":[`)
	for i := from; i < to; i++ {
		if i > from {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"%d","key":"RIVER-%d","fields":{"summary":"Issue %d %s","issuetype":{"name":"Task"},"status":{"name":"To Do","statusCategory":{"key":"new"}},`+
			`"priority":{"name":"Medium"},"assignee":null,"reporter":{"accountId":"a"},"labels":["one","two"],"components":[],"updated":"2026-12-01T10:00:00.000+0000","issuelinks":[]}}`,
			10000+i, i+1, i+1, strings.Repeat(".", 200))
	}
	if to < r.issues {
		fmt.Fprintf(&b, `],"isLast":false,"nextPageToken":"%s"}`, r.token)
	} else {
		b.WriteString(`],"isLast":true}`)
	}
	_, _ = w.Write([]byte(b.String())) // the client may be gone
	return false
}

// 100,000 issues pass through a host that keeps none of them, in pages of 100
// and never against Jira's limits.
func TestVolume(t *testing.T) {
	server, err := jiratest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	r := &river{issues: 100_000}
	server.Fail(-1, r.Answer)
	config := jiraconnector.Config{BaseURL: server.URL, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token)}
	faulttest.Volume(t, connectors.Launch{Self: jira.Connector, Settings: config}, jira.Items("project = RIVER"), r.issues)
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.wrong) > 0 || r.n > 1010 {
		t.Errorf("%d requests: %v", r.n, r.wrong)
	}
}
