package render_test

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
	back "github.com/tidegate-go/tidegate/render/internal/reading"
)

// filler sets every field of a value to something, each string to what text returns.
type filler struct {
	text  func(path string) string
	small func() int // lengths of lists and numbers of enumerations
	plain bool       // queries stay as they are: what is asked is not for readers
}

func (f filler) fill(v reflect.Value, path string, depth int) {
	switch v.Interface().(type) {
	case time.Time:
		if f.small() > 0 {
			v.Set(reflect.ValueOf(now))
		}
		return
	case value.When:
		v.Set(reflect.ValueOf(when("2026-12-08T22:00:00-05:00").In(f.text(path))))
		return
	case fact.Query, fact.Ask:
		if f.plain {
			return
		}
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text(path))
	case reflect.Bool:
		v.SetBool(f.small()%2 == 0)
	case reflect.Uint8:
		v.SetUint(uint64(f.small()))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.small()) - 1)
	case reflect.Float64:
		v.SetFloat(float64(f.small()) / 3)
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), path, depth-1)
		}
	case reflect.Slice:
		n := f.small()
		if n > 0 && depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				f.fill(v.Index(i), fmt.Sprintf("%s[%d]", path, i), depth-1)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), path+"."+v.Type().Field(i).Name, depth)
		}
	default:
		panic("no way to fill " + path + " of " + v.Type().String())
	}
}

// lengths is n for a while, then 1: lists in lists of n each would take minutes.
func lengths(n int) func() int {
	drawn := 0
	return func() int {
		if drawn++; drawn%3 == 0 {
			return n
		}
		return 1
	}
}

// TestHostilePacket puts each hostile string into every string of a packet and
// a report at once, also into ids that have to match each other.
func TestHostilePacket(t *testing.T) {
	for _, s := range hostile {
		if len(s) > 400 {
			continue // page and test would take their product
		}
		t.Run(fmt.Sprintf("%.40q", s), func(t *testing.T) {
			f := filler{func(string) string { return s }, lengths(2), false}
			var p packet.Packet
			var report check.Report
			f.fill(reflect.ValueOf(&p).Elem(), "packet", 5)
			f.fill(reflect.ValueOf(&report).Elem(), "report", 5)
			wellFormed(t, markdown(t, p, &render.MarkdownOptions{Report: &report}), linksOf(p))
			pages, _ := render.Fit(p, nil)
			wellFormed(t, string(pages.Body), linksOf(p))
		})
	}
}

// What a code host takes for a reference stands in code in the note to customers, at
// every level, and is read as it was written.
func TestCustomersHaveNoReferences(t *testing.T) {
	const text = "Fixes #12, octo/repo#7, GH-3, !4, &5 and deadbee, thanks @team"
	p := sample.Packet()
	p.Notes.Customers = notes.NewNote(text, notes.Change{ID: "REL-1", Text: text, Link: "https://example.com/issues/#12", ActionRequired: text}).
		WithKnownIssues(notes.KnownIssue{ID: "K1", Text: text, Remedy: text})
	for _, least := range []int{1, 2000} {
		pages, _ := render.Fit(p, &render.MarkdownOptions{Words: render.Budget{Min: least, Max: least}})
		_, note, _ := strings.Cut(string(pages.Body), "\n### Customers\n")
		note, _, _ = strings.Cut(note, "\n### ")
		if found := regexp.MustCompile(`(^|[^/])[#!&][0-9]|[a-z]#[0-9]|GH-[0-9]|deadbee[^` + "`" + `]|@[a-z]`).FindString(note); found != "" || !strings.Contains(note, "`#`12") {
			t.Errorf("%q is a reference in\n%s", found, note)
		}
		if seen := back.Seen(pages.Body); !strings.Contains(seen, text) {
			t.Errorf("%q is not read on\n%s", text, seen)
		}
	}
}

