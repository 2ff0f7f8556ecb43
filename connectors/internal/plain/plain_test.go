package plain_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/connectors/internal/plain"
)

// Wherever the limit falls, no character is cut.
func TestCut(t *testing.T) {
	for before := range utf8.UTFMax {
		for _, char := range []string{"a", "é", "…", "😀"} {
			s := strings.Repeat("x", before) + strings.Repeat(char, 600)
			for what, got := range map[string]string{"clip": plain.Clip(s), "line": plain.OneLine(s)} {
				text, ok := strings.CutSuffix(got, "…")
				if !ok || !utf8.ValidString(got) || !strings.HasPrefix(s, text) || len(text) > plain.MaxLine || what == "clip" && len(text) > plain.MaxClip {
					t.Errorf("%s of %d and %s: %q", what, before, char, got)
				}
			}
		}
	}
	if got := plain.OneLine(" a\n\tb "); got != "a b" {
		t.Error(got)
	}
	if got := plain.Clip(strings.Repeat("\x80", 100)); len(got) > plain.MaxClip+len("…") || len(got) < plain.MaxClip-utf8.UTFMax {
		t.Errorf("%q", got) // what is no text is quoted, too
	}
}
