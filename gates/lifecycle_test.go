package gates_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// ledger is what people have said and granted so far, and the model of it: what
// is in force, judged in the plainest way.
type ledger struct {
	s       scene
	now     time.Time
	signs   []signing
	waivers []waiving
}

type signing struct {
	person    string
	subject   bool // of what is to be approved
	expires   time.Time
	withdrawn bool
	rejected  bool
}

type waiving struct {
	approver  string
	expires   time.Time
	withdrawn bool
}

// decide decides the ledger as the engine sees it: a p95 that only a waiver lets
// pass, and a quorum of two.
func (l *ledger) decide() gates.Decision {
	s := l.s
	s.now = l.now
	s.facts = []fact.Result{fact.AnswerNumber(latency, l.now, 400)}
	r := fact.Answer(signOffs, l.now)
	subject := gates.SubjectsOf(s.plan, s.catalog)[0].Digest
	for i, sign := range l.signs {
		if sign.withdrawn {
			continue // the source does not list it any more
		}
		a := yes(sign.person)
		a.ID, a.At, a.Expires, a.Subject = fmt.Sprint("A", i), l.now.Add(-time.Minute), sign.expires, value.Sum([]byte("another"))
		if sign.subject {
			a.Subject = subject
		}
		if sign.rejected {
			a.Answer = fact.Rejected
		}
		r.Approvals = append(r.Approvals, a)
	}
	s.facts = append(s.facts, r)
	s.waivers = nil
	for _, w := range l.waivers {
		if w.withdrawn {
			continue
		}
		g := gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()}
		g.Approver, g.Expires = w.approver, value.At(w.expires)
		s.waivers = append(s.waivers, g)
	}
	return s.decide().Gates[0]
}

// may reports whether the gate may go by the model: two people who may sign are
// in force, nobody who may rejects, and somebody who may grant does.
func (l *ledger) may() bool {
	signed := map[string]bool{}
	for _, s := range l.signs {
		entitled := slices.Contains([]string{"ada", "ben"}, s.person) // dee is the author, eve and cam have no mandate
		switch {
		case s.withdrawn, !s.subject:
		case s.rejected && (entitled || s.person == "dee"):
			return false
		case entitled && !s.rejected && (s.expires.IsZero() || l.now.Before(s.expires)):
			signed[s.person] = true
		}
	}
	granted := slices.ContainsFunc(l.waivers, func(w waiving) bool {
		return !w.withdrawn && l.now.Before(w.expires) && w.approver != "cam" && w.approver != "dee" // who asks, and the author
	})
	return len(signed) >= 2 && granted
}

