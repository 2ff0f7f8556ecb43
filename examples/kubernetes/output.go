package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
)

// write makes all files before it writes the first.
func (r *result) write(dir string, progress io.Writer) error {
	data, err := packet.Encode(r.packet)
	if err != nil {
		return err
	}
	findings, err := packet.Marshal(r.report)
	if err != nil {
		return err
	}
	facts, err := packet.Marshal(r.facts)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"packet.md", r.pages.Body}, {"annex.md", r.pages.Annex}, {"packet.json", data}, {"findings.json", findings}, {"facts.json", facts}} {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.data, 0o644); err != nil {
			return err
		}
		say(progress, "wrote %s, %d bytes\n", f.name, len(f.data))
	}
	return nil
}

// summarize says in a screenful what was read and what came of it.
func (r *result) summarize(w io.Writer) error {
	var b bytes.Buffer
	o := r.packet.Plan.Overview
	fmt.Fprintf(&b, "%s as of %s\n\n", strings.TrimSpace(given(o.Name)+" "+given(o.Version)), r.packet.AsOf.Format(time.RFC3339))
	r.summarizeFiles(&b)
	b.WriteString("\n")
	for _, d := range r.packet.Decisions.Gates {
		fmt.Fprintf(&b, "%-18s %-5s %s\n", d.Gate, d.Verdict, outcomes(d))
		for i, because := range d.Because() {
			fmt.Fprintf(&b, "  %s: %s\n", d.Reasons[i].Verdict, because)
		}
	}
	c := r.report.Counts()
	fmt.Fprintf(&b, "\nverdict: %s\nfindings: %d errors, %d warnings, %d infos\n",
		packet.Verdict(r.packet, r.report), c.Errors, c.Warnings, c.Infos)
	r.summarizePacket(&b)
	r.summarizeRows(&b)
	head := "\nin the files:\n"
	for _, p := range r.problems {
		if p.at == "" { // else the row has it
			fmt.Fprintf(&b, "%s  %s (%s)\n", head, p, kindRules[p.kind].id)
			head = ""
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// summarizePacket counts what the packet tells and asks.
func (r *result) summarizePacket(b *bytes.Buffer) {
	blocking := 0
	for _, q := range r.packet.Plan.Questions.Items {
		if q.Blocking {
			blocking++
		}
	}
	fmt.Fprintf(b, "register: %d questions, %d of them blocking\n", len(r.packet.Plan.Questions.Items), blocking)
	if r.budget != nil {
		fmt.Fprintf(b, "%v\n", r.budget)
	} else {
		fmt.Fprintf(b, "page: %d words, of at most %d; the annex has the rest\n", r.pages.Words.Visible, r.pages.Budget.Max)
	}
	n := r.packet.Notes
	fmt.Fprintf(b, "notes: %d changes to customers, %d to support, %d to leadership, %d gaps\n",
		len(n.Customers.Changes), len(n.Support.Changes), len(n.Leadership.Changes), len(n.Gaps))
}

// summarizeRows lists what rules have against a row of the timeline: its date,
// its place among the others and its owner.
func (r *result) summarizeRows(b *bytes.Buffer) {
	head := "\nin the timeline:\n"
	for i, m := range r.packet.Plan.Timeline.Milestones {
		for _, f := range r.report.Findings {
			if f.Path.Within(milestonePath(i)) && slices.Contains(rowRules, f.Rule) {
				fmt.Fprintf(b, "%s  %s:%d: %s %s: %s\n", head, m.Source.Document, m.Source.Line, f.Rule, called(m), f.Message)
				head = ""
			}
		}
	}
}

// rowRules are the rules that say of a single row that it cannot be right.
var rowRules = []string{"MS-001", "MS-002", "MS-009", "MS-014", "MS-015", "X-004"}

func (r *result) summarizeFiles(b *bytes.Buffer) {
	f := r.folder
	line := func(present bool, name, format string, args ...any) {
		if !present {
			format, args = "not there", nil
		}
		fmt.Fprintf(b, "%s: %s\n", name, fmt.Sprintf(format, args...))
	}
	line(f.readme.present, readmeFile, "%d rows read, %d of them dated", len(f.readme.timeline), f.readme.readable())
	line(f.team.present, teamFile, "%d roles read, %d people, %d roles without a lead", f.team.rows, len(f.team.people), f.team.leaderless())
	answers := map[fact.Answered]int{}
	total := 0
	for _, g := range f.exceptions.groups {
		for _, a := range g.approvals {
			answers[a.Answer]++
			total++
		}
	}
	line(f.exceptions.present, exceptionsFile, "%d exceptions read, %d approved, %d rejected, %d pending",
		total, answers[fact.Approved], answers[fact.Rejected], answers[fact.Pending])
	labels := map[string]int{}
	for _, item := range f.notes.items {
		labels[item.Status]++
		for _, label := range item.Labels {
			labels[label]++
		}
	}
	line(f.notes.present, notesFile, "%d notes read, %d require action, %d not to be published, %d not reviewed",
		len(f.notes.items), labels[actionRequired], labels[doNotPublish], labels[statusDraft])
}

// readable counts the rows of which it can be told when they are.
func (r *readme) readable() int {
	n := 0
	for _, w := range r.timeline {
		if w.readable {
			n++
		}
	}
	return n
}

// leaderless counts the roles that nobody leads.
func (t *team) leaderless() int {
	n := 0
	for _, r := range t.roles {
		if len(r.Holders) == 0 && !strings.HasSuffix(r.ID, shadowSuffix) {
			n++
		}
	}
	return n
}

// outcomes counts what the criteria and sign-offs of a gate came to.
func outcomes(d gates.Decision) string {
	n := map[gates.Outcome]int{}
	for _, a := range d.Outcomes {
		if !a.Optional {
			n[a.Effective]++
		}
	}
	signed := 0
	for _, s := range d.SignOffs {
		if s.Met() {
			signed++
		}
	}
	return fmt.Sprintf("%d pass, %d warn, %d fail, %d unknown; %d of %d signed",
		n[gates.Pass], n[gates.Warn], n[gates.Fail], n[gates.Unknown], signed, len(d.SignOffs))
}

func given(s string) string {
	if s == "" {
		return "(not given)"
	}
	return s
}

// say writes progress and errors for whoever watches. That it cannot be
// written changes nothing.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }
