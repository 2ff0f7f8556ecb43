package compliance_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Every rule passes on the good log and finds something in its own bad one.
func TestRulesAreExamined(t *testing.T) {
	for _, err := range check.Examine(good, compliance.Rules(), nil) {
		t.Error(err)
	}
	for _, err := range check.Examine(beside, compliance.PlanRules(), options) {
		t.Error(err)
	}
}

// Of the good log: approvals by index, as sample.Compliance lists them.
const (
	scope = iota
	security
	recovery
	board // pending
	devEntry
	devExit
	qaEntry
	qaExit
	stagingEntry
	stagingExit
	productionEntry // pending
	productionExit  // pending
	support
)

func TestRules(t *testing.T) {
	type log = compliance.Log
	type a = compliance.Approval
	at := func(i int, change func(*a)) func(*log) { return func(l *log) { change(&l.Approvals[i]) } }
	tests := []struct {
		name   string
		change func(*log)
		want   []string
	}{
		{"good", func(*log) {}, nil},
		{"nothing", func(l *log) { *l = log{} }, []string{"CMP-001@approvals", "CMP-008@repository", "CMP-011@privacy", "CMP-012@legal"}},

		{"no control", at(board, func(a *a) { a.Controls = nil }), []string{"CMP-001@approvals[3].controls"}},
		{"a control of NIST alone", at(board, func(a *a) { a.Controls = []string{"CM-3"} }), []string{"CMP-001@approvals[3].controls"}},
		{"a control that is not there", at(board, func(a *a) { a.Controls[0] = "CC8.4" }), []string{"CMP-002@approvals[3].controls[0]"}},
		{"a blank control", at(board, func(a *a) { a.Controls = []string{" "} }), []string{"CMP-001@approvals[3].controls", "CMP-002@approvals[3].controls[0]"}},
		{"a control in lower case", at(board, func(a *a) { a.Controls[0] = "cc8.1" }), []string{"CMP-002@approvals[3].controls[0]"}},
		{"a control twice", at(board, func(a *a) { a.Controls[1] = "CC8.1" }), []string{"CMP-002@approvals[3].controls[1]"}},
		{"no clause", at(board, func(a *a) { a.Clauses = nil }), []string{"CMP-003@approvals[3].clauses"}},
		{"a blank clause", at(board, func(a *a) { a.Clauses[0] = "" }), []string{"CMP-003@approvals[3].clauses[0]"}},
		{"a clause twice", at(board, func(a *a) { a.Clauses = []string{"4.1", "4.1"} }), []string{"CMP-003@approvals[3].clauses[1]"}},

		{"no id", at(board, func(a *a) { a.ID = "" }), []string{"CMP-018@approvals[3].id"}},
		{"an id twice", at(board, func(a *a) { a.ID = "A1" }), []string{"CMP-018@approvals[3].id"}},
		{"no title", at(board, func(a *a) { a.Title = " " }), []string{"CMP-018@approvals[3].title"}},
		{"a gate that is none", at(board, func(a *a) { a.Gate = "production" }), []string{"CMP-018@approvals[3].gate"}},
		{"a gate without environment", at(board, func(a *a) { a.Gate = "/entry" }), []string{"CMP-018@approvals[3].gate"}},
		{"a gate of another side", at(board, func(a *a) { a.Gate = "production/entry/2" }), []string{"CMP-018@approvals[3].gate"}},

		{"approved by nobody", at(scope, func(a *a) { a.By = "" }), []string{"CMP-004@approvals[0].by", "CMP-016@approvals"}},
		{"approved at no time", at(scope, func(a *a) { a.At = value.When{} }), []string{"CMP-004@approvals[0].at"}},
		{"approved on a day that is none", at(scope, func(a *a) { a.At = when("2026-02-30") }), []string{"CMP-004@approvals[0].at"}},
		{"approved with another offset", at(scope, func(a *a) { a.At = when("2026-11-23T16:30:00-04:00[America/New_York]") }), []string{"CMP-004@approvals[0].at"}},
		{"approved in a zone that is none", at(scope, func(a *a) { a.At = when("2026-11-23T16:30:00-05:00[America/New_Yrok]") }), []string{"CMP-004@approvals[0].at"}},
		{"a status without name", at(board, func(a *a) { a.Status = 9 }), []string{"CMP-004@approvals[3].status"}},
		{"rejected without reason", at(scope, func(a *a) { a.Status = compliance.Rejected }), []string{"CMP-004@approvals[0].reason", "CMP-016@approvals"}},
		{"rejected", at(scope, func(a *a) { a.Status, a.Reason = compliance.Rejected, "REL-104 is not ready" }), []string{"CMP-016@approvals"}},
		{"not required, nobody says it", at(board, func(a *a) { a.Status = compliance.NotRequired }),
			[]string{"CMP-004@approvals[3].by", "CMP-004@approvals[3].reason", "CMP-004@approvals[3].at"}},
		{"pending with everything", at(board, func(a *a) {
			a.By, a.At, a.ByDelegate, a.Reason, a.Subject = "ada", when("2026-12-01"), true, "x", value.Sum(nil)
		}), []string{"CMP-004@approvals[3].by", "CMP-004@approvals[3].at", "CMP-004@approvals[3].byDelegate", "CMP-004@approvals[3].subject"}},

		{"nobody responsible", at(board, func(a *a) { a.Responsible = "" }), []string{"CMP-005@approvals[3].responsible"}},
		{"no delegate", at(board, func(a *a) { a.Delegate = " " }), []string{"CMP-005@approvals[3].delegate"}},
		{"a delegate who is responsible", at(board, func(a *a) { a.Delegate = "steering" }), []string{"CMP-005@approvals[3].delegate"}},
		{"a delegate without reason", at(security, func(a *a) { a.Reason = "" }), []string{"CMP-015@approvals[1].reason"}},
		{"one approves six of ten", at(stagingEntry, func(a *a) { a.By = "barbara" }), []string{"CMP-016@approvals"}},
		{"one approves two of two", func(l *log) { l.Approvals = append(l.Approvals[:1], l.Approvals[support]) }, nil},
		{"approves nothing that is named", at(scope, func(a *a) { a.Subject = "" }), []string{"CMP-019@approvals[0].subject"}},
		{"approves what is no digest", at(scope, func(a *a) { a.Subject = "sha256:abc" }), []string{"CMP-019@approvals[0].subject"}},

		{"no repository", func(l *log) { l.Repository = "" }, []string{"CMP-008@repository"}},
		{"no repository, and nobody needs it", func(l *log) {
			l.Repository = ""
			for i := range l.Approvals {
				l.Approvals[i].Evidence.Location = "https://evidence.example.com/x"
			}
		}, nil},
		{"a repository that is none", func(l *log) { l.Repository = "our wiki" }, []string{"CMP-008@repository"}},
		{"a repository of mail", func(l *log) { l.Repository = "mailto:audit@example.com" }, []string{"CMP-008@repository"}},
		{"a location that is none", at(board, func(a *a) { a.Evidence.Location = "ftp://example.com" }), []string{"CMP-008@approvals[3].evidence.location"}},
		{"a location of mail", at(board, func(a *a) { a.Evidence.Location = "MAILTO:a@example.com" }), []string{"CMP-008@approvals[3].evidence.location"}},
		{"no digest", at(scope, func(a *a) { a.Evidence.Digest = "" }), []string{"CMP-010@approvals[0].evidence.digest"}},
		{"a digest that is none", at(board, func(a *a) { a.Evidence.Digest = "md5:x" }), []string{"CMP-010@approvals[3].evidence.digest"}},
		{"a checkpoint", func(l *log) { l.Checkpoint = compliance.Checkpoint{Log: "example.com", Size: 3, Root: value.Sum(nil)} }, nil},
		{"a checkpoint of nothing", func(l *log) { l.Checkpoint = compliance.Checkpoint{Root: value.Sum(nil)} },
			[]string{"CMP-025@checkpoint.log", "CMP-025@checkpoint.size"}},
		{"a checkpoint without root", func(l *log) { l.Checkpoint = compliance.Checkpoint{Log: "example.com", Size: 3, Root: "sha256:1"} },
			[]string{"CMP-025@checkpoint.root"}},
		{"no format", at(scope, func(a *a) { a.Evidence.Format = "" }), nil},

		{"an assessment by nobody", func(l *log) { l.Privacy.By = "" }, []string{"CMP-011@privacy.by"}},
		{"an assessment at no time", func(l *log) { l.Privacy.At = value.When{} }, []string{"CMP-011@privacy.at"}},
		{"an assessment in a gap", func(l *log) { l.Privacy.At = when("2026-03-08T02:30:00[America/New_York]") }, []string{"CMP-011@privacy.at"}},
		{"an assessment in a zone that is none", func(l *log) { l.Privacy.At = when("2026-11-08T12:00:00[Nowhere/Land]") }, []string{"CMP-011@privacy.at"}},
		{"an assessment that is nowhere", func(l *log) { l.Privacy.Reference, l.Privacy.Link = "", "" }, []string{"CMP-011@privacy.reference"}},
		{"an assessment with a link alone", func(l *log) { l.Privacy.Reference = "" }, nil},
		{"an assessment with a bad link", func(l *log) { l.Privacy.Link = "PIA-77" }, []string{"CMP-011@privacy.link"}},
		{"an assessment that is not needed", func(l *log) { l.Privacy.None.Reason = "no personal data" }, []string{"CMP-011@privacy.none"}},
		{"a negative by nobody", func(l *log) { l.Legal.None.By = " " }, []string{"CMP-012@legal.none.by"}},
		{"a negative without reason", func(l *log) { l.Legal.None.Reason = "" }, []string{"CMP-012@legal.none.reason"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := good()
			tt.change(&l)
			fs := l.Validate()
			if diff := cmp.Diff(tt.want, checktest.At(fs)); diff != "" {
				t.Errorf("(-want +got):\n%s\n%v", diff, fs)
			}
			for _, fault := range checktest.Unresolved(l, fs) {
				t.Error(fault)
			}
		})
	}
}

