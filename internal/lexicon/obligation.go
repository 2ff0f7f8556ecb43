package lexicon

import "strings"

// Hedges finds obligations that leave a way out (LANG-002), in imperative sources only.
func (d *Document) Hedges() []Found {
	var all []Found
	for _, f := range d.listed(hedge) {
		if d.sources[f.Source].Imperative {
			all = append(all, f)
		}
	}
	return all
}

const commandIt = "say what is done, or under which condition it is left out"

var hedgeLists = []list{
	{hedge, Error, commandIt, unlessBound, `should; shouldn't; may; might; could; ought to; would`},
	{hedge, Error, commandIt, unlessNoun, `(try|attempt|aim|strive|endeavour|endeavor|seek|intend|hope|plan|prefer|want|wish|expect) to; tries to; try and; aim for; aim at; strive for; trying to`},
	{hedge, Error, commandIt, unlessQuoted, `
ideally; preferably; optionally; perhaps; maybe; possibly; hopefully; probably; presumably
(if|where|when|whenever|as|as far as|wherever) (possible|practical|practicable|feasible|convenient|appropriate|time permits|time allows|desired|reasonable|you can|we can|they can|capacity allows)
if (time|capacity|there is time|there's time|needed|necessary|you want|you like|you wish|you have time|it makes sense); as (needed|necessary|you see fit|time permits); time permitting
(is|are|be|was) (expected|supposed|encouraged|advised|recommended|meant|intended|suggested|preferred|desirable|optional|desired) to; (is|are) (recommended|advisable|desirable|preferred|suggested|advised|preferable|encouraged|optional)
(we|i) (recommend|suggest|think|believe|hope|prefer|plan|expect|feel); it would be (nice|good|great|ideal|better|best|wise|helpful); nice to have; good to have; (but|strongly|highly|also) recommended; if you (think|feel|believe|prefer|agree)
feel free to; would (like|prefer) to; do (your|our|their) best; best effort; on a best effort basis; make (an|every|a reasonable) (effort|attempt); at (your|their) discretion; supposed to
can be (skipped|omitted|ignored|deferred|waived|postponed|dropped|relaxed); if at all; more or less; usually; normally; generally; typically; in most cases; likely; where it makes sense
unless (inconvenient|impractical|it is inconvenient|busy); worth (checking|running|trying|doing|verifying|considering|reviewing); suggest`},
	{hedge, Error, commandIt, unlessDeem, `consider; think about; look into; prefer`},
	{hedge, Error, commandIt, unlessGerund, `try`},
}

// unlessBound spares modal verbs that oblige or tell a condition: "may not exceed", "only the CAB may", "should the
// canary fail", a risk that could happen, and the month.
func unlessBound(v view) bool {
	switch word := v.at(v.i); {
	case v.quoted() || v.named() && !v.tokens[v.i].first:
		return true
	case word == "May" && v.month():
		return true
	case v.is(v.i, "should") && v.conditional():
		return true
	case v.is(v.i, "may") && (v.next("not", "only") || v.restricted()):
		return true
	case v.is(v.i, "could", "would") && v.next("not") && !v.is(v.j+1, "be"):
		return true
	case v.is(v.i, "would", "could") && v.subordinate("that", "which", "what", "whether", "if", "when", "where", "how", "because"):
		return true
	case v.is(v.i, "should", "shouldn't", "would"):
		return false
	}
	return v.sentenceHas(riskWord) || v.subordinate("that", "which", "what", "whether", "whatever", "who", "where", "how")
}

// month reports May the month: beside a number, or after a preposition and before no verb.
func (v view) month() bool {
	if v.kind(v.i-1) == Number && v.i > 0 || v.kind(v.j) == Number || v.before("of", "in", "by", "since", "until", "till", "from", "during", "through", "early", "late", "mid", "last", "next", "every", "each", "this", "for", "before", "after", "on", "the", "and", "to") {
		return true
	}
	return !v.tokens[v.i].first && v.next("release", "train", "window", "freeze", "audit", "report", "patch", ".", ",", ")", "and", "rollout")
}

