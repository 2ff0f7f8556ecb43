package gates_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var lead = gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"}

func TestApprovalThatDoesNotCount(t *testing.T) {
	wantVerdict(t, signed(lead).answered(yes("ada")), gates.Go)
	tests := map[string]struct {
		person string
		edit   func(*fact.Approval)
		want   gates.Code
	}{
		"holds neither role nor delegation":   {"eve", nil, gates.CodeNoRole},
		"holds only the delegate's role":      {"cam", nil, gates.CodeNoRole},
		"delegation not begun":                {"ben", func(a *fact.Approval) { a.At = now.Add(-48 * time.Hour) }, gates.CodeNoRole},
		"author of the change":                {"dee", nil, gates.CodeAuthor},
		"author by another account":           {"dee", func(a *fact.Approval) { a.Account = fact.Account{System: "github", ID: "dee-gh"} }, gates.CodeAuthor},
		"account that maps to no person":      {"ada", func(a *fact.Approval) { a.Account.ID = "stranger" }, gates.CodeNoPerson},
		"no account":                          {"ada", func(a *fact.Approval) { a.Account = fact.Account{} }, gates.CodeNoPerson},
		"same id in another system":           {"ada", func(a *fact.Approval) { a.Account.System = "slack" }, gates.CodeNoPerson},
		"of another subject":                  {"ada", func(a *fact.Approval) { a.Subject = value.Sum([]byte("another")) }, gates.CodeOtherSubject},
		"of no subject":                       {"ada", func(a *fact.Approval) { a.Subject = "" }, gates.CodeOtherSubject},
		"expired":                             {"ada", func(a *fact.Approval) { a.Expires = now }, gates.CodeExpired},
		"answered at no known time":           {"ada", func(a *fact.Approval) { a.At = time.Time{} }, gates.CodeNoTime},
		"answered in the future":              {"ada", func(a *fact.Approval) { a.At = now.Add(time.Hour) }, gates.CodeFuture},
		"answered for a role they don't hold": {"ada", func(a *fact.Approval) { a.Role = "sre-on-call" }, gates.CodeNoRole},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := yes(tt.person)
			if tt.edit != nil {
				tt.edit(&a)
			}
			s := signed(lead).answered(a)
			d := wantVerdict(t, s, gates.Hold, gates.CodeQuorum)
			if len(d.Refused) != 1 || d.Refused[0].Code != tt.want {
				t.Errorf("refused %+v, want %s", d.Refused, tt.want)
			}
			if len(s.decide().Findings()) != 1 {
				t.Error("it is not reported")
			}
		})
	}
}

func TestSilenceIsNotConsent(t *testing.T) {
	pending := yes("ada")
	pending.Answer = fact.Pending
	wantVerdict(t, signed(lead).answered(pending), gates.Hold, gates.CodeQuorum)
	wantVerdict(t, signed(lead).answered(), gates.Hold, gates.CodeQuorum)
	elsewhere := yes("ada")
	elsewhere.Gate = "staging/exit"
	wantVerdict(t, signed(lead).answered(elsewhere), gates.Hold, gates.CodeQuorum)
}

// What is neither yes nor no is no answer.
func TestUnknownAnswerIsNotConsent(t *testing.T) {
	odd := yes("ada")
	odd.Answer = fact.Rejected + 1
	wantVerdict(t, signed(lead).answered(odd), gates.Hold, gates.CodeQuorum)
}

// An author or somebody barred whose id nobody wrote down may be anybody, and
// does not hide the one that is named and unknown.
func TestBlankIDIsNobody(t *testing.T) {
	tests := map[string]struct{ authors, barred []string }{
		"an author":                             {[]string{"dee", ""}, nil},
		"who is barred":                         {nil, []string{" "}},
		"who is barred, and an author is known": {[]string{"dee"}, []string{""}},
		"both, and an author is unknown":        {[]string{"stranger"}, []string{""}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := signed(lead).answered(yes("ada"))
			s.plan.Scope[0].Authors, s.barred = tt.authors, tt.barred
			wantVerdict(t, s, gates.Hold, gates.CodeAuthorUnknown)
			s.plan.Directory.People = append(s.plan.Directory.People, release.Person{Name: "without an id"})
			wantVerdict(t, s, gates.Hold, gates.CodeAuthorUnknown)
		})
	}
}

