package main

import (
	"regexp"
	"slices"
	"strings"
)

// nobodies are what a cell says when there is nobody, or no date, yet.
var nobodies = []string{"", "tbd", "tba", "n/a", "na", "none", "-", "–", "—", "?", "vacant", "open"}

func nobody(s string) bool {
	return slices.Contains(nobodies, strings.ToLower(strings.TrimSpace(s)))
}

// slackText is a Slack id without code marks: "/ Slack: Jane Doe)".
var slackText = regexp.MustCompile(`(?i)[/,]?\s*\bslack\b\s*(?:id)?\s*:?\s*([^,;)]*)`)

// readMembers splits a cell into the people who have a GitHub link and what
// else names somebody. Brackets do not count: they are often not closed.
func readMembers(pieces []piece) (members []member, rest []string) {
	before := "" // text since the last account
	for _, p := range pieces {
		github := githubID(p.link)
		n := len(members)
		switch {
		case github != "":
			before = takeSlack(members, before)
			names := split(before)
			name := strings.TrimPrefix(strings.TrimPrefix(p.text, "@"), "and ")
			if len(names) > 0 {
				name, names = names[len(names)-1], names[:len(names)-1]
			}
			rest = append(rest, names...)
			members = append(members, member{name: name, github: github})
			before = ""
		case p.code && n > 0 && members[n-1].slack == "":
			members[n-1].slack = slackID(p.text)
			before = ""
		default:
			before += p.text
		}
	}
	return members, append(rest, split(takeSlack(members, before))...)
}

// takeSlack gives the last person the Slack id that stands in the text, if
// none was found in code marks, and returns the text without it.
func takeSlack(members []member, text string) string {
	n := len(members)
	if n == 0 {
		return slackText.ReplaceAllString(text, "")
	}
	at := slackText.FindStringSubmatchIndex(text)
	if at == nil {
		return text
	}
	if members[n-1].slack == "" {
		members[n-1].slack = slackID(text[at[2]:at[3]])
	}
	return text[:at[0]] + text[at[1]:]
}

func slackID(s string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "@"))
}

// split returns the names in a text that is divided by commas.
func split(text string) []string {
	var names []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		part = strings.Trim(part, " \t()[]/:|&")
		part = strings.TrimSpace(strings.TrimPrefix(part, "and "))
		if !nobody(part) && part != "and" {
			names = append(names, part)
		}
	}
	return names
}
