package pagetest_test

import (
	"fmt"
	"testing"

	"github.com/tidegate-go/tidegate/render/internal/pagetest"
)

// recorder keeps what a judge says.
type recorder struct{ said []string }

func (*recorder) Helper()                      {}
func (r *recorder) Error(args ...any)          { r.said = append(r.said, fmt.Sprint(args...)) }
func (r *recorder) Errorf(f string, as ...any) { r.said = append(r.said, fmt.Sprintf(f, as...)) }

func TestLines(t *testing.T) {
	for page, faults := range map[string]int{
		"# A\n\nText\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| x \\| y | z |\n": 0,
		"# A":                            1,
		"# A\n\n":                        1,
		"# A\n\n\nText\n":                1,
		"# A \n":                         1,
		"# A\nText\n":                    1,
		"# A\n## B\n":                    1,
		"Text\n- one\n":                  1,
		"Text\nmore\n":                   1,
		"| a |\n- one\n":                 1,
		"| a | b |\n| a |\n":             1,
		"| a | b |\n| x \\\\| y | z |\n": 1,
	} {
		var r recorder
		if pagetest.Lines(&r, page); len(r.said) != faults {
			t.Errorf("%q: %d faults %q, want %d", page, len(r.said), r.said, faults)
		}
	}
}
