package check_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestGrantJudge(t *testing.T) {
	tests := []struct {
		name   string
		change func(*check.Grant)
		now    time.Time
		want   check.Refusal
	}{
		{"good", func(*check.Grant) {}, now, ""},
		{"no reason", func(g *check.Grant) { g.Reason = "" }, now, check.NoReason},
		{"blank reason", func(g *check.Grant) { g.Reason = " \u00a0\t\n" }, now, check.NoReason},
		{"no requester", func(g *check.Grant) { g.Requester = "" }, now, check.NoRequester},
		{"no approver", func(g *check.Grant) { g.Approver = " " }, now, check.NoApprover},
		{"self-approved", func(g *check.Grant) { g.Approver = "ken" }, now, check.SelfApproved},
		{"self-approved with a space", func(g *check.Grant) { g.Approver = "ken " }, now, check.SelfApproved},
		{"no expiry", func(g *check.Grant) { g.Expires = value.When{} }, now, check.NoExpiry},
		{"expiry that is no day", func(g *check.Grant) { g.Expires = value.Date(2027, 2, 30) }, now, check.NoExpiry},
		{"expiry that cannot be placed", func(g *check.Grant) { g.Expires = local }, now, check.NoExpiry},
		{"no clock", func(*check.Grant) {}, time.Time{}, check.NoClock},
		{"a nanosecond left", func(g *check.Grant) { g.Expires = value.At(now.Add(1)) }, now, ""},
		{"expires at this moment", func(g *check.Grant) { g.Expires = value.At(now) }, now, check.Expired},
		{"expired", func(g *check.Grant) { g.Expires = value.Date(2026, 12, 6) }, now, check.Expired},
		// The day is over first at UTC+14, which is 10:00 UTC of that day.
		{"today is over somewhere", func(g *check.Grant) { g.Expires = value.Date(2026, 12, 7) }, now, check.Expired},
		{"today is not over here", func(g *check.Grant) { g.Expires = value.Date(2026, 12, 7).In("Europe/Berlin") }, now, ""},
	}
	for _, tt := range tests {
		g := grant()
		tt.change(&g)
		until, got := g.Judge(tt.now)
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if got == "" && !until.After(tt.now) {
			t.Errorf("%s: holds until %s, which is over", tt.name, until)
		}
	}
}

var local = func() value.When {
	w, err := value.ParseWhen("2027-01-01T00:00:00")
	if err != nil {
		panic(err)
	}
	return w
}()

