package recording_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/jira"
	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
	"github.com/tidegate-go/tidegate/connectors/recording"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// policy is what the release is decided by: one criterion passes, one fails, one
// cannot be seen.
func policy() gates.Catalog {
	all := jira.Count("project = SHOP")
	return gates.NewCatalog(gates.Exit("staging",
		gates.None("blockers", jira.Count("project = SHOP AND priority = Blocker").OutOf(all)),
		gates.AtMost("open", jira.Unresolved("SHOP", "1.0"), 1),
		gates.Done("scope", jira.Items("project = SHOP ORDER BY key")),
		gates.None("elsewhere", jira.Count("project = NOWHERE").OutOf(all)),
	).WithoutSignOffs("the record is of criteria"))
}

func decide(t testing.TB, facts fact.Set, at time.Time) []byte {
	t.Helper()
	text, err := strictjson.Encode(gates.Evaluate(policy(), gates.Input{Plan: release.Plan{}, Facts: facts, Now: at}))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The real connector, as a pinned program, is recorded against a stand-in of its
// vendor and replayed when both are gone: the same facts, the same decisions.
func TestJiraIsReplayed(t *testing.T) {
	program := connectortest.Build(t, "../jira/jiraconnector/cmd/tidegate-connector-jira")
	digest, err := connectors.FileDigest(program)
	if err != nil {
		t.Fatal(err)
	}
	server, err := jiratest.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	for i := range 250 {
		server.AddIssues(jiratest.Issue{Key: fmt.Sprintf("SHOP-%d", i+1), Summary: "says back " + jiratest.Token, FixVersions: []string{"1.0"}})
	}
	fleet, err := connectors.Open(t.Context(), connectors.Config{Connectors: []connectors.Launch{{
		Name: "jira", Command: []string{program}, Pin: strings.TrimPrefix(string(digest), "sha256:"),
		Settings: jiraconnector.Config{BaseURL: server.URL, Email: jiratest.Email, Token: connectors.NewSecret(jiratest.Token)},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	recorder := recording.NewRecorder(fleet, nil)
	facts := recorder.Collect(t.Context(), policy().Queries())
	items := jira.Items("project = SHOP ORDER BY key")
	pages, err := read(t, recorder, items)
	if err != nil {
		t.Fatal(err)
	}
	fleet.Close()
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}

	data, err := recorder.Recording().Encode()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte(jiratest.Token)) || !bytes.Contains(data, []byte("[redacted]")) {
		t.Errorf("the recording has the token, or nobody said it back")
	}
	made, err := recording.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	p := replay(t, made)
	again := p.Collect(t.Context(), policy().Queries())
	if diff := cmp.Diff(asText(t, facts), asText(t, again)); diff != "" {
		t.Errorf("facts (-live +replayed):\n%s", diff)
	}
	replayed, err := read(t, p, items)
	if diff := cmp.Diff(pages, replayed); diff != "" || err != nil {
		t.Errorf("pages: %v (-live +replayed):\n%s", err, diff)
	}
	at := made.End()
	want := decide(t, facts, at)
	for name, set := range map[string]fact.Set{"replayed": again, "the facts of the recording": made.Facts(time.Time{}), "in a fleet": inFleet(t, replay(t, made), at)} {
		if diff := cmp.Diff(string(want), string(decide(t, set, at))); diff != "" {
			t.Errorf("%s, other decisions (-live +replayed):\n%s", name, diff)
		}
	}
	if got := again.Results[0].Program; got.Digest != digest || got.Trust != fact.Pinned || got.Name != "jira" || got.Version == "" {
		t.Errorf("answered by %+v, want what was pinned", got)
	}
	if flips := gates.Backtest(policy(), []gates.Past{{Catalog: policy(), Input: gates.Input{Facts: made.Facts(at), Now: at}}}); len(flips) > 0 {
		t.Errorf("back-tested, the same policy decides otherwise: %v", flips)
	}
	for _, word := range []string{`"raw": "pass"`, `"raw": "fail"`, `"raw": "unknown"`} {
		if !bytes.Contains(want, []byte(word)) {
			t.Errorf("the policy shows no %s: %s", word, want)
		}
	}
}

func inFleet(t testing.TB, p *recording.Replay, at time.Time) fact.Set {
	t.Helper()
	fleet, err := connectors.Open(t.Context(), connectors.Config{Connectors: p.Launches(), Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	return fleet.Collect(context.Background(), policy().Queries())
}
