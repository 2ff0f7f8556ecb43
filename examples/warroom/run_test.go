package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/commstest"
	"github.com/tidegate-go/tidegate/comms/courier"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// files are the files of a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		all[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The same run prints and leaves the same bytes.
func TestDeterministic(t *testing.T) {
	var outputs [2]string
	var left [2]map[string]string
	for i := range outputs {
		dir := t.TempDir()
		var stdout, stderr bytes.Buffer
		if code := run([]string{"-out", dir}, &stdout, &stderr); code != 0 {
			t.Fatalf("exit %d: %s", code, &stderr)
		}
		outputs[i], left[i] = strings.ReplaceAll(stdout.String(), dir, "DIR"), files(t, dir)
	}
	if diff := cmp.Diff(outputs[0], outputs[1]); diff != "" {
		t.Errorf("two runs print: %s", diff)
	}
	if diff := cmp.Diff(left[0], left[1]); diff != "" {
		t.Errorf("two runs leave: %s", diff)
	}
	golden.Assert(t, filepath.Join("testdata", "stdout.golden"), []byte(outputs[0]))
	for _, name := range []string{"daily-2026-12-07.md", "daily-2026-12-08.md", "sign-off-production-entry.md", "packet.md", "escalation-BL-1-level-1.md",
		"escalation-BL-1-level-3.md", "war-room.md", "summary.md", "notes-customers.md", "log.json", "events.json", "journal.jsonl"} {
		if left[0][name] == "" {
			t.Errorf("%s is not left", name)
		}
	}
	for _, name := range []string{"war-room.md", "summary.md"} {
		golden.Assert(t, filepath.Join("testdata", name), []byte(left[0][name]))
	}
}

