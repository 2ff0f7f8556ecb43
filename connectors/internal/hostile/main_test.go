//go:build unix

package hostile_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
)

// The test binary is its own connectors' binary: an honest one, or with the
// first argument one that commits a crime.
func TestMain(m *testing.M) {
	if connectors.Main(honest{}) {
		return
	}
	if len(os.Args) == 3 && os.Args[1] == villainous {
		commit(os.Args[2])
		return
	}
	hosttest.NoSleep()
	goleak.VerifyTestMain(m)
}
