package plain_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/connectors/internal/plain"
)

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"a\tb\nc é😀":            "a\tb\nc é😀",
		"\x1b[2J\x1b]0;x\x07ok": "[2J]0;xok",
		"a\u202eb\u009bc\x7f":   "abc",
		"\xff":                  "\ufffd",
	} {
		if got := plain.Printable(text); got != want {
			t.Errorf("Printable(%q) = %q, want %q", text, got, want)
		}
	}
}
