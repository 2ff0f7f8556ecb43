package notes

import (
	"regexp"
	"slices"
	"strings"
)

// Words in the text of an item behind which the rest is an instruction. The
// first is what the release notes of Kubernetes write (sig-release, release
// notes of 1.36), in any case.
var (
	actionMark = regexp.MustCompile(`(?i)\baction required:`)
	remedyMark = regexp.MustCompile(`(?i)\b(?:workaround|remedy):`)
)

// clean returns the text on one line.
func clean(text string) string { return strings.Join(strings.Fields(text), " ") }

// fenced returns the texts of the fenced code blocks (CommonMark 0.31 §4.5) whose
// info string begins with one of the words, in any case. A block that is not
// closed goes on until the end.
func fenced(text string, words []string) []string {
	var blocks, lines []string
	fence, wanted := "", false
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		mark := strings.Repeat(bare[:min(1, len(bare))], len(bare)-len(strings.TrimLeft(bare, bare[:min(1, len(bare))])))
		info := strings.Fields(strings.TrimPrefix(bare, mark))
		switch opens := len(mark) >= 3 && (mark[0] == '`' || mark[0] == '~'); {
		case fence == "" && opens:
			fence = mark
			wanted = len(info) > 0 && slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(strings.TrimSpace(w), info[0]) })
		case fence != "" && strings.HasPrefix(mark, fence) && len(info) == 0:
			if wanted {
				blocks = append(blocks, strings.Join(lines, ""))
			}
			fence, wanted, lines = "", false, nil
		case wanted:
			lines = append(lines, line)
		}
	}
	if wanted {
		blocks = append(blocks, strings.Join(lines, ""))
	}
	return blocks
}

// saysNothing reports whether a text says that there is nothing to tell, as
// authors do where a form wants a text.
func saysNothing(text string) bool {
	switch strings.ToLower(strings.Trim(text, " .\"'`")) {
	case "none", "n/a", "na":
		return true
	default:
		return false
	}
}

// split cuts a text at the first mark.
func split(text string, mark *regexp.Regexp) (before, after string, found bool) {
	at := mark.FindStringIndex(text)
	if at == nil {
		return text, "", false
	}
	return strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:]), true
}

// instruction returns the text of a change and what it asks of the reader. A
// text that is nothing but an instruction is both.
func instruction(text string, marked bool) (change, action string) {
	before, after, found := split(text, actionMark)
	switch {
	case found && after == "":
		return before, before
	case found && before == "":
		return after, after
	case found:
		return before, after
	case marked:
		return text, text
	default:
		return text, ""
	}
}