func newLedger() *ledger {
	s := signed(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call", Quorum: 2})
	s.catalog.Gates[0].Criteria[0] = gates.AtMost("p95", latency, 300)
	return &ledger{s: s, now: now}
}

// power orders verdicts.
func power(v gates.Verdict) int {
	return slices.Index([]gates.Verdict{gates.NoGo, gates.Hold, gates.Go}, v)
}

// Over random histories of answers, withdrawals, rejections, expiries and
// waivers the engine goes exactly when the model says so, and no event that takes
// something away makes a gate more powerful.
func TestPropertySignOffsAndWaivers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLedger()
		if rapid.IntRange(0, 3).Draw(t, "signed already") > 0 {
			l.signs = []signing{{person: "ada", subject: true}, {person: "ben", subject: true}}
			l.waivers = []waiving{{approver: "eve", expires: now.Add(time.Hour)}}
		}
		before := l.decide().Verdict
		check := func(event string, takes bool) {
			d := l.decide()
			if went := d.Verdict == gates.Go; went != l.may() {
				t.Fatalf("after %s the gate goes: %t, want %t\n%s", event, went, l.may(), d.Explain())
			}
			if takes && power(d.Verdict) > power(before) {
				t.Fatalf("%s makes %s of %s\n%s", event, d.Verdict, before, d.Explain())
			}
			if d.Verdict == gates.Go && !l.holdsUntil(d) {
				t.Fatalf("after %s it goes until %v, which outlives what it rests on\n%s", event, d.ValidUntil, d.Explain())
			}
			before = d.Verdict
		}
		person := rapid.SampledFrom([]string{"ada", "ada", "ben", "ben", "cam", "dee", "eve"})
		minutes := rapid.IntRange(1, 40)
		actions := map[string]func(*rapid.T){
			"sign": func(t *rapid.T) {
				s := signing{person: person.Draw(t, "who"), subject: rapid.IntRange(0, 4).Draw(t, "subject") > 0}
				if rapid.Bool().Draw(t, "expires") {
					s.expires = l.now.Add(time.Duration(minutes.Draw(t, "for")) * time.Minute)
				}
				l.signs = append(l.signs, s)
				check("a signature", false)
			},
			"grant": func(t *rapid.T) {
				l.waivers = append(l.waivers, waiving{approver: person.Draw(t, "who"), expires: l.now.Add(time.Duration(minutes.Draw(t, "for")) * time.Minute)})
				check("a waiver", false)
			},
			"reject": func(t *rapid.T) {
				l.signs = append(l.signs, signing{person: person.Draw(t, "who"), subject: rapid.IntRange(0, 2).Draw(t, "subject") == 0, rejected: true})
				check("a rejection", true)
			},
			"withdraw a signature": func(t *rapid.T) {
				i := rapid.IntRange(0, 30).Draw(t, "which")
				if i < len(l.signs) && !l.signs[i].rejected { // to withdraw a rejection gives
					l.signs[i].withdrawn = true
					check("a withdrawal", true)
				}
			},
			"withdraw a rejection": func(t *rapid.T) {
				i := rapid.IntRange(0, 30).Draw(t, "which")
				if i < len(l.signs) && l.signs[i].rejected {
					l.signs[i].withdrawn = true
					check("a withdrawn rejection", false)
				}
			},
			"withdraw a waiver": func(t *rapid.T) {
				if i := rapid.IntRange(0, 20).Draw(t, "which"); i < len(l.waivers) {
					l.waivers[i].withdrawn = true
					check("a withdrawn waiver", true)
				}
			},
			"change the plan": func(*rapid.T) {
				for i := range l.signs {
					if !l.signs[i].rejected { // a rejection of another subject is void as well, which gives
						l.signs[i].subject = false
					}
				}
				check("a change", true)
			},
			"wait": func(t *rapid.T) {
				l.now = l.now.Add(time.Duration(minutes.Draw(t, "minutes")) * time.Minute)
				if l.now.After(now.Add(100 * time.Minute)) {
					l.now = now.Add(100 * time.Minute) // the delegation of the fixture holds to the end of the day
				}
				check("time", true)
			},
		}
		t.Repeat(actions)
	})
}

// holdsUntil reports whether the decision ends before the last of the answers
// and waivers that it could rest on does.
func (l *ledger) holdsUntil(d gates.Decision) bool {
	later := *l
	later.now = d.ValidUntil
	if later.may() {
		return true // something else carries it on
	}
	later.now = d.ValidUntil.Add(-1)
	return later.may()
}

// Whoever signs twice, in whatever order and with whatever expiry, counts once,
// and the earliest expiry of what they said bounds the Go.
func TestPropertyTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLedger()
		l.waivers = []waiving{{approver: "ada", expires: now.Add(time.Hour)}}
		for range rapid.IntRange(1, 5).Draw(t, "times") {
			s := signing{person: "ada", subject: true}
			if rapid.Bool().Draw(t, "expires") {
				s.expires = now.Add(time.Duration(rapid.IntRange(1, 20).Draw(t, "for")) * time.Minute)
			}
			l.signs = append(l.signs, s)
		}
		if d := l.decide(); d.Verdict != gates.Hold {
			t.Fatalf("one person is two\n%s", d.Explain())
		}
	})
}