// conditional reports "should the canary fail": the verb before its subject.
func (v view) conditional() bool {
	if v.nextIs(determiner) || v.next("it", "they", "errors", "anything", "something", "either", "p95", "latency", "both") {
		return v.i == 0 || v.tokens[v.i].first || v.kind(v.i-1) == Mark || v.beforeIs(subordinator) || v.class(v.i-1)&pronoun == 0 && v.nextIs(determiner)
	}
	return false
}

// restricted reports that the clause denies or restricts: "no change may", "only the release manager may".
func (v view) restricted() bool {
	for k := v.i - 1; k >= 0 && v.i-k < 9; k-- {
		if v.is(k, "no", "only", "nobody", "none", "neither", "nothing", "never", "nor") {
			return true
		}
		if v.tokens[k].first || v.is(k, ",", ";", ":") {
			break
		}
	}
	return false
}

// subordinate reports that one of the words opens the clause in which v stands.
func (v view) subordinate(openers ...string) bool {
	for k := v.i - 1; k >= 0 && v.i-k < 8; k-- {
		if v.is(k, openers...) && !v.is(k-1, "confirm", "ensure", "verify") {
			return true
		}
		if v.tokens[k].first || v.is(k, ",", ";", ":") {
			break
		}
	}
	return false
}

// unlessNoun spares nouns: "each attempt to log in", "the plan to Confluence".
func unlessNoun(v view) bool {
	if v.quoted() || v.subordinate("that", "which", "who", "if", "when") {
		return true
	}
	if v.is(v.i, "attempt", "plan", "aim", "hope", "intend", "want", "wish", "expect", "seek", "prefer") {
		if v.tokens[v.i].first || v.i == 0 || v.kind(v.i-1) == Mark {
			return v.is(v.i, "attempt", "plan") && v.class(v.j)&(determiner) != 0
		}
		return v.class(v.i-1)&pronoun == 0 && !v.before("and", "then", "to", "will", "should", "must", "team", "teams", "always", "lead", "please", "or", "not", "engineer", "manager", "owner")
	}
	return v.is(v.i, "try", "tries", "trying") && v.before("users", "user", "clients", "client", "customers", "job", "each", "every", "second", "first", "one", "last", "retries")
}

func unlessQuoted(v view) bool {
	if v.is(v.i, "generally", "normally") && v.next("available", "open", "closed") || v.named() && !v.tokens[v.i].first {
		return true
	}
	if v.is(v.i, "likely", "probably", "possibly") && (v.sentenceHas(riskWord) || v.before("most")) {
		return true
	}
	return v.quoted()
}

// unlessDeem spares "consider the gate passed when p95 is below 450 ms", which defines.
func unlessDeem(v view) bool {
	if v.quoted() || !v.tokens[v.i].first && v.i > 0 && !v.before("and", "then", "or", "please", ":", ",", "should", "also") {
		return true
	}
	for k := v.j; k < min(len(v.tokens), v.j+reach) && !v.tokens[k].first; k++ {
		if v.is(k, "passed", "failed", "closed", "complete", "completed", "green", "red", "final", "approved", "rejected", "done", "open", "met", "stale", "expired") {
			return true
		}
	}
	return false
}

// unlessGerund spares "try" but before what is tried: "try restarting", "try a rollback".
func unlessGerund(v view) bool {
	next := v.at(v.j)
	ing := len(next) > 5 && next[len(next)-3:] == "ing"
	return v.quoted() || !ing && v.class(v.j)&determiner == 0 || !v.tokens[v.i].first && !v.before("and", "then", ",", ":", "or", "to", "first", "please")
}

