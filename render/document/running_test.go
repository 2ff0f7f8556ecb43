package document_test

import (
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/document"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

var (
	opens  = time.Date(2026, time.December, 9, 3, 0, 0, 0, time.UTC)
	closes = opens.Add(4 * time.Hour)
)

// measured answers every question about the release with one number that lasted
// for twenty minutes.
func measured(at time.Time, errors, p95, orders float64) document.Snapshot {
	plan := sample.Plan()
	s := document.Snapshot{At: at}
	for _, q := range fact.MergeQueries(gates.TriggerQueries(plan), document.SuccessQueries(plan)) {
		n := orders
		switch name, _ := q.Params.Get("query"); name {
		case "checkout.errors":
			n = errors
		case "checkout.p95":
			n = p95
		}
		if q.Yields.Shape == fact.NumberShape && q.Window == 0 {
			s.Facts = s.Facts.WithResults(fact.AnswerNumber(q, at, n))
			continue
		}
		r := fact.Answer(q, at)
		r.Unit = q.Yields.Unit
		for i := 20; i >= 0; i-- {
			r.Samples = append(r.Samples, fact.Sample{At: at.Add(-time.Duration(i) * time.Minute), Value: value.Number(n)})
		}
		s.Facts = s.Facts.WithResults(r)
	}
	return s
}

// running is a release that was rolled back, as of a moment.
func running(now time.Time) document.Running {
	errors := 0.2
	if now.Before(opens.Add(104 * time.Minute)) {
		errors = 1.8
	}
	at := func(minute int) value.When { return value.At(opens.Add(time.Duration(minute) * time.Minute)) }
	return document.Running{
		Packet: sample.Packet(), Now: now, Link: "https://wiki.example.com/releases/2026.12",
		Events: []release.Event{
			{ID: "E1", Kind: release.GoDecision, At: at(0), About: "production/entry", Text: "All sign-offs are there", By: "release-manager"},
			{ID: "E2", Kind: release.Deployed, At: at(50), About: "checkout.gift_cards", Text: "25%", By: "sre-on-call"},
			{ID: "E3", Kind: release.Breach, At: at(62), About: "I1", Text: "Checkout errors 1.8% for 5 minutes", By: "sre-on-call"},
			{ID: "E4", Kind: release.BlockerOpened, At: at(62), About: "BL-1", Text: "Checkout errors at 25%", By: "sre-on-call", Critical: true,
				Mitigation: "Turn checkout.gift_cards off", Owner: "sre-lead"},
			{ID: "E5", Kind: release.RollbackDecision, At: at(96), Text: "Turn the flag off", By: "steering"},
			{ID: "E6", Kind: release.RollbackDone, At: at(104), Text: "The flag is off", By: "sre-on-call"},
			{ID: "E7", Kind: release.Recovery, At: at(110), About: "I1", Text: "Checkout errors 0.2%", By: "sre-on-call"},
			{ID: "E8", Kind: release.BlockerClosed, At: at(115), About: "BL-1", Text: "Rolled back", By: "sre-lead"},
			{ID: "F1", Kind: release.FollowUp, At: at(200), Text: "Cache the card balance", By: "dev-lead", Owner: "dev-lead", Due: sample.When("2026-12-16[America/New_York]")},
		},
		Snapshots: []document.Snapshot{measured(opens.Add(60*time.Minute), 1.8, 640, 0.4), {At: opens.Add(75 * time.Minute)}, measured(now, errors, 430, 2.1)},
		Log: comms.NewLog(comms.Sent{Key: "escalation/E4/PT0S/pagerduty", Level: 1, Blocker: "BL-1", At: at(62), Channels: []comms.ChannelKind{comms.PagerDuty}}.
			WithAnswers(comms.Answer{By: "edsger", At: at(95)})),
	}
}

// documents are the documents of a running release.
func documents(t testing.TB, r document.Running) map[string]string {
	t.Helper()
	return map[string]string{
		"daily":      write(t, func(w io.Writer) error { return document.Daily(w, r) }),
		"escalation": write(t, func(w io.Writer) error { return document.Escalation(w, r, r.Events[3].About) }),
		"war-room":   write(t, func(w io.Writer) error { return document.WarRoom(w, r, time.Time{}) }),
		"summary":    write(t, func(w io.Writer) error { return document.Summary(w, r) }),
	}
}

func TestRunningGoldens(t *testing.T) {
	during, after := documents(t, running(opens.Add(80*time.Minute))), documents(t, running(closes.Add(10*time.Hour)))
	for name, page := range map[string]string{"daily": during["daily"], "escalation": during["escalation"], "war-room": after["war-room"], "summary": after["summary"],
		"empty-daily": documents(t, running(opens.Add(80*time.Minute)))["daily"]} {
		t.Run(name, func(t *testing.T) {
			wellFormed(t, page)
			if name != "empty-daily" {
				golden.Assert(t, filepath.Join("testdata", name+".md"), []byte(page))
				golden.Assert(t, filepath.Join("testdata", name+".txt"), []byte(document.Plain([]byte(page))))
			}
		})
	}
}

// A document says what is not known, and never that it is well.
func TestNothingIsKnown(t *testing.T) {
	r := document.Running{Packet: packet.New(sample.Plan(), gates.NewCatalog()), Now: closes}
	r.Events = []release.Event{{ID: "E1", Kind: release.BlockerOpened, About: "BL-1"}}
	for name, want := range map[string][]string{
		"daily":    {"verdict Hold|Verdict: Hold", "BL-1: not given, open since not given, owner not given"},
		"war-room": {"None: nothing was measured"},
		"summary":  {"unknown: ", "open"},
	} {
		page := map[string]func(io.Writer) error{
			"daily":    func(w io.Writer) error { return document.Daily(w, r) },
			"war-room": func(w io.Writer) error { return document.WarRoom(w, r, time.Time{}) },
			"summary":  func(w io.Writer) error { return document.Summary(w, r) },
		}[name]
		text := write(t, page)
		wellFormed(t, text)
		for _, w := range want {
			if !slices.ContainsFunc(strings.Split(w, "|"), func(s string) bool { return strings.Contains(text, s) }) {
				t.Errorf("%s does not say %q:\n%s", name, w, text)
			}
		}
	}
	var none *document.BlockerError
	if err := document.Escalation(io.Discard, r, "BL-9"); !errors.As(err, &none) || none.Blocker != "BL-9" {
		t.Errorf("error %v", err)
	}
}

// A success metric that nobody can tell is unknown.
func TestSuccess(t *testing.T) {
	r := running(closes)
	for _, tt := range []struct {
		name   string
		change func(*document.Snapshot)
		want   gates.Outcome
	}{
		{"reached", func(*document.Snapshot) {}, gates.Pass},
		{"reached exactly", func(s *document.Snapshot) { *s = measured(closes, 0, 0, 2) }, gates.Pass},
		{"not reached", func(s *document.Snapshot) { *s = measured(closes, 0, 0, 1.99) }, gates.Fail},
		{"not asked", func(s *document.Snapshot) { s.Facts = fact.Set{} }, gates.Unknown},
		{"stale", func(s *document.Snapshot) { *s = measured(closes.Add(-time.Hour), 0, 0, 2.1) }, gates.Unknown},
		{"observed in the future", func(s *document.Snapshot) { *s = measured(closes.Add(time.Hour), 0, 0, 2.1); s.At = closes }, gates.Unknown},
		{"a snapshot of the future", func(s *document.Snapshot) { s.At = closes.Add(1) }, gates.Unknown},
	} {
		s := measured(closes, 0, 0, 2.1)
		tt.change(&s)
		r.Snapshots = []document.Snapshot{s}
		if got := r.Success()[0]; got.Outcome != tt.want || (got.Outcome == gates.Unknown) != (got.Why != "") {
			t.Errorf("%s: %s, %q; want %s", tt.name, got.Outcome, got.Why, tt.want)
		}
	}
	r.Snapshots = nil
	if got := r.Success()[0]; got.Outcome != gates.Unknown {
		t.Errorf("nothing measured: %s", got.Outcome)
	}
}

// A reader of each document sees hostile text as it is, in Markdown and in plain
// text.
func TestHostileRunning(t *testing.T) {
	for _, s := range hostile {
		r := running(closes)
		everywhere(reflect.ValueOf(&r.Packet).Elem(), s)
		everywhere(reflect.ValueOf(&r.Events).Elem(), s)
		for name, page := range documents(t, r) {
			t.Run(name+" "+s, func(t *testing.T) {
				wellFormed(t, page)
				seen, links := read(t, page)
				if !strings.Contains(seen, mdtext.Visible(s)) {
					t.Errorf("%q is not read on\n%s", mdtext.Visible(s), seen)
				}
				if text := document.Plain([]byte(page)); !strings.Contains(text, mdtext.Visible(s)) {
					t.Errorf("%q is not in the text\n%s", mdtext.Visible(s), text)
				}
				for _, l := range links {
					if strings.Contains(l, "x.example") {
						t.Errorf("a link leads to %s", l)
					}
				}
			})
		}
	}
}

func TestPlain(t *testing.T) {
	page := "# One \\# two\n\nText of [a \\*link\\*](https://example.com/x) and [example.com](https://example.com).\n\n## Two\n\n- a `@`b\n  - below\n- [x] done\n- [ ] open\n\n| A | B |\n| --- | --- |\n| c \\| d | e |\n"
	want := "One # two\nText of a *link* (https://example.com/x) and example.com.\n\nTwo\n- a @b\n  - below\n[x] done\n[ ] open\nA | B\nc | d | e\n"
	if diff := cmp.Diff(want, document.Plain([]byte(page))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// schedule is all that the sample says while the release of running runs.
func schedule(t testing.TB, r document.Running) comms.Schedule {
	t.Helper()
	s, err := comms.Expand(r.Packet.Comms, r.Packet.Plan, r.Events, opens.Add(-100*time.Hour), closes.Add(12*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var own = []comms.Placeholder{
	{Name: "impact", Type: comms.TextValue, Value: "Gift cards are refused for a minute"},
	{Name: "affected", Type: comms.PercentValue, Value: "1.8%"},
}

// digest is the head of one, which every change of the sample changes.
var digest = regexp.MustCompile(`\b[0-9a-f]{12}\b`)

// Every instant has a letter that its channel takes.
func TestCompose(t *testing.T) {
	r := running(closes)
	r.Own = own
	var b strings.Builder
	seen := map[string]bool{}
	for _, in := range schedule(t, r).Instants {
		r.Now = in.At
		l, err := document.Compose(r, in)
		if err != nil {
			t.Errorf("%s: %v", in.Key, err)
			continue
		}
		if _, err := l.Fit(); err != nil {
			t.Errorf("%s: %v", in.Key, err)
		}
		if what := in.Message + in.Channel.Kind.String(); !seen[what] {
			seen[what] = true
			b.WriteString("==== " + l.Key + "\n" + l.Subject + "\n\n" + l.Body + "\n")
		}
	}
	golden.Assert(t, filepath.Join("testdata", "letters.txt"), []byte(digest.ReplaceAllString(b.String(), "DIGEST")))
}

// Hostile text is in no subject more than text, and long text loses no page.
func TestHostileLetters(t *testing.T) {
	for _, s := range append(slices.Clone(hostile), strings.Repeat("long ", 500)) {
		r := running(closes)
		r.Own = own
		all, seen := schedule(t, r).Instants, map[string]bool{}
		everywhere(reflect.ValueOf(&r.Packet.Plan.Overview).Elem(), s)
		for i := range r.Events {
			r.Events[i].Text, r.Events[i].Mitigation = s, s
		}
		for _, in := range all {
			if what := in.Message + in.Channel.Kind.String(); seen[what] {
				continue
			} else {
				seen[what] = true
			}
			in.Event.Text, in.Event.Mitigation = s, s
			l, err := document.Compose(r, in)
			if err != nil {
				if in.Level > 0 || !strings.Contains(err.Error(), "placeholder") {
					t.Errorf("%q: %s: %v", s, in.Key, err)
				}
				continue
			}
			if _, err := l.Fit(); err != nil {
				t.Errorf("%q: %s: %v", s, in.Key, err)
			}
			if in.Level > 0 && !strings.Contains(l.Subject+l.Body, mdtext.Visible(s)) {
				t.Errorf("%q is not in %s", s, in.Key)
			}
		}
	}
}

func TestComposeFaults(t *testing.T) {
	r := running(closes)
	for want, in := range map[string]comms.Instant{
		`no message "gossip"`:     {Message: "gossip"},
		`"impact" has no value`:   {Message: "start"},
		`opens blocker "BL-9"`:    {Level: 1, Event: release.Event{About: "BL-9"}},
		`"blocker" has no value`:  {Message: "blocker"},
		`"affected" has no value`: {Message: "impact", Event: r.Events[2]},
	} {
		if _, err := document.Compose(r, in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// What cannot be filled while the release runs is found when the plan is built.
func TestCheckTemplates(t *testing.T) {
	tests := []struct {
		name   string
		change func(*comms.Plan)
		own    []comms.Placeholder
		want   []string
	}{
		{"all is known", func(*comms.Plan) {}, own, nil},
		{"the host's words are not given", func(*comms.Plan) {}, nil,
			[]string{"@comms.templates[2].placeholders[2].name", "@comms.templates[3].placeholders[0].name", "@comms.templates[5].placeholders[2].name"}},
		{"a word that nobody has", func(p *comms.Plan) { p.Templates[0].Placeholders[1].Name = "mood" }, own, []string{"@comms.templates[0].placeholders[1].name"}},
		{"a value of its own", func(p *comms.Plan) {
			p.Templates[0].Placeholders[1].Name, p.Templates[0].Placeholders[1].Value = "mood", "2026-12-08"
		}, own, nil},
		{"another type", func(p *comms.Plan) { p.Templates[0].Placeholders[1].Type = comms.NumberValue }, own, []string{"@comms.templates[0].placeholders[1].type"}},
		{"another type of the host's", func(p *comms.Plan) { p.Templates[5].Placeholders[2].Type = comms.NumberValue }, own, []string{"@comms.templates[5].placeholders[2].type"}},
		{"any type is words", func(p *comms.Plan) { p.Templates[0].Placeholders[1].Type = comms.TextValue }, own, nil},
		{"a blocker in a daily update", func(p *comms.Plan) { p.Messages[0].Template = "blocker" }, own,
			[]string{"@comms.messages[0].template", "@comms.messages[0].template", "@comms.messages[0].template"}},
	}
	for _, tt := range tests {
		p := sample.Comms()
		tt.change(&p)
		if diff := cmp.Diff(tt.want, checktest.At(document.CheckTemplates(p, tt.own...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
