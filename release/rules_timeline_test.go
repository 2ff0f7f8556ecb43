package release_test

import (
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func stones(p *release.Plan) []release.Milestone { return p.Timeline.Milestones }

// at moves a milestone of the good plan.
func moved(i int, text string) func(p *release.Plan) {
	return func(p *release.Plan) { stones(p)[i].At, stones(p)[i].Until = when(text), value.When{} }
}

func span(start, end string) release.Window {
	return release.Window{Start: when(start), End: when(end)}
}

func TestMilestoneRows(t *testing.T) {
	const planning, submission, dryRun, qa, decision, circulation = 0, 1, 2, 3, 4, 5
	runRows(t, []rulesRow{
		{"swapped", func(p *release.Plan) { m := stones(p); m[0], m[1] = m[1], m[0] }, []string{"MS-001@timeline.milestones[1].at"}},
		{"one early one late in the list", func(p *release.Plan) { m := stones(p); m[0], m[6] = m[6], m[0] }, []string{
			"MS-001@timeline.milestones[1].at", "MS-001@timeline.milestones[2].at", "MS-001@timeline.milestones[3].at",
			"MS-001@timeline.milestones[4].at", "MS-001@timeline.milestones[5].at", "MS-001@timeline.milestones[6].at"}},
		{"a day listed behind its noon", moved(circulation, "2026-12-07[America/New_York]"), nil},
		{"the day before listed behind", moved(circulation, "2026-12-06[America/New_York]"), []string{"MS-001@timeline.milestones[5].at", "TIME-006@timeline.milestones[5].at"}},
		{"a deadline that is over before", moved(circulation, "2026-12-06[AoE]"), []string{"MS-001@timeline.milestones[5].at", "TIME-006@timeline.milestones[5].at"}},
		{"a deadline that is over behind", moved(circulation, "2026-12-07[AoE]"), nil},
		{"a day listed behind the deadline that ends it", func(p *release.Plan) {
			stones(p)[decision].At, stones(p)[circulation].At = when("2026-12-07[AoE]"), when("2026-12-07")
		}, nil},
		{"a day listed behind a later deadline", func(p *release.Plan) {
			stones(p)[decision].At, stones(p)[circulation].At = when("2026-12-08[AoE]"), when("2026-12-07")
		}, []string{"MS-001@timeline.milestones[5].at", "MS-011@timeline.milestones[4].at"}},
		{"a deadline listed behind the noon at which it is over", func(p *release.Plan) {
			stones(p)[decision].At, stones(p)[circulation].At = when("2026-12-08T12:00:00Z"), when("2026-12-07[AoE]")
		}, nil},
		{"a deadline listed behind the day on which it is over", func(p *release.Plan) {
			stones(p)[decision].At, stones(p)[circulation].At = when("2026-12-08"), when("2026-12-07[AoE]")
		}, nil},
		{"the day before, both of one place", func(p *release.Plan) {
			stones(p)[decision].At, stones(p)[circulation].At = when("2026-12-08"), when("2026-12-07")
		}, []string{"MS-001@timeline.milestones[5].at"}},
		{"the day before, behind the deadline that ends it", func(p *release.Plan) {
			stones(p)[qa].At, stones(p)[decision].At, stones(p)[circulation].At = when("2026-12-08"), when("2026-12-07[AoE]"), when("2026-12-07")
		}, []string{"MS-001@timeline.milestones[5].at"}},
		{"two on one day", func(p *release.Plan) {
			stones(p)[decision].At, stones(p)[circulation].At = when("2026-12-08"), when("2026-12-08")
		}, nil},
		{"not before another by a day between", func(p *release.Plan) {
			stones(p)[decision].At, stones(p)[circulation].At = when("2026-12-08"), when("2026-12-07[America/New_York]")
		}, nil},

		{"owner of an information", func(p *release.Plan) {
			stones(p)[circulation] = release.Milestone{ID: "M6", Title: "Conference", Kind: release.Information, At: stones(p)[circulation].At}
		}, nil},
		{"owned by nobody who is known", func(p *release.Plan) { stones(p)[0].Owner = "kent" }, []string{"X-004@timeline.milestones[0].owner"}},
		{"done without a number", func(p *release.Plan) { stones(p)[qa].Done = "QA done" }, []string{"MS-003@timeline.milestones[3].done"}},
		{"done with a link in the text", func(p *release.Plan) { stones(p)[qa].Done = "See https://wiki.example.com/qa" }, nil},
		{"done with a link beside", func(p *release.Plan) {
			stones(p)[qa].Done, stones(p)[qa].Link = "Report signed", "https://wiki.example.com/qa"
		}, nil},
		{"done with an id", func(p *release.Plan) { stones(p)[qa].Done = "QA-7 closed" }, nil},

		{"no planning", func(p *release.Plan) { stones(p)[planning].Kind = release.OtherMilestone }, []string{"MS-004@timeline.milestones"}},
		{"no windows", func(p *release.Plan) { p.Timeline.Windows, wants(p)[1].NeededBy = nil, "" }, []string{"MS-004@timeline.windows"}},
		{"no submission", func(p *release.Plan) { stones(p)[submission].Kind = release.OtherMilestone }, []string{"MS-004@timeline.milestones"}},

		{"lasts until before it began", func(p *release.Plan) { stones(p)[dryRun].Until = when("2026-12-03T13:00:00-05:00") },
			[]string{"MS-009@timeline.milestones[2].until"}},
		{"lasts over midnight", func(p *release.Plan) {
			stones(p)[dryRun].At, stones(p)[dryRun].Until = when("2026-12-03T23:00:00-05:00"), when("2026-12-04T01:00:00-05:00")
		}, nil},

		{"QA signs off as the window opens", moved(qa, "2026-12-08T22:00:00-05:00"),
			[]string{"MS-001@timeline.milestones[4].at", "MS-001@timeline.milestones[5].at", "MS-012@timeline.milestones[3].at"}},
		{"QA signs off on the day of the window", moved(qa, "2026-12-08"), nil},
		{"dry run until the window is open", func(p *release.Plan) { stones(p)[dryRun].Until = when("2026-12-08T22:30:00-05:00") },
			[]string{"MS-013@timeline.milestones[2].until"}},
		{"second dry run behind the window", func(p *release.Plan) {
			p.Timeline.Milestones = append(stones(p), release.Milestone{ID: "M8", Title: "Dry run", Kind: release.DryRun, Owner: "ada",
				At: when("2026-12-10"), Done: "15 minutes"})
		}, []string{"MS-013@timeline.milestones[7].at"}},

		{"source of a line before the first", func(p *release.Plan) { stones(p)[qa].Source.Line = -1 }, []string{"MS-019@timeline.milestones[3].source.line"}},
		{"line of no document", func(p *release.Plan) { stones(p)[0].Source.Line = 3 }, []string{"MS-019@timeline.milestones[0].source.document"}},
	})
}

// The board has its working days between submission and decision.
func TestBoardRows(t *testing.T) {
	board := func(days int, submitted, decided string) func(p *release.Plan) {
		return func(p *release.Plan) {
			p.Policy.CABLeadDays = days
			p.Timeline.Milestones = nil
			p.Timeline.Milestones = append(p.Timeline.Milestones,
				release.Milestone{ID: "S", Title: "x", Kind: release.CABSubmission, At: when(submitted), Owner: "ada", Done: "1", Completed: when(submitted)})
			if decided != "" {
				p.Timeline.Milestones = append(p.Timeline.Milestones,
					release.Milestone{ID: "D", Title: "x", Kind: release.CABDecision, At: when(decided), Owner: "ada", Done: "1"})
			}
		}
	}
	others := func(more ...string) []string { // the kinds that these timelines have not
		return append([]string{"MS-004@timeline.milestones", "MS-004@timeline.milestones", "MS-004@timeline.milestones"}, more...)
	}
	const at = "MS-011@timeline.milestones[1].at"
	runRows(t, []rulesRow{
		{"Tuesday to Monday has four", board(4, "2026-12-01T12:00:00-05:00", "2026-12-07T15:00:00-05:00"), others()},
		{"and not five", board(5, "2026-12-01T12:00:00-05:00", "2026-12-07T15:00:00-05:00"), others(at)},
		{"Wednesday to Monday over Thanksgiving has two", board(2, "2026-11-25T12:00:00-05:00", "2026-11-30T12:00:00-05:00"), others("TIME-006@timeline.milestones[1].at")},
		{"and not three", board(3, "2026-11-25T12:00:00-05:00", "2026-11-30T12:00:00-05:00"), others(at, "TIME-006@timeline.milestones[1].at")},
		{"decided at once, nothing demanded", board(0, "2026-12-07T14:00:00-05:00", "2026-12-07T15:00:00-05:00"), others("TIME-008@timeline.milestones[0].completed")},
		{"decided at the moment of the submission", board(0, "2026-12-07T12:00:00-05:00", "2026-12-07T12:00:00-05:00"), others(at, "TIME-006@timeline.milestones[1].at")},
		{"decided before", board(0, "2026-12-04T12:00:00-05:00", "2026-12-03T12:00:00-05:00"), append([]string{"MS-001@timeline.milestones[1].at"}, others(at, "TIME-006@timeline.milestones[1].at")...)},
		{"decided on the day of the submission, in whichever order", board(0, "2026-12-07T11:00:00-05:00", "2026-12-07[America/New_York]"), others()},
		{"decided behind the window", board(1, "2026-12-01T12:00:00-05:00", "2026-12-09T15:00:00-05:00"), others(at)},
		{"decision not listed: until the window", board(5, "2026-12-01T12:00:00-05:00", ""), others()},
		{"decision not listed: too late for the window", board(6, "2026-12-01T12:00:00-05:00", ""), others("MS-011@timeline.milestones[0].at")},
		{"submitted in the evening in another zone", board(4, "2026-12-02T01:00:00+01:00[Europe/Berlin]", "2026-12-07T15:00:00-05:00"), others()},
	})
}

func TestWindowRows(t *testing.T) {
	buffers := func(all ...release.Window) func(p *release.Plan) {
		return func(p *release.Plan) {
			p.Timeline.Buffers = nil
			for i, w := range all {
				p.Timeline.Buffers = append(p.Timeline.Buffers, release.Buffer{ID: string(rune('A' + i)), Window: w})
			}
		}
	}
	freeze := func(w release.Window, environments ...string) func(p *release.Plan) {
		return func(p *release.Plan) {
			p.Timeline.Freezes = []release.Freeze{{ID: "f", Window: w, Environments: environments}}
		}
	}
	yearEnd := func(p *release.Plan) { // a window over midnight and the end of the year
		p.Overview.Window = span("2026-12-31T22:00:00-05:00[America/New_York]", "2027-01-01T02:00:00-05:00[America/New_York]")
		p.Timeline.Windows[1].Window = p.Overview.Window
		p.Timeline.Buffers[0].Window = span("2027-01-01T02:00:00-05:00[America/New_York]", "2027-01-01T06:00:00-05:00[America/New_York]")
	}
	runRows(t, []rulesRow{
		{"a buffer before the window only", buffers(span("2026-12-07T00:00:00Z", "2026-12-08T00:00:00Z")), []string{"MS-005@timeline.buffers"}},
		{"a buffer before and one behind", buffers(span("2026-12-07T00:00:00Z", "2026-12-08T00:00:00Z"), span("2026-12-09T07:00:00Z", "2026-12-09T11:00:00Z")), nil},
		{"a buffer of no length", buffers(span("2026-12-09T07:00:00Z", "2026-12-09T07:00:00Z")),
			[]string{"MS-005@timeline.buffers[0].window.end", "MS-005@timeline.buffers", "MS-010@timeline.buffers[0].window"}},
		{"a buffer of five minutes", buffers(span("2026-12-09T07:00:00Z", "2026-12-09T07:05:00Z")), []string{"MS-010@timeline.buffers[0].window"}},
		{"a buffer for five services of 15 minutes", buffers(span("2026-12-09T07:00:00Z", "2026-12-09T08:15:00Z")), nil},
		{"a second less", buffers(span("2026-12-09T07:00:00Z", "2026-12-09T08:14:59Z")), []string{"MS-010@timeline.buffers[0].window"}},
		{"a buffer of which only the end is behind", buffers(span("2026-12-09T03:00:00Z", "2026-12-09T07:30:00Z")), []string{"MS-010@timeline.buffers[0].window"}},
		{"a rollback of centuries", func(p *release.Plan) { p.Overview.RollbackSLA, p.Policy.MaxRollback = 1<<62, 0 }, []string{"MS-010@timeline.buffers[0].window"}},

		{"no freezes, says nobody", func(p *release.Plan) { p.Timeline.Freezes = nil }, []string{"MS-006@timeline.freezes"}},
		{"no freezes, says somebody", func(p *release.Plan) {
			p.Timeline.Freezes, p.Timeline.NoFreezes = nil, release.Negative{By: "steering", Reason: "nobody is away in spring"}
		}, nil},
		{"no freezes, for no reason", func(p *release.Plan) {
			p.Timeline.Freezes, p.Timeline.NoFreezes = nil, release.Negative{By: "steering"}
		}, []string{"X-013@timeline.noFreezes.reason"}},
		{"no freezes, and some", func(p *release.Plan) { p.Timeline.NoFreezes = release.Negative{By: "steering", Reason: "x"} }, []string{"X-013@timeline.noFreezes"}},

		{"a freeze of staging over staging's window", freeze(span("2026-12-04", "2026-12-04"), "Staging "), []string{"MS-007@timeline.freezes[0].window"}},
		{"a freeze of production over staging's window", freeze(span("2026-12-04T00:00:00-05:00", "2026-12-05T00:00:00-05:00"), "production"), nil},
		{"a freeze of production over production's window", freeze(span("2026-12-09T00:00:00-05:00", "2026-12-10T00:00:00-05:00"), "production"),
			[]string{"MS-007@timeline.freezes[0].window"}},
		{"a freeze of all over both", freeze(span("2026-12-01", "2026-12-31")), []string{"MS-007@timeline.freezes[0].window"}},
		{"over the end of the year", yearEnd, []string{"MS-007@timeline.freezes[0].window", "MS-007@timeline.freezes[1].window"}},
		{"over the end of the year without freeze", func(p *release.Plan) { yearEnd(p); freeze(span("2027-01-01T02:00:00-05:00", "2027-01-04"))(p) }, nil},

		{"a window of staging the wrong way", func(p *release.Plan) {
			w := &p.Timeline.Windows[0].Window
			w.Start, w.End = w.End, w.Start
		}, []string{"MS-009@timeline.windows[0].window.end"}},
		{"a window that lasts longer than the overview's", func(p *release.Plan) { p.Timeline.Windows[1].Window.End = when("2026-12-09T03:00:00-05:00") },
			[]string{"MS-018@timeline.windows"}},
		{"regions one after the other", func(p *release.Plan) {
			east := p.Timeline.Windows[1]
			west := east
			west.ID, west.Region, west.Window.Start, east.Window.End = "W3", "us-west", when("2026-12-09T00:00:00-05:00"), when("2026-12-09T00:00:00-05:00")
			p.Timeline.Windows = append(p.Timeline.Windows[:1], east, west)
		}, nil},

		{"feature freeze behind the code freeze", func(p *release.Plan) { p.Overview.FeatureFreeze = when("2026-12-01T18:00:01-05:00") },
			[]string{"OVR-004@overview.featureFreeze"}},
		{"feature freeze with the code freeze", func(p *release.Plan) { p.Overview.FeatureFreeze = p.Overview.CodeFreeze }, nil},
		{"feature freeze on the day of the code freeze", func(p *release.Plan) { p.Overview.FeatureFreeze = when("2026-12-01") }, nil},
	})
}

// What has not happened is in the future, and what has in the past.
func TestClockRules(t *testing.T) {
	judge := func(p release.Plan, rule string, now time.Time) check.RuleResult {
		for _, r := range check.Run(&p, release.Rules(), &check.Options{Now: now}).Rules {
			if r.Rule == rule {
				return r
			}
		}
		return check.RuleResult{}
	}
	for _, rule := range []string{"TIME-006", "TIME-008"} {
		if got := judge(goodPlan(), rule, time.Time{}).State; got != check.NotEvaluated {
			t.Errorf("without a clock %s is %s", rule, got)
		}
	}
	day := time.Date(2026, time.December, 8, 5, 0, 0, 0, time.UTC) // the end of 7 December in New York
	for _, tt := range []struct {
		name   string
		change func(*release.Plan)
		rule   string
		now    time.Time
		want   check.State
	}{
		{"a milestone at its moment", moved(4, "2026-12-07T12:00:00-05:00"), "TIME-006", now, check.Failed},
		{"a milestone a second before", moved(4, "2026-12-07T12:00:01-05:00"), "TIME-006", now, check.Passed},
		{"a milestone that lasts", func(p *release.Plan) {
			stones(p)[4].At, stones(p)[4].Until = when("2026-12-07T11:00:00-05:00"), when("2026-12-07T13:00:00-05:00")
		}, "TIME-006", now, check.Passed},
		{"an information", func(p *release.Plan) {
			stones(p)[0].Kind, stones(p)[0].Completed = release.Information, value.When{}
		}, "TIME-006", now, check.Passed},
		{"a deadline anywhere on earth", moved(4, "2026-12-06[AoE]"), "TIME-006", now, check.Failed},
		{"a deadline not over in the west", moved(4, "2026-12-07[AoE]"), "TIME-006", day, check.Failed}, // D1 is due on the 7th
		{"a day before its end", func(p *release.Plan) { stones(p)[4].Completed, stones(p)[5].Completed = now0, now0 }, "TIME-006", day.Add(-time.Second), check.Passed},
		{"a day at its end", func(p *release.Plan) { stones(p)[4].Completed, stones(p)[5].Completed = now0, now0 }, "TIME-006", day, check.Failed},
		{"a question that is answered", func(p *release.Plan) { p.Questions.Items[1].Due = when("2026-12-01") }, "TIME-006", now, check.Passed},
		{"a question that is open", func(p *release.Plan) { p.Questions.Items[0].Due = when("2026-12-05") }, "TIME-006", now, check.Failed},
		{"completed now", func(p *release.Plan) { stones(p)[0].Completed = value.At(now) }, "TIME-008", now, check.Passed},
		{"completed a second later", func(p *release.Plan) { stones(p)[0].Completed = value.At(now.Add(time.Second)) }, "TIME-008", now, check.Failed},
		{"completed today", func(p *release.Plan) { stones(p)[0].Completed = when("2026-12-07[America/New_York]") }, "TIME-008", now, check.Passed},
		{"done tomorrow", func(p *release.Plan) { p.Checklists.PreRelease[0].State.At = when("2026-12-08T18:00:00-05:00") }, "TIME-008", now, check.Failed},
		{"answered tomorrow", func(p *release.Plan) { p.Questions.Items[1].Answer.At = when("2026-12-08T18:00:00-05:00") }, "TIME-008", now, check.Failed},
	} {
		p := goodPlan()
		tt.change(&p)
		if got := judge(p, tt.rule, tt.now); got.State != tt.want {
			t.Errorf("%s: %s is %s %s, want %s", tt.name, tt.rule, got.State, got.Reason, tt.want)
		}
	}
}

var now0 = when("2026-12-01T00:00:00Z")
