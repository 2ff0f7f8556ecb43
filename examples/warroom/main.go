// Command warroom runs the communications of one release from 72 hours before its
// window opens until 12 hours after it has closed, by a simulated clock: the plan of
// testdata/packet.json, with a canary that breaks at 25 %, a page that nobody
// answers, a rollback and a recovery.
//
//	go run ./examples/warroom -out DIR
//
// It prints the timeline, and leaves in DIR every letter as it went to its channel,
// every document, the journal of the courier, the log and the report of the rules
// about communications, notes and conduct. Nothing is sent to anybody: channels are
// folders. The same run leaves the same bytes.
//
// The exit code is 0 when the run is over, 1 when it failed, and 2 for a wrong
// command line.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	_ "time/tzdata" // the release is in New York, wherever it is run
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("warroom", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "", "folder to write to (default: a new one)")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		_, _ = fmt.Fprintf(stderr, "warroom: unexpected argument %q\n", flags.Arg(0))
		return 2
	}
	if err := warroom(*out, stdout); err != nil {
		_, _ = fmt.Fprintf(stderr, "warroom: %v\n", err)
		return 1
	}
	return 0
}

func warroom(dir string, stdout io.Writer) error {
	var err error
	if dir == "" {
		dir, err = os.MkdirTemp("", "tidegate-warroom-")
	} else {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return err
	}
	journal, err := createJournal(filepath.Join(dir, "journal.jsonl"))
	if err != nil {
		return err
	}
	defer func() { _ = journal.Close() }() // every entry is on the disk already
	r, err := newRun(journal)
	if err != nil {
		return err
	}
	var timeline bytes.Buffer
	r.timeline = &timeline
	if err := r.simulate(context.Background(), r.closes.Add(afterwards)); err != nil {
		return err
	}
	if err := r.write(dir); err != nil {
		return err
	}
	r.summarise(&timeline, dir)
	_, err = stdout.Write(timeline.Bytes())
	return err
}
