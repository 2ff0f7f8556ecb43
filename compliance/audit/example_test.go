package audit_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/internal/sample"
)

// An auditor has a bundle, and the public key of its log from elsewhere.
func Example() {
	dir, err := os.MkdirTemp("", "audit-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	m, err := bundled(context.Background(), dir, situation{seed: 1})
	if err != nil {
		log.Fatal(err)
	}

	b, err := audit.Open(m.dir)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	report, err := audit.Check(b, &audit.Options{Key: public(1), Custom: sample.Checks()})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Release, "holds:", report.Holds)
	fmt.Println("verdict", report.Verdict, "of", len(report.Decisions), "gates")
	for _, o := range report.Open {
		fmt.Println("open:", o)
	}
	// Output:
	// Holiday checkout 2026.12.0 holds: true
	// verdict go of 8 gates
	// open: no earlier checkpoint was given: that the whole log was written anew with its key, forked, or cut off together with its checkpoints shows only beside one that was kept elsewhere
}
