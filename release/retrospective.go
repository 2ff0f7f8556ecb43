package release

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Retrospective is what one earlier release taught.
type Retrospective struct {
	Release string     `json:"release"`          // its version
	At      value.When `json:"at,omitzero"`      // when it was held
	Link    value.Link `json:"link,omitzero"`    // where it is kept
	Lessons []Lesson   `json:"lessons,omitzero"` // one for each theme
}

// Lesson is one theme that the release was watched for.
type Lesson struct {
	Theme       string   `json:"theme"`                // as risks name it: "store review"
	Averted     bool     `json:"averted,omitzero"`     // it did not happen
	Impact      Level    `json:"impact,omitzero"`      // how bad it was, or would have been
	Mitigation  string   `json:"mitigation,omitzero"`  // what was done against it before
	Efficacy    Efficacy `json:"efficacy,omitzero"`    // how well that worked
	Contingency string   `json:"contingency,omitzero"` // what was done when it happened
}

// Efficacy is how well a mitigation worked. The zero value says that nobody
// noted it, and counts for nothing.
type Efficacy uint8

// The grades.
const (
	UnknownEfficacy Efficacy = iota
	Ineffective
	PartlyEffective
	Effective
)

var efficacyNames = []string{"unknown", "ineffective", "partly-effective", "effective"}

// String returns the grade's name as it stands in JSON.
func (e Efficacy) String() string { return enum.String("efficacy", efficacyNames, e) }

// MarshalText implements [encoding.TextMarshaler].
func (e Efficacy) MarshalText() ([]byte, error) { return enum.Marshal("efficacy", efficacyNames, e) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown grade is an error.
func (e *Efficacy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("efficacy", efficacyNames, e, text)
}

// Clone returns a copy that shares no memory with r.
func (r Retrospective) Clone() Retrospective {
	r.Lessons = slices.Clone(r.Lessons)
	return r
}

// WithLessons returns the retrospective with lessons added.
func (r Retrospective) WithLessons(lessons ...Lesson) Retrospective {
	r = r.Clone()
	r.Lessons = append(r.Lessons, lessons...)
	return r
}

// Validate runs [RetrospectiveRules] and returns what they find.
func (r Retrospective) Validate() check.Findings {
	return check.Run(&r, RetrospectiveRules(), nil).Findings
}

// RetrospectiveRules returns the rules of a retrospective. It is no part of a
// packet, and neither are they.
func RetrospectiveRules() []check.Rule[Retrospective] {
	return []check.Rule[Retrospective]{
		{ID: "RET-001", Doc: "A retrospective names its release and when it was held.",
			Bad: func(r *Retrospective) { r.Release = " " },
			Check: func(p *check.Pass[Retrospective]) {
				if check.Blank(p.Subject.Release) {
					p.Report(check.Missing("release", "the release", "name its version"))
				}
				if p.Subject.At.IsZero() {
					p.Report(check.Missing("at", "when the retrospective was held", ""))
				} else if _, _, err := p.Subject.At.Interval(); err != nil {
					p.Report(check.Unusable("at", err))
				}
			}},
		{ID: "RET-002", Doc: "A theme is named, and once.",
			Bad: func(r *Retrospective) { r.Lessons[1].Theme = r.Lessons[0].Theme },
			Check: func(p *check.Pass[Retrospective]) {
				seen := map[string]check.Path{}
				for i, l := range p.Subject.Lessons {
					at, theme := check.Path("lessons").Index(i).Field("theme"), plain(l.Theme)
					if theme == "" {
						p.Report(check.Missing(at, "the theme", ""))
					} else if other, ok := seen[theme]; ok {
						p.Report(check.Duplicate(at, l.Theme, other))
					} else {
						seen[theme] = at
					}
				}
			}},
		{ID: "RET-003", Doc: "What happened is rated, and what is said of a mitigation is said of one that is named.",
			Bad: func(r *Retrospective) { r.Lessons[0].Impact = NoLevel },
			Check: func(p *check.Pass[Retrospective]) {
				for i, l := range p.Subject.Lessons {
					at := check.Path("lessons").Index(i)
					if !l.Averted && l.Impact == NoLevel {
						p.Report(check.Missing(at.Field("impact"), "the impact of "+l.Theme, "rate it low, medium or high"))
					}
					if check.Blank(l.Mitigation) && l.Efficacy != UnknownEfficacy {
						p.Report(check.Missing(at.Field("mitigation"), "the mitigation that was "+l.Efficacy.String(), "say what was done"))
					}
				}
			}},
	}
}

// Suggestion is a risk that earlier releases teach to expect. It has no owner:
// somebody has to take it.
type Suggestion struct {
	Risk     Risk     `json:"risk"`              // with the next free id and the mitigation of the best record
	Happened int      `json:"happened"`          // in so many releases
	Of       int      `json:"of"`                // so many
	Releases []string `json:"releases,omitzero"` // those in which it happened, sorted
	Useless  []string `json:"useless,omitzero"`  // mitigations that never worked, sorted
}

// SuggestRisks returns a risk for every recurring theme of earlier releases
// that no known risk has, the most probable first, then the worst, then by
// theme. Ids go on from those of the known risks: R3 after R2.
//
// A theme recurs that at least two releases were watched for. Its probability
// is the share of all releases in which it happened: [High] from one half,
// [Medium] from one fifth, [Low] below. Its impact is the worst that was seen.
// Its mitigation is the one with the best record: the mean efficacy of the
// times for which it is known, then more of those, then the text that sorts
// first. One whose efficacy nobody noted is suggested if there is none that
// worked, and says so. One that never worked is not suggested; it is named in
// [Suggestion.Useless]. Its contingency is that of the worst time it happened,
// then the text that sorts first.
//
// Retrospectives of one release are one release; those that name none are one
// each. Themes and mitigations are compared without regard to case and white
// space. The order of the arguments does not matter.
func SuggestRisks(past []Retrospective, known []Risk) []Suggestion {
	themes, releases := themesOf(past)
	taken, last := map[string]bool{}, 0
	for _, r := range known {
		taken[plain(r.Theme)] = true
		if digits, ok := strings.CutPrefix(r.ID, "R"); ok {
			if n, err := strconv.ParseUint(digits, 10, 31); err == nil {
				last = max(last, int(n))
			}
		}
	}
	var all []Suggestion
	for _, key := range slices.Sorted(maps.Keys(themes)) {
		if t := themes[key]; len(t.watched) > 1 && !taken[key] {
			all = append(all, t.suggestion(releases))
		}
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Risk.Probability, a.Risk.Probability), cmp.Compare(b.Risk.Impact, a.Risk.Impact))
	})
	for i := range all {
		all[i].Risk.ID = fmt.Sprintf("R%d", last+1+i)
	}
	return all
}

