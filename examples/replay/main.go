// Command replay proves that a stored decision follows from what is stored with
// it: it decides again from the plan, the catalog, the waivers and the facts of
// a folder, and compares what comes out with its decisions, to the byte.
//
//	go run ./examples/quickstart -out DIR
//	go run ./examples/replay DIR
//
// The folder has plan.json, catalog.json, facts.json, decisions.json and, if
// there were waivers, waivers.json. A record of another engine is compared with
// -engine and its name: in verdicts, outcomes, codes and digests.
//
// The exit code is 0 if the record holds together, 1 if it does not or cannot be
// read, and 2 for a wrong command line. A catalog that names code of its host is
// replayed with that code, in gates.ReplayOptions.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/tidegate-go/tidegate/gates"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.SetOutput(stderr)
	engine := flags.String("engine", gates.Engine, "engine that made the record")
	flags.Usage = func() {
		_, _ = fmt.Fprintln(stderr, "usage: replay [-engine NAME] DIR")
		flags.PrintDefaults()
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() != 1:
		flags.Usage()
		return 2
	}
	if err := replay(flags.Arg(0), *engine, stdout); err != nil {
		_, _ = fmt.Fprintf(stderr, "replay: %v\n", err)
		return 1
	}
	return 0
}

func replay(dir, engine string, stdout io.Writer) error {
	record, err := read(dir)
	if err != nil {
		return err
	}
	decisions, err := gates.Replay(record, &gates.ReplayOptions{Engine: engine})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%d decisions of %s at %s follow from their inputs: %s\n",
		len(decisions.Gates), engine, decisions.DecidedAt.Format(time.RFC3339), decisions.Verdict())
	return err
}

// read reads the documents of a folder as they are stored.
func read(dir string) (gates.Record, error) {
	var r gates.Record
	for _, doc := range []struct {
		name string
		into *[]byte
	}{
		{"plan.json", &r.Plan}, {"catalog.json", &r.Catalog}, {"waivers.json", &r.Waivers},
		{"facts.json", &r.Facts}, {"decisions.json", &r.Decisions},
	} {
		text, err := os.ReadFile(filepath.Join(dir, doc.name))
		if errors.Is(err, fs.ErrNotExist) && doc.name == "waivers.json" {
			continue
		}
		if err != nil {
			return r, err
		}
		*doc.into = text
	}
	return r, nil
}
