package recording_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/recording"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

// asText is a set as a host stores it, in UTC.
func asText(t testing.TB, s fact.Set) string {
	t.Helper()
	for i := range s.Results {
		s.Results[i].ObservedAt, s.Results[i].CollectedAt = s.Results[i].ObservedAt.UTC(), s.Results[i].CollectedAt.UTC()
	}
	text, err := strictjson.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// everything records a bit of everything.
func everything(t testing.TB) (recording.Recording, fact.Set) {
	t.Helper()
	r := recording.NewRecorder(open(t, shop()), options())
	facts := r.Collect(t.Context(), []fact.Query{works, refused}, []fact.Query{count.OutOf(stranger), latency})
	if _, err := read(t, r, works); err != nil {
		t.Fatal(err)
	}
	if _, err := read(t, r, denied); err == nil {
		t.Fatal("a list that nobody has")
	}
	return r.Recording(), facts
}

func TestRecording(t *testing.T) {
	made, facts := everything(t)
	data, err := made.Encode()
	if err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, "testdata/shop.json", data)
	r := back(t, made)
	if diff := cmp.Diff(asText(t, facts), asText(t, replay(t, r).Collect(t.Context(), []fact.Query{works, refused, count, latency, stranger}))); diff != "" {
		t.Errorf("replayed (-asked +replayed):\n%s", diff)
	}
	if !r.End().Equal(now) {
		t.Errorf("it ends at %v", r.End())
	}
	again, _ := everything(t)
	text, err := again.Encode()
	if err != nil || !bytes.Equal(text, data) {
		t.Errorf("recorded again, it is another file: %v\n%s", err, cmp.Diff(string(data), string(text)))
	}
}

// The order in which it was asked does not show.
func TestRecordingIsSorted(t *testing.T) {
	var files []string
	for _, order := range [][]fact.Query{{count, works, latency}, {latency, works, count}} {
		r := recording.NewRecorder(open(t, shop()), options())
		for _, q := range order {
			r.Collect(t.Context(), []fact.Query{q})
		}
		data, err := r.Recording().Encode()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(data))
	}
	if files[0] != files[1] {
		t.Error(cmp.Diff(files[0], files[1]))
	}
}

// A recorder is no part of what its caller gets: neither what is changed in it
// nor what is recorded later.
func TestRecordingIsACopy(t *testing.T) {
	r := recording.NewRecorder(open(t, shop()), options())
	facts := r.Collect(t.Context(), []fact.Query{works})
	before := r.Recording()
	facts.Results[0].WorkItems[0].Labels[0] = "changed"
	before.Exchanges[0].Result.WorkItems[1].Labels[0] = "changed"
	p := replay(t, before)
	before.Exchanges[0].Result.WorkItems[2].Labels[0] = "changed"
	got := p.Collect(t.Context(), []fact.Query{works})
	got.Results[0].WorkItems[3].Labels[0] = "changed"
	for page, err := range r.List(t.Context(), works) {
		if err != nil {
			t.Fatal(err)
		}
		page.WorkItems[4].Labels[0] = "changed"
	}
	if x := r.Recording().Exchanges[1]; !x.Listed || x.Result.WorkItems[4].Labels[0] == "changed" {
		t.Errorf("recorder: the page of its reader is changed in it: %+v", x)
	}
	for name, set := range map[string]fact.Set{"recorder": r.Recording().Facts(time.Time{}), "replay": p.Collect(t.Context(), []fact.Query{works})} {
		for i, item := range set.Results[0].WorkItems {
			if item.Labels[0] == "changed" && (name == "recorder" || i != 1) {
				t.Errorf("%s: item %d changed from outside", name, i)
			}
		}
	}
}

