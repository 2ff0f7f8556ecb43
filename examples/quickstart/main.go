// Command quickstart decides a release that is ready up to staging and not
// further: five services and two apps on their way through four environments.
//
// The plan is in plan.go and the policy, which is the gates, in policy.go. Issues,
// metrics, monitors, incidents and who is on call are asked for live, in Jira,
// Azure Boards, Datadog and PagerDuty: the program starts itself once more for
// each connector (systems.go), which asks a stand-in on this machine
// (standins.go). The other facts are an embedded snapshot, facts.json, of what
// approvers and the pipeline said at one moment. Every gate is decided at that
// moment, the packet is verified, and everything that the decision rests on is
// written, also to an evidence log (bundle.go) that examples/audit verifies:
//
//	go run ./examples/quickstart [-out DIR]
//
// A gate that holds or refuses is a normal result. The exit code is 0 when the
// files are written, 1 when they could not be, and 2 for a wrong command line.
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

	"github.com/tidegate-go/tidegate/connectors"
)

func main() {
	if connectors.Main(own()...) {
		return // this process was a connector
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "", "folder to write to (default: a new one)")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		say(stderr, "quickstart: unexpected argument %q\n", flags.Arg(0))
		return 2
	}
	if err := quickstart(ctx, *out, stdout, stderr); err != nil {
		say(stderr, "quickstart: %v\n", err)
		return 1
	}
	return 0
}

func quickstart(ctx context.Context, dir string, stdout, stderr io.Writer) error {
	progress := func(format string, args ...any) { say(stderr, format+"\n", args...) }

	progress("asking the connectors, and reading the snapshot of the other facts")
	outside, err := standIns()
	if err != nil {
		return err
	}
	defer func() { _ = outside.Close() }() // they serve nobody else
	dir, err = folder(dir)
	if err != nil {
		return err
	}
	r, err := decide(ctx, outside, 10*time.Second, dir)
	if err != nil {
		return err
	}
	progress("decided %d gates from %d results", len(r.packet.Decisions.Gates), len(r.facts.Results))
	files, err := r.write(dir)
	if err != nil {
		return err
	}
	audited, err := r.bundle(ctx, dir)
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	progress("wrote %d files", len(files))
	return r.summarise(stdout, dir, files, audited)
}

// folder makes the folder to write to; without a name it is a new one.
func folder(dir string) (string, error) {
	if dir == "" {
		return os.MkdirTemp("", "tidegate-quickstart-")
	}
	return dir, os.MkdirAll(dir, 0o755)
}

// say writes progress and errors for whoever watches. That it cannot be
// written changes nothing.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }
