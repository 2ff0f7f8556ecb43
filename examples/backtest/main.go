// Command backtest asks what a changed policy would have decided about the last
// 20 releases: every verdict that flips, either way, and because of which
// criterion.
//
//	go run ./examples/backtest
//
// The history is in history.go, the policy in force and the proposal in
// policy.go. A team reads its history from where the records are kept, with
// gates.Record.
package main

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/tidegate-go/tidegate/gates"
)

func main() {
	if err := run(os.Stdout); err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "backtest: %v\n", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	past := history()
	flips := gates.Backtest(proposal(), past)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(cells ...any) { _, _ = fmt.Fprintf(w, "%v\t%v\t%v\t%v\t%v\n", cells...) } // Flush reports what went wrong
	row("RELEASE", "GATE", "WAS", "IS", "BECAUSE")
	stricter, looser := 0, 0
	for _, f := range flips {
		if gates.Worse(f.Was, f.Is) == f.Is {
			stricter++
		} else {
			looser++
		}
		release, gate, was, is := f.Release, f.Gate, f.Was.String(), f.Is.String()
		for _, cause := range f.Because {
			row(release, gate, was, is, cause)
			release, gate, was, is = "", "", "", ""
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%d releases, %d verdicts flip: %d become stricter, %d looser\n", len(past), len(flips), stricter, looser)
	return err
}
