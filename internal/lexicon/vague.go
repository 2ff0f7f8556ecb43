package lexicon

// Vague finds vague modifiers (LANG-001).
func (d *Document) Vague() []Found { return d.listed(vague) }

const (
	sayHowMuch = "state the measure"
	sayWhen    = "state the time or the condition"
	sayHow     = "state the criterion"
)

// vagueLists are what readers take to mean different things. Words that describe a defect rather than promise
// something ("sometimes", "properly") weigh less.
var vagueLists = []list{
	{vague, Error, sayHowMuch, vagueDegree, `
fairly; quite; relatively; reasonably; somewhat; largely; mostly; mainly; roughly; approximately; very; extremely
exceedingly; really; significantly; substantially; considerably; dramatically; noticeably; slightly; marginally
minimally; hugely; vastly; greatly; remarkably; surprisingly; tremendously; incredibly; particularly; immensely
moderately; sufficiently; adequately; satisfactorily; acceptably; decently; comparatively; severely; heavily
a bit; a little bit; more or less; to some (extent|degree); to a (certain|large|great|limited) (extent|degree)
for the most part; by and large; in general; on the whole; give or take; or so; in the ballpark; ballpark
a little (slower|faster|later|longer|higher|lower|late|slow|unstable|flaky|risky|more|less)
(minimal|little|negligible|limited|low|small|some|moderate|significant|noticeable) (impact|downtime|disruption|effort|degradation|interruption)
(significant|substantial|considerable|huge|vast|tremendous|massive|dramatic|tiny|negligible) (increase|decrease|drop|improvement|improvements|change|changes|reduction|load|traffic|delay|delays|spike|gain|gains|amount|portion|part|share)
(significant|substantial|considerable|huge|vast|tremendous|massive|enormous|gigantic|tiny|dramatic)
(minor|small|tiny|little) (issue|issues|glitch|glitches|hiccup|hiccups|delay|delays|tweak|tweaks|slowdown|degradation|problem|problems)
hardly; barely; scarcely; thoroughly; extensively; highly; negligible; well tested; (thorough|extensive|proper|sufficient|enough) (testing|monitoring|verification|validation|review|notice|coverage|confidence|progress|time)
(kept|keep|keeping|keeps) (downtime|impact|disruption|latency|errors|it|them|the window|risk|) (to a minimum|low|short|small|minimal|as low as possible|as short as possible); to a minimum; high-quality; optimally; best possible; easy-to-use; intuitive; enterprise-grade; next-generation
(most|very|quite|highly) likely; (highly|extremely|very) unlikely; highly (stable|reliable|performant|scalable|confident|optimized|optimised|responsive|secure|resilient)
much (better|faster|slower|safer|higher|lower|more|less|improved|smaller|larger|easier)
(far|way|a lot|lots) (better|faster|slower|safer|higher|lower|smaller|larger|easier)
nearly (all|complete|completed|done|finished|ready|every|always|identical|100|90|95|99)
almost (all|complete|completed|done|finished|ready|every|always|certainly|identical|never|no|entirely)
close to (zero|done|ready|complete|finished|normal); practically (all|done|ready|no|zero|finished|complete)
virtually (all|no|every|done|none|zero|identical|complete)`},
	{vague, Error, sayHowMuch, unlessRather, `rather`},
	{vague, Error, sayHowMuch, unlessKind, `kind of; sort of`},
	{vague, Error, sayHowMuch, unlessAdverb, `pretty`},
	{vague, Error, sayHowMuch, beforeFigure, `about; around; some; circa; nearly; almost; close to; up to about; approx; approx.; in the region of; in the order of`},
	{vague, Error, sayWhen, unlessSince, `
as soon as (possible|practical|practicable|feasible|we can|they can|convenient|reasonably possible); asap; a.s.a.p.
as (quickly|fast|early|promptly|often|much|little|long|far|many|smoothly|safely) as (possible|practical|practicable|feasible|needed|necessary|we can)
soon; sooner or later; very soon; shortly; quickly; promptly; swiftly; rapidly; speedily; in due (course|time); before long
in (a timely|an orderly|a reasonable|a prompt) (manner|fashion|way); timely; (at|in) (the earliest|your earliest|their earliest) (opportunity|convenience)
at (your|their) convenience; when (convenient|ready|possible|feasible|time permits|time allows); whenever (possible|convenient|necessary|needed|ready)
(within|in|after|for) a (reasonable|short|while|certain) (time|period|timeframe|delay|amount of time|period of time); in a (moment|while|bit)
at some (point|stage|time); some time; sometime; eventually; for (some|a) (time|while); long enough; for now; for the time being
in the (meantime|near future|future|foreseeable future|short term|long term|coming period)`},
	{vague, Error, sayHow, unlessBy, `
as (needed|necessary|appropriate|applicable|desired); if (possible|practical|practicable|feasible|appropriate|applicable|needed|necessary|need be|required|desired|time permits|time allows)
(where|when|wherever) (possible|practical|practicable|feasible|appropriate|applicable|necessary|needed|desired|it makes sense); to the extent possible; as required
if (anything|something) (goes wrong|looks wrong|looks off|looks odd|is off|seems off|breaks|looks bad|looks strange|feels off|feels wrong); if things (go wrong|look bad)
in most cases; in some cases; in many cases; in certain cases; under normal (circumstances|conditions|load); as far as (possible|practical|we know)
(reasonable|appropriate|adequate|suitable|satisfactory|acceptable|sensible|decent) (time|effort|efforts|performance|level|levels|state|quality|steps|measures|action|actions|amount|threshold|thresholds|limits|limit|latency|coverage|testing|test coverage|monitoring|error rate|error rates|capacity|manner|shape|range|delay|care|margin|person|people|team|teams|stakeholders|owner|condition|response|confidence|bounds|speed)
(is|are|be|was|were|looks|look|seems|seem|remains|remain|stays|stay|feels) (good|bad|poor|fine|ok|okay|nice|great|acceptable|reasonable|adequate|satisfactory|sufficient|solid|decent|sane|healthy enough|appropriate|minimal|straightforward|easy|trivial|slow|too slow|too high|low|high|small|huge|big|healthy|normal|negligible)
(is|are|be|looks|look|seems|seem) (very|quite|all|pretty|mostly|generally) (good|fine|ok|okay|clear|right)
(good|safe|stable|fast|quick|high|low|close|clean|healthy|ready|confident|comfortable|big|small|reliable|well|mature|quiet|solid|robust|responsive) enough
all good; in (good|decent|great|reasonable) (shape|order|health|condition|state); no (major|big|serious|significant|real|obvious|noticeable) (issues|issue|problems|problem|concerns|bugs|defects|impact|regressions|regression)
(smooth|seamless|painless|effortless) (rollout|deployment|release|migration|upgrade|transition|experience|launch|cutover|switch|process|operation|integration)
smoothly; seamlessly; seamless; effortlessly; painlessly; robust; user-friendly; state-of-the-art; cutting-edge; world-class; best-in-class
industry-leading; next-level; game-changing; blazing fast; blazingly fast; lightning-fast; super fast; rock solid; bulletproof; excellent; awesome
best effort; on a best effort basis; (business|usual) hours or so; and so on; and so forth; etc; etc.; et cetera; and the like; or something; or similar; or whatever; too (fast|slow|high|low|big|small|late|early|slowly|often|soon|quickly)
whatever is (needed|necessary); as (we|you|they) see fit; use (common sense|your judgement|your judgment|good judgement|good judgment); with care
(works|work|working|behaves|behave|performs|perform|runs|ran|run|functions|function|functioning|going|went|goes|performing|behaving) (as expected|fine|well|nicely|great|as intended|ok|okay|smoothly)
(remain|remains|remained|stay|stays|stayed|keeps) (low|high|fine|good|bad|ok|okay|stable|normal|healthy|slow|fast|small|large|minimal|flat|steady|acceptable|within reason)
(return|returns|returned|back) to normal; (look|looks|looking|seem|seems) (promising|stable|healthy|normal|right|sane|clean); straightforward; if (all|everything) goes (well|to plan|according to plan|as planned); with (any|a bit of|some|) luck; fingers crossed; on a regular basis; at regular intervals
(is|are) (now|much|a lot|) (faster|slower|better|easier|safer|smoother|nicer|more reliable|more stable|more responsive|more robust|more secure); adequate; reasonable; satisfactory
hopefully; probably; possibly; perhaps; maybe; presumably; arguably; supposedly; apparently; obviously; clearly; basically; essentially
i think; we think; we (believe|hope|feel|expect|assume); it seems; seems to be; seem to be; seems to; should be (fine|ok|okay|good|enough|alright)
(close|extra|special|careful) attention; in a (good|safe|controlled) way; (good|bad|poor|better|improved|great|nice) (performance|stability|experience|coverage|quality|reliability)`},
	{vague, Error, sayHow, unlessRisk, `(is|are|will|would|be|most|more) likely; likely to; unlikely to; (is|are) unlikely`},
	{vague, Warning, sayHow, unlessGenerally, `
generally; usually; normally; typically; commonly; sometimes; occasionally; frequently; often; rarely; seldom; regularly; periodically
from time to time; every now and then; now and then; properly; appropriately; suitably; easily; simply; intermittently; more frequently; carefully; closely`},
	{vague, Warning, sayHow, nil, `
appropriate; suitable; (a|the) (suitable|reasonable|sensible|decent) (one|value|default|place|moment|number|set|way); sensible`},
}