func TestAmbiguousAccount(t *testing.T) {
	s := signed(lead).answered(yes("ada"))
	s.plan.Directory.People[1].Accounts = append(s.plan.Directory.People[1].Accounts, fact.Account{System: "jira", ID: "ada"})
	d := wantVerdict(t, s, gates.Hold, gates.CodeQuorum)
	if d.Refused[0].Code != gates.CodeAmbiguousAccount {
		t.Errorf("refused %+v", d.Refused)
	}
}

func TestDelegateSignsInTheirTime(t *testing.T) {
	d := wantVerdict(t, signed(lead).answered(yes("ben")), gates.Go)
	want := []gates.Signed{{Person: "ben", Approval: "yes-ben", At: now.Add(-10 * time.Minute), Delegated: true}}
	if diff := cmp.Diff(want, d.SignOffs[0].By); diff != "" {
		t.Error(diff)
	}
}

// Ben holds sre-lead by delegation; what he holds that way he cannot stand in with.
func TestDelegationDoesNotCascade(t *testing.T) {
	s := signed(gates.SignOff{Role: "qa-director", Delegate: "sre-lead"}).answered(yes("ben"))
	s.plan.Directory.Roles[2].Delegations = s.plan.Directory.Roles[0].Delegations
	d := wantVerdict(t, s, gates.Hold, gates.CodeQuorum)
	if d.Refused[0].Code != gates.CodeNoRole {
		t.Errorf("refused %+v", d.Refused)
	}
	s.catalog.Gates[0].SignOffs[0].Delegate = "sre-on-call" // which ben holds himself
	wantVerdict(t, s, gates.Go)
}

func TestOnePersonCountsOnce(t *testing.T) {
	qa := gates.SignOff{Role: "qa-director", Delegate: "sre-lead"}
	viaGithub := yes("ada")
	viaGithub.ID, viaGithub.Account = "yes-ada-gh", fact.Account{System: "github", ID: "ada-gh"}
	wantVerdict(t, signed(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call", Quorum: 2}).answered(yes("ada"), viaGithub), gates.Hold, gates.CodeQuorum)
	wantVerdict(t, signed(lead, qa).answered(yes("ada"), viaGithub), gates.Hold, gates.CodeQuorum)
	wantVerdict(t, signed(lead, qa).answered(yes("ada"), yes("eve")), gates.Go)
	wantVerdict(t, signed(gates.SignOff{Role: "sre-lead", Quorum: 2}).answered(yes("ada"), yes("ben")), gates.Go)
	listedTwice := signed(gates.SignOff{Role: "sre-lead", Quorum: 2}).answered(yes("ada"), viaGithub)
	ada := listedTwice.plan.Directory.People[0]
	second := ada.Accounts[1:]
	listedTwice.plan.Directory.People[0].Accounts = ada.Accounts[:1]
	ada.Accounts = second
	listedTwice.plan.Directory.People = append(listedTwice.plan.Directory.People, ada)
	wantVerdict(t, listedTwice, gates.Hold, gates.CodeQuorum)
}

// Ada may sign for both roles and ben only for one: whatever the order, each
// is used where both count.
func TestPeopleAreUsedWhereTheyCount(t *testing.T) {
	qa := gates.SignOff{Role: "qa-director"}
	for _, order := range [][]fact.Approval{{yes("ada"), yes("ben")}, {yes("ben"), yes("ada")}} {
		for _, required := range [][]gates.SignOff{{lead, qa}, {qa, lead}} {
			d := wantVerdict(t, signed(required...).answered(order...), gates.Go)
			for _, s := range d.SignOffs {
				want := map[string]string{"sre-lead": "ben", "qa-director": "ada"}[s.Role]
				if len(s.By) != 1 || s.By[0].Person != want {
					t.Errorf("%s is signed by %+v, want %s", s.Role, s.By, want)
				}
			}
		}
	}
}

func TestRejectionWins(t *testing.T) {
	no := yes("ben")
	no.ID, no.Answer = "no-ben", fact.Rejected
	wantVerdict(t, signed(lead).answered(yes("ada"), no), gates.NoGo, gates.CodeRejected)
	author := yes("dee")
	author.Answer = fact.Rejected
	wantVerdict(t, signed(lead).answered(yes("ada"), author), gates.NoGo, gates.CodeRejected)
	stranger := yes("eve")
	stranger.Answer = fact.Rejected
	d := wantVerdict(t, signed(lead).answered(yes("ada"), stranger), gates.Go)
	if len(d.Refused) != 1 || d.Refused[0].Code != gates.CodeNoRole {
		t.Errorf("a rejection without a mandate is not reported: %+v", d.Refused)
	}
	old := no
	old.Subject = value.Sum([]byte("before the change"))
	wantVerdict(t, signed(lead).answered(yes("ada"), old), gates.Go)
}

// A rejection may stand in any source, so all of them have to be known.
func TestApprovalsUnknown(t *testing.T) {
	s := signed(lead)
	wantVerdict(t, s, gates.Hold, gates.CodeApprovalsUnknown)
	second := fact.NewQuery("servicenow", "approvals", fact.Approvals())
	s = signed(lead).answered(yes("ada"))
	s.catalog.Approvals = append(s.catalog.Approvals, second)
	wantVerdict(t, s, gates.Hold, gates.CodeApprovalsUnknown)
	wantVerdict(t, s.with(fact.AnswerFailure(second, now, "timeout", "")), gates.Hold, gates.CodeApprovalsUnknown)
	partial := approvalsOf(second)
	partial.Complete = false
	wantVerdict(t, s.with(partial), gates.Hold, gates.CodeApprovalsUnknown)
	stale := approvalsOf(second)
	stale.ObservedAt = now.Add(-time.Hour)
	wantVerdict(t, s.with(stale), gates.Hold, gates.CodeApprovalsUnknown)
	wantVerdict(t, s.with(approvalsOf(second)), gates.Go)
	no := yes("ben")
	no.Answer, no.Subject = fact.Rejected, gates.SubjectsOf(s.plan, s.catalog)[0].Digest
	wantVerdict(t, s.with(approvalsOf(second, no)), gates.NoGo, gates.CodeRejected)
	s.catalog.Approvals = nil
	wantVerdict(t, s, gates.Hold, gates.CodeApprovalsUnknown)
}

// What is approved is the content: a change of it voids the approval, a change
// of what merely reports on it does not.
func TestSubjectFollowsContent(t *testing.T) {
	s := signed(lead)
	before := gates.SubjectsOf(s.plan, s.catalog)
	same := func(name string, edit func(*scene)) {
		forked := s
		forked.plan, forked.catalog = s.plan.Clone(), s.catalog.Clone()
		edit(&forked)
		if diff := cmp.Diff(before, gates.SubjectsOf(forked.plan, forked.catalog)[:1]); diff != "" {
			t.Errorf("%s changes the subject", name)
		}
	}
	other := func(name string, edit func(*scene)) {
		forked := s
		forked.plan, forked.catalog = s.plan.Clone(), s.catalog.Clone()
		edit(&forked)
		if cmp.Equal(before, gates.SubjectsOf(forked.plan, forked.catalog)) {
			t.Errorf("%s does not change the subject", name)
		}
	}
	same("nothing", func(*scene) {})
	same("the status of work", func(s *scene) { s.plan.Scope[0].Status = "Done" })
	same("a delegation", func(s *scene) { s.plan.Directory.Roles[0].Delegations = nil })
	same("another gate", func(s *scene) { s.catalog = s.catalog.WithGates(gates.Exit("production")) })
	other("the version", func(s *scene) { s.plan.Overview.Version = "2" })
	other("the window", func(s *scene) { s.plan.Overview.Window.End = value.At(now) })
	other("the scope", func(s *scene) { s.plan.Scope[0].Title = "another change" })
	other("a limit", func(s *scene) { s.catalog.Gates[0].Criteria[0].AtMost.Limit.Value++ })
	other("a sign-off", func(s *scene) { s.catalog.Gates[0].SignOffs[0].Quorum = 2 })
}
