// Package plain bounds the texts of others that stand in messages for people.
package plain

import (
	"strings"
	"unicode/utf8"
)

// The longest texts, in bytes.
const (
	MaxClip = 80
	MaxLine = 500
)

// Clip bounds what a message quotes.
func Clip(s string) string { return cut(s, MaxClip) }

// OneLine bounds a text and folds its lines into one.
func OneLine(s string) string { return cut(strings.Join(strings.Fields(s), " "), MaxLine) }

// cut never cuts inside a character, for half of one is not UTF-8 and protobuf
// would refuse the whole message.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := most
	for end > most-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
