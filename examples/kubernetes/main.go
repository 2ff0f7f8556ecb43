// Command kubernetes reads the folder of a Kubernetes release and decides the
// gates that such a folder can carry:
//
//	go run ./examples/kubernetes -in DIR -out DIR [-now 2026-04-22T12:00:00Z]
//
// The folder is one of those below releases/ of github.com/kubernetes/sig-release
// and holds README.md with the timeline, release-team.md, exceptions.yaml and
// release-notes-draft.json. Nothing is asked of the network. What is written is
// packet.md for people, packet.json, findings.json with everything that is
// wrong or missing, in the files as well as in the packet, and facts.json, which
// the decisions rest on. Gates that hold are
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
// delegate of a sign-off. "TBD" is nobody. Rollback SLA, components, objectives,
// operating time zone and the like are not in the files: rules report them.
// Rows that the plan has no place for are counted and listed, never dropped.
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
// # Facts
//
// Exceptions are approvals, release notes work items. A note is done if it is
// mapped, that is rewritten or confirmed by a person. The files do not say when
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
}

// assemble builds the packet of a folder, decides and verifies it.
func assemble(f *folder, now time.Time, progress io.Writer) (*result, error) {
	plan, catalog := buildPlan(f), buildCatalog(f)
	r := &result{folder: f, problems: f.found(), facts: buildFacts(f, now)}
	digests, err := digestsOf(plan, r.facts)
	if err != nil {
		return nil, err
	}
	r.packet = packet.New(plan, catalog)
	r.packet = r.packet.WithDecisions(gates.Evaluate(catalog, gates.Input{
		Plan: plan, Facts: r.facts, Now: now, Subjects: packet.Subjects(r.packet), Custom: customChecks(), Digests: digests,
	}))
	r.report = packet.Verify(r.packet, &packet.VerifyOptions{Facts: &r.facts, Now: now})
	own := check.Run(&r.packet, fileRules(r.problems), nil)
	r.report.Findings = append(r.report.Findings, own.Findings...)
	r.report.Rules = append(r.report.Rules, own.Rules...)
	say(progress, "decided %d gates and checked %d rules\n", len(r.packet.Decisions.Gates), len(r.report.Rules))
	return r, nil
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
