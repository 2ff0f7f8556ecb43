package main

import (
	"bytes"
	stderrors "errors"
	"testing"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/golden"
)

func TestRun(t *testing.T) {
	var out bytes.Buffer
	if err := run(&out); err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, "testdata/stdout.golden", out.Bytes())
}

// The policy in force flips nothing, and the history has every verdict.
func TestHistory(t *testing.T) {
	past := history()
	if flips := gates.Backtest(policy(), past); len(flips) != 0 {
		t.Errorf("the same policy flips %+v", flips)
	}
	seen := map[gates.Verdict]int{}
	for _, p := range past {
		for _, d := range gates.Evaluate(p.Catalog, p.Input).Gates {
			seen[d.Verdict]++
		}
	}
	if len(past) != 20 || seen[gates.Go] == 0 || seen[gates.Hold] == 0 || seen[gates.NoGo] == 0 {
		t.Errorf("%d releases, verdicts %v", len(past), seen)
	}
}

// broken is an output that takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, stderrors.New("full") }

func TestOutputIsFull(t *testing.T) {
	if err := run(broken{}); err == nil {
		t.Error("what could not be written is not reported")
	}
}
