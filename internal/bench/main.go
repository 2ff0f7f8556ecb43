package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/internal/bench/engines"
	"github.com/tidegate-go/tidegate/internal/bench/ledger"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
	"github.com/tidegate-go/tidegate/internal/bench/paper"
	"github.com/tidegate-go/tidegate/internal/bench/ranks"
	"github.com/tidegate-go/tidegate/internal/bench/wire"
)

func main() {
	if wire.Main() { // this process is a connector or a peer
		return
	}
	testing.Init() // so that its benchtime can be set
	rounds := flag.Int("rounds", 9, "how often each piece of work takes its turn")
	benchtime := flag.Duration("benchtime", 100*time.Millisecond, "how long one turn is")
	only := flag.String("only", "", "print only rows whose name contains this")
	flag.Parse()
	if err := run(os.Stdout, *rounds, *benchtime, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, rounds int, benchtime time.Duration, only string) error {
	if rounds < 1 {
		return fmt.Errorf("rounds %d: want at least one", rounds)
	}
	if err := flag.Set("test.benchtime", benchtime.String()); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, %d processors, %d rounds of %s, medians\n", runtime.Version(), runtime.GOMAXPROCS(0), rounds, benchtime)
	fmt.Fprintln(w, "name | ours | peer | ratio | target | ok or MISS")
	for _, group := range groups {
		rows, err := group.rows()
		if err != nil {
			return err
		}
		if rows = containing(rows, only); len(rows) == 0 {
			continue
		}
		costs, err := group.costs(rows, rounds)
		if err != nil {
			return err
		}
		for _, r := range rows {
			fmt.Fprintln(w, r.line(costs))
		}
	}
	return nil
}

// groups are the rows of the report. What is compared stands in one group: it
// takes turns with each other.
var groups = []struct {
	rows  func() ([]row, error)
	costs func(rows []row, rounds int) (map[string]measure.Cost, error)
}{
	{fixed(evaluateRows), loops(engines.Works)},
	{fixed(growthRows()), loops(engines.GrowthWorks)},
	{fixed(paperRows), loops(paper.Works)},
	{paperGrowthRows, loops(paper.GrowthWorks)},
	{fixed(rankRows), loops(ranks.Works)},
	{fixed(unaryRows), turns(wire.Unary)},
	{fixed(listRows), turns(wire.Lists)},
	{fixed(startRows), turns(wire.Start)},
	{fixed(ledgerRows()), turns(ledger.Appends)},
	{fixed(ledgerLongRows), turns(ledger.Long(ledger.Records))},
}

func fixed(rows []row) func() ([]row, error) { return func() ([]row, error) { return rows, nil } }

func loops(works func() []measure.Work) func([]row, int) (map[string]measure.Cost, error) {
	return func(rows []row, rounds int) (map[string]measure.Cost, error) {
		return measure.Rounds(needed(works(), rows), rounds)
	}
}

// turns takes the seven runs that the targets speak of, or fewer if fewer are asked for.
func turns(costs func(rounds int) (map[string]measure.Cost, error)) func([]row, int) (map[string]measure.Cost, error) {
	return func(_ []row, rounds int) (map[string]measure.Cost, error) { return costs(min(rounds, 7)) }
}

func containing(rows []row, part string) []row {
	var found []row
	for _, r := range rows {
		if strings.Contains(r.name, part) {
			found = append(found, r)
		}
	}
	return found
}

// needed leaves out work that no row speaks of.
func needed(works []measure.Work, rows []row) []measure.Work {
	var found []measure.Work
	for _, w := range works {
		for _, r := range rows {
			if w.Name == r.ours || w.Name == r.peer {
				found = append(found, w)
				break
			}
		}
	}
	return found
}
