package main

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
)

// team is what release-team.md says.
type team struct {
	problems
	present bool
	rows    int
	people  []release.Person
	roles   []release.Role
}

// shadowSuffix makes the id of the role of a lead's shadows.
const shadowSuffix = "-shadow"

func readTeam(source []byte) *team {
	t := &team{problems: problems{file: teamFile}, present: true}
	d := parseMarkdown(source)
	found := false
	for _, table := range d.tables() {
		lead, shadow := table.column("lead", "-shadow"), table.column("shadow")
		role := table.column("role", "-lead name", "-shadow")
		if role < 0 {
			role = table.column("team", "-lead", "-shadow")
		}
		if role < 0 || lead < 0 {
			continue
		}
		found = true
		if shadow < 0 {
			t.add(absent, table.line, "the table has no column for shadows")
		}
		for i, name := range table.header {
			if i != role && i != lead && i != shadow {
				t.add(unused, table.line, "the column %q is not read", name)
			}
		}
		for _, cells := range table.rows {
			t.readRow(d, cells, len(table.header), role, lead, shadow)
		}
	}
	if !found {
		t.add(absent, 0, "there is no table of the team: none has columns for role and lead")
	}
	return t
}

func (t *team) readRow(d *document, cells tableRow, columns, role, lead, shadow int) {
	t.checkCells(cells, columns)
	title := d.plain(cells.cell(role))
	if slug(title) == "" {
		t.add(unreadable, cells.line, "the row names no role")
		return
	}
	t.rows++
	leads, shadows := t.readCell(d.pieces(cells.cell(lead)), cells.line), t.readCell(d.pieces(cells.cell(shadow)), cells.line)
	if len(leads) == 0 {
		t.add(absent, cells.line, "nobody leads %s", title)
	}
	t.addRole(slug(title), title, leads, cells.line)
	t.addRole(slug(title)+shadowSuffix, title+" Shadow", shadows, cells.line)
}

// addRole adds a role, or holders to the one that a row before gave.
func (t *team) addRole(id, title string, holders []string, line int) {
	i := slices.IndexFunc(t.roles, func(r release.Role) bool { return r.ID == id })
	if i < 0 {
		t.roles = append(t.roles, release.Role{ID: id, Title: title, Holders: holders})
		return
	}
	if !strings.HasSuffix(id, shadowSuffix) {
		t.add(contradicts, line, "a second row for %s: everybody of both holds the role", title)
	}
	for _, h := range holders {
		if !slices.Contains(t.roles[i].Holders, h) {
			t.roles[i].Holders = append(t.roles[i].Holders, h)
		}
	}
}

// member is a person as one cell describes them.
type member struct{ name, github, slack string }

// readCell reads the people of a cell and returns their ids. A person is
// somebody with a link to a GitHub account; what stands before it is the name
// and what stands behind it the Slack id. In a cell without such a link every
// name is a person.
func (t *team) readCell(pieces []piece, line int) []string {
	members, rest := readMembers(pieces)
	if len(members) == 0 {
		for _, name := range rest {
			name, _, _ = strings.Cut(name, " (")
			t.add(absent, line, "%s has no link to a GitHub account, so no approval can be told to be theirs", name)
			members = append(members, member{name: name})
		}
		rest = nil
	}
	for _, text := range rest {
		t.add(unused, line, "%q stands beside the people and is nobody with a GitHub account", text)
	}
	var ids []string
	for _, m := range members {
		if id := t.addPerson(m, line); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// addPerson adds a person, or what is new about one whom a row before named.
// GitHub ids do not differ by case.
func (t *team) addPerson(m member, line int) string {
	account := fact.Account{System: "github", ID: m.github}
	i := slices.IndexFunc(t.people, func(p release.Person) bool {
		if m.github == "" {
			return p.Name == m.name && len(p.Accounts) == 0
		}
		return len(p.Accounts) > 0 && p.Accounts[0].System == "github" && strings.EqualFold(p.Accounts[0].ID, m.github)
	})
	if i < 0 {
		p := release.Person{ID: m.github, Name: m.name}
		if m.github != "" {
			p.Accounts = []fact.Account{account}
		} else {
			p.ID = slug(m.name)
		}
		t.people = append(t.people, p)
		i = len(t.people) - 1
	}
	p := &t.people[i]
	if p.Name != m.name {
		t.add(contradicts, line, "%s is called %q here and %q before", m.github, m.name, p.Name)
	}
	if slack := (fact.Account{System: "slack", ID: m.slack}); m.slack != "" && !slices.Contains(p.Accounts, slack) {
		p.Accounts = append(p.Accounts, slack)
	}
	return p.ID
}

var notSlug = regexp.MustCompile(`[^\pL\pN]+`)

// slug makes an id of a name: "Release Team Lead" is release-team-lead.
func slug(name string) string {
	return strings.Trim(strings.ToLower(notSlug.ReplaceAllString(name, "-")), "-")
}

// githubID returns the account that a link to a profile is of.
func githubID(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host != "github.com" && u.Host != "www.github.com" {
		return ""
	}
	id := strings.Trim(u.Path, "/")
	if strings.Contains(id, "/") {
		return ""
	}
	return id
}

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
