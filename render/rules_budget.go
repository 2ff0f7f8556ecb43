package render

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// joined is how many word segments of UAX 29 there may be for each visible word.
// Measured on release documents: 1.20 to 1.24 (tight and loose pages of one
// release); beyond this limit words are joined to hide them.
const joined = 1.35

// sentence is from how many words on a text says the same wherever it stands. What
// is shorter, such as "Tasks done: 4 of 4", speaks of the heading above it.
const sentence = 10

var budgetJudges = map[string]judge{
	"BUD-001": {checkWords, func(r *rendering) { r.pages.Budget = Budget{Min: 1, Max: 10} }},
	"BUD-002": {checkPresent, func(r *rendering) { r.pages.Annex = nil; r.read() }},
	"BUD-003": {checkDecisive, func(r *rendering) {
		r.pages.Body = withoutLine(r.pages.Body, "| D3 |")
		r.read()
	}},
	"BUD-004": {checkCounts, swap("Ready: 4", "Ready: 5")},
	"BUD-005": {checkAnnex, func(r *rendering) { r.pages.Annex = append(bytes.Clone(r.pages.Annex), '\n') }},
	"BUD-006": {checkPadding, func(r *rendering) {
		r.pages.Body = append(bytes.Clone(r.pages.Body), "\n"+strings.Repeat("a/b/c/d/e/f/g ", 400)+"\n"...)
		r.read()
	}},
	"RSK-005": {checkFlags, func(r *rendering) {
		r.pages.Body = withoutLine(r.pages.Body, "| Flag |")
		r.read()
	}},
}

func checkWords(p *check.Pass[rendering]) {
	r := p.Subject
	b := r.pages.Budget
	if b.Unlimited {
		p.NotEvaluated("the budget is unlimited")
		return
	}
	if b.Min == 0 {
		b.Min = DefaultMin
	}
	if b.Max == 0 {
		b.Max = DefaultMax
	}
	if n := r.body.Words; n < b.Min || n > b.Max {
		f := check.Invalid("", n, fmt.Sprintf("words are on the body, which has to have %d to %d", b.Min, b.Max))
		if empty := emptyFields(r.packet); n < b.Min && len(empty) > 0 {
			f.Hint = "say more: what is not given is listed"
			f = f.WithRelated(empty...)
		}
		p.Report(f)
	}
}

// index is the texts of one section, for looking up many ids.
type index struct {
	cells  map[string]bool // whole cells and items
	tokens map[string]bool // words without the signs around them
	text   strings.Builder
}

// indexes reads the sections of a page.
func indexes(page *reading.Page, into map[string]*index) {
	add := func(section, s string) {
		x := into[section]
		if x == nil {
			x = &index{cells: map[string]bool{}, tokens: map[string]bool{}}
			into[section] = x
		}
		x.cells[s] = true
		for token := range strings.FieldsSeq(s) {
			x.tokens[strings.Trim(token, "(),;:.")] = true
		}
		x.text.WriteString(s)
		x.text.WriteString("\n")
	}
	for _, t := range page.Tables {
		for _, row := range t.Rows {
			for _, cell := range row {
				add(t.Section, cell)
			}
		}
	}
	for _, i := range page.Items {
		add(i.Section, i.Text)
	}
	for _, t := range page.Texts {
		add(t.Section, t.Text)
	}
}

// has reports whether a section has a text of the packet, as a cell, as a word, or
// somewhere.
func has(sections map[string]*index, section, s string) bool {
	x := sections[section]
	if x == nil {
		return false
	}
	s = mdtext.Visible(s)
	return x.cells[s] || x.tokens[s] || strings.ContainsAny(s, " (),;:.") && strings.Contains(x.text.String(), s)
}

func checkPresent(p *check.Pass[rendering]) {
	all := map[string]*index{}
	p.Subject.each(func(_ string, page *reading.Page) { indexes(page, all) })
	for _, i := range items(p.Subject.packet) {
		if !has(all, i.section, i.id) {
			p.Report(check.Missing(i.path, strconv.Quote(i.id)+", on the body and in the annex,", "nothing may be left out"))
		}
	}
}

func checkDecisive(p *check.Pass[rendering]) {
	all := map[string]*index{}
	indexes(p.Subject.body, all)
	for _, i := range items(p.Subject.packet) {
		if i.must && !has(all, i.section, i.id) {
			p.Report(check.Missing(i.path, strconv.Quote(i.id)+", on the body,", "what decides the release is never left to the annex"))
		}
	}
	o := &p.Subject.packet.Plan.Overview
	if o.RollbackSLA != 0 && !has(all, overviewTitle, o.RollbackSLA.Human()) {
		p.Report(check.Missing("plan.overview.rollbackSLA", "the rollback SLA, on the body,", ""))
	}
	checkVerdicts(p)
}

