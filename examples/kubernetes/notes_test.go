package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/release/fact"
)

func TestReadNotes(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		want         []fact.WorkItem
		lost         bool
		problems     string
		err          string
	}{
		{name: "none", source: "{}"},
		{name: "full", source: `{"7": {"text": "One.\nTwo.", "author": "ada", "pr_url": "https://x.example/7", "pr_number": 7, "areas": ["a"], "kinds": ["k"], "sigs": ["s"], "is_mapped": true, "action_required": true}}`,
			want: []fact.WorkItem{{ID: "7", Title: "One.", Note: "One.\nTwo.", Type: "release note", Status: statusMapped, Category: fact.Done,
				Author: fact.Account{System: "github", ID: "ada"}, Labels: []string{"kind/k", "sig/s", "area/a", actionRequired}, Link: "https://x.example/7"}}},
		{name: "sorted by number", source: `{"10": {"text": "b"}, "9": {"text": "a", "do_not_publish": true}}`,
			want: []fact.WorkItem{
				{ID: "9", Title: "a", Note: "a", Type: "release note", Status: statusHidden, Category: fact.Done, Labels: []string{doNotPublish}},
				{ID: "10", Title: "b", Note: "b", Type: "release note", Status: statusDraft, Category: fact.ToDo}}},
		{name: "no text", source: "{\n\"7\": {\"text\": \" \\n\"},\n\"8\": {}}",
			want: []fact.WorkItem{
				{ID: "7", Type: "release note", Status: statusDraft, Category: fact.ToDo, Labels: []string{noText}},
				{ID: "8", Type: "release note", Status: statusDraft, Category: fact.ToDo, Labels: []string{noText}}},
			problems: "release-notes-draft.json:2: note 7 has no text\nrelease-notes-draft.json:3: note 8 has no text\n"},
		{name: "wrong types", source: "{\n\"7\": {\"text\": 5},\n\"8\": [],\n\"9\": null}", lost: true,
			problems: "release-notes-draft.json:2: note 7: text is a number\nrelease-notes-draft.json:3: note 8 is no object\nrelease-notes-draft.json:4: note 9 is no object\n"},
		{name: "a number twice", source: "{\"7\": {\"text\": \"a\"},\n\"7\": {\"text\": \"b\"}}", lost: true,
			want:     []fact.WorkItem{{ID: "7", Title: "a", Note: "a", Type: "release note", Status: statusDraft, Category: fact.ToDo}},
			problems: "release-notes-draft.json:2: note 7 stands at line 1 already\n"},
		{name: "another number, a bad link", source: `{"7": {"text": "a", "pr_number": 8, "pr_url": "x"}}`,
			want: []fact.WorkItem{{ID: "7", Title: "a", Note: "a", Type: "release note", Status: statusDraft, Category: fact.ToDo}},
			problems: "release-notes-draft.json:1: note 7 is about pull request 8\n" +
				"release-notes-draft.json:1: note 7: link \"x\": is not absolute, want https://\n"},
		{name: "empty file", source: "", err: "release-notes-draft.json:1: EOF"},
		{name: "a list", source: "[]", err: "release-notes-draft.json:1: want an object"},
		{name: "cut off", source: "{\n\"7\": {\"text\":", err: "release-notes-draft.json:2: "},
		{name: "not closed", source: "{\n\"7\": {}\n", err: "release-notes-draft.json:"},
		{name: "bad syntax", source: "{\n\"7\": {},\n\n\"8\": {text: 1}}", err: "release-notes-draft.json:4: invalid character 't'"},
		{name: "more", source: "{}\n{}", err: "release-notes-draft.json:2: there is more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := readNotes([]byte(tt.source))
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, n.items); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(tt.problems, messages(n.all)); diff != "" || n.lost != tt.lost {
				t.Errorf("lost %t, want %t; problems (-want +got)\n%s", n.lost, tt.lost, diff)
			}
		})
	}
}

func TestUnknownFields(t *testing.T) {
	n, err := readNotes([]byte(`{"7": {"text": "a", "smell": 1}, "8": {"text": "b", "smell": 1, "colour": 2}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := counts(n.unknown), "colour (1), smell (2)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
