package render_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// unread are the values of a packet that its pages leave to packet.json, by what
// their paths, without indexes, look like, each with the reason. That each true and
// false is written is for TestEveryFieldIsWritten.
var unread = []struct{ path, why string }{
	{`^(schema|decisions\.engine)$`, "names the format of the JSON"},
	{`(^|\.)(connector|params(\.\w+)*|yields\.\w+|(query|outOf|queries|onCall|scope|approvals|passed|failed|skipped)\.kind|outOf\..*)$`, "what exactly is asked is for connectors"},
	{`\.outcomes(\.of)*\.results$`, "positions in the facts, for who replays the decision"},
	{`\.outcomes(\.of)*\.observedAt$`, "the page says how old it is"},
	{`^plan\.directory\.people\.accounts\.\w+$`, "who is who in other systems is for connectors"},
	{`^plan\.overview\.components\.commit$`, "only where there is no version"},
	{`^plan\.policy\.versionPattern$`, "for rules: the version matches it or a finding says so"},
	{`^plan\.timeline\.milestones\.kind$`, "for rules: the title says what it is about"},
	{`^plan\.checklists\.\w+\.topic$`, "for rules: the task says what it is about"},
	{`^decisions\.digests\.\w+$`, "names bytes that are not on the page"},
	{`^catalog\..*\.(canary\.\w+|min)$`, "how samples are judged stands in the JSON"},
}

// leaf is a value of packet.json, and where it stands.
type leaf struct {
	path string // without indexes
	v    any
}

// leavesOf lists the values of a document, in order.
func leavesOf(t tb, text []byte) []leaf {
	t.Helper()
	var root any
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	var all []leaf
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(strings.TrimPrefix(path+"."+key, "."), v[key])
			}
		case []any:
			for _, x := range v {
				walk(path, x)
			}
		default:
			all = append(all, leaf{path, v})
		}
	}
	walk("", root)
	return all
}

// shelf is what can be read from pages: all text, the words of it, and where links
// lead.
type shelf struct {
	text  string
	lower string // for the names of enumerations
	words map[string]bool
	links map[string]bool
	names map[string]string // of people and roles
	zone  *time.Location
	tag   string // of the operating zone
}

func newShelf(t tb, p packet.Packet, pages ...[]byte) *shelf {
	t.Helper()
	s := &shelf{words: map[string]bool{}, links: map[string]bool{}, names: map[string]string{}, tag: "[" + p.Plan.Overview.Zone + "]"}
	var err error
	if s.zone, err = value.LoadZone(p.Plan.Overview.Zone); err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		s.text += reading.Seen(page)
		for _, l := range reading.Read(page).Links {
			s.links[l.Destination] = true
		}
	}
	s.lower = strings.ToLower(s.text)
	for _, w := range regexp.MustCompile(`[\pL\pN.+-]+`).FindAllString(s.text, -1) {
		s.words[strings.Trim(w, ".-+")] = true
	}
	for _, x := range p.Plan.Directory.People {
		s.names[x.ID] = x.Name
	}
	for _, r := range p.Plan.Directory.Roles {
		s.names[r.ID] = r.Title
	}
	return s
}

// has reports whether a value can be read in one of the forms in which pages write
// it.
func (s *shelf) has(path string, v any) bool {
	switch v := v.(type) {
	case bool:
		return true // each makes another page, as TestEveryFieldIsWritten proves
	case json.Number:
		f, err := v.Float64()
		return err == nil && (s.words[v.String()] || s.words[strconv.FormatFloat(f, 'g', 12, 64)])
	case string:
		if s.words[v] {
			return true
		}
		if u, err := value.ParseUnit(v); err == nil && u.Human() == "" && strings.HasSuffix(path, ".unit") {
			return true // a number without a unit
		}
		if v := strings.ToLower(v); strings.Contains(s.lower, v) || strings.Contains(s.lower, strings.ReplaceAll(v, "-", " ")) {
			return true
		}
		return slices.ContainsFunc(s.forms(v), func(form string) bool { return form != "" && strings.Contains(s.text, form) }) || s.links[value.Link(v).Href()]
	}
	return false
}

// forms are how pages may write a text.
func (s *shelf) forms(v string) []string {
	all := []string{mdtext.Visible(v), s.names[v], strings.TrimSuffix(v, s.tag)}
	if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
		all = append(all, t.In(s.zone).Format(time.RFC3339))
	}
	if d, err := value.ParseDuration(v); err == nil {
		all = append(all, d.Human(), (-d).Human())
	}
	if p, err := value.ParsePeriod(v); err == nil {
		all = append(all, p.Human())
	}
	if u, err := value.ParseUnit(v); err == nil {
		all = append(all, u.Human())
	}
	return append(all, value.Digest(v).Short(), gates.Code(v).Words())
}

// lost lists the values of packet.json that are neither on the body nor in the annex,
// and notes which of the reasons it used.
func lost(t tb, p packet.Packet, pages render.Pages, used map[string]bool) []string {
	t.Helper()
	text, err := packet.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	s := newShelf(t, p, pages.Body, pages.Annex)
	var all []string
	met := map[leaf]bool{}
	for _, l := range leavesOf(t, text) {
		if met[l] {
			continue
		}
		met[l] = true
		if s.has(l.path, l.v) {
			continue
		}
		i := slices.IndexFunc(patterns, func(re *regexp.Regexp) bool { return re.MatchString(l.path) })
		if i < 0 {
			all = append(all, fmt.Sprintf("%s: %v is on no page", l.path, l.v))
		} else {
			used[unread[i].path] = true
		}
	}
	return all
}

var patterns = func() (all []*regexp.Regexp) {
	for _, u := range unread {
		all = append(all, regexp.MustCompile(u.path))
	}
	return all
}()

// Every value of packet.json is read from the body or the annex, but for those that
// are listed.
func TestEveryLeafIsRead(t *testing.T) {
	used := map[string]bool{}
	refused := sample.Packet()
	refuse(&refused.Decisions.Gates[5], gates.NoGo)
	for name, p := range map[string]packet.Packet{"small": small(), "sample": sample.Packet(), "in trouble": inTrouble(blocked(3)), "too long": blocked(30), "refused": refused} {
		t.Run(name, func(t *testing.T) {
			report := verified(p)
			pages, _ := render.Fit(p, &render.MarkdownOptions{Report: &report})
			for _, l := range lost(t, p, pages, used) {
				t.Error(l)
			}
		})
	}
	for _, u := range unread {
		if !used[u.path] {
			t.Errorf("%s is read from the pages, or is no value any more", u.path)
		}
	}
}

// What is taken off a page is missed.
func TestLostLeaf(t *testing.T) {
	p := sample.Packet()
	pages, err := render.Fit(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ row, path string }{
		{"| D2 | ", "plan.dependencies.items.title: "}, {"| holidays | ", "plan.timeline.freezes.reason: "},
		{"| summary | ", "comms.templates.body: "}, {"- Privacy impact ", "compliance.privacy.link: "},
	} {
		cut := pages
		cut.Body, cut.Annex = without(pages.Body, c.row), without(pages.Annex, c.row)
		got := strings.Join(lost(t, p, cut, map[string]bool{}), "\n")
		if !strings.Contains(got, c.path) {
			t.Errorf("without the line %q: %q", c.row, got)
		}
	}
}

// without leaves out every line that begins so.
func without(page []byte, prefix string) []byte {
	var b []byte
	for line := range strings.Lines(string(page)) {
		if !strings.HasPrefix(line, prefix) {
			b = append(b, line...)
		}
	}
	return b
}