// checkVerdicts wants the verdict of each gate beside it, and nothing better.
func checkVerdicts(p *check.Pass[rendering]) {
	shown := map[string]string{}
	for _, t := range p.Subject.body.Tables {
		if gate, verdict := t.Column("Gate"), t.Column("Verdict"); t.Section == decisionTitle && gate >= 0 && verdict >= 0 {
			for _, row := range t.Rows {
				shown[row[gate]] = row[verdict]
			}
		}
	}
	words := map[string]string{"go": "Go", "no-go": "No-go", "hold": "Hold"}
	for i, d := range p.Subject.packet.Decisions.Gates {
		if got, ok := shown[mdtext.Visible(d.Gate)]; ok && got != words[d.Verdict.String()] {
			p.Report(check.Invalid(at("decisions.gates", i).Field("verdict"), got, "is on the body, and the decision is "+d.Verdict.String()))
		}
	}
}

func checkAnnex(p *check.Pass[rendering]) {
	r := p.Subject
	if r.pages.Annex == nil {
		for _, l := range r.body.Links {
			if file, _, _ := strings.Cut(l.Destination, "#"); file == r.pages.AnnexName && file != "" {
				p.Report(check.Invalid("", l.Destination, "leads to an annex that there is not"))
			}
		}
		return
	}
	if digest := value.Sum(r.pages.Annex).String(); !bytes.Contains(r.pages.Body, []byte(digest)) {
		p.Report(check.Missing("", "the digest of the annex, "+digest+",", "the annex was changed, or the body never had it"))
	}
	anchors := map[string]bool{"": true}
	for _, h := range r.annex.Headings {
		anchors[h.Anchor] = true
	}
	linked := false
	for _, l := range r.body.Links {
		file, anchor, _ := strings.Cut(l.Destination, "#")
		if file != r.pages.AnnexName {
			continue
		}
		linked = true
		if !anchors[anchor] {
			p.Report(check.Unresolved("", l.Destination, "a heading of the annex"))
		}
	}
	if !linked {
		p.Report(check.Missing("", "a link to the annex", ""))
	}
}

func checkPadding(p *check.Pass[rendering]) {
	r := p.Subject
	if limit := joined * float64(r.body.Words); float64(r.body.Segments) > limit {
		p.Report(check.Invalid("", r.body.Segments, fmt.Sprintf("words by UAX 29 are more than %.2f times the %d between spaces", joined, r.body.Words)))
	}
	floor := r.pages.Budget.Min
	if floor == 0 {
		floor = DefaultMin
	}
	if r.pages.Budget.Unlimited || r.body.Words < floor {
		return
	}
	seen, again := map[reading.Text]bool{}, 0
	repeat := func(s reading.Text) {
		words := len(strings.Fields(s.Text))
		if words >= sentence {
			s.Place = reading.Place{}
		}
		if seen[s] {
			again += words
		}
		seen[s] = true
	}
	for _, t := range r.body.Texts {
		repeat(t)
	}
	for _, i := range r.body.Items {
		repeat(reading.Text{Place: i.Place, Text: i.Text})
	}
	if r.body.Words-again < floor {
		p.Report(check.Invalid("", again, "words repeat others, and without them the body is too short").WithRelated(emptyFields(r.packet)...))
	}
}

func checkFlags(p *check.Pass[rendering]) {
	all := map[string]*index{}
	indexes(p.Subject.body, all)
	plan := &p.Subject.packet.Plan
	for i, f := range plan.Overview.Flags {
		for _, s := range []string{f.Name, f.Default, f.Toggle, f.Kill} {
			if s != "" && !has(all, overviewTitle, s) {
				p.Report(check.Missing(at("plan.overview.flags", i), strconv.Quote(s)+", on the body,", ""))
			}
		}
	}
	for i, d := range plan.Dependencies.Items {
		if d.Flag != "" && !has(all, overviewTitle, d.Flag) {
			p.Report(check.Missing(at("plan.dependencies.items", i).Field("flag"), strconv.Quote(d.Flag)+", on the body,", ""))
		}
	}
}

// replaceOnce replaces the first occurrence.
func replaceOnce(page []byte, old, new string) []byte {
	return []byte(strings.Replace(string(page), old, new, 1))
}

// withoutLine leaves out the first line that begins so.
func withoutLine(page []byte, prefix string) []byte {
	i := bytes.Index(page, []byte("\n"+prefix))
	if i < 0 {
		return page
	}
	end := i + 1 + bytes.IndexByte(page[i+1:], '\n')
	return append(bytes.Clone(page[:i]), page[end:]...)
}
