package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release/packet"
)

// publishedNote is a note as the file has it, read by no code of ours.
type publishedNote struct {
	Text           string `json:"text"`
	ActionRequired bool   `json:"action_required"`
	DoNotPublish   bool   `json:"do_not_publish"`
}

func publishedNotes(t *testing.T) map[string]publishedNote {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(realFolder(t), notesFile))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]publishedNote
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// numbersOf returns the pull requests that a change tells of.
func numbersOf(c notes.Change) []string {
	numbers := strings.Split(c.ID, ", ")
	for i := range numbers {
		numbers[i] = strings.TrimPrefix(numbers[i], "#")
	}
	return numbers
}

// Of 359 notes, 19 are not published and 4 repeat the text of another: 336 are
// told. The 5 that require action are told to everybody, and what is withheld to
// nobody.
func TestRealAudiences(t *testing.T) {
	file := publishedNotes(t)
	var withheld, actions []string
	for id, n := range file {
		if n.DoNotPublish {
			withheld = append(withheld, id)
		}
		if n.ActionRequired {
			actions = append(actions, id)
		}
	}
	slices.Sort(actions)
	if len(file) != 359 || len(withheld) != 19 || len(actions) != 5 {
		t.Fatalf("the file has %d notes, %d withheld, %d that require action", len(file), len(withheld), len(actions))
	}
	p := releaseAt(t, realFolder(t), "2026-03-20T12:00:00Z").packet.Notes
	for a, want := range map[notes.Audience]int{notes.Customers: 336, notes.Support: 336, notes.Leadership: 9} {
		n := p.Note(a)
		var told, asked []string
		for _, c := range n.Changes {
			told = append(told, numbersOf(c)...)
			if c.ActionRequired != "" {
				asked = append(asked, numbersOf(c)...)
			}
		}
		slices.Sort(asked)
		if diff := cmp.Diff(actions, asked); diff != "" || len(n.Changes) != want {
			t.Errorf("%s: %d changes, want %d; what requires action (-want +got):\n%s", a, len(n.Changes), want, diff)
		}
		for _, id := range withheld {
			if slices.Contains(told, id) {
				t.Errorf("%s: note %s is not to be published", a, id)
			}
		}
		slices.Sort(told)
		if len(slices.Compact(slices.Clone(told))) != len(told) {
			t.Errorf("%s: a note is told twice", a)
		}
	}
}

// Notes of one text are one change, under the numbers of all.
func TestRealDuplicates(t *testing.T) {
	file := publishedNotes(t)
	byText := map[string][]string{}
	for id, n := range file {
		if !n.DoNotPublish {
			text := strings.Join(strings.Fields(n.Text), " ")
			byText[text] = append(byText[text], id)
		}
	}
	var want []string
	for _, ids := range byText {
		if slices.Sort(ids); len(ids) > 1 {
			want = append(want, strings.Join(ids, "+"))
		}
	}
	slices.Sort(want)
	if known := []string{"136257+136465", "136397+136398", "136750+136982", "138261+138299"}; !slices.Equal(want, known) {
		t.Fatalf("the file repeats %v, want %v", want, known)
	}
	var got []string
	texts := map[string]bool{}
	for _, c := range releaseAt(t, realFolder(t), "2026-03-20T12:00:00Z").packet.Notes.Customers.Changes {
		if numbers := numbersOf(c); len(numbers) > 1 {
			got = append(got, strings.Join(numbers, "+"))
		}
		if texts[c.Text] {
			t.Errorf("%q is told twice", c.Text)
		}
		texts[c.Text] = true
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Published notes give nothing away: what the guard finds in 336 of them is a
// false alarm, and there is one note that raises any, which explains addresses
// by addresses of private networks. To name them lawful ends it.
func TestRealNotesLeak(t *testing.T) {
	p := releaseAt(t, realFolder(t), "2026-03-20T12:00:00Z").packet
	alarms := func(n notes.Note) []string {
		var list []string
		for _, l := range packet.Guard(p, nil).Leaks(n) {
			text := ""
			for i, c := range n.Changes {
				if strings.HasPrefix(string(l.Path), fmt.Sprintf("changes[%d].", i)) {
					text = c.ID + " " + c.Text[l.Start:l.End]
				}
			}
			list = append(list, fmt.Sprintf("%s: %s", l.Kind, text))
		}
		return list
	}
	want := []string{"host: #137053 10.0.0.5", "host: #137053 192.168.0.5", "host: #137053 192.168.0.0", "host: #137053 192.168.0.5"}
	if diff := cmp.Diff(want, alarms(p.Notes.Customers)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p.Plan.Policy.Confidential.Lawful = []string{"10.0.0.5", "192.168.0.5", "192.168.0.0"}
	if got := alarms(p.Notes.Customers); len(got) > 0 {
		t.Errorf("what is lawful is found: %v", got)
	}

	p.Plan.Policy.LinkHosts = []string{"kubernetes.io", "k8s.io", "github.com"}
	want = []string{"link: #137084 https://pkg.go.dev/k8s.io/apimachinery/pkg/runtime/serializer/protobuf"}
	if diff := cmp.Diff(want, alarms(p.Notes.Customers)); diff != "" {
		t.Errorf("with hosts that links may name (-want +got):\n%s", diff)
	}
	p.Plan.Policy.LinkHosts = append(p.Plan.Policy.LinkHosts, "pkg.go.dev")

	n := p.Notes.Customers.Clone()
	n.Changes[7].Text += " See https://docs.google.com/document/d/1 (SEC-310)."
	n.Changes[300].Text = "Thanks to " + p.Plan.Directory.People[3].Name + ": " + n.Changes[300].Text
	got := alarms(n)
	if len(got) != 3 || !strings.HasSuffix(got[1], "SEC-310") || !strings.HasPrefix(got[2], "person") {
		t.Errorf("planted 3, found %v", got)
	}
}

// What somebody rewrote among several hundred changes stands when the notes are
// drafted anew, and what its authors changed since is found.
func TestRealRedraft(t *testing.T) {
	fresh := releaseAt(t, realFolder(t), "2026-03-20T12:00:00Z").packet.Notes
	p := notes.Redraft(notes.Packet{}, fresh)
	p.Customers.Changes[10].Text, p.Customers.Changes[20].Text = "Ten.", "Twenty."
	later := fresh.Clone()
	later.Customers.Changes[20].Text += " More."
	later.Customers.Changes[30].Text += " More."
	p = notes.Redraft(p, later)
	for i, want := range map[int]string{10: "Ten.", 20: "Twenty.", 30: later.Customers.Changes[30].Text} {
		if got := p.Customers.Changes[i].Text; got != want {
			t.Errorf("change %d: %q, want %q", i, got, want)
		}
	}
	var got []string
	for _, f := range p.Validate() {
		if f.Rule == "NOTE-019" {
			got = append(got, string(f.Path))
		}
	}
	if diff := cmp.Diff([]string{"customers.changes[20].text"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
