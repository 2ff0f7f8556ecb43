package gates_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// twoGates is a scene whose two gates are signed: staging/exit by eve, and
// production/entry by ada and, by delegation, ben.
func twoGates() scene {
	s := signed(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call", Quorum: 2})
	entry := s.catalog.Gates[0]
	exit := gates.Exit("staging", gates.AtMost("p95", latency, 450)).WithSignOffs(gates.SignOff{Role: "qa-director"})
	s.catalog.Gates = []gates.Gate{exit, entry}
	eve := yes("eve")
	eve.Gate = "staging/exit"
	return s.answered(eve, yes("ada"), yes("ben"))
}

func TestVoid(t *testing.T) {
	s := twoGates()
	inForce := s.decide()
	if inForce.Verdict() != gates.Go {
		t.Fatalf("the scene does not go: %+v", inForce)
	}
	same := func(s *gates.State, people ...int) { // by an account that they share
		for _, i := range people {
			p := &s.Plan.Directory.People[i]
			p.Accounts = append(p.Accounts, fact.Account{System: "vpn", ID: "7"})
		}
	}
	const exit, entry = "staging/exit qa-director eve", "production/entry sre-lead"
	all := []string{exit, entry + " ada", entry + " ben"}
	tests := []struct {
		name    string
		edit    func(*gates.State)
		void    []string
		because []string // of the last one
	}{
		{"nothing", func(*gates.State) {}, nil, nil},
		{"the status of work", func(s *gates.State) { s.Plan.Scope[0].Status = "Done" }, nil, nil},
		{"the version", func(s *gates.State) { s.Plan.Overview.Version = "2" }, all, []string{`plan.overview.version: "1" is now "2"`}},
		{"a piece of work", func(s *gates.State) {
			s.Plan = s.Plan.WithScope(release.ScopeItem{ID: "REL-2", Title: "more"})
		}, all, []string{`plan.scope[1]: {"id":"REL-2","title":"more","class":"unclassified"} is added`}},
		{"a limit of one gate", func(s *gates.State) { s.Catalog.Gates[1].Criteria[0].AtMost.Limit.Value = 500 },
			all[1:], []string{"catalog.gates[1].criteria[0].atMost.limit.value: 450 is now 500"}},
		{"an environment's tier", func(s *gates.State) {
			s.Catalog.Environments = []gates.Environment{{Name: "production", Tier: gates.PreProduction}}
		}, all[1:], []string{`catalog.environments[0].tier: "production" is now "pre-production"`}},
		{"an environment that is listed as it was", func(s *gates.State) {
			s.Catalog.Environments = []gates.Environment{{Name: "production"}}
		}, nil, nil},
		{"how old facts may be", func(s *gates.State) { s.Catalog.MaxAge = value.Duration(time.Hour) },
			all, []string{`catalog.maxAge: "PT1H" is added`}},
		{"how far ahead a clock may be", func(s *gates.State) { s.Catalog.ClockSkew = value.Duration(time.Hour) },
			all, []string{`catalog.clockSkew: "PT1H" is added`}},
		{"where approvals come from", func(s *gates.State) {
			s.Catalog = s.Catalog.WithApprovals(fact.NewQuery("forms", "answers", fact.Approvals()))
		}, all,
			[]string{`catalog.approvals[1]: {"connector":"forms","kind":"answers","yields":{"shape":"approvals"}} is added`}},
		{"a gate before it", func(s *gates.State) {
			s.Catalog.Gates = append([]gates.Gate{gates.Exit("qa")}, s.Catalog.Gates...)
		}, nil, nil},
		{"a gate that is gone", func(s *gates.State) { s.Catalog.Gates = s.Catalog.Gates[1:] },
			all[:1], []string{`catalog.gates[0]: "staging/exit" is removed`}},
		{"two fields of one gate", func(s *gates.State) {
			s.Catalog.Gates[0].SignOffs[0].Delegate = "sre-lead"
			s.Catalog.Gates[0].Criteria[0].MaxAge = value.Duration(time.Minute)
		}, all[:1], []string{`catalog.gates[0].criteria[0].maxAge: "PT1M" is added`, `catalog.gates[0].signOffs[0].delegate: "sre-lead" is added`}},
		{"who holds a role", func(s *gates.State) { s.Plan.Directory.Roles[2].Holders = []string{"ada"} },
			all[:1], []string{`plan.directory.roles[2].holders[0]: "eve" is removed`}},
		{"a delegation that is taken back", func(s *gates.State) { s.Plan.Directory.Roles[0].Delegations = nil },
			all[2:], []string{`plan.directory.roles[0].delegations: [{"to":"ben","from":"2026-12-08[Etc/UTC]","until":"2026-12-08[Etc/UTC]","reason":"leave"}] is removed`}},
		{"a stand-in who holds no such role any more", func(s *gates.State) { s.Plan.Directory.Roles[1].Holders = []string{"cam"} },
			all[2:], []string{`plan.directory.roles[1].holders[0]: "ben" is removed`}},
		{"somebody who left", func(s *gates.State) { s.Plan.Directory.People = s.Plan.Directory.People[1:] }, all[1:2], []string{
			`plan.directory.people[0]: {"id":"ada","name":"ada","accounts":[{"system":"jira","id":"ada"},{"system":"github","id":"ada-gh"}]} is removed`}},
		{"an account that is somebody else's", func(s *gates.State) {
			s.Plan.Directory.People[3].Accounts = append(s.Plan.Directory.People[3].Accounts, s.Plan.Directory.People[4].Accounts[0])
			s.Plan.Directory.People[4].Accounts = s.Plan.Directory.People[4].Accounts[1:]
		}, all[:1], []string{`plan.directory.people[3].accounts[2]: {"system":"jira","id":"eve"} is added`, `plan.directory.people[4].accounts[0]: {"system":"jira","id":"eve"} is removed`}},
		{"an account of two", func(s *gates.State) {
			s.Plan.Directory.People[2].Accounts = append(s.Plan.Directory.People[2].Accounts, s.Plan.Directory.People[0].Accounts[0])
		}, all[1:2], []string{`plan.directory.people[2].accounts[2]: {"system":"jira","id":"ada"} is added`}},
		{"a signer who may be the author", func(s *gates.State) { same(s, 0, 3) }, all[1:2], []string{
			`plan.directory.people[0].accounts[2]: {"system":"vpn","id":"7"} is added`, `plan.directory.people[3].accounts[2]: {"system":"vpn","id":"7"} is added`}},
		{"two signers who may be one", func(s *gates.State) { same(s, 0, 1) }, all[2:], []string{
			`plan.directory.people[0].accounts[2]: {"system":"vpn","id":"7"} is added`, `plan.directory.people[1].accounts[2]: {"system":"vpn","id":"7"} is added`}},
		{"an account more", func(s *gates.State) { same(s, 0) }, nil, nil},
		{"text that has no JSON form", func(s *gates.State) { s.Plan.Overview.Name = "\xff" }, all, []string{"plan: null is now null"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := gates.State{Plan: s.plan.Clone(), Catalog: s.catalog.Clone()}
			tt.edit(&after)
			voided := gates.Void(gates.State{Plan: s.plan, Catalog: s.catalog}, after, inForce)
			var void, because []string
			for _, v := range voided {
				void = append(void, v.Gate+" "+v.Role+" "+v.Person)
				if want := "yes-" + v.Person; v.Approval != want {
					t.Errorf("approval %s, want %s", v.Approval, want)
				}
				because = nil
				for _, c := range v.Changes {
					because = append(because, c.String())
				}
			}
			if diff := cmp.Diff(tt.void, void); diff != "" {
				t.Errorf("void (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.because, because); diff != "" {
				t.Errorf("because (-want +got):\n%s", diff)
			}
		})
	}
}

// What counts for another subject already was void before the change.
func TestVoidOfAnEarlierSubject(t *testing.T) {
	s := twoGates()
	inForce := s.decide()
	state := gates.State{Plan: s.plan, Catalog: s.catalog}
	for i := range inForce.Gates {
		inForce.Gates[i].Subject = value.Sum([]byte("of last week"))
	}
	if voided := gates.Void(state, state, inForce); len(voided) != 3 || len(voided[0].Changes) != 0 {
		t.Errorf("%+v", voided)
	}
	if voided := gates.Void(state, state, gates.Decisions{}); voided != nil {
		t.Errorf("nothing was signed, and void is %+v", voided)
	}
}

// What Void says is what Evaluate does: an answer that is not void counts after
// the change, and one that is void does not.
func TestVoidAgreesWithEvaluate(t *testing.T) {
	edits := map[string]func(*scene){
		"nothing":    func(*scene) {},
		"version":    func(s *scene) { s.plan.Overview.Version = "2" },
		"limit":      func(s *scene) { s.catalog.Gates[1].Criteria[0].AtMost.Limit.Value++ },
		"holders":    func(s *scene) { s.plan.Directory.Roles[0].Holders = []string{"cam"} },
		"delegation": func(s *scene) { s.plan.Directory.Roles[0].Delegations[0].To = "cam" },
		"a role twice": func(s *scene) {
			s.plan.Directory.Roles = append(s.plan.Directory.Roles, release.Role{ID: "qa-director"})
		},
		"nobody":      func(s *scene) { s.plan.Directory.People = nil },
		"no accounts": func(s *scene) { s.plan.Directory.People[0].Accounts = nil },
		"an author's": func(s *scene) {
			s.plan.Directory.People[3].Accounts = append(s.plan.Directory.People[3].Accounts, s.plan.Directory.People[0].Accounts...)
		},
		"one of two": func(s *scene) {
			for i := range 2 {
				s.plan.Directory.People[i].Accounts = append(s.plan.Directory.People[i].Accounts, fact.Account{System: "vpn", ID: "7"})
			}
		},
	}
	for name, edit := range edits {
		before := twoGates()
		answers := before.input().Facts // with the subjects of before
		after := before
		after.plan, after.catalog = before.plan.Clone(), before.catalog.Clone()
		edit(&after)
		in := after.input()
		in.Facts = answers
		counts := map[string]bool{}
		for _, d := range gates.Evaluate(after.catalog, in).Gates {
			for _, s := range d.SignOffs {
				for _, by := range s.By {
					counts[d.Gate+by.Person] = true
				}
			}
		}
		void := map[string]bool{}
		for _, v := range gates.Void(gates.State{Plan: before.plan, Catalog: before.catalog}, gates.State{Plan: after.plan, Catalog: after.catalog}, before.decide()) {
			void[v.Gate+v.Person] = true
		}
		for _, answer := range []string{"staging/exiteve", "production/entryada", "production/entryben"} {
			if void[answer] == counts[answer] {
				t.Errorf("%s: %s is void: %t, counts: %t", name, answer, void[answer], counts[answer])
			}
		}
	}
}

// Two entries of the directory that claim one account may be one human being:
// they count once, and an author's other name is an author's.
func TestPeopleWhoMayBeOne(t *testing.T) {
	account := func(system, id string) fact.Account { return fact.Account{System: system, ID: id} }
	alias := func(s scene, id string, accounts ...fact.Account) scene {
		s.plan = s.plan.WithPeople(release.Person{ID: id, Name: id, Accounts: accounts})
		s.plan.Directory.Roles[0].Holders = append(s.plan.Directory.Roles[0].Holders, id)
		return s
	}
	by := func(system, id string) fact.Approval {
		a := yes(id)
		a.Account = account(system, id)
		return a
	}
	two := gates.SignOff{Role: "sre-lead", Quorum: 2}
	apart := alias(signed(two), "ida", account("slack", "ida"))
	wantVerdict(t, apart.answered(yes("ada"), by("slack", "ida")), gates.Go)
	shared := alias(signed(two), "ida", account("slack", "ida"), account("github", "ada-gh"))
	wantVerdict(t, shared.answered(yes("ada"), by("slack", "ida")), gates.Hold, gates.CodeQuorum)
	chained := alias(alias(signed(two), "ida", account("x", "1"), account("github", "ada-gh")), "ina", account("slack", "ina"), account("x", "1"))
	wantVerdict(t, chained.answered(yes("ada"), by("slack", "ina")), gates.Hold, gates.CodeQuorum)
	wantVerdict(t, chained.answered(yes("ada"), by("slack", "ina"), yes("ben")), gates.Go)
	third := alias(alias(signed(two), "ida", account("github", "ada-gh")), "ina", account("slack", "ina"), account("github", "ada-gh"))
	wantVerdict(t, third.answered(yes("ada"), by("slack", "ina")), gates.Hold, gates.CodeQuorum)

	author := alias(signed(lead), "deedee", account("slack", "deedee"), account("github", "dee-gh"))
	d := wantVerdict(t, author.answered(by("slack", "deedee")), gates.Hold, gates.CodeQuorum)
	if len(d.Refused) != 1 || d.Refused[0].Code != gates.CodeAuthor {
		t.Errorf("refused %+v, want %s", d.Refused, gates.CodeAuthor)
	}
	wantVerdict(t, author.answered(yes("ada")), gates.Go)
}

// Who grants an exception is neither who asks for it nor an author, by any account.
func TestWaiverByAnotherName(t *testing.T) {
	failing := alone(gates.AtMost("p95", latency, 300)).with(num(latency, 400))
	waiver := gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()}
	wantVerdict(t, failing.waived(waiver), gates.Go)
	for name, tt := range map[string]struct {
		account string // of whom ada's other name shares one
		want    gates.Code
	}{
		"the requester's other name": {"cam-gh", gates.Code(check.SelfApproved)},
		"an author's other name":     {"dee-gh", gates.CodeAuthor},
	} {
		s := failing
		s.plan = s.plan.WithPeople(release.Person{ID: "kim", Name: "kim", Accounts: []fact.Account{{System: "github", ID: tt.account}}})
		w := waiver
		w.Approver = "kim"
		wantVerdict(t, s.waived(w), gates.NoGo, gates.CodeCriterionFailed)
		if use := s.waived(w).decide().Waivers[0]; use.State != gates.WaiverRefused || use.Code != tt.want {
			t.Errorf("%s: %s %s, want %s", name, use.State, use.Code, tt.want)
		}
	}
}

// Who asked for the change, and who deploys it, neither sign nor grant, by none
// of their accounts.
func TestBarred(t *testing.T) {
	decide := func(s scene, barred ...string) gates.Decisions {
		in := s.input()
		in.Barred = barred
		return gates.Evaluate(s.catalog, in)
	}
	s := signed(lead).answered(yes("ada"))
	if d := decide(s, "cam", "eve"); d.Verdict() != gates.Go || !cmp.Equal(d.Barred, []string{"cam", "eve"}) {
		t.Errorf("%s %v", d.Verdict(), d.Barred)
	}
	for _, account := range []fact.Account{{System: "jira", ID: "ada"}, {System: "github", ID: "ada-gh"}} {
		answer := yes("ada")
		answer.Account = account
		d := decide(signed(lead).answered(answer), "eve", " ada ", "ada").Gates[0]
		if d.Verdict != gates.Hold || len(d.Refused) != 1 || d.Refused[0].Code != gates.CodeBarred || !cmp.Equal(d.Barred, []string{"ada", "eve"}) {
			t.Errorf("%v\n%s", d.Barred, d.Explain())
		}
	}
	other := s
	other.plan = other.plan.WithPeople(release.Person{ID: "kim", Name: "kim", Accounts: []fact.Account{{System: "github", ID: "ada-gh"}}})
	if d := decide(other, "kim"); d.Verdict() != gates.Hold {
		t.Errorf("who asked for the change signs by another name\n%s", d.Gates[0].Explain())
	}
	if d := decide(s, "nobody").Gates[0]; d.Verdict != gates.Hold || d.Reasons[0].Code != gates.CodeAuthorUnknown || d.Reasons[0].About != "nobody" {
		t.Errorf("%s", d.Explain())
	}
	unsigned := alone(gates.AtMost("p95", latency, 300)).with(num(latency, 400)).waived(gates.Waiver{Gate: "production/entry", Criterion: "p95", Grant: grant()})
	if d := decide(unsigned, "eve"); d.Verdict() != gates.Go {
		t.Errorf("%s", d.Gates[0].Explain())
	}
	if d := decide(unsigned, "ada"); d.Verdict() != gates.NoGo || d.Waivers[0].Code != gates.CodeBarred {
		t.Errorf("%+v", d.Waivers)
	}
	no := yes("ada")
	no.Answer = fact.Rejected
	if d := decide(signed(lead).answered(no), "ada"); d.Verdict() != gates.NoGo {
		t.Errorf("a rejection by who asked for the change is lost: %s", d.Verdict())
	}
}

// An answer that fits no gate is reported if it names one or a subject; one that
// names neither answers something else.
func TestStrays(t *testing.T) {
	answer := func(id, gate string, subject value.Digest) fact.Approval {
		a := yes("ada")
		a.ID, a.Gate, a.Subject = id, gate, subject
		return a
	}
	gone := value.Sum([]byte("gone"))
	d := signed(lead).answered(yes("ada"), answer("gate", "perf/exit", ""), answer("subject", "", gone), answer("both", "perf/exit", gone),
		answer("change", "", "")).decide()
	var ids []string
	for _, r := range d.Strays {
		if ids = append(ids, r.Approval); r.Code != gates.CodeUnknownGate || r.Account != "jira:ada" {
			t.Errorf("%+v", r)
		}
	}
	if diff := cmp.Diff([]string{"gate", "subject", "both"}, ids); diff != "" || d.Verdict() != gates.Go || len(d.Gates[0].Refused) != 0 {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// As many sign-offs as can be judged are judged.
func TestManySignOffs(t *testing.T) {
	s := signed(make([]gates.SignOff, 64)...).answered()
	if d := s.first(t); d.Verdict != gates.Hold || len(d.SignOffs) != 64 || d.Reasons[0].Code != gates.CodeQuorum {
		t.Errorf("%s of %d sign-offs", d.Verdict, len(d.SignOffs))
	} else if d.SignOffs[0].By != nil {
		t.Error("nobody signed, and the record has an empty list")
	}
	if d := signed(make([]gates.SignOff, 65)...).answered().first(t); d.Verdict != gates.Hold || len(d.SignOffs) != 0 || d.Reasons[0].Code != gates.CodeTooManySignOffs {
		t.Errorf("%s of %d sign-offs", d.Verdict, len(d.SignOffs))
	}
}

// A freeze of another environment does not hide the one behind it.
func TestFreezesAreAllLookedAt(t *testing.T) {
	s := alone(gates.AtMost("p95", latency, 450)).with(num(latency, 400))
	elsewhere, here := freeze(now.Add(-time.Hour), now.Add(time.Hour), "staging"), freeze(now.Add(-time.Hour), now.Add(time.Hour), "production")
	elsewhere.ID = "elsewhere"
	s.plan = s.plan.WithFreezes(elsewhere, here)
	wantVerdict(t, s, gates.NoGo, gates.CodeFrozen)
}

// An answer for one of several roles is for that one, wherever it is listed.
func TestAnswerForTheSecondRole(t *testing.T) {
	qa := gates.SignOff{Role: "qa-director"}
	named := yes("ada")
	named.Role = "sre-lead"
	d := wantVerdict(t, signed(qa, lead).answered(yes("eve"), named), gates.Go)
	if by := d.SignOffs[1].By; len(by) != 1 || by[0].Person != "ada" {
		t.Errorf("%+v", d.SignOffs)
	}
}

// A rejection of no known time counts as one of a delegate, whenever the
// delegation holds; one outside of it, or of somebody else, does not count.
func TestRejectionOfNoKnownTime(t *testing.T) {
	no := func(person string, at time.Time) fact.Approval {
		a := yes(person)
		a.ID, a.Answer, a.At = "no-"+person, fact.Rejected, at
		return a
	}
	tests := []struct {
		name string
		no   fact.Approval
		want gates.Verdict
		code gates.Code // of what is refused
	}{
		{"a delegate, at no time", no("ben", time.Time{}), gates.Hold, ""},
		{"a delegate, outside of the delegation", no("ben", now.Add(-48*time.Hour)), gates.Go, gates.CodeNoRole},
		{"nobody's delegate, at no time", no("cam", time.Time{}), gates.Go, gates.CodeNoRole},
		{"who holds the role, at no time", no("ada", time.Time{}), gates.NoGo, ""},
	}
	for _, tt := range tests {
		d := wantVerdict(t, signed(lead).answered(yes("ada"), tt.no), tt.want)
		if tt.code == "" && len(d.Refused) != 0 || tt.code != "" && (len(d.Refused) != 1 || d.Refused[0].Code != tt.code) {
			t.Errorf("%s: refused %+v", tt.name, d.Refused)
		}
	}
}

func TestChangeString(t *testing.T) {
	for want, c := range map[string]gates.Change{
		`plan: 1 is now 2`:   {Path: "plan", Old: "1", New: "2"},
		`plan: 1 is removed`: {Path: "plan", Old: "1"}, `plan: 2 is added`: {Path: "plan", New: "2"},
	} {
		if got := c.String(); !strings.HasPrefix(got, want) || len(got) != len(want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
