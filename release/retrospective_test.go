package release_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

func goodRetrospective() release.Retrospective {
	return release.Retrospective{Release: "2026.11.0", At: when("2026-11-17[America/New_York]"), Link: "https://wiki.example.com/retro/2026.11",
		Lessons: []release.Lesson{
			{Theme: "store review", Impact: release.Medium, Mitigation: "Submit 5 days ahead", Efficacy: release.PartlyEffective, Contingency: "Launch on the web first"},
			{Theme: "migration", Averted: true, Mitigation: "Rehearse on a copy", Efficacy: release.Effective},
		}}
}

func TestRetrospectiveForks(t *testing.T) {
	given := goodRetrospective()
	type r = release.Retrospective
	forktest.Run(t, goodRetrospective,
		forktest.Fork[r]{Name: "Clone", Make: r.Clone},
		forktest.Fork[r]{Name: "WithLessons", Make: func(r r) r { return r.WithLessons(given.Lessons...) }},
	)
	if diff := cmp.Diff(goodRetrospective(), given); diff != "" {
		t.Errorf("a fork changed what it was given (-want +got):\n%s", diff)
	}
}

func TestRetrospectiveRoundTrip(t *testing.T) {
	for name, want := range map[string]release.Retrospective{"good": goodRetrospective(), "zero": {}, "no lesson": {Release: "1", Lessons: []release.Lesson{}}} {
		text, err := strictjson.Encode(want)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got release.Retrospective
		if err := strictjson.Decode(text, &got, nil); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		again, err := strictjson.Encode(got)
		if err != nil || string(again) != string(text) {
			t.Errorf("%s: written as\n%s, then as\n%s (%v)", name, text, again, err)
		}
	}
}

