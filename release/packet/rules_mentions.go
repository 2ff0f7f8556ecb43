package packet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/lexicon"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
)

// mentionRules hold what texts say of ids, versions and ratings against the
// places where these stand.
func mentionRules() []check.Rule[Packet] {
	return []check.Rule[Packet]{
		{ID: "X-005", Doc: "The release and every component have one version, in texts too.",
			Bad:   func(p *Packet) { p.Plan.Overview.Objectives[0] = "Gift cards need payments-api 7.3.0" },
			Check: checkVersions},
		{ID: "RSK-007", Doc: "A risk has one rating: what texts say of it is what the plan says.",
			Bad:   func(p *Packet) { p.Notes.Leadership.Risks[0].Text = "Low probability: the apps launch after the web." },
			Check: checkRatings},
	}
}

// versionText is a version as people write it, of two numbers or more.
var versionText = regexp.MustCompile(`^v?\d+(\.\d+)+([-+][0-9A-Za-z.-]+)?$`)

// otherVersion are words of sentences that speak of another version than the
// one that is released: one before it, or a bound.
var otherVersion = set("from back previous previously rollback revert reverts restore restores earlier older before since until than below above minimum " +
	"least require requires required after instead old former last next later newer to between")

func set(words string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		all[word] = true
	}
	return all
}

// checkVersions looks at a name with a version right after it, in sentences that
// speak of no other version.
func checkVersions(p *check.Pass[Packet]) {
	x, named := indexed(p), namesOf(&p.Subject.Plan.Overview)
	for i, t := range x.texts {
		tokens := x.Tokens(i)
		for j := range tokens {
			for _, n := range named[x.word(i, j)] {
				k := x.after(i, j, n.words)
				if k > 0 && k < len(tokens) && strings.EqualFold(x.word(i, k), "version") {
					k++
				}
				if k == 0 || k >= len(tokens) || !versionText.MatchString(x.word(i, k)) || tokens[k].FirstOfSentence() || x.sentenceHas(i, j, otherVersion) {
					continue
				}
				if got := x.word(i, k); strings.TrimPrefix(got, "v") != strings.TrimPrefix(n.version, "v") {
					p.Report(check.Invalid(t.Path, strings.Join(n.words, " ")+" "+got, "is not the version that is released, which is "+n.version).WithRelated(n.at))
				}
			}
		}
	}
	for i, t := range p.Subject.Comms.Templates {
		for j, gap := range t.Placeholders {
			if version := p.Subject.Plan.Overview.Version; gap.Name == "version" && gap.Type == comms.TextValue && versionText.MatchString(gap.Value) && gap.Value != version {
				p.Report(check.Invalid(commsPath.Field("templates").Index(i).Field("placeholders").Index(j).Field("value"), gap.Value,
					"is not the version that is released, which is "+version).WithRelated("plan.overview.version"))
			}
		}
	}
}

// versioned is something that has a version, by the words of its name.
type versioned struct {
	words   []string
	version string
	at      check.Path
}

// namesOf returns the release and its components, by the first word of the name.
func namesOf(o *release.Overview) map[string][]versioned {
	named := map[string][]versioned{}
	add := func(name, version string, at check.Path) {
		if words := strings.Fields(name); len(words) > 0 && version != "" {
			named[words[0]] = append(named[words[0]], versioned{words, version, at})
		}
	}
	add(o.Name, o.Version, "plan.overview.version")
	for i, c := range o.Components {
		add(c.Name, c.Version, check.Path("plan.overview.components").Index(i).Field("version"))
	}
	return named
}

// after returns the token behind the words that begin at token j, and 0 if they
// do not stand there.
func (x *index) after(text, j int, words []string) int {
	for n, word := range words {
		if j+n >= len(x.Tokens(text)) || x.word(text, j+n) != word {
			return 0
		}
	}
	return j + len(words)
}

// sentenceHas reports whether the sentence of a token has one of the words.
func (x *index) sentenceHas(text, token int, words map[string]bool) bool {
	tokens := x.Tokens(text)
	from, to := token, token+1
	for from > 0 && !tokens[from].FirstOfSentence() {
		from--
	}
	for to < len(tokens) && !tokens[to].FirstOfSentence() {
		to++
	}
	for j := from; j < to; j++ {
		if words[strings.ToLower(x.word(text, j))] {
			return true
		}
	}
	return false
}

var ratings = map[string]release.Level{"low": release.Low, "medium": release.Medium, "high": release.High}

// checkRatings reads "low probability" and "impact: high" in a callout as said
// of its risk, and "R1 (low)" anywhere as said of R1.
func checkRatings(p *check.Pass[Packet]) {
	x, risks := indexed(p), map[string]int{}
	for i, r := range p.Subject.Plan.Risks {
		risks[r.ID] = i
	}
	about := calledOut(p.Subject, risks)
	for i, t := range x.texts {
		words := x.words(i)
		if k, ok := about[t.Path]; ok {
			r, at := p.Subject.Plan.Risks[k], check.Path("plan.risks").Index(k)
			for j, word := range words {
				level, said := ratings[word], neighbour(words, j)
				if level != release.NoLevel && (said == "impact" && level != r.Impact || (said == "probability" || said == "likelihood") && level != r.Probability) {
					p.Report(check.Invalid(t.Path, word+" "+said, "is not how the plan rates risk "+r.ID).WithRelated(at))
				}
			}
		}
		for j := range x.Tokens(i) {
			k, ok := risks[x.word(i, j)]
			if !ok || j+2 >= len(words) || words[j+1] != "(" && words[j+1] != ":" && words[j+1] != "is" {
				continue
			}
			r := p.Subject.Plan.Risks[k]
			if level := ratings[words[j+2]]; level != release.NoLevel && level != r.Probability && level != r.Impact {
				p.Report(check.Invalid(t.Path, r.ID+" "+words[j+2], "is not how the plan rates the risk").WithRelated(check.Path("plan.risks").Index(k)))
			}
		}
	}
}