// vagueDegree spares degrees that are terms: "very large telescope", "significant digits".
func vagueDegree(v view) bool {
	if v.i+2 < len(v.tokens) && v.is(v.i, "very", "quite", "rather") && v.tokens[v.i].first && v.tokens[v.i+1].shape.title() && v.tokens[v.i+2].shape.title() {
		return true // "Very Good Security"
	}
	if v.is(v.i, "highly") && v.next("available", "privileged", "regulated", "confidential", "restricted", "sensitive") || v.is(v.i, "minor", "small", "tiny", "little") && v.enumerated() {
		return true
	}
	return v.named() || v.is(v.i, "significant") && v.before("statistically") || v.next("digits", "digit", "figures", "figure", "bits", "bit") || v.is(v.i, "relatively") && v.next("prime") ||
		v.is(v.i, "or") && v.next("that", "the", "it", "as", "called") || v.is(v.i, "very", "particularly") && v.next("same", "first", "last")
}

func unlessRather(v view) bool { return v.next("than") || v.before("or", "but") || v.named() }

// unlessKind spares "this kind of error": a kind, not a degree.
func unlessKind(v view) bool {
	return v.beforeIs(determiner) || v.before("same", "new", "other", "some", "one", "two", "first", "second", "resource", "object", "by", "per", "of") || v.kind(v.i-1) == Code
}