// Ownerless finds passives that lose who acts (LANG-008): "will be deployed", but not "will be deployed by the SRE
// lead" nor "confirm that the flag is disabled"; in imperative sources only. A heuristic.
func (d *Document) Ownerless() []Found {
	var all []Found
	for text := range d.sources {
		if !d.sources[text].Imperative {
			continue
		}
		tokens := d.Tokens(text)
		for i := 0; i < len(tokens); i++ {
			if d.table.classes[tokens[i].word]&auxiliary == 0 {
				continue
			}
			v := d.viewAt(text, i, i+1)
			if end := v.passive(); end > 0 && !v.owned(end) && !v.dependent() {
				all = append(all, d.found(text, i, end, Info, "say who acts"))
				i = end - 1
			}
		}
	}
	return all
}

// passive returns the token after the participle of the passive that begins at i; 0 if none does. The present and past
// ("is deployed") count for verbs of work only, since with others they tell a state ("is enabled").
func (v view) passive() int {
	k := v.i + 1
	work := false
	switch {
	case v.is(v.i, "will", "shall", "must", "should", "can", "may", "to", "would", "could", "cannot", "might"):
		if v.is(v.i, "to") && !v.before("is", "are", "needs", "need", "has", "have", "was", "were", "yet", "still", "remains", "remain", "ought", "going", "due", "scheduled", "planned", "expected") {
			return 0
		}
		k = v.adverbs(k)
		if !v.is(k, "be", "get") {
			return 0
		}
		k++
	case v.is(v.i, "has", "have", "had"):
		k = v.adverbs(k)
		if !v.is(k, "been") {
			return 0
		}
		k++
	case v.is(v.i, "gets", "get"):
	case v.is(v.i, "is", "are", "was", "were"):
		if v.is(k, "being") {
			k++
		} else {
			work = true
		}
	default:
		return 0
	}
	k = v.adverbs(k)
	if v.kind(k) != Word || v.tokens[k].first || !participle(v.at(k), v.class(k)) || work && v.class(k)&workVerb == 0 && !v.is(k+1, "after", "before", "every", "hourly", "daily", "within", "immediately") {
		return 0
	}
	return k + 1
}

func (v view) adverbs(k int) int {
	for v.kind(k) == Word && (strings.HasSuffix(v.at(k), "ly") || v.is(k, "not", "also", "then", "first", "never", "always", "only", "now", "once", "already", "just", "yet")) {
		k++
	}
	return k
}

// participle reports a past participle by its ending or from the list of irregular ones.
func participle(w string, c class) bool {
	if c&irregular != 0 {
		return true
	}
	if c&(notParticiple|stative) != 0 || len(w) < 4 {
		return false
	}
	if n := strings.LastIndexByte(w, '-'); n >= 0 && len(w)-n < 5 {
		return false
	}
	return strings.HasSuffix(w, "ed")
}

// owned reports that the sentence goes on with "by" and somebody, not a date or a manner.
func (v view) owned(k int) bool {
	for ; k < min(len(v.tokens), v.i+reach) && !v.tokens[k].first; k++ {
		if v.is(k, ";") {
			return false
		}
		if v.is(k, "by") && v.kind(k+1) != Number && v.class(k+1)&(weekday|month|numeral) == 0 &&
			!v.is(k+1, "hand", "default", "then", "now", "end", "close", "noon", "midnight", "tomorrow", "today", "next", "eod", "means", "using", "at", "early", "late") {
			return true
		}
	}
	return false
}

// dependent reports that the passive stands in a clause that another verb governs: after "if", "that", "which", or as
// the object of a check.
func (v view) dependent() bool {
	k := v.i - 1
	for ; k >= max(0, v.i-reach) && !v.is(k, ";"); k-- {
		if v.class(k)&subordinator != 0 && !v.leads(k) {
			return true
		}
		if v.tokens[k].first {
			break
		}
	}
	return k >= 0 && v.tokens[k].first && v.class(k)&checkVerb != 0 && k+1 < v.i
}

// leads reports that the clause opened at k ended before i: "after the freeze, the build will be deployed".
func (v view) leads(k int) bool {
	for n := k + 1; n < v.i; n++ {
		if v.is(n, ",", ":", "-", "–", "then") {
			return true
		}
	}
	return false
}
