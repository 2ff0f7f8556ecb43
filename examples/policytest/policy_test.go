package policytest

import (
	"bytes"
	"os"
	"testing"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/gates/gatestest"
)

func facts(fs ...gatestest.Fact) []gatestest.Fact { return fs }

func p95(ms float64) gatestest.Fact { return gatestest.Value("p95", ms) }

func blockers(n, outOf float64) gatestest.Fact { return gatestest.CountOf("blockers", n, outOf) }

func TestStagingExit(t *testing.T) {
	gatestest.Run(t, StagingExit("2026.12.0"), []gatestest.Case{
		{Name: "healthy", Facts: facts(p95(400), blockers(0, 31)), SignedOff: gatestest.Everyone, Want: gates.Go},
		{Name: "slow", Facts: facts(p95(470), blockers(0, 31)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"p95"}},
		{Name: "blocked", Facts: facts(p95(400), blockers(2, 31)), SignedOff: gatestest.Everyone, Want: gates.NoGo, Because: []string{"blockers"}},
		{Name: "wrong JQL matches nothing", Facts: facts(p95(400), blockers(0, 0)), SignedOff: gatestest.Everyone, Want: gates.Hold},
		{Name: "Datadog is down", Facts: facts(blockers(0, 31)), SignedOff: gatestest.Everyone, Want: gates.Hold},
	})
}

// The README shows the test above as it stands.
func TestReadmeShowsThis(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("policy_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := bytes.Cut(source, []byte("\nfunc TestStagingExit"))
	body, _, ok := bytes.Cut(after, []byte("\n}\n"))
	if !ok || !bytes.Contains(readme, append([]byte("```go\nfunc TestStagingExit"), body...)) {
		t.Error("README.md shows another TestStagingExit")
	}
}