// unlessAdverb spares "pretty-printed" and "pretty print".
func unlessAdverb(v view) bool { return v.next("print", "printing", "printer", "printed", "format") }

// beforeFigure spares what no number follows: "about" is vague only of a figure.
func beforeFigure(v view) bool {
	if v.j >= len(v.tokens) {
		return true
	}
	k := v.j
	if v.is(k, "~", "$", "€", "£") {
		k++
	}
	if v.is(k, "a", "an") && v.is(k+1, "hour", "minute", "day", "week", "month", "dozen", "hundred", "thousand", "third", "quarter") && v.is(v.i, "about", "around", "nearly", "almost") {
		return false
	}
	if v.is(k, "one") && !v.is(k+1, "hour", "minute", "second", "day", "week", "month", "year", "percent", "third", "quarter", "hundred", "thousand", "million") {
		return true // "about one service"
	}
	return v.kind(k) != Number && v.class(k)&numeral == 0 && !v.is(k, "half", "twice", "noon", "midnight") ||
		v.is(v.i, "about") && v.before("question", "questions", "article", "page", "ticket", "information", "details", "notice", "facts", "facts", "news") ||
		v.is(v.i, "around") && v.before("wrap", "wraps", "wrapped", "work", "works")
}

// unlessSince spares "as soon as the canary passes" by listing no such phrase, and "some time" in a name.
func unlessSince(v view) bool {
	return v.named() || v.is(v.i, "eventually") && v.next("consistent", "consistency") || v.is(v.i, "quickly") && v.before("how", "too") ||
		v.is(v.i, "soon") && v.before("as", "too", "how") || v.is(v.i, "timely") && v.before("un") || v.is(v.i, "for") && v.next("series", "zone") ||
		v.is(v.i, "rapidly", "quickly") && v.next("changing")
}

// unlessBy spares "as required by CM-3": the criterion is named.
func unlessBy(v view) bool {
	if v.is(v.i, "as", "if", "when", "where") && v.next("by", "under", "to", "that") && v.is(v.j-1, "required", "appropriate", "applicable", "needed", "necessary") {
		return true
	}
	if v.is(v.i, "clearly", "best") && v.next("labelled", "labeled", "marked", "defined") {
		return true
	}
	if v.is(v.i, "is", "are", "be", "was", "were") && v.attributive() {
		return true
	}
	if v.is(v.i, "is", "are", "be", "was", "were") { // "is good until 2027", "is acceptable if errors <= 0.2%"
		for k := v.j; k < min(len(v.tokens), v.j+reach) && !v.tokens[k].first; k++ {
			if v.kind(k) == Number {
				return true
			}
		}
		if v.sentenceHas(riskWord) || v.next("than") {
			return true
		}
	}
	if v.is(v.i, "was", "were") && v.is(v.j-1, "slow", "high", "low", "small", "big", "huge", "bad", "poor", "normal") {
		return true // it tells what happened
	}
	return v.named() || v.is(v.i, "no") && v.next("than") || v.is(v.i, "improved") && v.tokens[v.i].first
}

// attributive reports that a noun follows the adjective met: "is good events divided by valid events".
func (v view) attributive() bool {
	return v.j < len(v.tokens) && !v.tokens[v.j].first && v.kind(v.j) == Word && v.class(v.j)&(subordinator|determiner) == 0 &&
		!v.next("and", "or", "but", "for", "in", "on", "at", "with", "to", "of", "during", "so", "now", "again", "overall", "by", "under", "from", "across",
			"than", "then", "throughout", "per", "within", "here", "there", "today", "too", "yet", "not", "compared", "given", "already", "like", "about", "enough")
}

// unlessRisk spares the scale of a risk: "probability: likely".
func unlessRisk(v view) bool { return v.sentenceHas(riskWord) || v.before("how") }

func unlessGenerally(v view) bool {
	return v.next("available", "open", "closed") && v.is(v.i, "generally", "normally") || v.before("how", "too", "more", "less", "as") ||
		v.is(v.i, "closely") && v.next("related", "coupled") || v.named()
}
