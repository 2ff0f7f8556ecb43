package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestBuildLog(t *testing.T) {
	f := teamOf(leadRole, "docs")
	f.readme = readReadme([]byte("# K v1.2\n\n| What | Who | When |\n|---|---|---|\n| Call for Code Freeze [Exceptions] | Lead | 9th March 2026 |\n"))
	if err := f.parse(exceptionsFile, []byte(`codeFreeze:
- {name: A, issue: 1, date_requested: 2026-03-10, date_reviewed: 2026-03-12, thread: "https://list.example.com/1", status: approved}
- {name: B, issue: 2, date_reviewed: 2026-03-12, status: denied}
- {name: C, issue: 3, date_requested: 2026-03-10}
docsFreeze:
- {name: D, issue: 4, date_reviewed: 2026-04-12, status: approved}
`)); err != nil {
		t.Fatal(err)
	}
	signed := gates.Exit(code).WithSignOffs(gates.SignOff{Role: "docs", Delegate: "docs-shadow"}, gates.SignOff{Role: leadRole, Delegate: leadRole + shadowSuffix})
	lead, shadow := leadRole, leadRole+shadowSuffix
	want := []compliance.Approval{
		{ID: "codeFreeze/1", Title: "A", Responsible: lead, Delegate: shadow, Status: compliance.Approved, At: value.Date(2026, 3, 12),
			Evidence: compliance.Evidence{Location: "https://list.example.com/1"}},
		{ID: "codeFreeze/2", Title: "B", Responsible: lead, Delegate: shadow, Status: compliance.Rejected, At: value.Date(2026, 3, 12)},
		{ID: "codeFreeze/3", Title: "C", Responsible: lead, Delegate: shadow},
		{ID: "docsFreeze/4", Title: "D", Status: compliance.Approved, At: value.Date(2026, 4, 12)},
		{ID: "code/exit:docs", Title: "Sign-off of code/exit", Gate: "code/exit", Responsible: "docs", Delegate: "docs-shadow"},
		{ID: "code/exit:release-team-lead", Title: "Sign-off of code/exit", Gate: "code/exit", Responsible: lead, Delegate: shadow},
	}
	if diff := cmp.Diff(compliance.Log{Approvals: want}, buildLog(f, gates.NewCatalog(signed))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Who is asked for an exception is who calls for them.
func TestCallers(t *testing.T) {
	for _, tt := range []struct{ what, who, group, want string }{
		{"Call for Code Freeze Exceptions", "Lead", "codeFreeze", leadRole},
		{"Call for PRR and Enhancement Freeze [Exceptions]", "Docs Lead", "enhancementFreeze", "docs"},
		{"Call for Enhancements Freeze Exceptions", "Lead", "enhancementFreeze", leadRole},
		{"Call for Enhancement Freeze Exceptions", "Lead", "enhancementsFreeze", leadRole},
		{"Call for Docs Freeze Exception", "Lead", "docFreeze", leadRole},
		{"Call for Code Freeze Exceptions", "Lead", "testFreeze", ""},
		{"Call for Code Freeze Exceptions", "Lead", "", ""},
		{"Call for Code Freeze Exceptions", "TBD", "codeFreeze", ""},
		{"Call for Code Freeze Exceptions", "Lead / Docs", "codeFreeze", ""},
		{"Begin Code Freeze", "Lead", "codeFreeze", ""},
	} {
		f := teamOf(leadRole, "docs")
		f.readme.timeline = []*row{{what: tt.what, who: tt.who}}
		if got := f.callers(tt.group); got != tt.want {
			t.Errorf("%q by %q for %q: %q, want %q", tt.what, tt.who, tt.group, got, tt.want)
		}
	}
}
