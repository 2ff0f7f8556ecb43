// Command audit says whether a bundle holds: whether every decision follows
// from its evidence, whether anything was altered, removed, cut off or put in
// another order, and who approved what when. It needs the bundle and the public
// key of its log, and no network.
//
//	go run ./examples/quickstart -out DIR
//	go run ./examples/audit -key FILE DIR/bundle
//
// The bundle is a folder, or an archive of tar(1). FILE has the public key, from
// elsewhere than the bundle; without it the bundle's own is taken, and the key
// is reported as unpinned. -checkpoint names a file with an earlier checkpoint of
// the log that was kept out of its writer's reach, which shows what no key can:
// that the whole log was written anew. -json writes the report as JSON, and
// -register the register of approvals as CSV for a spreadsheet, instead of it.
//
// The exit code is 0 if the bundle holds, 1 if it does not, and 2 if it cannot
// be read or the command line is wrong.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/compliance/evidence"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// The exit codes.
const (
	holds      = 0
	holdsNot   = 1
	unreadable = 2
)

// command is the command line.
type command struct {
	json       bool
	register   bool
	key        string
	checkpoint string
	bundle     string
}

func run(args []string, stdout, stderr io.Writer) int {
	c, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return holds
	case err != nil:
		return unreadable
	}
	report, err := c.audit(stdout)
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "audit: %v\n", err)
		return unreadable
	}
	if !report.Holds {
		if c.register {
			_, _ = fmt.Fprintf(stderr, "audit: the bundle does not hold: %d problems, which the report lists\n", len(report.Problems))
		}
		return holdsNot
	}
	return holds
}

func parse(args []string, stderr io.Writer) (command, error) {
	var c command
	flags := flag.NewFlagSet("audit", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&c.json, "json", false, "write the report as JSON")
	flags.BoolVar(&c.register, "register", false, "write the register of approvals as CSV instead of the report")
	flags.StringVar(&c.key, "key", "", "file with the public key of the log, from elsewhere than the bundle")
	flags.StringVar(&c.checkpoint, "checkpoint", "", "file with an earlier checkpoint, from elsewhere than the bundle")
	flags.Usage = func() {
		_, _ = fmt.Fprintln(stderr, "usage: audit [-key FILE] [-checkpoint FILE] [-json | -register] BUNDLE")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	var empty error
	flags.Visit(func(f *flag.Flag) {
		if f.Value.String() == "" {
			empty = fmt.Errorf("-%s is empty, want a file", f.Name)
			_, _ = fmt.Fprintf(stderr, "audit: %v\n", empty)
		}
	})
	if empty != nil {
		return c, empty
	}
	if flags.NArg() != 1 {
		flags.Usage()
		return c, errors.New("want one bundle")
	}
	c.bundle = flags.Arg(0)
	return c, nil
}

// audit reads what the command line names, audits it, and writes what it found.
func (c command) audit(w io.Writer) (audit.Report, error) {
	var o audit.Options
	if c.key != "" {
		text, err := read(c.key)
		if err != nil {
			return audit.Report{}, err
		}
		if o.Key, err = evidence.ParsePublicKey(text); err != nil {
			return audit.Report{}, fmt.Errorf("%s: %w", c.key, err)
		}
	}
	if c.checkpoint != "" {
		text, err := read(c.checkpoint)
		if err != nil {
			return audit.Report{}, err
		}
		if o.Witness = text; text == "" {
			return audit.Report{}, fmt.Errorf("%s: it is empty, want a checkpoint", c.checkpoint)
		}
	}
	bundle, err := audit.Open(c.bundle)
	if err != nil {
		return audit.Report{}, err
	}
	defer func() { _ = bundle.Close() }() // it was only read
	report, err := audit.Check(bundle, &o)
	switch {
	case err != nil:
	case c.register:
		err = bundle.WriteRegister(w)
	case c.json:
		err = writeJSON(w, report)
	default:
		err = report.WriteText(w)
	}
	return report, err
}

// read reads a small file.
func read(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, 1<<16))
	return string(text), err
}

func writeJSON(w io.Writer, r audit.Report) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
