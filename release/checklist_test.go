package release_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/release"
)

// every is a suite with a task in each phase that has all that a task can have.
func every() release.Checklists {
	full := func(id string) []release.Task {
		task := goodPlan().Checklists.PostRelease[0]
		task.ID, task.Components, task.Gate = id, []string{"orders-api", "catalog"}, "production/entry"
		task.State = release.TaskState{Done: true, By: "ada", At: when("2026-12-04T12:00:00-05:00")}
		return []release.Task{task, {ID: id + "2", Components: []string{}}}
	}
	return release.Checklists{PreRelease: full("P"), Deployment: full("E"), PostRelease: full("O"), Rollback: full("B")}
}

// A suite shares no memory with what is added to it, in any phase, nor with a second fork.
func TestChecklistsForks(t *testing.T) {
	given := every()
	type c = release.Checklists
	forktest.Run(t, every,
		forktest.Fork[c]{Name: "With nothing", Make: func(c c) c { return c.With() }},
		forktest.Fork[c]{Name: "With one", Make: func(c c) c { return c.With(given) }},
		forktest.Fork[c]{Name: "With several", Make: func(c c) c { return c.With(given, given, release.Checklists{}) }},
		forktest.Fork[c]{Name: "With itself", Make: func(c c) c { return c.With(c) }},
		forktest.Fork[c]{Name: "onto nothing", Make: func(c c) c { return release.Checklists{}.With(c) }},
		forktest.Fork[c]{Name: "a plan's", Make: func(c c) c { return release.NewPlan("", "").WithChecklists(c, given).Checklists }},
	)
	if diff := cmp.Diff(every(), given); diff != "" {
		t.Errorf("a fork changed what it was given (-want +got):\n%s", diff)
	}
}

// Two forks of one base grow apart, however much room its slices have.
func TestChecklistsGrowApart(t *testing.T) {
	base := release.Checklists{PreRelease: make([]release.Task, 1, 8), Rollback: make([]release.Task, 0, 8)}
	one := base.With(release.Checklists{PreRelease: []release.Task{{ID: "one"}}, Rollback: []release.Task{{ID: "one"}}})
	two := base.With(release.Checklists{PreRelease: []release.Task{{ID: "two"}}, Rollback: []release.Task{{ID: "two"}}})
	three := one.With(two, two)
	want := map[string]release.Checklists{
		"one": {PreRelease: []release.Task{{}, {ID: "one"}}, Rollback: []release.Task{{ID: "one"}}},
		"two": {PreRelease: []release.Task{{}, {ID: "two"}}, Rollback: []release.Task{{ID: "two"}}},
		"three": {PreRelease: []release.Task{{}, {ID: "one"}, {}, {ID: "two"}, {}, {ID: "two"}},
			Rollback: []release.Task{{ID: "one"}, {ID: "two"}, {ID: "two"}}},
	}
	if diff := cmp.Diff(want, map[string]release.Checklists{"one": one, "two": two, "three": three}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Adding nothing writes the same JSON, and each phase keeps its own tasks.
func TestChecklistsKeepTheirPhase(t *testing.T) {
	for name, c := range map[string]release.Checklists{"every": every(), "zero": {}, "empty": {Deployment: []release.Task{}}} {
		want, err1 := json.Marshal(c)
		got, err2 := json.Marshal(c.With(release.Checklists{}))
		if err1 != nil || err2 != nil || string(want) != string(got) {
			t.Errorf("%s: %s, %s (%v, %v)", name, want, got, err1, err2)
		}
	}
	one := every()
	for name, c := range map[string]release.Checklists{
		"pre-release": {PreRelease: one.PreRelease}, "deployment": {Deployment: one.Deployment},
		"post-release": {PostRelease: one.PostRelease}, "rollback": {Rollback: one.Rollback},
	} {
		if diff := cmp.Diff(c, release.Checklists{}.With(c)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
