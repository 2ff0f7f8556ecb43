// Tidegate-connector-exam examines the program of a connector, in any language:
// what connectors/proto/README.md and the contract beside it demand.
//
//	tidegate-connector-exam BINARY -config FILE [flags] [-- ARGUMENTS]
//
// The config is that of one instance, "settings" and "secrets" as in package
// configfile. A connector answers queries, and of what it is not asked the exam
// cannot judge: -queries names a file with a JSON list of them. With -upstream
// the exam stands between the connector and its outside system.
//
// It ends with 0 if every case passed or was skipped, with 1 if one failed, and
// with 2 if there was no exam.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"

	"github.com/tidegate-go/tidegate/connectors/configfile"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// The statuses at the end.
const (
	passed = iota
	failed
	unusable
)

// flags are what the command line says.
type flags struct {
	program []string
	config  string
	queries string
	junit   string
	harness connectortest.Harness
	options connectortest.Options
}

func run(ctx context.Context, args []string, out, errs io.Writer) int {
	f, err := parse(args, errs)
	if errors.Is(err, flag.ErrHelp) {
		return passed
	}
	if err == nil {
		err = f.read()
	}
	if err != nil {
		_, _ = fmt.Fprintln(errs, "tidegate-connector-exam:", err) // nobody is left to be told
		return unusable
	}
	report, err := connectortest.Examine(ctx, f.harness, &f.options)
	err = errors.Join(err, report.WritePlain(out))
	if f.junit != "" {
		err = errors.Join(err, writeJUnit(f.junit, report))
	}
	switch {
	case err != nil:
		_, _ = fmt.Fprintln(errs, "tidegate-connector-exam:", err)
		return unusable
	case report.Err() != nil:
		return failed
	}
	return passed
}

// parse reads the command line: the program comes before the flags or behind them.
func parse(args []string, errs io.Writer) (flags, error) {
	f := flags{options: connectortest.Options{Skip: map[string]string{}}}
	set := flag.NewFlagSet("tidegate-connector-exam", flag.ContinueOnError)
	set.SetOutput(errs)
	set.Usage = func() {
		_, _ = fmt.Fprintln(errs, "usage: tidegate-connector-exam BINARY -config FILE [flags] [-- ARGUMENTS]")
		set.PrintDefaults()
	}
	set.StringVar(&f.config, "config", "", "`FILE` with the settings of one instance, and references to its secrets")
	set.StringVar(&f.queries, "queries", "", "`FILE` with a JSON list of queries that have an answer")
	set.StringVar(&f.junit, "junit", "", "write a report as JUnit XML to this `FILE`, too")
	set.StringVar(&f.harness.Upstream, "upstream", "", "`FIELD` of the settings with the URL of the outside system, such as baseURL")
	set.Func("skip", "`CASE=REASON` that is not tried; may be given again", func(text string) error {
		name, reason, _ := strings.Cut(text, "=")
		f.options.Skip[name] = reason
		return nil // the exam judges both
	})
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		f.program, args = args[:1:1], args[1:]
	}
	if err := set.Parse(args); err != nil {
		return f, err
	}
	f.program = append(f.program, set.Args()...)
	if len(f.program) == 0 {
		return f, errors.New("no program: want BINARY -config FILE")
	}
	if f.config == "" {
		return f, errors.New("no config: want -config FILE")
	}
	return f, nil
}

// read reads the files that the flags name.
func (f *flags) read() error {
	path, err := exec.LookPath(f.program[0])
	if err != nil {
		return err
	}
	f.harness.Program = append([]string{path}, f.program[1:]...)
	if f.harness.Settings, err = configfile.ReadSettings(f.config); err != nil {
		return err
	}
	if f.queries == "" {
		return nil
	}
	data, err := os.ReadFile(f.queries)
	if err != nil {
		return err
	}
	var queries []fact.Query
	if err := strictjson.Decode(data, &queries, nil); err != nil {
		return fmt.Errorf("queries %s: %w", f.queries, err)
	}
	for i, q := range queries {
		switch shape := q.Yields.Shape; {
		case shape.Items():
			f.harness.Listed = append(f.harness.Listed, q)
		case shape == fact.NoShape:
			return fmt.Errorf("queries %s: [%d].yields: the query does not say what it yields", f.queries, i)
		default:
			f.harness.Measured = append(f.harness.Measured, q)
		}
	}
	return nil
}

func writeJUnit(path string, report connectortest.Report) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(report.WriteJUnit(file), file.Close())
}
