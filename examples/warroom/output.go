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

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/document"
)

// line adds a line to the timeline, if it is shown.
func (s *simulation) line(what, format string, args ...any) {
	if s.timeline == nil || s.now.Before(s.opens.Add(-shownFrom)) {
		return
	}
	fmt.Fprintf(s.timeline, "%s  %-10s %s\n", s.local(s.now), what, fmt.Sprintf(format, args...))
}

// local is a moment as the plan's zone has it.
func (s *simulation) local(t time.Time) string {
	zone, err := time.LoadLocation(s.packet.Plan.Overview.Zone)
	if err != nil {
		zone = time.UTC
	}
	return t.In(zone).Format(time.RFC3339)
}

func (s *simulation) showEvents(from int) {
	for _, e := range s.events[from:] {
		s.line("event", "%s: %s", strings.TrimSpace(e.Kind.String()+" "+e.About), e.Text)
	}
}

// showSent shows what is in the log that was not there before.
func (s *simulation) showSent(before comms.Log) {
	for _, sent := range s.log.Sent[len(before.Sent):] {
		again := ""
		if sent.Attempts > 1 {
			again = fmt.Sprintf(", attempt %d", sent.Attempts)
		}
		s.line("sent", "%s%s", sent.Key, again)
	}
	for i := range before.Sent {
		for _, a := range s.log.Sent[i].Answers[len(before.Sent[i].Answers):] {
			s.line("answer", "%s acknowledges %s", a.By, s.log.Sent[i].Key)
		}
	}
}

// showStandings shows what became late, missed, superseded or was not answered in
// time, each once.
func (s *simulation) showStandings(schedule comms.Schedule) {
	for _, st := range schedule.Due(s.now, s.log) {
		silent := st.State == comms.Unanswered && s.now.Sub(st.At) < st.Answer
		if s.told[st.Key] == st.State || st.State == comms.Due || silent {
			continue
		}
		s.told[st.Key] = st.State
		s.line(st.State.String(), "%s", st.Key)
	}
}

// paper is a document that was written.
type paper struct {
	name string
	text []byte
}

// file writes the documents of what was sent just now.
func (s *simulation) file(before comms.Log) error {
	for _, sent := range s.log.Sent[len(before.Sent):] {
		if s.now.Before(s.opens.Add(-shownFrom)) {
			continue
		}
		day := s.local(s.now)[:len(time.DateOnly)]
		var err error
		switch {
		case sent.Level > 0:
			err = s.paper(fmt.Sprintf("escalation-%s-level-%d.md", sent.Blocker, sent.Level), func(w io.Writer) error { return document.Escalation(w, s.running(), sent.Blocker) })
		case sent.Message == "daily":
			err = s.paper("daily-"+day+".md", func(w io.Writer) error { return document.Daily(w, s.running()) })
		case sent.Message == "packet":
			err = s.requests()
		case sent.Message == "summary":
			err = s.paper("summary.md", func(w io.Writer) error { return document.Summary(w, s.running()) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// paper writes a document, in place of the one of that name.
func (s *simulation) paper(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s.papers = slices.DeleteFunc(s.papers, func(p paper) bool { return p.name == name })
	s.papers = append(s.papers, paper{name, b.Bytes()})
	return nil
}

// requests writes the packet, as it is circulated, and the request of every gate.
func (s *simulation) requests() error {
	r := s.running()
	for _, g := range r.Packet.Catalog.Gates {
		_, body, err := document.SignOffRequest(r.Packet, g.ID())
		if err != nil {
			continue // the gate needs none, and the packet says why
		}
		name := "sign-off-" + strings.ReplaceAll(g.ID(), "/", "-") + ".md"
		if err := s.paper(name, func(w io.Writer) error { _, err := io.WriteString(w, body); return err }); err != nil {
			return err
		}
	}
	pages, err := render.Fit(r.Packet, nil)
	if pages.Body == nil {
		return err
	}
	s.papers = append(s.papers, paper{"packet.md", pages.Body}, paper{pages.AnnexName, pages.Annex})
	return nil
}

// write leaves everything in the folder.
func (s *simulation) write(dir string) error {
	r := s.running()
	if err := s.paper("war-room.md", func(w io.Writer) error { return document.WarRoom(w, r, time.Time{}) }); err != nil {
		return err
	}
	for name, a := range map[string]notes.Audience{"notes-customers.md": notes.Customers, "notes-support.md": notes.Support, "notes-leadership.md": notes.Leadership} {
		if err := s.paper(name, func(w io.Writer) error { return document.Note(w, r.Packet, a) }); err != nil {
			return err
		}
	}
	for _, doc := range []struct {
		name string
		v    any
	}{{"log.json", s.record()}, {"events.json", s.events}, {"packet.json", s.packet}} {
		text, err := packet.Marshal(doc.v)
		if err != nil {
			return fmt.Errorf("%s: %w", doc.name, err)
		}
		s.papers = append(s.papers, paper{doc.name, text})
	}
	var report bytes.Buffer
	for _, f := range s.findings(s.now) {
		fmt.Fprintln(&report, f)
	}
	s.papers = append(s.papers, paper{"findings.txt", report.Bytes()})
	for i, l := range s.letters {
		name := filepath.Join("letters", fmt.Sprintf("%03d-%s.txt", i+1, strings.ReplaceAll(l.Key, "/", "_")))
		s.papers = append(s.papers, paper{name, l.text(s.local(l.at))})
	}
	if err := os.MkdirAll(filepath.Join(dir, "letters"), 0o755); err != nil {
		return err
	}
	for _, p := range s.papers {
		if err := os.WriteFile(filepath.Join(dir, p.name), p.text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// text is a letter as a file.
func (d delivered) text(at string) []byte {
	return fmt.Appendf(nil, "Key: %s\nTo: %s %s\nAt: %s\nUrgent: %t\nSubject: %s\n\n%s", d.Key, d.Channel.Kind, d.Channel.Address, at, d.Urgent, d.Subject, d.Body)
}

// findings judges the packet beside the log by the rules about communications,
// notes and conduct.
func (s *simulation) findings(now time.Time) check.Findings {
	log := s.record()
	var all check.Findings
	for _, f := range packet.Verify(s.packet, &packet.VerifyOptions{Now: now, Log: &log}).Findings {
		if group, _, _ := strings.Cut(f.Rule, "-"); group == "COM" || group == "NOTE" || group == "OPS" {
			all = append(all, f)
		}
	}
	return all
}

// summarise says what the run came to.
func (s *simulation) summarise(w io.Writer, dir string) {
	fs := s.findings(s.now)
	repeated := 0
	for _, sent := range s.log.Sent {
		if sent.Attempts > 1 {
			repeated++
		}
	}
	_, _ = fmt.Fprintf(w, "\n%d messages sent, %d of them after a repeated attempt; %d findings of COM, NOTE and OPS\n", len(s.log.Sent), repeated, len(fs))
	for _, f := range fs {
		_, _ = fmt.Fprintf(w, "  %s\n", f)
	}
	_, _ = fmt.Fprintf(w, "%d documents, %d letters and the journal in %s\n", len(s.papers)-len(s.letters), len(s.letters), dir)
}