func TestPlanRules(t *testing.T) {
	type context = compliance.Context
	type a = compliance.Approval
	at := func(i int, change func(*a)) func(*context) {
		return func(c *context) { change(&c.Log.Approvals[i]) }
	}
	by := func(i int, person string) func(*context) { return at(i, func(a *a) { a.By = person }) }
	given := func(i int, moment string) func(*context) { return at(i, func(a *a) { a.At = when(moment) }) }
	answer := func(i int, person, moment string) func(*context) {
		return at(i, func(a *a) { *a = a.Approve(person, when(moment), value.Sum(nil)) })
	}
	tests := []struct {
		name   string
		change func(*context)
		want   []string
	}{
		{"good", func(*context) {}, nil},

		{"an author approves", by(scope, "ada"), []string{"CMP-006@compliance.approvals[0].by", "CMP-021@compliance.approvals[0].by"}},
		{"an author approves as a delegate", func(c *context) {
			at(scope, func(a *a) { a.By, a.ByDelegate, a.Delegate = "grace", true, "qa-lead" })(c)
		}, []string{"CMP-006@compliance.approvals[0].by"}},
		{"an author with a space", func(c *context) { c.Release.Scope[0].Authors[0] = "barbara " },
			[]string{"CMP-006@compliance.approvals[0].by", "CMP-006@compliance.approvals[2].by", "CMP-006@compliance.approvals[6].by",
				"CMP-006@compliance.approvals[7].by", "CMP-006@compliance.approvals[12].by"}},
		{"an author by another account", func(c *context) {
			c.Release.Directory.People[3].Accounts = append(c.Release.Directory.People[3].Accounts, fact.Account{System: "mail", ID: "second@example.com"})
			c.Release.Scope[0].Authors[0] = "mail:second@example.com"
		}, []string{"CMP-006@compliance.approvals[0].by", "CMP-006@compliance.approvals[2].by", "CMP-006@compliance.approvals[6].by",
			"CMP-006@compliance.approvals[7].by", "CMP-006@compliance.approvals[12].by"}},
		{"a deployer by the id of an account", func(c *context) { c.Log.Deployers[0] = "edsger@example.com" },
			[]string{"CMP-006@compliance.approvals[1].by", "CMP-006@compliance.approvals[4].by", "CMP-006@compliance.approvals[5].by",
				"CMP-006@compliance.approvals[8].by", "CMP-006@compliance.approvals[9].by", "CMP-006@compliance.privacy.by", "CMP-020@compliance.deployers[0]"}},
		{"the requester approves", func(c *context) { c.Log.Requester = "edsger" }, []string{"CMP-006@compliance.approvals[1].by", "CMP-006@compliance.approvals[4].by",
			"CMP-006@compliance.approvals[5].by", "CMP-006@compliance.approvals[8].by", "CMP-006@compliance.approvals[9].by", "CMP-006@compliance.privacy.by"}},
		{"a deployer approves", answer(board, "margaret", "2026-12-07T10:00:00-05:00"), []string{"CMP-006@compliance.approvals[3].by"}},
		{"an author says that it is not required", at(board, func(a *a) {
			a.Status, a.By, a.At, a.Reason = compliance.NotRequired, "ada", when("2026-12-01"), "small"
		}), []string{"CMP-006@compliance.approvals[3].by", "CMP-021@compliance.approvals[3].by"}},
		{"an author rejects", at(qaExit, func(a *a) {
			a.Status, a.By, a.ByDelegate = compliance.Rejected, "grace", false
		}), nil},
		{"an author assesses privacy", func(c *context) { c.Log.Privacy.By = "ken" }, []string{"CMP-006@compliance.privacy.by"}},
		{"nobody asked", func(c *context) { c.Log.Requester = " " }, []string{"CMP-006@compliance.requester"}},
		{"nobody deploys", func(c *context) { c.Log.Deployers = nil }, []string{"CMP-006@compliance.deployers"}},

		{"approved as the window opens", given(scope, "2026-12-09T03:00:00Z"), []string{"CMP-007@compliance.approvals[0].at", "CMP-022@compliance.approvals[0].at"}},
		{"approved on the day of the window", func(c *context) {
			given(scope, "2026-12-08[America/New_York]")(c)
		}, []string{"CMP-007@compliance.approvals[0].at", "CMP-022@compliance.approvals[0].at"}},
		{"staging is entered before", given(stagingEntry, "2026-12-04T09:00:00-05:00"), []string{"CMP-007@compliance.approvals[8].at"}},
		{"staging is left before it is entered", given(stagingExit, "2026-12-04T08:59:59-05:00"), []string{"CMP-007@compliance.approvals[9].at"}},
		{"an environment whose windows are not listed", given(devExit, "2026-12-09T03:00:00Z"),
			[]string{"CMP-007@compliance.approvals[5].at", "CMP-022@compliance.approvals[5].at"}},
		{"production is left in the window", answer(productionExit, "barbara", "2026-12-09T01:00:00-05:00"),
			[]string{"CMP-021@compliance.approvals[11].byDelegate", "CMP-022@compliance.approvals[11].at"}},
		{"production is left before it is entered", answer(productionExit, "edsger", "2026-12-04T01:00:00-05:00"), []string{"CMP-007@compliance.approvals[11].at"}},
		{"production is entered in time", answer(productionEntry, "barbara", "2026-12-07T11:59:00-05:00"), nil},
		{"production of another name", func(c *context) {
			c.Release.Timeline.Windows[1].Environment = "live"
			at(productionExit, func(a *a) {
				a.Gate = "live/exit"
				*a = a.Approve("edsger", when("2026-12-04T01:00:00-05:00"), value.Sum(nil))
			})(c)
		}, []string{"CMP-007@compliance.approvals[11].at"}},
		{"after the fact without emergency", at(scope, func(a *a) { a.Retroactive = true }), []string{"CMP-007@compliance.approvals[0].retroactive"}},

		{"a responsible role that is none", at(board, func(a *a) { a.Responsible = "boss" }), []string{"CMP-020@compliance.approvals[3].responsible"}},
		{"a delegate that is none", at(board, func(a *a) { a.Delegate = "ada" }), []string{"CMP-020@compliance.approvals[3].delegate"}},
		{"a role that nobody holds", func(c *context) { c.Release.Directory.Roles[8].Holders = nil },
			[]string{"CMP-020@compliance.approvals[2].responsible", "CMP-020@compliance.approvals[3].responsible", "CMP-021@compliance.approvals[2].by"}},
		{"a delegate who is the same person", at(board, func(a *a) { a.Delegate = "release-deputy" }), []string{"CMP-020@compliance.approvals[3].delegate"}},
		{"approved by nobody known", by(scope, "barbra"), []string{"CMP-020@compliance.approvals[0].by"}},
		{"requested by nobody known", func(c *context) { c.Log.Requester = "kent" }, []string{"CMP-020@compliance.requester"}},
		{"deployed by nobody known", func(c *context) { c.Log.Deployers = []string{"margaret", "kent"} }, []string{"CMP-020@compliance.deployers[1]"}},
		{"assessed by nobody known", func(c *context) { c.Log.Privacy.By = "kent" }, []string{"CMP-020@compliance.privacy.by"}},
		{"not needed, says nobody known", func(c *context) { c.Log.Legal.None.By = "kent" }, []string{"CMP-020@compliance.legal.none.by"}},
		{"not needed, says a role", func(c *context) { c.Log.Legal.None.By = "steering" }, nil},

		{"approved by another", by(scope, "edsger"), []string{"CMP-021@compliance.approvals[0].by"}},
		{"a delegate's answer, not marked", at(security, func(a *a) { a.ByDelegate = false }), []string{"CMP-021@compliance.approvals[1].byDelegate"}},
		{"the role's answer, marked", at(scope, func(a *a) { a.ByDelegate, a.Reason = true, "x" }), []string{"CMP-021@compliance.approvals[0].byDelegate"}},
		{"by a dated delegation", func(c *context) {
			c.Log.Deployers = []string{"ken"}
			c.Log.Approvals[stagingExit].Delegate = "release-manager"
			at(stagingExit, func(a *a) { a.By, a.At = "margaret", when("2026-12-05T00:00:00-05:00") })(c)
		}, nil},
		{"before the dated delegation", func(c *context) {
			c.Log.Deployers = []string{"ken"}
			c.Log.Approvals[stagingExit].Delegate = "release-manager"
			at(stagingExit, func(a *a) { a.By, a.At = "margaret", when("2026-12-04T23:59:59-05:00") })(c)
		}, []string{"CMP-021@compliance.approvals[9].by"}},

		{"kept for no time", func(c *context) { c.Log.Retention = value.Period{} }, []string{"CMP-009@compliance.retention"}},
		{"kept for no time, and nobody needs it", func(c *context) {
			c.Log.Retention = value.Period{}
			for i := range c.Log.Approvals {
				c.Log.Approvals[i].Evidence.Retention = value.Period{Years: 1}
			}
		}, nil},
		{"kept too short", func(c *context) { c.Log.Retention = value.Period{Months: 11} }, []string{"CMP-009@compliance.retention"}},
		{"kept a day too short", func(c *context) { c.Log.Retention = value.Period{Days: 364} }, []string{"CMP-009@compliance.retention"}},
		{"kept a year of days", func(c *context) { c.Log.Retention = value.Period{Days: 365} }, nil},
		{"kept backwards", func(c *context) { c.Log.Retention = value.Period{Years: -1} }, []string{"CMP-009@compliance.retention"}},
		{"one kept too short", at(board, func(a *a) { a.Evidence.Retention = value.Period{Days: 90} }), []string{"CMP-009@compliance.approvals[3].evidence.retention"}},
		{"no minimum", func(c *context) {
			c.Release.Policy.MinRetention, c.Log.Retention = value.Period{}, value.Period{Days: 1}
		}, nil},

		{"assessed tomorrow", func(c *context) { c.Log.Privacy.At = when("2026-12-08T12:00:00-05:00") }, []string{"CMP-022@compliance.privacy.at"}},
		{"still pending", at(stagingExit, func(a *a) { a.Status = compliance.Pending }), nil}, // until the window opens
		{"pending too long", at(stagingEntry, func(a *a) { a.Status = compliance.Pending }), []string{"CMP-022@compliance.approvals[8].status"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { judge(t, beside, tt.change, tt.want) })
	}
}

// judge runs the rules on the changed context.
func judge(t *testing.T, from func() compliance.Context, change func(*compliance.Context), want []string) {
	t.Helper()
	c := from()
	change(&c)
	r := check.Run(&c, compliance.PlanRules(), options)
	if diff := cmp.Diff(want, checktest.At(r.Findings)); diff != "" {
		t.Errorf("(-want +got):\n%s\n%v", diff, r.Findings)
	}
	for _, rule := range r.Rules {
		if rule.State == check.NotEvaluated {
			t.Errorf("%s is not evaluated: %s", rule.Rule, rule.Reason)
		}
	}
	for _, fault := range checktest.Unresolved(c, r.Findings) {
		t.Error(fault)
	}
}

// hotfix is the release as an emergency that is over: the last gate is approved after the fact.
func hotfix() compliance.Context {
	c := beside()
	c.Release.Overview.Urgency = release.Hotfix
	c.Release.Overview.Window = release.Window{Start: when("2026-12-06T03:00:00-05:00"), End: when("2026-12-06T04:00:00-05:00")}
	c.Release.Timeline.Windows = c.Release.Timeline.Windows[:1]
	c.Log.Approvals = c.Log.Approvals[:1]
	c.Log.Approvals[0].Retroactive = true
	c.Log.Approvals[0].At = when("2026-12-06T15:00:00-05:00")
	*c.Log = c.Log.WithEmergency(compliance.Emergency{By: "edsger", At: when("2026-12-06T02:30:00-05:00"), Reason: "Checkout refuses cards",
		ReviewBy: "steering", ReviewDue: when("2026-12-08T04:00:00-05:00")})
	return c
}

func TestEmergency(t *testing.T) {
	type context = compliance.Context
	tests := []struct {
		name   string
		change func(*context)
		want   []string
	}{
		{"good", func(*context) {}, nil},
		{"reviewed", func(c *context) { c.Log.Emergency.Reviewed = when("2026-12-07T09:00:00-05:00") }, nil},
		{"declared by nobody", func(c *context) { c.Log.Emergency.By = "" }, []string{"CMP-023@compliance.emergency.by"}},
		{"declared by nobody known", func(c *context) { c.Log.Emergency.By = "kent" }, []string{"CMP-020@compliance.emergency.by"}},
		{"no reason", func(c *context) { c.Log.Emergency.Reason = " " }, []string{"CMP-023@compliance.emergency.reason"}},
		{"nobody reviews", func(c *context) { c.Log.Emergency.ReviewBy = "" }, []string{"CMP-023@compliance.emergency.reviewBy"}},
		{"no role reviews", func(c *context) { c.Log.Emergency.ReviewBy = "edsger" }, []string{"CMP-020@compliance.emergency.reviewBy"}},
		{"declared at no time", func(c *context) { c.Log.Emergency.At = value.When{} }, []string{"CMP-023@compliance.emergency.at"}},
		{"declared tomorrow", func(c *context) { c.Log.Emergency.At = when("2026-12-07T17:00:01Z") }, []string{"CMP-022@compliance.emergency.at"}},
		{"no emergency of a planned release", func(c *context) { c.Release.Overview.Urgency = release.Planned }, []string{"CMP-023@plan.overview.urgency"}},
		{"due before it was declared", func(c *context) { c.Log.Emergency.ReviewDue = c.Log.Emergency.At },
			[]string{"CMP-007@compliance.approvals[0].at", "CMP-022@compliance.emergency.reviewed", "CMP-023@compliance.emergency.reviewDue"}},
		{"due after the policy's time", func(c *context) { c.Log.Emergency.ReviewDue = when("2026-12-08T04:00:01-05:00") }, []string{"CMP-023@compliance.emergency.reviewDue"}},
		{"due on a day that ends too late", func(c *context) { c.Log.Emergency.ReviewDue = when("2026-12-08[America/New_York]") }, []string{"CMP-023@compliance.emergency.reviewDue"}},
		{"due whenever", func(c *context) {
			c.Log.Emergency.ReviewDue, c.Release.Policy.ReviewWithin = when("2027-12-08[America/New_York]"), 0
		}, nil},
		{"reviewed on a day that is none", func(c *context) { c.Log.Emergency.Reviewed = when("2026-02-30") }, []string{"CMP-023@compliance.emergency.reviewed"}},
		{"reviewed before it was declared", func(c *context) { c.Log.Emergency.Reviewed = when("2026-12-05T09:00:00-05:00") }, []string{"CMP-023@compliance.emergency.reviewed"}},
		{"reviewed too late", func(c *context) {
			c.Log.Emergency.ReviewDue, c.Log.Emergency.Reviewed = when("2026-12-07T09:00:00-05:00"), when("2026-12-07T09:00:01-05:00")
		}, []string{"CMP-023@compliance.emergency.reviewed"}},
		{"not reviewed when due", func(c *context) { c.Log.Emergency.ReviewDue = when("2026-12-07T11:59:59-05:00") }, []string{"CMP-022@compliance.emergency.reviewed"}},
		{"approved when the review is due", func(c *context) {
			c.Log.Approvals[0].At, c.Log.Emergency.ReviewDue = c.Log.Emergency.ReviewDue, when("2026-12-08T03:00:00-05:00")
		},
			[]string{"CMP-007@compliance.approvals[0].at", "CMP-022@compliance.approvals[0].at"}},
		{"approved before the fact", func(c *context) { c.Log.Approvals[0].At = when("2026-12-06T02:59:59-05:00") }, []string{"CMP-007@compliance.approvals[0].retroactive"}},
		{"pending, not yet due", func(c *context) { c.Log.Approvals[0].Status = compliance.Pending }, nil},
		{"pending, due", func(c *context) {
			c.Log.Approvals[0].Status, c.Log.Emergency.ReviewDue = compliance.Pending, when("2026-12-07T12:00:00-05:00")
		}, []string{"CMP-022@compliance.approvals[0].status"}},
		{"not after the fact", func(c *context) { c.Log.Approvals[0].Retroactive = false }, []string{"CMP-007@compliance.approvals[0].at"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { judge(t, hotfix, tt.change, tt.want) })
	}
}

// A rule that cannot tell does not pass.
func TestPlanRulesNotEvaluated(t *testing.T) {
	type context = compliance.Context
	tests := []struct {
		name, rule string
		change     func(*context)
		opts       *check.Options
	}{
		{"no clock", "CMP-022", func(*context) {}, nil},
		{"no window", "CMP-007", func(c *context) { c.Release.Overview.Window = release.Window{} }, options},
		{"a moment that is none", "CMP-007", func(c *context) { c.Log.Approvals[scope].At = when("2026-02-30") }, options},
		{"no window to count from", "CMP-009", func(c *context) { c.Release.Overview.Window = release.Window{} }, options},
		{"a delegation of no dates", "CMP-021", func(c *context) {
			c.Log.Approvals[stagingEntry].By = "margaret"
			c.Release.Directory.Roles[2].Delegations[0].From = value.When{}
		}, options},
		{"no end of an emergency", "CMP-023", func(c *context) {
			*c = hotfix()
			c.Release.Overview.Window.End = value.When{}
		}, options},
		{"no deadline of a review", "CMP-007", func(c *context) {
			*c = hotfix()
			c.Log.Emergency.ReviewDue = value.When{}
		}, options},
	}
	for _, tt := range tests {
		c := beside()
		tt.change(&c)
		if got := checktest.State(t, check.Run(&c, compliance.PlanRules(), tt.opts), tt.rule); got != check.NotEvaluated {
			t.Errorf("%s: %s is %s, want not-evaluated", tt.name, tt.rule, got)
		}
	}
}

// Rules look, they do not touch.
func TestRulesLeaveTheLogAlone(t *testing.T) {
	c := beside()
	c.Log.Validate()
	check.Run(&c, compliance.PlanRules(), options)
	if diff := cmp.Diff(good(), *c.Log); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(sample.Plan(), *c.Release); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// bundle has its parts where a packet has them.
type bundle struct {
	Compliance compliance.Log `json:"compliance"`
	Plan       release.Plan   `json:"plan"`
}

// A packet lifts the rules as they are: the bad examples break its own parts.
func TestPlanRulesAreLifted(t *testing.T) {
	rules := check.Lift(compliance.PlanRules(), "", func(b *bundle) *compliance.Context {
		return &compliance.Context{Log: &b.Compliance, Release: &b.Plan}
	})
	for _, err := range check.Examine(func() bundle { return bundle{good(), sample.Plan()} }, rules, options) {
		t.Error(err)
	}
}
