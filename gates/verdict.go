package gates

import (
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// Verdict is what a gate says. The zero value is [Hold].
type Verdict uint8

// The verdicts.
const (
	Hold Verdict = iota // somebody has to find out, or to answer, first
	NoGo                // known to be wrong
	Go                  // proven, and for a limited time
)

var verdictNames = []string{"hold", "no-go", "go"}

// String returns "hold", "no-go" or "go".
func (v Verdict) String() string { return enum.String("verdict", verdictNames, v) }

// MarshalText implements [encoding.TextMarshaler].
func (v Verdict) MarshalText() ([]byte, error) { return enum.Marshal("verdict", verdictNames, v) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown verdict is an error.
func (v *Verdict) UnmarshalText(text []byte) error {
	return enum.Unmarshal("verdict", verdictNames, v, text)
}

// rank orders verdicts from worst to best: NoGo, Hold, Go.
func (v Verdict) rank() int {
	switch v {
	case NoGo:
		return 0
	case Go:
		return 2
	default:
		return 1
	}
}

// Worse returns the worse of two verdicts: NoGo before Hold before Go.
func Worse(a, b Verdict) Verdict {
	if b.rank() < a.rank() {
		return b
	}
	return a
}

// Outcome is what a criterion came to. The zero value is [Unknown].
type Outcome uint8

// The outcomes.
const (
	Unknown Outcome = iota
	Fail
	Warn
	Pass
)

var outcomeNames = []string{"unknown", "fail", "warn", "pass"}

// String returns "unknown", "fail", "warn" or "pass".
func (o Outcome) String() string { return enum.String("outcome", outcomeNames, o) }

// MarshalText implements [encoding.TextMarshaler].
func (o Outcome) MarshalText() ([]byte, error) { return enum.Marshal("outcome", outcomeNames, o) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown outcome is an error.
func (o *Outcome) UnmarshalText(text []byte) error {
	return enum.Unmarshal("outcome", outcomeNames, o, text)
}

// Code is a stable word for why an outcome or a verdict is what it is.
type Code string

// Codes of outcomes that were measured.
const (
	CodeMet      Code = "met"
	CodeNotMet   Code = "not-met"
	CodeNearing  Code = "nearing"  // within the limit, beyond the warning level
	CodeDeclared Code = "declared" // no answer, and the criterion says what that means

	CodeNotFalling     Code = "not-falling"      // remaining work that does not become less
	CodeTooManySkipped Code = "too-many-skipped" // tests that did not run
)

// Codes of outcomes that are unknown.
const (
	CodeMissing       Code = "missing"         // nobody asked, or nothing came back
	CodeFailed        Code = "query-failed"    // the connector says why
	CodeIncomplete    Code = "incomplete"      // pages, capped or hidden items are missing
	CodeDuplicate     Code = "contradicted"    // two results for one query, or two samples of one moment
	CodeVacuous       Code = "vacuous"         // zero out of nothing
	CodeTooFew        Code = "too-few"         // denominator or samples below the minimum
	CodeNoBaseline    Code = "no-baseline"     // nothing to compare with
	CodeNotANumber    Code = "not-a-number"    // NaN or infinite
	CodeUnit          Code = "unit"            // not in the query's unit
	CodeStale         Code = "stale"           // older than MaxAge
	CodeFuture        Code = "future"          // observed after Now
	CodeUnobserved    Code = "unobserved"      // no observation time
	CodeGap           Code = "window-gap"      // the window is not covered by samples
	CodePending       Code = "pending"         // not answered yet
	CodeExpired       Code = "expired"         // the answer has run out
	CodeUnclassified  Code = "unclassified"    // the source does not say whether it is done
	CodeBadTest       Code = "bad-test"        // no test, several, or one that cannot be judged
	CodeNoCheck       Code = "no-check"        // the custom check is not there
	CodeCheckPanicked Code = "check-panicked"  // the custom check broke
	CodeUndecided     Code = "check-undecided" // the custom check did not say
	CodeNoClock       Code = "no-clock"        // Now is not given
	CodeNotReached    Code = "not-reached"     // the step of a canary has not begun, or was left
	CodeSoaking       Code = "soaking"         // the step of a canary has not lasted long enough
	CodeIndistinct    Code = "indistinct"      // it looks worse, and may be chance
	CodeNoData        Code = "no-data"         // a monitor without data
	CodeMuted         Code = "muted"           // a monitor that is silenced or in downtime
	CodeNoLimit       Code = "no-limit"        // the plan does not say what would be right
	CodeNoEvidence    Code = "no-evidence"     // nothing shows that it was done
	CodeNotDeployed   Code = "not-deployed"    // no deployment is known
)

// Codes of reasons why a gate does not go.
const (
	CodeCriterionFailed   Code = "criterion-failed"
	CodeCriterionUnknown  Code = "criterion-unknown"
	CodeCriterionWarned   Code = "criterion-warned"
	CodeRejected          Code = "rejected"
	CodeRejectionUnclear  Code = "rejection-unclear"
	CodeAuthorUnknown     Code = "author-unknown"
	CodeAges              Code = "ages"
	CodeRunOut            Code = "run-out"
	CodeFrozen            Code = "frozen"
	CodeFreezeUnknown     Code = "freeze-unknown"
	CodeQuorum            Code = "quorum"
	CodeNoSignOffs        Code = "no-sign-offs"
	CodeTooManySignOffs   Code = "too-many-sign-offs"
	CodeNoSubject         Code = "no-subject"
	CodeApprovalsUnknown  Code = "approvals-unknown"
	CodeNoExitBefore      Code = "no-exit-before"
	CodeNoEntry           Code = "no-entry"
	CodeNoCriteria        Code = "no-criteria"
	CodeWindowNotOpen     Code = "window-not-open"
	CodeWindowOver        Code = "window-over"
	CodeWindowUnknown     Code = "window-unknown"
	CodeDuplicateGate     Code = "duplicate-gate"
	CodeDuplicateID       Code = "duplicate-criterion"
	CodeEnvironment       Code = "unknown-environment"
	CodeNoKind            Code = "neither-entry-nor-exit"
	CodeCatalogUnreadable Code = "catalog-unreadable"
)

// Codes of approvals that do not count.
const (
	CodeOtherSubject     Code = "other-subject"
	CodeNoPerson         Code = "no-person"
	CodeAmbiguousAccount Code = "ambiguous-account"
	CodeNoTime           Code = "no-time"
	CodeNoRole           Code = "no-role"
	CodeAuthor           Code = "author"
	CodeBarred           Code = "barred"
	CodeUnknownGate      Code = "unknown-gate"
)

// Codes of waivers that are not applied, beside the refusals of [check.Grant].
const (
	CodeNotWaivable    Code = "not-waivable"
	CodeNoScope        Code = "no-scope"
	CodeUnknownPerson  Code = "unknown-person"
	CodeOrphan         Code = "orphan"          // names nothing that exists
	CodeAmbiguousScope Code = "ambiguous-scope" // names two criteria at once
)

// Words returns the code in words, for people.
func (c Code) Words() string {
	if words, ok := codeWords[c]; ok {
		return words
	}
	return strings.ReplaceAll(string(c), "-", " ")
}

// codeWords has the codes whose own words do not say enough.
var codeWords = map[Code]string{
	CodeMet:               "met",
	CodeNotMet:            "not met",
	CodeNearing:           "beyond the warning level",
	CodeDeclared:          "no answer, declared",
	CodeMissing:           "there is no result",
	CodeFailed:            "the query failed",
	CodeIncomplete:        "the result is incomplete",
	CodeDuplicate:         "two results contradict each other",
	CodeVacuous:           "zero out of nothing proves nothing",
	CodeTooFew:            "too few to judge",
	CodeNoBaseline:        "there is no baseline",
	CodeNotANumber:        "the result is not a usable number",
	CodeUnit:              "the result is not in the unit asked for",
	CodeStale:             "the result is too old",
	CodeFuture:            "it was observed in the future",
	CodeUnobserved:        "nobody says when it was observed",
	CodeGap:               "samples do not cover the window",
	CodePending:           "not answered yet",
	CodeExpired:           "the answer has expired",
	CodeUnclassified:      "the source does not say whether it is done",
	CodeBadTest:           "the test cannot be judged",
	CodeNoCheck:           "the custom check is not there",
	CodeCheckPanicked:     "the custom check panicked",
	CodeUndecided:         "the custom check did not decide",
	CodeNoClock:           "the time of the decision is not given",
	CodeNotReached:        "the step is not reached",
	CodeSoaking:           "the step has not soaked",
	CodeIndistinct:        "it looks worse and may be chance",
	CodeNoData:            "a monitor has no data",
	CodeMuted:             "a monitor is muted",
	CodeNoLimit:           "the plan does not say what would be right",
	CodeNoEvidence:        "there is no evidence",
	CodeNotDeployed:       "no deployment is known",
	CodeNotFalling:        "at this pace it never ends",
	CodeTooManySkipped:    "too many tests did not run",
	CodeCriterionFailed:   "the criterion fails",
	CodeCriterionUnknown:  "the criterion is unknown",
	CodeCriterionWarned:   "the criterion warns",
	CodeRejected:          "rejected",
	CodeRejectionUnclear:  "somebody rejects, and who or what cannot be told",
	CodeAuthorUnknown:     "an author of the change, or who asked for it, is nobody in the directory",
	CodeAges:              "the catalog's ages are out of bounds",
	CodeRunOut:            "what it rests on has run out already",
	CodeUnknownGate:       "it names no gate of the catalog",
	CodeFrozen:            "the freeze is in force",
	CodeFreezeUnknown:     "when the freeze is in force cannot be told",
	CodeQuorum:            "sign-offs are missing",
	CodeNoSignOffs:        "the gate has no sign-offs and does not say that it needs none",
	CodeTooManySignOffs:   "the gate has more sign-offs than can be judged",
	CodeNoSubject:         "what would be approved is not known",
	CodeApprovalsUnknown:  "the approvals are not known",
	CodeNoExitBefore:      "the exit before is not go",
	CodeNoEntry:           "the environment's own entry is not go",
	CodeNoCriteria:        "the gate has no criterion that decides",
	CodeWindowNotOpen:     "the deployment window is not open yet",
	CodeWindowOver:        "the deployment window is over",
	CodeWindowUnknown:     "when the deployment window is open cannot be told",
	CodeDuplicateGate:     "the gate is in the catalog twice",
	CodeDuplicateID:       "two criteria have one id",
	CodeEnvironment:       "the environment is not in the catalog's list",
	CodeNoKind:            "the gate is neither an entry nor an exit",
	CodeCatalogUnreadable: "the catalog has no JSON form",
	CodeOtherSubject:      "it approves something else",
	CodeNoPerson:          "the account belongs to nobody in the directory",
	CodeAmbiguousAccount:  "the account belongs to more than one person",
	CodeNoTime:            "nobody says when it was answered",
	CodeNoRole:            "the person holds neither the role nor its delegation",
	CodeAuthor:            "the person is an author of the change",
	CodeBarred:            "the person asked for the change, or deploys it",
	"hold":                "it holds",
	"no-go":               "it is no-go",
}
