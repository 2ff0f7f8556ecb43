package upstream

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

const maxLine = 300 // runes of a summary

// urlSecrets finds what may be secret in any URL: the user and password, and
// the query, in which some systems take keys.
var urlSecrets = regexp.MustCompile(`(?i)(\b[a-z][a-z0-9+.-]*://)([^\s/?#"'@]*@)?([^\s?"']*)(\?[^\s"']*)?`)

// newStrike returns a function that strikes the secrets out of a text.
func newStrike(secrets []string) func(string) string {
	known := redact.New(secrets...)
	return func(text string) string {
		return urlSecrets.ReplaceAllStringFunc(known.String(text), func(u string) string {
			m := urlSecrets.FindStringSubmatch(u)
			if m[4] != "" {
				m[4] = "?" + redact.Mark
			}
			return m[1] + m[3] + m[4]
		})
	}
}

// oneLine is text with every run of spaces and control characters as one space,
// cut to a readable length. Secrets are struck out before: a cut one is not found.
func oneLine(text string) string {
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "?"), func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsGraphic(r)
	}), " ")
	if runes := []rune(text); len(runes) > maxLine {
		return string(runes[:maxLine]) + "…"
	}
	return text
}