// A question that nobody recorded is unknown, and never an empty list.
func TestNotRecorded(t *testing.T) {
	made, _ := everything(t)
	p := replay(t, made)
	set := p.Collect(t.Context(), []fact.Query{unasked, count.Over(time.Hour)})
	for _, r := range set.Results {
		if r.Failure.Code != recording.CodeNotRecorded || r.Complete || !strings.Contains(r.Failure.Message, r.Query.Kind) {
			t.Errorf("%v: %+v", r.Query, r.Failure)
		}
	}
	var d *connectors.Diagnostic
	if pages, err := read(t, p, unasked); !errors.As(err, &d) || d.Code != recording.CodeNotRecorded || d.Origin != connectors.FromConfig || pages != nil {
		t.Errorf("%v, %v", pages, err)
	}
	fleet, err := connectors.Open(t.Context(), connectors.Config{Connectors: p.Launches()})
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	for _, r := range fleet.Collect(t.Context(), []fact.Query{unasked}).Results {
		if r.Failure.Code != recording.CodeNotRecorded || r.Complete {
			t.Errorf("in a fleet: %v: %+v", r.Query, r.Failure)
		}
	}
	if _, err := read(t, fleet, unasked); !errors.As(err, &d) || d.Code != recording.CodeNotRecorded {
		t.Errorf("in a fleet: %v", err)
	}
}

// Answers come in the order in which they were recorded, and the last remains;
// the facts of a moment are the last ones before it.
func TestAnswersInTurn(t *testing.T) {
	f := shop()
	clock := now
	fleet, err := connectors.Open(t.Context(), connectors.Config{Connectors: []connectors.Launch{{InProcess: f}}, Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	r := recording.NewRecorder(fleet, nil)
	for i := range 3 {
		clock = now.Add(time.Duration(i) * time.Minute)
		f.Facts = fact.NewSet(fact.AnswerNumber(count, clock, float64(i)))
		r.Collect(t.Context(), []fact.Query{count})
	}
	made := back(t, r.Recording())
	p := replay(t, made)
	for i, want := range []float64{0, 1, 2, 2, 2} {
		if got := p.Collect(t.Context(), []fact.Query{count}).Results[0]; float64(got.Value.Value) != want {
			t.Errorf("asked for the %dth time: %v, want %v", i, got.Value, want)
		}
	}
	for at, want := range map[time.Duration]int{-time.Second: -1, 0: 0, 59 * time.Second: 0, time.Minute: 1, time.Hour: 2} {
		got := -1
		for _, res := range made.Facts(now.Add(at)).Results {
			got = int(res.Value.Value)
		}
		if got != want {
			t.Errorf("%v after the beginning: %d, want %d", at, got, want)
		}
	}
	if got := made.Facts(time.Time{}).Results; len(got) != 1 || got[0].Value.Value != 2 {
		t.Errorf("in the end: %v", got)
	}
}

// Recorders and replays are used at the same time, and what is recorded then is
// the same as one after the other.
func TestAtTheSameTime(t *testing.T) {
	r := recording.NewRecorder(open(t, shop()), options())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			r.Collect(t.Context(), []fact.Query{count, works})
			for _, err := range r.List(t.Context(), works) {
				if err != nil {
					t.Error(err)
				}
			}
			_ = r.Recording()
		})
	}
	group.Wait()
	made := r.Recording()
	if len(made.Exchanges) != 24 || made.LeftOut != 0 {
		t.Errorf("%d exchanges, %d left out", len(made.Exchanges), made.LeftOut)
	}
	p := replay(t, back(t, made))
	for range 8 {
		group.Go(func() {
			if got := p.Collect(t.Context(), []fact.Query{count}).Results[0]; got.Value.Value != 12 {
				t.Errorf("%+v", got)
			}
			for page, err := range p.List(t.Context(), works) {
				if err != nil || page.Len() != 5 {
					t.Errorf("%d items, %v", page.Len(), err)
				}
			}
		})
	}
	group.Wait()
}