// words returns the tokens of a text in lower case.
func (x *index) words(text int) []string {
	words := make([]string, len(x.Tokens(text)))
	for j := range words {
		words[j] = strings.ToLower(x.word(text, j))
	}
	return words
}

// calledOut returns the risk, by its place in the plan, that the text of each
// callout is about.
func calledOut(p *Packet, risks map[string]int) map[check.Path]int {
	about := map[check.Path]int{}
	for _, a := range notes.Audiences() {
		list := notesPath.Field(a.String()).Field("risks")
		for i, c := range p.Notes.Note(a).Risks {
			if k, ok := risks[c.Risk]; ok {
				about[list.Index(i).Field("text")] = k
			}
		}
	}
	return about
}

// neighbour is the noun that a rating at j speaks of: right after it, or before
// it with nothing but "is", "of" or a colon between.
func neighbour(words []string, j int) string {
	nouns := []string{"probability", "likelihood", "impact"}
	if j+1 < len(words) && slices.Contains(nouns, words[j+1]) {
		return words[j+1]
	}
	k := j - 1
	for k >= 0 && (words[k] == "is" || words[k] == ":" || words[k] == "of") {
		k--
	}
	if k >= 0 && slices.Contains(nouns, words[k]) {
		return words[k]
	}
	return ""
}

// shortID is an id of a series of a plan: R1, M12, REL-101.
var shortID = regexp.MustCompile(`^[A-Z]{1,6}-?\d{1,6}$`)

// checkMentions looks at ids after the noun that says what they are of, and at
// ids of the tracker's project that the scope is kept in.
func checkMentions(p *check.Pass[Packet]) {
	x, series := indexed(p), seriesOf(p.Subject)
	scope, known := map[string]bool{}, map[string]bool{}
	for _, s := range p.Subject.Plan.Scope {
		known[s.ID] = true
		if key, ok := keyOf(s.ID); ok {
			scope[key] = true
		}
	}
	for _, d := range p.Subject.Plan.Dependencies.Items {
		known[d.Tracker] = true
	}
	if p.Facts != nil {
		for _, r := range p.Facts.Results {
			for _, w := range r.WorkItems {
				known[w.ID] = true
			}
		}
	}
	for i, t := range x.texts {
		tokens := x.Tokens(i)
		for j, token := range tokens {
			word := x.word(i, j)
			if key, ok := keyOf(word); ok && token.Kind == lexicon.Identifier && scope[key] && !known[word] {
				p.Report(check.Unresolved(t.Path, word, "an item of the scope, nor what a dependency is tracked by"))
			}
			if ids, ok := series[strings.ToLower(word)]; ok {
				for k := j + 1; k < len(tokens); k++ {
					switch id := x.word(i, k); {
					case ids.numbers && strings.EqualFold(word, "questions") && k+1 < len(tokens) && tokens[k+1].Kind == lexicon.Word && !listing[x.word(i, k+1)]:
						k = len(tokens) // "questions 24 hours a day"
					case ids.like(id) && !ids.all[id]:
						p.Report(check.Unresolved(t.Path, word+" "+id, "in the packet"))
					case !ids.like(id) && !listing[id]:
						k = len(tokens)
					}
				}
			}
		}
	}
}

// listing is what stands between the ids of a list.
var listing = set(", and or")

// ids are the ids of one list of a packet.
type ids struct {
	all      map[string]bool
	prefixes map[string]bool
	numbers  bool // they are numbers
}

// like reports whether a text looks like one of them: of a list without an
// element, any id does.
func (s ids) like(text string) bool {
	if s.numbers {
		n, err := strconv.Atoi(text)
		return err == nil && n > 0 && n < 1000
	}
	prefix := strings.TrimRight(text, "0123456789")
	return shortID.MatchString(text) && (len(s.prefixes) == 0 || s.prefixes[prefix])
}

// seriesOf returns the ids by the noun that goes before them.
func seriesOf(p *Packet) map[string]ids {
	all := map[string]ids{}
	add := func(noun, plural string, list ...string) {
		s := ids{all: map[string]bool{}, prefixes: map[string]bool{}, numbers: noun == "question"}
		for _, id := range list {
			s.all[id] = true
			s.prefixes[strings.TrimRight(id, "0123456789")] = true
		}
		all[noun], all[plural] = s, s
	}
	plan := &p.Plan
	add("risk", "risks", each(plan.Risks, func(r release.Risk) string { return r.ID })...)
	add("dependency", "dependencies", each(plan.Dependencies.Items, func(d release.Dependency) string { return d.ID })...)
	add("milestone", "milestones", each(plan.Timeline.Milestones, func(m release.Milestone) string { return m.ID })...)
	add("window", "windows", each(plan.Timeline.Windows, func(w release.Deployment) string { return w.ID })...)
	add("question", "questions", each(plan.Questions.Items, func(q release.Question) string { return strconv.Itoa(q.Number) })...)
	return all
}

func each[T any](list []T, id func(T) string) []string {
	ids := make([]string, len(list))
	for i, t := range list {
		ids[i] = id(t)
	}
	return ids
}