func TestRetrospectiveRules(t *testing.T) {
	for _, err := range check.Examine(goodRetrospective, release.RetrospectiveRules(), nil) {
		t.Error(err)
	}
	tests := []struct {
		name   string
		change func(*release.Retrospective)
		want   []string
	}{
		{"good", func(*release.Retrospective) {}, nil},
		{"no release", func(r *release.Retrospective) { r.Release = "" }, []string{"RET-001@release"}},
		{"no date", func(r *release.Retrospective) { r.At = when("2026-02-30") }, []string{"RET-001@at"}},
		{"never held", func(r *release.Retrospective) { *r = release.Retrospective{Release: "1"} }, []string{"RET-001@at"}},
		{"no theme", func(r *release.Retrospective) { r.Lessons[1].Theme = " " }, []string{"RET-002@lessons[1].theme"}},
		{"a theme twice", func(r *release.Retrospective) { r.Lessons[1].Theme = "Store  Review" }, []string{"RET-002@lessons[1].theme"}},
		{"no impact", func(r *release.Retrospective) { r.Lessons[0].Impact = release.NoLevel }, []string{"RET-003@lessons[0].impact"}},
		{"no mitigation was effective", func(r *release.Retrospective) { r.Lessons[1].Mitigation = "" }, []string{"RET-003@lessons[1].mitigation"}},
		{"no mitigation", func(r *release.Retrospective) {
			r.Lessons[1].Mitigation, r.Lessons[1].Efficacy = "", release.UnknownEfficacy
		}, nil},
	}
	for _, tt := range tests {
		r := goodRetrospective()
		tt.change(&r)
		if diff := cmp.Diff(tt.want, checktest.At(r.Validate())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// past is retrospectives with one lesson each.
func past(lessons ...release.Lesson) []release.Retrospective {
	var all []release.Retrospective
	for i, l := range lessons {
		if l.Theme == "" {
			l.Theme = "migration"
		}
		all = append(all, release.Retrospective{Release: string(rune('a' + i)), Lessons: []release.Lesson{l}})
	}
	return all
}

// Probability is the share of releases in which the theme happened.
func TestSuggestRisksProbability(t *testing.T) {
	happened, averted, other := release.Lesson{}, release.Lesson{Averted: true}, release.Lesson{Theme: "other"}
	tests := []struct {
		name    string
		lessons []release.Lesson
		want    release.Level
	}{
		{"in one release only", []release.Lesson{happened, other}, release.NoLevel},
		{"nowhere", []release.Lesson{other}, release.NoLevel},
		{"2 of 2", []release.Lesson{happened, happened}, release.High},
		{"1 of 2", []release.Lesson{happened, averted}, release.High},
		{"2 of 4", []release.Lesson{happened, happened, other, other}, release.High},
		{"2 of 5", []release.Lesson{happened, happened, other, other, other}, release.Medium},
		{"1 of 5", []release.Lesson{happened, averted, other, other, other}, release.Medium},
		{"1 of 6", []release.Lesson{happened, averted, other, other, other, other}, release.Low},
		{"0 of 2", []release.Lesson{averted, averted}, release.Low},
	}
	for _, tt := range tests {
		got := release.NoLevel
		for _, s := range release.SuggestRisks(past(tt.lessons...), nil) {
			if s.Risk.Theme == "migration" {
				got = s.Risk.Probability
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// The mitigation is the one that did best; one that never worked is named as such.
func TestSuggestRisksMitigation(t *testing.T) {
	did := func(mitigation string, e release.Efficacy) release.Lesson {
		return release.Lesson{Mitigation: mitigation, Efficacy: e}
	}
	tests := []struct {
		name    string
		lessons []release.Lesson
		want    string
		useless []string
	}{
		{"none", []release.Lesson{{}, {}}, "", nil},
		{"the better one", []release.Lesson{did("A", release.PartlyEffective), did("B", release.Effective)}, "B", nil},
		{"the better mean", []release.Lesson{did("A", release.Effective), did("A", release.Ineffective), did("B", release.PartlyEffective),
			did("B", release.PartlyEffective), did("B", release.Effective)}, "B", nil},
		{"one that always works beats one that did once and failed once", []release.Lesson{did("A", release.Effective), did("A", release.Ineffective), did("B", release.Effective)}, "B", nil},
		{"the same mean, known more often", []release.Lesson{did("A", release.Effective), did("B", release.Effective), did("B", release.Effective)}, "B", nil},
		{"the same mean, known more often, tried less", []release.Lesson{did("A", release.Effective), did("A", 0), did("A", 0),
			did("B", release.Effective), did("B", release.Effective)}, "B", nil},
		{"a tie", []release.Lesson{did("B", release.Effective), did("A", release.Effective)}, "A", nil},
		{"spelled twice", []release.Lesson{did(" batches  of 10 ", release.Ineffective), did("Batches of 10", release.Effective)}, "Batches of 10", nil},
		{"never worked", []release.Lesson{did("B", release.Ineffective), did("A", release.Ineffective)}, "", []string{"A", "B"}},
		{"never worked, and one that nobody noted", []release.Lesson{did("A", release.Ineffective), did("B", release.UnknownEfficacy)}, "B (efficacy not recorded)", []string{"A"}},
		{"known before noted by nobody", []release.Lesson{did("A", release.UnknownEfficacy), did("B", release.PartlyEffective), did("B", release.Ineffective)}, "B", nil},
		{"failed, and once nobody noted", []release.Lesson{did("A", release.Ineffective), did("A", release.UnknownEfficacy)}, "", []string{"A"}},
		{"noted by nobody, tried more often", []release.Lesson{did("A", 0), did("B", 0), did("B", 0)}, "B (efficacy not recorded)", nil},
		{"a grade of tomorrow is not known", []release.Lesson{did("A", 9), did("B", release.PartlyEffective)}, "B", nil},
	}
	for _, tt := range tests {
		got := release.SuggestRisks(past(tt.lessons...), nil)
		if len(got) != 1 || got[0].Risk.Mitigation != tt.want || !cmp.Equal(got[0].Useless, tt.useless) {
			t.Errorf("%s: %+v, want %q and %q", tt.name, got, tt.want, tt.useless)
		}
	}
}

func TestSuggestRisks(t *testing.T) {
	earlier := []release.Retrospective{
		goodRetrospective(),
		{Release: "2026.10.0", Lessons: []release.Lesson{
			{Theme: "Store  review", Impact: release.High, Mitigation: "Submit 5 days ahead", Efficacy: release.Effective, Contingency: "Wait for the review"},
			{Theme: "migration", Impact: release.High, Mitigation: "Migrate at night", Efficacy: release.Ineffective, Contingency: "Restore the snapshot"},
			{Theme: "capacity", Impact: release.Low}}},
		{Release: "2026.10.0", Lessons: []release.Lesson{{Theme: "capacity", Impact: release.Low}, {Theme: " "}}}, // held twice
		{Release: "2026.9.0", Lessons: []release.Lesson{{Theme: "holidays", Impact: release.Low},
			{Theme: "store review", Averted: true, Impact: release.High, Contingency: "A plan that nobody needed"}}},
		{Lessons: []release.Lesson{{Theme: "holidays", Impact: release.Low}}},
	}
	known := []release.Risk{{ID: "R2"}, {ID: "R10", Theme: " Holidays "}, {ID: "R"}, {ID: "R99999999999999999999"}, {ID: "X77"}}
	want := []release.Suggestion{
		{Happened: 2, Of: 4, Releases: []string{"2026.10.0", "2026.11.0"}, Risk: release.Risk{ID: "R11", Theme: "Store review",
			Title: "Store review: happened in 2 of 4 earlier releases", Probability: release.High, Impact: release.High,
			Mitigation: "Submit 5 days ahead", Contingency: "Wait for the review"}},
		{Happened: 1, Of: 4, Releases: []string{"2026.10.0"}, Useless: []string{"Migrate at night"}, Risk: release.Risk{ID: "R12", Theme: "migration",
			Title: "migration: happened in 1 of 4 earlier releases", Probability: release.Medium, Impact: release.High,
			Mitigation: "Rehearse on a copy", Contingency: "Restore the snapshot"}},
	}
	if diff := cmp.Diff(want, release.SuggestRisks(earlier, known)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := release.SuggestRisks(nil, known); len(got) != 0 {
		t.Errorf("nothing teaches nothing, got %v", got)
	}
}

// Neither the order of the retrospectives nor that of their lessons matters, and the arguments stay.
func TestSuggestRisksOrder(t *testing.T) {
	text := func(list ...string) *rapid.Generator[string] { return rapid.SampledFrom(list) }
	lesson := rapid.Custom(func(t *rapid.T) release.Lesson {
		return release.Lesson{Theme: text("a", "A", "b", "c", "").Draw(t, "theme"), Averted: rapid.Bool().Draw(t, "averted"),
			Impact: release.Level(rapid.IntRange(0, 3).Draw(t, "impact")), Mitigation: text("", "m", "M ", "n", "o").Draw(t, "mitigation"),
			Efficacy: release.Efficacy(rapid.IntRange(0, 3).Draw(t, "efficacy")), Contingency: text("", "x", "y").Draw(t, "contingency")}
	})
	retro := rapid.Custom(func(t *rapid.T) release.Retrospective {
		return release.Retrospective{Release: text("", "1", "2", "3", "4").Draw(t, "release"), Lessons: rapid.SliceOfN(lesson, 0, 4).Draw(t, "lessons")}
	})
	rapid.Check(t, func(t *rapid.T) {
		earlier := rapid.SliceOfN(retro, 0, 5).Draw(t, "past")
		kept := make([]release.Retrospective, len(earlier))
		for i, r := range earlier {
			kept[i] = r.Clone()
		}
		want := release.SuggestRisks(earlier, nil)
		if diff := cmp.Diff(kept, earlier); diff != "" {
			t.Fatalf("the argument changed (-want +got):\n%s", diff)
		}
		for _, s := range want {
			if s.Happened > s.Of || s.Risk.Probability < release.Low || s.Risk.Probability > release.High {
				t.Fatalf("%+v", s)
			}
		}
		shuffled := rapid.Permutation(earlier).Draw(t, "order")
		for i := range shuffled {
			shuffled[i].Lessons = rapid.Permutation(shuffled[i].Lessons).Draw(t, "lessons")
		}
		if diff := cmp.Diff(want, release.SuggestRisks(shuffled, nil)); diff != "" {
			t.Fatalf("another order (-want +got):\n%s", diff)
		}
	})
}

func TestEfficacy(t *testing.T) {
	for i, name := range []string{"unknown", "ineffective", "partly-effective", "effective"} {
		var e release.Efficacy
		if err := e.UnmarshalText([]byte(name)); err != nil || e != release.Efficacy(i) || e.String() != name {
			t.Errorf("%s is %s (%v)", name, e, err)
		}
	}
	e := release.Effective
	if e.UnmarshalText([]byte("Effective")) == nil || e != release.Effective {
		t.Error("another spelling is read")
	}
	if _, err := release.Efficacy(9).MarshalText(); err == nil {
		t.Error("grade 9 has a text")
	}
}
