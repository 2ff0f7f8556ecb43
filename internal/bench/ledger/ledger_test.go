package ledger_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/bench/ledger"
)

// TestMeasures runs everything small: each measurement checks what it gets.
func TestMeasures(t *testing.T) {
	costs, err := ledger.Appends(1)
	if err != nil {
		t.Fatal(err)
	}
	long, err := ledger.Long(20_000)(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, writers := range ledger.Writers {
		for _, name := range []string{ledger.Ours(writers), ledger.Bare(writers), ledger.OursP99(writers), ledger.BareP99(writers)} {
			if costs[name].Nanoseconds <= 0 {
				t.Errorf("%s was not measured", name)
			}
		}
		if a, b := costs[ledger.OursBytes(writers)].Bytes, costs[ledger.BareBytes(writers)].Bytes; b < 200 || a < b || a > 2*b {
			t.Errorf("%d writers: %d and %d bytes a record", writers, a, b)
		}
	}
	for _, name := range []string{ledger.ProveTidegate, ledger.CheckTidegate, ledger.CheckTlog, ledger.VerifyTidegate, ledger.HashLines} {
		if long[name].Nanoseconds <= 0 {
			t.Errorf("%s was not measured", name)
		}
	}
	t.Log(costs, long)
}
