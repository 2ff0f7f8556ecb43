package edits_test

import (
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/edits"
)

func TestDistance(t *testing.T) {
	long := strings.Repeat("ab", 100)
	for _, tt := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 3, 0}, {"", "ab", 3, 2}, {"window", "window", 3, 0}, {"windw", "window", 3, 1}, {"widnow", "window", 3, 1},
		{"wondiw", "window", 3, 2}, {"kitten", "sitting", 9, 3}, {"ca", "abc", 9, 3}, // not 2: nothing is edited twice
		{"kitten", "sitting", 2, 2}, {"a", "abcd", 3, 3}, {"Ä", "A", 9, 2}, {"same", "same", 0, 0},
		{long, long + "c", 9, 1}, {long, "x" + long[1:], 9, 1}, {long, strings.Repeat("ba", 100), 300, 2},
	} {
		if got := edits.Distance(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("%q and %q: %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := edits.Distance(tt.b, tt.a, tt.limit); got != tt.want {
			t.Errorf("%q and %q: %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}
