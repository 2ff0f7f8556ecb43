package recording_test

import (
	"context"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/recording"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// forms are those of the secret in which it must not be found.
func forms() []string {
	return []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), url.QueryEscape(secret)}
}

// A source that says the secret back in every text that it has, in a cursor and
// in a failure, and a question that has it, leave nothing of it in the file.
func TestSecretsAreStruckOut(t *testing.T) {
	f := shop()
	basic := base64.StdEncoding.EncodeToString([]byte("user:" + secret))
	list := fact.Answer(works, now)
	list.Source, list.Link = "shop of "+secret, value.Link("https://shop.example.com/?key="+secret)
	list.WorkItems = []fact.WorkItem{{ID: secret, Title: "Basic " + basic, Status: secret, Labels: []string{"a", secret}, Assignee: fact.Account{System: "shop", ID: secret}}}
	number := fact.AnswerNumber(count, now, 12)
	number.Source = secret
	asking := count.With("key", secret)
	f.Facts = fact.NewSet(list, number, fact.AnswerNumber(refused, now, 0), fact.Answer(denied, now), fact.AnswerNumber(asking, now, 1))
	f.Ask = func(_ context.Context, _ string, q fact.Query) error {
		if q.Kind == refused.Kind {
			return &connectors.Diagnostic{Code: connectors.CodeForbidden, Summary: secret, Detail: "x\n" + secret, Path: secret, RequestID: secret}
		}
		return nil
	}
	fleet := open(t, f)
	r := recording.NewRecorder(fleet, options())
	r.Collect(t.Context(), []fact.Query{works, count, refused, asking})
	_, _ = read(t, r, works)
	_, _ = read(t, r, denied)
	_, _ = read(t, r, works.With("key", secret))
	made := r.Recording()
	data, err := made.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range forms() {
		if strings.Contains(string(data), form) {
			t.Errorf("the recording has %q:\n%s", form, data)
		}
	}
	if strings.Contains(string(data), basic) || !strings.Contains(string(data), "[redacted]") {
		t.Errorf("nothing was struck out:\n%s", data)
	}
	if len(made.Exchanges) != 5 || made.LeftOut != 2 {
		t.Errorf("%d exchanges, %d left out, want the two questions with the secret to be", len(made.Exchanges), made.LeftOut)
	}
	if got := replay(t, made).Collect(t.Context(), []fact.Query{asking}).Results[0]; got.Failure.Code != recording.CodeNotRecorded {
		t.Errorf("the question with a secret: %+v", got)
	}
	if got := fleet.Redact("key=" + secret + " basic " + basic); strings.Contains(got, secret) || strings.Contains(got, basic) || !strings.HasPrefix(got, "key=[redacted]") {
		t.Errorf("the fleet lets pass: %s", got)
	}
}
