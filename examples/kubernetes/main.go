// Command kubernetes reads the folder of a Kubernetes release and decides the
// gates that such a folder can carry:
//
//	go run ./examples/kubernetes -in DIR -out DIR [-now 2026-04-22T12:00:00Z]
//
// The folder is one of those below releases/ of github.com/kubernetes/sig-release
// and holds README.md with the timeline, release-team.md, exceptions.yaml and
// release-notes-draft.json. Nothing is asked of the network. What is written is
// packet.md for people, in at most 1000 words, annex.md with the rest, packet.json,
// findings.json with everything that is wrong or missing, in the files as well as
// in the packet and on its page, and facts.json, which the decisions rest on. A
// release of hundreds of notes is told in their number on the page and in full in
// the annex; a page that cannot be as long as it has to be says so. Gates that hold are
// a normal result: the exit code is 0 whatever the verdict, 1 if a file cannot
// be read at all, and 2 for wrong arguments.
//
// # Plan
//
// The version is that of the row "v1.36.0 released", else the one in the title.
// The release date is the deployment window: a date without a time, which a
// rule reports, and at which nobody can tell when the window opens: release/entry
// is never go. Code Freeze is the overview's, as the deadline anywhere on
// earth that it is. Freezes are in the plan if a row ends them; Thaw ends Code
// Freeze and Test Freeze, and what they freeze is the master branch. Every role
// of the team is held by its lead, and a second role by its shadows, who are the
// delegate of a sign-off. "TBD" is nobody. What is tracked on boards is the
// tooling's, and what shows how tests do its dashboards.
//
// # Timeline
//
// Every row is a milestone, in the order of the file and with its line and words
// as the source, also one that cannot be read: it has no time then. A deadline
// stays one, a day that the calendar lacks is kept as written, and a weekday that
// is not the date's leaves the date as it is. So rules find by row what is wrong:
// MS-001 out of order, MS-002 no time or no owner, MS-014 the weekday, MS-015 the
// impossible date. A deadline anywhere on earth, which ends on the next day in
// UTC, is not out of order for that, and "23th" is 23.
//
// The owner is the role in the Who. Several roles are one that all their leads
// hold, if the team has all of them; if it has not, the owner is in no directory,
// which a rule reports. ALL says who takes part, not who answers: it is nobody,
// like TBD and an empty cell. Reminders, meetings and gatherings are information,
// for which nobody has to answer, if the row says whom they are for. Without a Who
// a row is none, not even a conference: that it only informs would be our guess,
// and that nobody is named is a fact. No row says what has to be true when it is
// done, so that MS-003 reports each.
//
// # Gates
//
// The environments of this process are its phases, in the order in which they
// end: enhancements, code and docs, each closed by its freeze; the release; and
// the master branch, which takes changes again after Thaw. Criteria ask what
// the files can answer:
//
//	enhancements/entry  the cycle has begun; the freezes are in order
//	enhancements/exit   Enhancements Freeze has begun; its exceptions are settled and were reviewed
//	code/entry          Enhancements Freeze has begun
//	code/exit           Code Freeze has begun; its exceptions are settled and were reviewed
//	docs/entry          placeholders of documentation were due
//	docs/exit           Docs Freeze has begun; its exceptions; the release notes are written and reviewed
//	release/entry       the release date has come; no exception of any freeze is pending
//	release/exit        the release date is over
//	master/entry        Thaw has come
//	master/exit         the last date of the timeline is over
//
// A gate is signed by the role in the Who of the row that it is about, and most
// by the Release Team Lead too; that these are sign-offs is this example's
// policy. No sign-off is in the files, so every gate holds at best. Blocking
// tests and open issues are not in the files either, only links to them: the
// dashboards of a gate.
//
// # Notes
//
// A note is done if it is mapped, that is rewritten or confirmed by a person: that
// is what gates count. The change that it tells of is done if the note has the
// commit by which it was merged, and that is what the notes packet is drafted
// from. Every published change is told to customers, who run Kubernetes, and to
// support, since that is whom the project writes its notes for; leadership is told
// of those that require action or deprecate something. Kinds, SIGs and areas are
// labels. Changes whose published notes have the same words are told once, with
// all their numbers; the flag "duplicate" of the file says something else, that a
// note stands below several SIGs. What is not to be published is not told, and what
// requires action is told first: that a note is both is a gap.
//
// # Approvals
//
// The evidence log lists every exception with its answer, its day and the thread
// as evidence, asked of the role that the timeline has call for exceptions, and
// every sign-off of a gate. Who answered an exception, which control and which
// clause an approval satisfies, and where evidence is kept is not in the files.
//
// # Register
//
// What the files do not say is never invented: rules report it, and the register
// of open issues asks for it, addressed to engineering, product or compliance, with
// a prompt. [packet.Questions] asks about places that the packet has: an owner, a
// criterion. What is missing as a whole, such as the rollback SLA or the
// communication plan, has no such place, and who should be asked how is a matter of
// this process; so these questions are listed here, one for each part, and asked
// if a rule finds the part missing. So are rows whose date or owner cannot be right
// and roles that nobody holds. The Release Team Lead owns the questions, and they
// are due on the day before the release, as the calendar has it.
//
// # Facts
//
// Exceptions are approvals, notes and changes work items. The files do not say when
// they were true, so facts are observed when the files are read, and their
// source says so. A file that is not there, or that has entries nobody can
// read, makes its facts missing or incomplete, and the criteria unknown.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parseOptions(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitDone
	case err != nil:
		return exitUsage
	}
	var r *result
	f, err := readFolder(ctx, o.in, stderr)
	if err == nil {
		r, err = assemble(f, o.now, stderr)
	}
	if err == nil {
		err = r.write(o.out, stderr)
	}
	if err == nil {
		err = r.summarize(stdout)
	}
	if err != nil {
		say(stderr, "%v\n", err)
		return exitFailed
	}
	return exitDone
}

