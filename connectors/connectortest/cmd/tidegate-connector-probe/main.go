// Tidegate-connector-probe asks the program of one connector one thing, and
// prints the answer as JSON: for authors and operators.
//
//	tidegate-connector-probe BINARY -config FILE [flags] describe
//	tidegate-connector-probe BINARY -config FILE [flags] check
//	tidegate-connector-probe BINARY -config FILE [flags] measure QUERY.json
//	tidegate-connector-probe BINARY -config FILE [flags] list QUERY.json
//
// The config is that of one instance, "settings" and "secrets" as in package
// configfile; describe needs none. A query is written as a plan or a catalog has
// it; its connector does not matter. The program is started whatever it is:
// without -pin nobody vouches for it, which the answer says.
//
// It ends with 0 if there is an answer, with 1 if the connector has none, an
// incomplete one, or is not ready, and with 2 if it was not asked.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/configfile"
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
	answered = iota
	unanswered
	unasked
)

// errNoAnswer says that what was printed is no answer.
var errNoAnswer = errors.New("no answer")

// probe is what the command line says.
type probe struct {
	program []string
	config  string
	pin     string
	timeout time.Duration
	most    int
	verbose bool
	errs    io.Writer
}

func run(ctx context.Context, args []string, out, errs io.Writer) int {
	p, words, err := parse(args, errs)
	if errors.Is(err, flag.ErrHelp) {
		return answered
	}
	var answer any
	if err == nil {
		answer, err = p.do(ctx, words)
	}
	if answer != nil {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if fault := enc.Encode(answer); fault != nil {
			err = fault
		}
	}
	switch {
	case err == nil:
		return answered
	case errors.Is(err, errNoAnswer):
		return unanswered
	}
	_, _ = fmt.Fprintln(errs, "tidegate-connector-probe:", err) // nobody is left to be told
	return unasked
}

// parse reads the command line and returns the words behind the flags.
func parse(args []string, errs io.Writer) (*probe, []string, error) {
	p := &probe{errs: errs}
	set := flag.NewFlagSet("tidegate-connector-probe", flag.ContinueOnError)
	set.SetOutput(errs)
	set.Usage = func() {
		_, _ = fmt.Fprintln(errs, "usage: tidegate-connector-probe BINARY -config FILE [flags] (describe | check | measure QUERY.json | list QUERY.json)")
		set.PrintDefaults()
	}
	set.StringVar(&p.config, "config", "", "`FILE` with the settings of one instance, and references to its secrets")
	var more []string
	set.Func("arg", "`ARGUMENT` of the program; may be given again", func(text string) error { more = append(more, text); return nil })
	set.StringVar(&p.pin, "pin", "", "SHA-256 of the program, in hexadecimal")
	set.DurationVar(&p.timeout, "timeout", 30*time.Second, "how long to wait for the answer")
	set.IntVar(&p.most, "max", 5000, "how many items of a list are printed; a longer one is incomplete")
	set.BoolVar(&p.verbose, "v", false, "print what the connector logs")
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		p.program, args = args[:1:1], args[1:]
	}
	if err := set.Parse(args); err != nil {
		return p, nil, err
	}
	words := set.Args()
	if len(p.program) == 0 && len(words) > 0 {
		p.program, words = words[:1:1], words[1:]
	}
	if len(p.program) > 0 {
		p.program = append(p.program, more...)
	}
	want := map[string]int{"describe": 1, "check": 1, "measure": 2, "list": 2}
	if len(p.program) == 0 || len(words) == 0 || want[words[0]] != len(words) {
		return p, nil, fmt.Errorf("%q is nothing to ask; want describe, check, measure QUERY.json or list QUERY.json", strings.Join(words, " "))
	}
	if p.config == "" && words[0] != "describe" {
		return p, nil, errors.New("no config: want -config FILE")
	}
	if p.timeout <= 0 || p.most <= 0 {
		return p, nil, fmt.Errorf("-timeout %v, -max %d: want more than 0", p.timeout, p.most)
	}
	return p, words, nil
}