// readJournal returns the entries of a file: what whoever is started again knows. A
// line that was cut off was never acknowledged, and is left out.
func readJournal(t *testing.T, name string) []courier.Entry {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var all []courier.Entry
	for line := range strings.Lines(string(text)) {
		if !strings.HasSuffix(line, "\n") {
			break
		}
		var e courier.Entry
		if err := packet.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// The journal is the log: whoever reads it knows what was said, and a line that was
// cut off is not among it.
func TestJournal(t *testing.T) {
	name := filepath.Join(t.TempDir(), "journal.jsonl")
	j, err := createJournal(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newRun(j)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.simulate(context.Background(), s.opens.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := j.WriteString(`{"attempt":{"key":"cut`); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	var log comms.Log
	for _, e := range readJournal(t, name) {
		log = courier.Apply(log, e)
	}
	if diff := cmp.Diff(s.log, log); diff != "" || len(log.Sent) < 20 {
		t.Errorf("%d messages (-want +got):\n%s", len(log.Sent), diff)
	}
}

func TestCommandLine(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want int
		say  string
	}{{[]string{"-h"}, 0, "-out"}, {[]string{"-wrong"}, 2, "-wrong"}, {[]string{"more"}, 2, `unexpected argument "more"`},
		{[]string{"-out", filepath.Join("testdata", "packet.json")}, 1, "packet.json"}} {
		var stdout, stderr bytes.Buffer
		if code := run(tt.args, &stdout, &stderr); code != tt.want || !strings.Contains(stderr.String(), tt.say) || stdout.Len() > 0 {
			t.Errorf("%v: exit %d, want %d: %s", tt.args, code, tt.want, &stderr)
		}
	}
}

// ids are the rules that find something, each once.
func ids(fs check.Findings) []string {
	var all []string
	for _, f := range fs {
		all = append(all, f.Rule)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// The clean run has no finding about communications, notes and conduct, and every
// sabotaged one exactly those that it was made for.
func TestFindings(t *testing.T) {
	down := func(kind comms.ChannelKind, address string, from, until func(*simulation) time.Time) func(*simulation) {
		return func(s *simulation) {
			s.down = append(s.down, outage{kind: kind, address: address, from: from(s), until: until(s)})
		}
	}
	opens := func(d time.Duration) func(*simulation) time.Time {
		return func(s *simulation) time.Time { return s.opens.Add(d) }
	}
	closes := func(d time.Duration) func(*simulation) time.Time {
		return func(s *simulation) time.Time { return s.closes.Add(d) }
	}
	breach := breaksFrom + 5*time.Minute // when the blocker is opened
	tests := []struct {
		name   string
		change func(*simulation)
		end    time.Duration // after the window
		want   []string
		say    string // of the timeline
	}{
		{"clean", func(*simulation) {}, afterwards, nil, "superseded escalation/E6/PT1H/pagerduty"},
		{"the packet is late", down(comms.Email, "release-approvers@example.com", opens(-27*time.Hour), opens(-20*time.Hour)), afterwards, []string{"OPS-003"},
			"2026-12-08T02:00:00-05:00  sent       packet/20261208T010000Z/email, attempt"},
		{"a daily update is missed", down(comms.Slack, "#eng-leadership", opens(-40*time.Hour), opens(-690*time.Minute)), afterwards, []string{"OPS-001"},
			"missed     daily/2026-12-07/slack"},
		{"the committee is paged after 42 minutes", down(comms.PagerDuty, "release-steering", opens(0), opens(breach+42*time.Minute)), afterwards, []string{"OPS-002"},
			"23:42:00-05:00  sent       blocker/E6/pagerduty, attempt"},
		{"silence is taken for an approval", func(s *simulation) {
			i := slices.IndexFunc(s.answers, func(a answer) bool { return a.by == "edsger" })
			s.answers = slices.Delete(s.answers, i, i+1)
			s.packet.Compliance.Approvals[10].By = "ken"
		}, afterwards, []string{"OPS-004"}, ""},
		{"the summary is out after 15 hours", down(comms.Email, "release-stakeholders@example.com", closes(0), closes(15*time.Hour)), 16 * time.Hour, []string{"OPS-006"},
			"2026-12-09T17:00:00-05:00  sent       summary/20261209T170000Z/email, attempt"},
		{"the war room is silent for 45 minutes", down(comms.WarRoom, "#war-room-2026-12", opens(150*time.Minute), opens(190*time.Minute)), afterwards, []string{"OPS-005"},
			"missed     war-room/20261209T030000Z+10/war-room"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := newRun(new(commstest.Journal))
			if err != nil {
				t.Fatal(err)
			}
			tt.change(s)
			if err := s.simulate(context.Background(), s.closes.Add(tt.end)); err != nil {
				t.Fatal(err)
			}
			fs := s.findings(s.now)
			if diff := cmp.Diff(tt.want, ids(fs)); diff != "" {
				t.Errorf("(-want +got):\n%s\n%v", diff, fs)
			}
			if !strings.Contains(s.timeline.String(), tt.say) {
				t.Errorf("the timeline does not say %q:\n%s", tt.say, s.timeline)
			}
		})
	}
}

// crash ends the process at one of the points at which it can: before and after
// every entry of the journal, and before and after every letter.
type crash struct {
	step, at int
	dead     bool
}

func (c *crash) tick() error {
	if c.step++; c.dead || c.step > c.at {
		c.dead = true
		return commstest.ErrCrash
	}
	return nil
}

// mortal is a simulation whose courier dies once.
type mortal struct {
	*simulation
	journal *commstest.Journal
	crash   *crash
}

func newMortal(t *testing.T, at int) mortal {
	t.Helper()
	m := mortal{journal: new(commstest.Journal), crash: &crash{at: at}}
	m.journal.Before = func(courier.Entry) error { return m.crash.tick() }
	m.journal.After = func(courier.Entry) error { return m.crash.tick() }
	s, err := newRun(m.journal)
	if err != nil {
		t.Fatal(err)
	}
	s.taking = func(comms.Letter) error { return m.crash.tick() }
	s.taken = func(comms.Letter) error { return m.crash.tick() }
	s.timeline, s.begins, s.now = nil, s.opens.Add(-shownFrom), s.opens.Add(-shownFrom)
	m.simulation = s
	return m
}

// count is how often each key was taken.
func count(s *simulation) map[string]int {
	all := map[string]int{}
	for _, l := range s.letters {
		all[l.Key] = l.times
	}
	return all
}

// Wherever the courier dies in the run, also between a letter and its entry,
// whoever is started again with the journal loses no message and repeats none but
// the one that was under way, with the same key; the log says that it was tried
// twice.
func TestEveryCutPoint(t *testing.T) {
	whole := newMortal(t, 1<<30)
	end := whole.closes.Add(afterwards)
	if err := whole.simulate(context.Background(), end); err != nil {
		t.Fatal(err)
	}
	points, stride := whole.crash.step, 1
	if testing.Short() {
		stride = 17
	}
	want := count(whole.simulation)
	if len(want) < 30 || points < 6*len(want) {
		t.Fatalf("%d letters, and only %d points to die at", len(want), points)
	}
	const lanes = 4
	for lane := range lanes {
		t.Run(fmt.Sprintf("lane %d", lane), func(t *testing.T) {
			t.Parallel()
			for at := lane * stride; at < points; at += lanes * stride {
				dieAt(t, at, end, want)
			}
		})
	}
}

// dieAt lets the courier die at a point and starts it again.
func dieAt(t *testing.T, at int, end time.Time, want map[string]int) {
	m := newMortal(t, at)
	if err := m.simulate(context.Background(), end); !errors.Is(err, commstest.ErrCrash) {
		t.Fatalf("point %d: %v", at, err)
	}
	underWay := ""
	if n := len(m.letters); n > 0 && !slices.ContainsFunc(m.journal.Log().Sent, func(s comms.Sent) bool { return s.Key == m.letters[n-1].Key }) {
		underWay = m.letters[n-1].Key
	}
	m.crash.at, m.crash.dead = 1<<30, false
	m.log = m.journal.Log() // all that is known
	if err := m.simulate(context.Background(), end); err != nil {
		t.Fatalf("point %d, again: %v", at, err)
	}
	got := count(m.simulation)
	if underWay != "" {
		got[underWay]--
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("point %d, %q under way (-want +got):\n%s", at, underWay, diff)
	}
	for _, sent := range m.log.Sent {
		if sent.Key == underWay && sent.Attempts != 2 {
			t.Fatalf("point %d: the log says that %s was tried %d times", at, underWay, sent.Attempts)
		}
	}
	if diff := cmp.Diff(m.journal.Log(), m.log); diff != "" {
		t.Fatalf("point %d: the journal has another log: %s", at, diff)
	}
}

// Breach, page, rollback and recovery follow from the facts.
func TestWhatHappens(t *testing.T) {
	s, err := newRun(new(commstest.Journal))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.simulate(context.Background(), s.closes.Add(afterwards)); err != nil {
		t.Fatal(err)
	}
	var got []release.EventKind
	for _, e := range s.events {
		got = append(got, e.Kind)
	}
	want := []release.EventKind{release.GoDecision, release.Deployed, release.Deployed, release.Breach, release.IncidentOpened, release.BlockerOpened,
		release.BlockerAcknowledged, release.RollbackDecision, release.RollbackDone, release.Recovery, release.IncidentClosed, release.BlockerClosed,
		release.HoldDecision, release.FollowUp, release.FollowUp}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := release.EventFaults(s.events).Err(); err != nil {
		t.Error(err)
	}
}