type options struct {
	in, out string
	now     time.Time
}

func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("kubernetes", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.in, "in", "", "read the release folder `DIR`")
	flags.StringVar(&o.out, "out", "", "write to `DIR`, which is made if it is not there")
	now := flags.String("now", "", "decide as of this `RFC3339` moment (default: the clock)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	var err error
	switch {
	case o.in == "" || o.out == "":
		err = errors.New("-in and -out are needed")
	case flags.NArg() > 0:
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case *now == "":
		o.now = time.Now().UTC().Truncate(time.Second)
	default:
		if o.now, err = time.Parse(time.RFC3339, *now); err != nil {
			err = fmt.Errorf("-now: %w", err)
		}
		o.now = o.now.UTC()
	}
	if err != nil {
		say(stderr, "%v\n", err)
		flags.Usage()
	}
	return o, err
}

// result is everything that comes of a folder.
type result struct {
	folder   *folder
	problems []problem
	facts    fact.Set
	packet   packet.Packet
	report   check.Report
	pages    render.Pages
	budget   *render.BudgetError // nil: the page has as many words as it has to have
}

// assemble builds the packet of a folder, decides and verifies it. What is found
// makes the register of open issues, which is part of the plan: so it is decided
// and verified once more.
func assemble(f *folder, now time.Time, progress io.Writer) (*result, error) {
	plan, catalog := buildPlan(f), buildCatalog(f)
	r := &result{folder: f, problems: f.found(), facts: buildFacts(f, now)}
	p := packet.New(plan, catalog).WithNotes(draftNotes(plan, r.facts)).WithCompliance(buildLog(f, catalog))
	var err error
	if r.packet, err = r.decide(p, now); err != nil {
		return nil, err
	}
	if r.packet, err = r.decide(withRegister(r.packet, r.verify(now).Findings), now); err != nil {
		return nil, err
	}
	r.report = r.verify(now)
	r.pages, err = render.Fit(r.packet, &render.MarkdownOptions{Report: &r.report})
	if err != nil && !errors.As(err, &r.budget) {
		return nil, err
	}
	r.report = r.report.With(render.Check(r.pages, r.packet, &check.Options{Now: now}))
	say(progress, "decided %d gates and checked %d rules\n", len(r.packet.Decisions.Gates), len(r.report.Rules))
	return r, nil
}

// decide returns the packet with its gates decided and their sign-offs on record.
func (r *result) decide(p packet.Packet, now time.Time) (packet.Packet, error) {
	digests, err := digestsOf(p.Plan, r.facts)
	if err != nil {
		return p, err
	}
	return packet.Record(p.WithDecisions(gates.Evaluate(p.Catalog, gates.Input{
		Plan: p.Plan, Facts: r.facts, Now: now, Subjects: packet.Subjects(p), Custom: customChecks(), Digests: digests,
	}))), nil
}

func (r *result) verify(now time.Time) check.Report {
	return withFiles(packet.Verify(r.packet, &packet.VerifyOptions{Facts: &r.facts, Now: now}), &r.packet, r.problems)
}

// digestsOf names what the decisions are made from, to the byte.
func digestsOf(plan release.Plan, facts fact.Set) (gates.Digests, error) {
	planText, err := packet.Marshal(plan)
	if err != nil {
		return gates.Digests{}, err
	}
	factsText, err := packet.Marshal(facts)
	if err != nil {
		return gates.Digests{}, err
	}
	return gates.Digests{Plan: value.Sum(planText), Facts: value.Sum(factsText)}, nil
}