// What a source calls incomplete is not complete when it is replayed, and what it
// wanted to be asked again for is not asked again.
func TestIncompleteIsReplayed(t *testing.T) {
	f := shop()
	for i := range f.Facts.Results {
		f.Facts.Results[i].Complete = false
	}
	f.Ask = func(_ context.Context, _ string, q fact.Query) error {
		if q.Kind == refused.Kind {
			return &connectors.Diagnostic{Code: connectors.CodeRateLimited, Summary: "later", Origin: connectors.FromUpstream, Retryable: true, RetryAfter: time.Hour}
		}
		return nil
	}
	r := recording.NewRecorder(open(t, f), nil)
	_, why := read(t, r, works)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // else the fleet would wait, too
	defer cancel()
	for _, err := range r.List(ctx, denied) {
		if err == nil {
			t.Error("it answers")
		}
	}
	p := replay(t, back(t, r.Recording()))
	pages, err := read(t, p, works)
	if len(pages) != 1 || why == nil || cmp.Diff(why, err) != "" {
		t.Errorf("%d pages, it ended with %v and ends with %v", len(pages), why, err)
	}
	if got := p.Collect(t.Context(), []fact.Query{works}).Results[0]; got.Complete || got.Failed() || got.Len() != 5 {
		t.Errorf("complete is %v, %d items, %+v", got.Complete, got.Len(), got.Failure)
	}
	var d *connectors.Diagnostic
	if _, err := read(t, p, denied); !errors.As(err, &d) || !d.Retryable || d.RetryAfter != time.Hour {
		t.Errorf("it failed otherwise: %+v", err)
	}
	instance, err := p.Connector("shop").Open(t.Context(), connectors.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := instance.List(t.Context(), denied, "", nil); !errors.As(err, &d) || d.Code != connectors.CodeRateLimited || d.Retryable || d.RetryAfter != 0 {
		t.Errorf("a host would wait: %+v", err)
	}
}

// A list is replayed in its pages, and one that failed fails in the same way.
func TestListIsReplayed(t *testing.T) {
	r := recording.NewRecorder(open(t, long()), nil)
	want, err := read(t, r, works)
	if err != nil || len(want) < 2 {
		t.Fatalf("%d pages, %v", len(want), err)
	}
	_, why := read(t, r, denied)
	p := replay(t, back(t, r.Recording()))
	got, err := read(t, p, works)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-recorded +replayed):\n%s", err, diff)
	}
	if _, again := read(t, p, denied); again == nil || cmp.Diff(why, again) != "" || !strings.Contains(again.Error(), "not you") {
		t.Errorf("it failed with %v, and fails with %v", why, again)
	}
	for _, err := range p.List(t.Context(), works) {
		if err != nil {
			t.Error(err)
		}
		break // nothing is left running, and nothing panics
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range p.List(canceled, works) {
		if d := new(connectors.Diagnostic); !errors.As(err, &d) || d.Code != connectors.CodeCanceled {
			t.Errorf("given up: %v", err)
		}
	}
	for _, res := range p.Collect(canceled, []fact.Query{works}).Results {
		if res.Failure.Code != connectors.CodeCanceled {
			t.Errorf("given up: %+v", res.Failure)
		}
	}
	if _, err := read(t, p, refused); err == nil {
		t.Error("a number is listed")
	}
}

// What does not fit is cut and says so; what cannot be cut is counted.
func TestBounds(t *testing.T) {
	full, _ := everything(t)
	data, err := full.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for size := 300; size < len(data); size += 250 {
		r := recording.NewRecorder(open(t, shop()), &recording.Options{MaxBytes: size, Now: func() time.Time { return now }})
		whole := r.Collect(t.Context(), []fact.Query{count, works, latency, refused})
		_, _ = read(t, r, works)
		made := r.Recording()
		text, err := made.Encode()
		if err != nil || len(text) > size {
			t.Fatalf("%d bytes, at most %d: %v", len(text), size, err)
		}
		p := replay(t, back(t, made))
		for _, want := range whole.Results {
			got := p.Collect(t.Context(), []fact.Query{want.Query}).Results[0]
			switch {
			case got.Failure.Code == recording.CodeNotRecorded:
				if made.LeftOut == 0 || !strings.Contains(got.Failure.Message, "left out") {
					t.Errorf("%d bytes: %v: %+v, %d left out", size, want.Query, got.Failure, made.LeftOut)
				}
			case got.Complete:
				if asText(t, fact.NewSet(got)) != asText(t, fact.NewSet(want)) {
					t.Errorf("%d bytes: %v is complete and another answer", size, want.Query)
				}
			case !want.Failed() && got.Len() > 0:
				t.Errorf("%d bytes: %v is neither whole nor cut", size, want.Query)
			}
		}
		if pages, err := read(t, p, works); err == nil && (len(pages) != 1 || pages[0].Len() != 5) {
			t.Errorf("%d bytes: a list of %d pages is complete", size, len(pages))
		}
	}
}