func TestWaivers(t *testing.T) {
	waiver := func(rule string, path check.Path, change func(*check.Waiver)) check.Waiver {
		w := check.Waiver{Rule: rule, Path: path, Grant: grant()}
		if change != nil {
			change(&w)
		}
		return w
	}
	lead := func(change func(*check.Waiver)) []check.Waiver { return []check.Waiver{waiver("T-1", "lead", change)} }
	all := []string{"T-1@lead", "T-2@members[0]", "T-2@members[2]"}
	reported := append(all[:3:3], "WAIVER@")
	tests := []struct {
		name    string
		waivers []check.Waiver
		now     time.Time
		found   []string
		waived  []string
	}{
		{"none", nil, now, all, nil},
		{"one place", lead(nil), now, all[1:], []string{"T-1@lead"}},
		{"everything below", []check.Waiver{waiver("T-2", "members", nil)}, now, all[:1], []string{"T-2@members[0]", "T-2@members[2]"}},
		{"one of two", []check.Waiver{waiver("T-2", "members[2]", nil)}, now, all[:2], []string{"T-2@members[2]"}},
		{"both of two", []check.Waiver{waiver("T-2", "members[2]", nil), waiver("T-2", "members", nil)}, now, all[:1],
			[]string{"T-2@members[0]", "T-2@members[2]"}},
		{"the same twice", append(lead(nil), lead(nil)...), now, all[1:], []string{"T-1@lead"}},

		{"without reason", lead(func(w *check.Waiver) { w.Reason = "" }), now, reported, nil},
		{"without requester", lead(func(w *check.Waiver) { w.Requester = "" }), now, reported, nil},
		{"without approver", lead(func(w *check.Waiver) { w.Approver = "" }), now, reported, nil},
		{"without expiry", lead(func(w *check.Waiver) { w.Expires = value.When{} }), now, reported, nil},
		{"self-approved", lead(func(w *check.Waiver) { w.Approver = w.Requester }), now, reported, nil},
		{"expired", lead(func(w *check.Waiver) { w.Expires = value.Date(2026, 12, 1) }), now, reported, nil},
		{"without clock", lead(nil), time.Time{}, reported, nil},
		{"without rule", lead(func(w *check.Waiver) { w.Rule = "" }), now, reported, nil},
		{"of another rule", []check.Waiver{waiver("T-2", "lead", nil)}, now, reported, nil},
		{"of another place", []check.Waiver{waiver("T-2", "members[1]", nil)}, now, reported, nil},
		{"of a place with the same beginning", []check.Waiver{waiver("T-1", "le", nil)}, now, reported, nil},
		{"below the place", []check.Waiver{waiver("T-1", "lead.name", nil)}, now, reported, nil},
		{"without place", []check.Waiver{waiver("T-1", "", nil)}, now, reported, nil},
		{"one that holds and one that does not", append(lead(func(w *check.Waiver) { w.Reason = "" }), lead(nil)...), now,
			[]string{"T-2@members[0]", "T-2@members[2]", "WAIVER@"}, []string{"T-1@lead"}},
	}
	for _, tt := range tests {
		subject := badTeam()
		r := check.Run(&subject, teamRules(), &check.Options{Now: tt.now, Waivers: tt.waivers})
		if diff := cmp.Diff(tt.found, checktest.At(r.Findings)); diff != "" {
			t.Errorf("%s: findings (-want +got):\n%s", tt.name, diff)
		}
		var waived check.Findings
		for _, w := range r.Waived {
			waived = append(waived, w.Finding)
			if w.By.Reason == "" {
				t.Errorf("%s: waived by a waiver without reason", tt.name)
			}
		}
		if diff := cmp.Diff(tt.waived, checktest.At(waived)); diff != "" {
			t.Errorf("%s: waived (-want +got):\n%s", tt.name, diff)
		}
		if r.Rules[0].State != check.Failed {
			t.Errorf("%s: a waiver makes a rule pass", tt.name)
		}
	}
}

// A waiver of the whole covers what is found at the root, and nothing below.
func TestWaiverOfTheRoot(t *testing.T) {
	root := check.Rule[team]{ID: "T-9", Check: func(p *check.Pass[team]) {
		p.Report(check.Missing("", "the team", ""), check.Missing("lead", "the lead", ""))
	}}
	subject := goodTeam()
	r := check.Run(&subject, []check.Rule[team]{root}, &check.Options{Now: now, Waivers: []check.Waiver{{Rule: "T-9", Grant: grant()}}})
	if diff := cmp.Diff([]string{"T-9@lead"}, checktest.At(r.Findings)); diff != "" || len(r.Waived) != 1 {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReportRoundTrip(t *testing.T) {
	good, bad := goodTeam(), badTeam()
	options := &check.Options{Now: now,
		Profile: check.Profile{Name: "strict", Changes: []check.Adjustment{{Rule: "T-3", Off: true, Reason: "small team"}}},
		Waivers: []check.Waiver{{Rule: "T-1", Path: "lead", Grant: grant()}, {Rule: "T-8", Path: "x", Grant: grant()}}}
	reports := map[string]check.Report{
		"empty": {}, "good": check.Run(&good, teamRules(), nil), "bad": check.Run(&bad, teamRules(), options),
		"nothing": check.Run(&good, nil, nil),
	}
	for name, want := range reports {
		text, err := strictjson.Encode(want)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var strict, loose check.Report
		if err := strictjson.Decode(text, &strict, nil); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
		if err := json.Unmarshal(text, &loose); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, strict); diff != "" {
			t.Errorf("%s, read strictly (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(want, loose); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Nothing that has no name gets into a report by way of JSON.
func TestReportRefusesUnknownNames(t *testing.T) {
	for _, text := range []string{
		`{"findings":[{"rule":"x","severity":"fatal","path":"","message":""}]}`,
		`{"rules":[{"rule":"x","state":"ok"}]}`, `{"rules":[{"rule":"x","state":3}]}`,
	} {
		var r check.Report
		if err := json.Unmarshal([]byte(text), &r); err == nil {
			t.Errorf("%s is read", text)
		}
	}
}