// mixture is a packet, and a report, of any mixture of strings, numbers and lengths.
func mixture(t *rapid.T) (packet.Packet, check.Report) {
	pick := rapid.OneOf(rapid.SampledFrom(hostile[:len(hostile)-3]), rapid.String(), rapid.Just("https://example.com/a_b|c"))
	small := rapid.IntRange(0, 2)
	f := filler{func(path string) string { return pick.Draw(t, path) }, func() int { return small.Draw(t, "n") }, false}
	var p packet.Packet
	var report check.Report
	f.fill(reflect.ValueOf(&p.Plan).Elem(), "plan", 4)
	f.fill(reflect.ValueOf(&p.Catalog).Elem(), "catalog", 5)
	f.fill(reflect.ValueOf(&p.Decisions).Elem(), "decisions", 4)
	f.fill(reflect.ValueOf(&p.Waivers).Elem(), "waivers", 2)
	f.fill(reflect.ValueOf(&p.Notes).Elem(), "notes", 4)
	f.fill(reflect.ValueOf(&p.Comms).Elem(), "comms", 4)
	f.fill(reflect.ValueOf(&p.Compliance).Elem(), "compliance", 4)
	f.fill(reflect.ValueOf(&report).Elem(), "report", 2)
	return p, report
}

// unprinted are the strings of a packet that a page leaves out: ids behind a
// name, queries, digests and accounts, which stand in the JSON, what a more
// telling field replaces, what is kept from readers outside, and what a draft
// said.
var unprinted = []string{
	"packet.Schema", ".Components[0].Commit", ".Components[0].Owner", ".Components[0].ID", ".Scope[0].Components[0]", ".Scope[0].Authors[0]", ".Person", ".Accounts[0]", ".OnCall.Policy", ".Gates[0].Barred[0]", ".Customers.Changes[0].ID", ".Customers.Changes[0].Items[0]", ".Deployed.Succeeded", ".Deployed.Failed", ".Suite.LeastCoverage", ".Params", ".Environments[0].SignOffs[0]", ".Subject", ".Digests.", ".Engine", "VersionPattern",
	".Decisions.Gates[0].Environment", ".Decisions.Gates[0].Gate", ".Decisions.Gates[0].SignOffs[0].Role", ".Decisions.Gates[0].SignOffs[0].Delegate",
	".Catalog.Gates[0].Criteria[0].ID", ".Limit.Unit", ".People[0].ID", ".Roles[0].ID", ".By.Rule", ".By.Path",
	".Policy.Confidential.", ".Notes.Drafted[0].", ".Notes.Conflicts[0].",
}

// TestNothingIsLost fills a packet with a mark of its own in every string and
// looks for each on the page.
func TestNothingIsLost(t *testing.T) {
	marks := map[string]string{}
	f := filler{func(path string) string {
		mark := fmt.Sprintf("m%dm", len(marks))
		marks[path] = mark
		return mark
	}, func() int { return 1 }, true}
	p := packet.New(release.Plan{}, gates.Catalog{})
	f.fill(reflect.ValueOf(&p).Elem(), "packet", 7)
	var report check.Report
	f.fill(reflect.ValueOf(&report).Elem(), "report", 7)
	p.Decisions.Gates[0].Gate = p.Catalog.Gates[0].ID()
	p.Catalog.Gates[0].Criteria[0].ID = p.Decisions.Gates[0].Outcomes[0].Criterion
	p.Decisions.Gates[0].SignOffs[0].Role = p.Catalog.Gates[0].SignOffs[0].Role
	p.Decisions.Gates[0].SignOffs[0].Delegate = p.Catalog.Gates[0].SignOffs[0].Delegate
	report.Rules[0].State = check.Off
	page := markdown(t, p, &render.MarkdownOptions{Report: &report})
	for path, mark := range marks {
		if !strings.Contains(page, mark) && !known(path) {
			t.Errorf("%s is not on the page", path)
		}
	}
}

func known(path string) bool {
	for _, part := range unprinted {
		if strings.Contains(path, part) {
			return true
		}
	}
	return false
}