// do asks. Its error is errNoAnswer if the answer says why there is none.
func (p *probe) do(ctx context.Context, words []string) (any, error) {
	path, err := exec.LookPath(p.program[0])
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	if words[0] == "describe" {
		return p.describe(ctx, path)
	}
	settings, err := configfile.ReadSettings(p.config)
	if err != nil {
		return nil, err
	}
	var q fact.Query
	if len(words) > 1 {
		data, err := os.ReadFile(words[1])
		if err != nil {
			return nil, err
		}
		if err := strictjson.Decode(data, &q, nil); err != nil {
			return nil, fmt.Errorf("query %s: %w", words[1], err)
		}
		if q.Yields.Shape == fact.NoShape || q.Yields.Shape.Items() != (words[0] == "list") {
			return nil, fmt.Errorf("query %s: yields %v; items are listed, numbers and series are measured", words[1], q.Yields.Shape)
		}
	}
	fleet, err := connectors.Open(ctx, connectors.Config{
		Logger: p.logger(), QueryTimeout: p.timeout, CollectTimeout: p.timeout, MaxItems: p.most,
		Connectors: []connectors.Launch{{Name: "probe", Command: append([]string{path}, p.program[1:]...), Pin: p.pin, Unpinned: p.pin == "",
			Settings: settings.JSON, Secrets: settings.Secrets}},
	})
	if _, ok := errors.AsType[*connectors.Diagnostic](err); ok {
		return readiness(err)
	}
	if err != nil {
		return nil, err
	}
	defer fleet.Close()
	if words[0] == "check" {
		return readiness(fleet.Check(ctx)[0].Err)
	}
	return p.collect(ctx, fleet, q)
}

func (p *probe) collect(ctx context.Context, fleet *connectors.Fleet, q fact.Query) (any, error) {
	q.Connector, q.Population = "probe", fact.Ask{}
	set := fleet.Collect(ctx, []fact.Query{q})
	i := slices.IndexFunc(set.Results, func(r fact.Result) bool { return r.Query == q })
	if i < 0 {
		return nil, errors.New("nobody answered")
	}
	if r := set.Results[i]; r.Failed() || !r.Complete {
		return r, errNoAnswer
	}
	return set.Results[i], nil
}

// logger shows what is logged, if that is wanted.
func (p *probe) logger() *slog.Logger {
	if !p.verbose {
		return nil
	}
	return slog.New(slog.NewTextHandler(p.errs, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// ready is the answer to check.
type ready struct {
	Ready       bool         `json:"ready"`
	Diagnostics []diagnostic `json:"diagnostics,omitzero"`
}

type diagnostic struct {
	Code       string `json:"code"`
	Summary    string `json:"summary"`
	Detail     string `json:"detail,omitzero"`
	Path       string `json:"path,omitzero"`
	Origin     string `json:"origin"`
	Retryable  bool   `json:"retryable,omitzero"`
	RetryAfter string `json:"retryAfter,omitzero"` // as Go writes lengths of time
	Status     int    `json:"status,omitzero"`
	RequestID  string `json:"requestId,omitzero"`
}

func readiness(err error) (any, error) {
	if err == nil {
		return ready{Ready: true}, nil
	}
	return ready{Diagnostics: diagnostics(err)}, errNoAnswer
}

// diagnostics are all that an error joins; others are the host's one line.
func diagnostics(err error) []diagnostic {
	if d, ok := err.(*connectors.Diagnostic); ok { //nolint:errorlint // it unwraps by itself, to find all of them
		const at = "connectors[0]." // there is no other
		one := diagnostic{Code: d.Code, Summary: strings.TrimPrefix(d.Summary, at), Detail: d.Detail, Path: strings.TrimPrefix(d.Path, at), Origin: d.Origin.String(), Retryable: d.Retryable, Status: d.Status, RequestID: d.RequestID}
		if d.RetryAfter > 0 {
			one.RetryAfter = d.RetryAfter.String()
		}
		return []diagnostic{one}
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []diagnostic
		for _, e := range joined.Unwrap() {
			all = append(all, diagnostics(e)...)
		}
		return all
	}
	if inner := errors.Unwrap(err); inner != nil {
		return diagnostics(inner)
	}
	return []diagnostic{{Code: connectors.CodeInternal, Summary: err.Error(), Origin: connectors.FromConnector.String()}}
}