// theme is what all retrospectives say of one theme.
type theme struct {
	name        string
	watched     map[string]bool // releases; true where it happened
	impact      Level
	mitigations map[string]*record // by plain text
	contingency string
	worst       Level // of the times that have a contingency
}

// record is how a mitigation did.
type record struct {
	text             string
	times, known, of int // of is the sum of the known grades, from 0
}

// themesOf sorts lessons by theme and counts the releases.
func themesOf(past []Retrospective) (map[string]*theme, int) {
	themes, releases := map[string]*theme{}, map[string]bool{}
	for i, r := range past {
		release := strings.TrimSpace(r.Release)
		if release == "" {
			release = fmt.Sprintf("\x00%d", i) // no version has it
		}
		releases[release] = true
		for _, l := range r.Lessons {
			key := plain(l.Theme)
			if key == "" {
				continue
			}
			if themes[key] == nil {
				themes[key] = &theme{watched: map[string]bool{}, mitigations: map[string]*record{}}
			}
			themes[key].add(release, l)
		}
	}
	return themes, len(releases)
}

func (t *theme) add(release string, l Lesson) {
	t.name = first(t.name, l.Theme)
	t.watched[release] = t.watched[release] || !l.Averted
	t.impact = max(t.impact, l.Impact)
	if !l.Averted && !check.Blank(l.Contingency) {
		switch {
		case t.contingency == "" || l.Impact > t.worst:
			t.contingency, t.worst = tidy(l.Contingency), l.Impact
		case l.Impact == t.worst:
			t.contingency = first(t.contingency, l.Contingency)
		}
	}
	key := plain(l.Mitigation)
	if key == "" {
		return
	}
	m := t.mitigations[key]
	if m == nil {
		m = &record{}
		t.mitigations[key] = m
	}
	m.text = first(m.text, l.Mitigation)
	m.times++
	if l.Efficacy > UnknownEfficacy && l.Efficacy <= Effective {
		m.known++
		m.of += int(l.Efficacy - Ineffective)
	}
}

func (t *theme) suggestion(releases int) Suggestion {
	s := Suggestion{Of: releases, Risk: Risk{Theme: t.name, Probability: Low, Impact: t.impact, Contingency: t.contingency}}
	for _, release := range slices.Sorted(maps.Keys(t.watched)) {
		if t.watched[release] {
			s.Happened++
			if release[0] != 0 {
				s.Releases = append(s.Releases, release)
			}
		}
	}
	switch {
	case 2*s.Happened >= releases:
		s.Risk.Probability = High
	case 5*s.Happened >= releases:
		s.Risk.Probability = Medium
	}
	s.Risk.Title = fmt.Sprintf("%s: happened in %d of %d earlier releases", t.name, s.Happened, releases)
	var best *record
	for _, key := range slices.Sorted(maps.Keys(t.mitigations)) {
		m := t.mitigations[key]
		switch {
		case m.known > 0 && m.of == 0:
			s.Useless = append(s.Useless, m.text)
		case best == nil || m.better(best):
			best = m
		}
	}
	if best != nil {
		s.Risk.Mitigation = best.text
		if best.known == 0 {
			s.Risk.Mitigation += " (efficacy not recorded)"
		}
	}
	return s
}

// better reports whether m did better than n: by the mean of what is known,
// compared as fractions, and then by how often it is known or was tried.
func (m *record) better(n *record) bool {
	return cmp.Or(cmp.Compare(m.known, 0)-cmp.Compare(n.known, 0), cmp.Compare(m.of*n.known, n.of*m.known),
		cmp.Compare(m.known, n.known), cmp.Compare(m.times, n.times)) > 0
}

// tidy is a text in one line, without white space that says nothing.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

// plain is a text as it is compared.
func plain(text string) string { return strings.ToLower(tidy(text)) }

// first returns the text that sorts first, tidy; no text sorts last.
func first(a, b string) string {
	if b = tidy(b); a == "" || b != "" && b < a {
		return b
	}
	return a
}
