package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// drafted is the notes that come of a file of notes.
func drafted(t *testing.T, source string) (notes.Packet, []fact.WorkItem) {
	t.Helper()
	f := newFolder()
	if err := f.parse(notesFile, []byte(source)); err != nil {
		t.Fatal(err)
	}
	facts := buildFacts(f, time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC))
	r, _ := facts.Find(changesQuery)
	return draftNotes(release.NewPlan("Kubernetes", "1.2.0"), facts), r.WorkItems
}

func TestChanges(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		want         []string // id, category, status, labels
	}{
		{"none", `{}`, nil},
		{"merged", `{"7": {"text": "a", "commit": "c", "kinds": ["bug"], "is_mapped": true}}`, []string{"#7 done mapped kind/bug"}},
		{"not known to be merged", `{"7": {"text": "a", "is_mapped": true}}`, []string{"#7 unknown mapped "}},
		{"one text", `{"7": {"text": "a b", "commit": "c", "kinds": ["bug"], "sigs": ["x"], "is_mapped": true}, "8": {"text": "c", "commit": "c"}, "9": {"text": "a\nb", "commit": "c", "kinds": ["bug", "api-change"]}}`,
			[]string{"#7, #9 done as written kind/bug,sig/x,kind/api-change", "#8 done as written "}},
		{"three of one text, one not merged", `{"7": {"text": "a", "commit": "c"}, "8": {"text": "a"}, "9": {"text": "a", "commit": "c"}}`,
			[]string{"#7, #8, #9 unknown as written "}},
		{"one text, one withheld", `{"7": {"text": "a", "commit": "c", "do_not_publish": true}, "8": {"text": "a", "commit": "c"}, "9": {"text": "a", "commit": "c", "do_not_publish": true}}`,
			[]string{"#7 done not published do-not-publish", "#8 done as written ", "#9 done not published do-not-publish"}},
		{"no text", `{"7": {"commit": "c"}, "8": {"text": " ", "commit": "c"}}`, []string{"#7 done as written no-text", "#8 done as written no-text"}},
		{"duplicate is another word", `{"7": {"text": "a", "commit": "c", "duplicate": true}, "8": {"text": "b", "commit": "c", "duplicate": true}}`,
			[]string{"#7 done as written ", "#8 done as written "}},
	} {
		_, items := drafted(t, tt.source)
		var got []string
		for _, i := range items {
			got = append(got, strings.Join([]string{i.ID, i.Category.String(), i.Status, strings.Join(i.Labels, ",")}, " "))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestDraftNotes(t *testing.T) {
	p, _ := drafted(t, `{
		"9": {"text": "Fixed a leak.", "commit": "c", "kinds": ["bug"], "pr_url": "https://x.example/9"},
		"10": {"text": "Renamed a metric.\nACTION REQUIRED: Rename it.", "commit": "c", "kinds": ["cleanup"], "action_required": true},
		"11": {"text": "The old way is deprecated.", "commit": "c", "kinds": ["deprecation"]},
		"12": {"text": "Secret.", "commit": "c", "action_required": true, "do_not_publish": true},
		"13": {"text": "Not merged.", "action_required": true},
		"14": {"text": "Fixed a leak.", "commit": "c", "pr_url": "https://x.example/14"},
		"15": {"text": "NONE", "commit": "c", "do_not_publish": true}
	}`)
	told := func(n notes.Note) []string {
		all := []string{n.Summary}
		for _, c := range n.Changes {
			all = append(all, c.ID+" "+c.Text+" ["+c.ActionRequired+"] "+string(c.Link))
		}
		return all
	}
	action, deprecated := "#10 Renamed a metric. [Rename it.] ", "#11 The old way is deprecated. [] "
	want := [][]string{
		{"Kubernetes 1.2.0 brings 3 changes, 1 of which requires action.", action, "#9, #14 Fixed a leak. [] ", deprecated},
		{"Kubernetes 1.2.0 brings 3 changes, 1 of which requires action.", action, "#9, #14 Fixed a leak. [] https://x.example/9", deprecated},
		{"Kubernetes 1.2.0 brings 3 changes, 1 of which requires action. Told here are those that require action or deprecate something: 2.", action, deprecated},
	}
	if diff := cmp.Diff(want, [][]string{told(p.Customers), told(p.Support), told(p.Leadership)}); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	gaps := []notes.Gap{{About: "#13", Reason: "nobody says whether it is done"}, {About: "#12", Reason: "requires action and is not to be published"}}
	if diff := cmp.Diff(gaps, p.Gaps); diff != "" {
		t.Errorf("gaps (-want +got)\n%s", diff)
	}
}

// Without the file nobody knows what changes, and the notes say so.
func TestDraftWithoutFile(t *testing.T) {
	f := newFolder()
	p := draftNotes(release.Plan{}, buildFacts(f, time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)))
	if len(p.Gaps) != 1 || !strings.Contains(p.Gaps[0].Reason, "file-missing") || len(p.Support.Changes) > 0 {
		t.Errorf("%d changes, gaps %v", len(p.Support.Changes), p.Gaps)
	}
	if found := noteMapping().Validate(); len(found) > 0 {
		t.Error(found)
	}
}