// A list that is cut, by its length or by its reader, is not complete.
func TestCutLists(t *testing.T) {
	for name, tt := range map[string]struct {
		options recording.Options
		stop    bool
	}{
		"too many items": {recording.Options{MaxItems: 120}, false},
		"too many bytes": {recording.Options{MaxBytes: 30_000}, false},
		"a reader stops": {recording.Options{}, true},
	} {
		r := recording.NewRecorder(open(t, long()), &tt.options)
		seen := 0
		for page, err := range r.List(t.Context(), works) {
			if err != nil {
				t.Fatal(err)
			}
			if seen += page.Len(); tt.stop {
				break
			}
		}
		if !tt.stop && seen != 300 {
			t.Errorf("%s: the reader gets %d items", name, seen)
		}
		made := back(t, r.Recording())
		if x := made.Exchanges[0]; !x.Truncated || x.Result.Complete || x.Result.Len() == 0 || x.Result.Len() >= 300 {
			t.Errorf("%s: truncated %v, complete %v, %d items", name, x.Truncated, x.Result.Complete, x.Result.Len())
		}
		p := replay(t, made)
		var d *connectors.Diagnostic
		if _, err := read(t, p, works); !errors.As(err, &d) || d.Code != connectors.CodeIncomplete || !strings.Contains(d.Summary, "cut") {
			t.Errorf("%s: %v", name, err)
		}
		if got := p.Collect(t.Context(), []fact.Query{works}).Results[0]; got.Complete || got.Len() == 0 {
			t.Errorf("%s: collected, complete is %v", name, got.Complete)
		}
		fleet, err := connectors.Open(t.Context(), connectors.Config{Connectors: p.Launches()})
		if err != nil {
			t.Fatal(err)
		}
		if got := fleet.Collect(t.Context(), []fact.Query{works}).Results[0]; got.Complete || got.Failed() || got.Len() == 0 {
			t.Errorf("%s: in a fleet, complete is %v, %+v", name, got.Complete, got.Failure)
		}
		fleet.Close()
	}
}

// long is a shop with 300 works.
func long() *connectortest.Fake {
	f := shop()
	many := fact.Answer(works, now)
	for range 300 {
		many.WorkItems = append(many.WorkItems, fact.WorkItem{ID: "W-" + strings.Repeat("I", len(many.WorkItems)+1)})
	}
	f.Facts, f.PageSize = fact.NewSet(many, fact.AnswerNumber(refused, now, 0), fact.Answer(denied, now)), 10
	return f
}

// A connector made of a recording passes the exam, and a fleet of it has the
// same answers.
func TestReplayingConnector(t *testing.T) {
	made, facts := everything(t)
	p := replay(t, back(t, made))
	if err := connectortest.Check(t.Context(), connectortest.Harness{Connector: p.Connector("shop"), Measured: []fact.Query{count, latency}, Listed: []fact.Query{works}}); err != nil {
		t.Error(err)
	}
	p = replay(t, made) // from the beginning
	fleet, err := connectors.Open(t.Context(), connectors.Config{Connectors: p.Launches(), Now: made.End})
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	again := fleet.Collect(t.Context(), []fact.Query{works, refused, count, latency})
	for i := range facts.Results {
		facts.Results[i].Program = fact.Program{Trust: fact.Own, Name: "shop", Version: "0.0.0+recorded"}
	}
	facts = fact.NewSet(slices.DeleteFunc(facts.Results, func(r fact.Result) bool { return r.Query.Connector != "shop" })...)
	if diff := cmp.Diff(asText(t, facts), asText(t, again)); diff != "" {
		t.Errorf("in a fleet (-recorded +replayed):\n%s", diff)
	}
	if _, err := p.Connector("shop").Open(t.Context(), connectors.Settings{JSON: []byte(`{"a": 1}`)}); err == nil {
		t.Error("it takes settings that it does not know")
	}
}
