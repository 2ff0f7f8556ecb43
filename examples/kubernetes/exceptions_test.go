package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release/fact"
)

func day(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

func TestReadExceptions(t *testing.T) {
	full := fact.Approval{ID: "codeFreeze/7", Title: "A", Answer: fact.Approved, Requested: day(3, 1), At: day(3, 2),
		Link: "https://list.example.com/1", Comment: "https://x.example/1, https://x.example/2"}
	for _, tt := range []struct {
		name, source string
		want         []fact.Approval
		lost         bool
		problems     string
		err          string
	}{
		{name: "empty"},
		{name: "comments only", source: "# nothing yet\n"},
		{name: "null", source: "~\n"},
		{name: "empty groups", source: "enhancementFreeze:\ncodeFreeze: []\n"},
		{name: "full", source: "codeFreeze:\n- name: A\n  issue: 7\n  date_requested: 2026-03-01\n  date_reviewed: 2026-3-2\n  thread: https://list.example.com/1\n" +
			"  pull_requests: [https://x.example/1, https://x.example/2]\n  status: Approved\n", want: []fact.Approval{full}},
		{name: "quoted and with a hash", source: "codeFreeze:\n- {name: \"A\", issue: \"#7\", date_requested: \"2026-03-01\", status: 'denied'}\n",
			want: []fact.Approval{{ID: "codeFreeze/7", Title: "A", Answer: fact.Rejected, Requested: day(3, 1)}}},
		{name: "one issue twice", source: "docsFreeze:\n- {issue: 7, status: pending}\n- {issue: 7, status: rejected}\n",
			want: []fact.Approval{{ID: "docsFreeze/7"}, {ID: "docsFreeze/7#2", Answer: fact.Rejected}}},
		{name: "nothing known", source: "codeFreeze:\n- name: A thing\n- {}\n", want: []fact.Approval{{ID: "codeFreeze/a-thing", Title: "A thing"}, {ID: "codeFreeze/line-3"}},
			problems: "exceptions.yaml:2: the exception has no status: it counts as pending\nexceptions.yaml:2: the exception \"A thing\" names no issue\n" +
				"exceptions.yaml:3: the exception has no status: it counts as pending\nexceptions.yaml:3: the exception \"\" names no issue\n"},
		{name: "odd values", source: "codeFreeze:\n- issue: 7\n  status: maybe\n  date_reviewed: last week\n  date_requested: TBD\n  thread: here\n  name: [A]\n",
			want: []fact.Approval{{ID: "codeFreeze/7"}},
			problems: "exceptions.yaml:4: date_reviewed: \"last week\" is no date as 2006-01-02\nexceptions.yaml:6: thread: link \"here\": is not absolute, want https://\n" +
				"exceptions.yaml:7: name: want a text, got a list\nexceptions.yaml:2: the status \"maybe\" is neither approved nor rejected: it counts as pending\n"},
		{name: "not an exception", source: "codeFreeze:\n- just words\n- {issue: 7, status: approved}\n", lost: true,
			want: []fact.Approval{{ID: "codeFreeze/7", Answer: fact.Approved}}, problems: "exceptions.yaml:2: want an exception, got \"just words\"\n"},
		{name: "not a list", source: "codeFreeze: later\n", lost: true, problems: "exceptions.yaml:1: codeFreeze: want a list of exceptions, got \"later\"\n"},
		{name: "a field twice", source: "codeFreeze:\n- issue: 7\n  status: rejected\n  status: approved\n", lost: true, problems: "exceptions.yaml:4: status is given twice\n"},
		{name: "a group twice", source: "codeFreeze:\n- {issue: 1, status: approved}\ncodeFreeze:\n- {issue: 2, status: approved}\n",
			want:     []fact.Approval{{ID: "codeFreeze/1", Answer: fact.Approved}, {ID: "codeFreeze/2", Answer: fact.Approved}},
			problems: "exceptions.yaml:3: the group codeFreeze stands at line 1 already: both are read\n"},
		{name: "a group without a phase", source: "blogFreeze:\n- {issue: 1, status: approved}\n", want: []fact.Approval{{ID: "blogFreeze/1", Answer: fact.Approved}},
			problems: "exceptions.yaml:2: blogFreeze is no freeze that has gates: its exceptions count for the release alone\n"},
		{name: "no groups", source: "- {issue: 1, status: approved}\n", want: []fact.Approval{{ID: "1", Answer: fact.Approved}},
			problems: "exceptions.yaml:1: the list is not divided by freezes: to which each request belongs is not known\n"},
		{name: "alias", source: "codeFreeze: &all\n- {issue: 1, status: approved}\ndocsFreeze: *all\n",
			want: []fact.Approval{{ID: "codeFreeze/1", Answer: fact.Approved}, {ID: "docsFreeze/1", Answer: fact.Approved}}},
		{name: "a list that holds itself", source: "codeFreeze: &all\n- *all\n", lost: true, problems: "exceptions.yaml:1: want an exception, got a list\n"},
		{name: "two documents", source: "codeFreeze:\n---\ndocsFreeze:\n", lost: true, problems: "exceptions.yaml:2: a second document is not read\n"},
		{name: "bad YAML", source: "codeFreeze:\n- name: \"open\n", err: "exceptions.yaml: yaml: line "},
		{name: "bad second document", source: "codeFreeze:\n---\n\"open\n", err: "exceptions.yaml: yaml: line "},
		{name: "a text", source: "none\n", err: "exceptions.yaml:1: want groups of exceptions, got \"none\""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := readExceptions([]byte(tt.source))
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []fact.Approval
			for _, g := range e.groups {
				got = append(got, g.approvals...)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(tt.problems, messages(e.all)); diff != "" || e.lost != tt.lost {
				t.Errorf("lost %t, want %t; problems (-want +got)\n%s", e.lost, tt.lost, diff)
			}
		})
	}
}
