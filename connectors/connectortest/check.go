package connectortest

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Check examines a connector outside of a test: in this process, across gRPC,
// and as a process, as far as the harness has it. The error joins one for each
// case that failed; cases that need what the harness does not have are skipped,
// which [Examine] tells.
//
// All cases share the harness. What it has to do with tests, it has not.
func Check(ctx context.Context, h Harness) error {
	r, err := Examine(ctx, h, nil)
	return errors.Join(err, r.Err())
}

// Result is the outcome of one case.
type Result struct {
	Way      string // "direct", "grpc" or "process"
	Case     string
	Promise  string   // what the case proves
	Failures []string // none: it passed, unless it was skipped
	Skipped  string   // why it was not tried
	Took     time.Duration
}

// Report is what came out of an exam, in the order of its cases.
type Report struct {
	Results []Result
}

// Examine is [Check] with options and a report. It has an error, and no
// results, if the options name no case or no reason, and if there is nothing to
// examine. It stops when ctx ends, with what it has.
func Examine(ctx context.Context, h Harness, options *Options) (Report, error) {
	if options == nil {
		options = &Options{}
	}
	if err := options.faults(); err != nil {
		return Report{}, err
	}
	var r Report
	for _, way := range []ways{direct, acrossGRPC, asProcess} {
		if !h.has(way) {
			continue
		}
		for _, c := range clauses {
			if c.ways&way == 0 {
				continue
			}
			if err := ctx.Err(); err != nil {
				return r, fmt.Errorf("exam: %w", err)
			}
			result := Result{Way: wayNames[way], Case: c.name, Promise: c.promise, Skipped: options.Skip[c.name]}
			if result.Skipped == "" {
				began := time.Now()
				p := sit(ctx, func(d desk) { take(d, h, way, c) })
				result.Failures, result.Skipped, result.Took = p.failed(), p.skipped, time.Since(began)
			}
			r.Results = append(r.Results, result)
		}
	}
	if len(r.Results) == 0 {
		return r, errors.New("exam: the harness has neither a connector nor a program")
	}
	return r, nil
}

// Err joins an error for each case that failed; nil if none did.
func (r Report) Err() error {
	var all []error
	for _, one := range r.Results {
		if len(one.Failures) > 0 {
			all = append(all, fmt.Errorf("exam: %s/%s: %s\n\t%s", one.Way, one.Case, one.Promise, strings.Join(one.Failures, "\n\t")))
		}
	}
	return errors.Join(all...)
}

// WritePlain writes a line for each case, with the sentence that was broken and
// what broke it, and a last line that counts.
func (r Report) WritePlain(w io.Writer) error {
	var text strings.Builder
	passed, failed, skipped := 0, 0, 0
	for _, one := range r.Results {
		switch name := one.Way + "/" + one.Case; {
		case len(one.Failures) > 0:
			failed++
			fmt.Fprintf(&text, "FAIL %s: %s\n", name, one.Promise)
			for _, f := range one.Failures {
				fmt.Fprintf(&text, "     %s\n", strings.ReplaceAll(f, "\n", "\n     "))
			}
		case one.Skipped != "":
			skipped++
			fmt.Fprintf(&text, "skip %s: %s\n", name, one.Skipped)
		default:
			passed++
			fmt.Fprintf(&text, "ok   %s\n", name)
		}
	}
	fmt.Fprintf(&text, "%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	_, err := io.WriteString(w, text.String())
	return err
}

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"` // seconds
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure"`
	Skipped *junitSkipped `xml:"skipped"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

// WriteJUnit writes the report as JUnit XML: one suite, the ways as classes,
// times in seconds.
func (r Report) WriteJUnit(w io.Writer) error {
	suite := junitSuite{Name: "tidegate-connector-exam", Tests: len(r.Results)}
	var all time.Duration
	for _, one := range r.Results {
		c := junitCase{Class: one.Way, Name: one.Case, Time: seconds(one.Took)}
		all += one.Took
		if len(one.Failures) > 0 {
			suite.Failures++
			c.Failure = &junitFailure{Message: one.Promise, Text: strings.Join(one.Failures, "\n")}
		} else if one.Skipped != "" {
			suite.Skipped++
			c.Skipped = &junitSkipped{Message: one.Skipped}
		}
		suite.Cases = append(suite.Cases, c)
	}
	suite.Time = seconds(all)
	data, err := xml.MarshalIndent(suite, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, data)
	return err
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
