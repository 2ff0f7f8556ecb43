package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// messages are the problems of a file, one a line.
func messages(all []problem) string {
	var b strings.Builder
	for _, p := range all {
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

func TestRowEvents(t *testing.T) {
	for _, tt := range []struct {
		what, begins, ends, version string
	}{
		{what: "Begin Enhancements Freeze", begins: "enhancements freeze"},
		{what: "Begin [Code Freeze] and [Test Freeze]", begins: "code freeze, test freeze"},
		{what: "[Docs Freeze]", begins: "docs freeze"},
		{what: "Begin Feature blog freeze - Open placeholder PRs", begins: "feature blog freeze"},
		{what: "Begin Burndown (Meetings on Mon / Wed / Fri)"},
		{what: "Brace Yourself, Code Freeze is Coming"},
		{what: "Call for Code Freeze [Exceptions]"},
		{what: "Call for PRR and Enhancement Freeze Exceptions"},
		{what: "Preparing the great big code freeze"},
		{what: "Thaw", ends: "code freeze, test freeze"},
		{what: "Docs Freeze ends", ends: "docs freeze"},
		{what: "End of Enhancements Freeze", ends: "enhancements freeze"},
		{what: "v1.36.0 released", version: "1.36.0"},
		{what: "1.28.0 released", version: "1.28.0"},
		{what: "Kubernetes v1.36.0 released", version: "1.36.0"},
		{what: "v1.36.0-rc.1 released"},
		{what: "Release blog published"},
		{what: ""},
	} {
		r := &row{what: tt.what}
		got := []string{strings.Join(r.begins(), ", "), strings.Join(r.ends(), ", "), r.version()}
		if diff := cmp.Diff([]string{tt.begins, tt.ends, tt.version}, got); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", tt.what, diff)
		}
	}
}

func TestReadReadme(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		rows         int
		problems     string
	}{
		{name: "no table", source: "# Kubernetes v1.2\n\nNothing.\n",
			problems: "README.md: there is no timeline: no table has the columns What and When\n"},
		{name: "no title", source: "| When | What |\n|---|---|\n| 2026-01-05 | Thaw |\n", rows: 1,
			problems: "README.md: there is no title that names what is released\n"},
		{name: "title without version", source: "# Kubernetes\n\n| When | What |\n|---|---|\n", rows: 0,
			problems: "README.md:1: the title \"Kubernetes\" names no version\n"},
		{name: "front matter keeps line numbers", source: "---\ntitle: \"# Other v9.9\"\n---\n# Kubernetes v1.2\n\n| What | When |\n|---|---|\n| Thaw | soon |\n", rows: 1,
			problems: "README.md:8: \"Thaw\": \"soon\": \"soon\" is no part of a date that is known\n"},
		{name: "cells", source: "# K v1.2\n| What | Who | When |\n|---|---|---|\n| Thaw | Lead |\n| Thaw | Lead | 2026-01-05 | and | more |\n| | | |\n", rows: 3,
			problems: "README.md:4: the row has 2 cells, not 3\nREADME.md:4: \"Thaw\" has no date\n" +
				"README.md:5: the row has more than 3 cells: \"and | more\" is not read\n" +
				"README.md:6: the row does not say what happens\nREADME.md:6: \"\" has no date\n"},
		{name: "escaped pipes and code", source: "# K v1.2\n| What | When |\n|---|---|\n| `a \\| b` \\| c | [5th January 2026](https://x.example) |\n", rows: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := readReadme([]byte(tt.source))
			if len(r.timeline) != tt.rows {
				t.Errorf("%d rows, want %d", len(r.timeline), tt.rows)
			}
			if diff := cmp.Diff(tt.problems, messages(r.all)); diff != "" {
				t.Errorf("problems (-want +got)\n%s", diff)
			}
		})
	}
}

func TestSchedule(t *testing.T) {
	table := func(rows ...string) *readme {
		return readReadme([]byte("# K v1.2\n\n| What | Who | When |\n|---|---|---|\n" + strings.Join(rows, "\n") + "\n"))
	}
	for _, tt := range []struct {
		name, code, want string
		readme           *readme
	}{
		{name: "one row", code: "2026-03-18[AoE]", readme: table("| Begin Code Freeze | | 18th March 2026 (AoE) |", "| Thaw | | 22nd April 2026 |")},
		{name: "two rows of one date", code: "2026-03-18", readme: table("| Begin Code Freeze | | 18th March 2026 |", "| Code Freeze | | 2026-03-18 |", "| Thaw | | 22nd April 2026 |")},
		{name: "two rows of two dates", want: "README.md:6: a second row for the begin of code freeze, which line 5 gives as 18th March 2026: neither is used",
			readme: table("| Begin Code Freeze | | 18th March 2026 |", "| Code Freeze | | 19th March 2026 |")},
		{name: "a row that cannot be read", want: "README.md:5: \"Begin Code Freeze\": \"18th March\": no year",
			readme: table("| Begin Code Freeze | | 18th March |")},
		{name: "no end", code: "2026-03-18", want: "README.md:5: code freeze begins and no row says when it ends",
			readme: table("| Begin Code Freeze | | 18th March 2026 |")},
		{name: "no row", want: "README.md: the timeline has no row for the begin of code freeze", readme: table("| Thaw | | 22nd April 2026 |")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.readme.schedule()
			if got := s.code.moment().String(); got != tt.code {
				t.Errorf("code freeze at %q, want %q", got, tt.code)
			}
			if got := messages(tt.readme.all); !strings.Contains(got, tt.want) {
				t.Errorf("problems do not say %q:\n%s", tt.want, got)
			}
			if tt.want == "" && strings.Contains(messages(tt.readme.all), "code freeze") {
				t.Errorf("problems:\n%s", messages(tt.readme.all))
			}
		})
	}
}

func TestVersion(t *testing.T) {
	for _, tt := range []struct{ title, row, version, problem string }{
		{"# Kubernetes v1.36", "v1.36.0 released", "1.36.0", ""},
		{"# Kubernetes 1.36: A Theme", "1.36.0 released", "1.36.0", ""},
		{"# Kubernetes v1.36", "Thaw", "1.36", "no row for the release"},
		{"# Kubernetes 1.27", "v1.28.0 released", "1.28.0", "releases 1.28.0, and the title says 1.27"},
		{"# Kubernetes v1.3", "v1.36.0 released", "1.36.0", "the title says 1.3"},
		{"# Kubernetes", "Thaw", "", "names no version"},
	} {
		r := readReadme([]byte(tt.title + "\n\n| What | When |\n|---|---|\n| " + tt.row + " | 22nd April 2026 |\n"))
		f := &folder{readme: r, schedule: r.schedule()}
		if got := f.version(); got != tt.version {
			t.Errorf("%s, %s: version %q, want %q", tt.title, tt.row, got, tt.version)
		}
		if !strings.Contains(messages(r.all), tt.problem) {
			t.Errorf("%s, %s: problems do not say %q:\n%s", tt.title, tt.row, tt.problem, messages(r.all))
		}
	}
}
