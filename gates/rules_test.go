package gates_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/check"
)

// sound is a catalog in which no rule finds anything.
func sound() gates.Catalog { return sample.Catalog() }

func TestRules(t *testing.T) {
	for _, err := range check.Examine(sound, gates.Rules(), nil) {
		t.Error(err)
	}
}
