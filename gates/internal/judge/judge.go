// Package judge is what the kinds of tests and the evaluation of a gate say to
// each other: a test asks its scene for results and says what they come to.
package judge

import (
	"time"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Outcome is what a test comes to. The values are those of gates.Outcome.
type Outcome uint8

// The outcomes.
const (
	Unknown Outcome = iota
	Fail
	Warn
	Pass
)

// Code is why. The words are those of gates.Code, which documents them.
type Code string

// The codes that a test may give.
const (
	Met            Code = "met"
	NotMet         Code = "not-met"
	Nearing        Code = "nearing"
	Missing        Code = "missing"
	Incomplete     Code = "incomplete"
	Contradicted   Code = "contradicted"
	Vacuous        Code = "vacuous"
	TooFew         Code = "too-few"
	NoBaseline     Code = "no-baseline"
	NotANumber     Code = "not-a-number"
	WrongUnit      Code = "unit"
	Stale          Code = "stale"
	Future         Code = "future"
	Gap            Code = "window-gap"
	Pending        Code = "pending"
	Expired        Code = "expired"
	Unclassified   Code = "unclassified"
	Rejected       Code = "rejected"
	NoTime         Code = "no-time"
	NoPerson       Code = "no-person"
	NoRole         Code = "no-role"
	Ambiguous      Code = "ambiguous-account"
	NotReached     Code = "not-reached"
	NotFalling     Code = "not-falling"
	Soaking        Code = "soaking"
	Indistinct     Code = "indistinct"
	NoData         Code = "no-data"
	Muted          Code = "muted"
	NoLimit        Code = "no-limit"
	NoEvidence     Code = "no-evidence"
	NotDeployed    Code = "not-deployed"
	TooManySkipped Code = "too-many-skipped"
	WindowUnknown  Code = "window-unknown"
	WindowNotOpen  Code = "window-not-open"
	WindowOver     Code = "window-over"
	Frozen         Code = "frozen"
)

// Said is what a test comes to and what it rests on.
type Said struct {
	Outcome  Outcome
	Code     Code
	Observed value.Quantity
	Limit    value.Quantity
	Detail   string    // in words, where the code does not say it all; one line
	Until    time.Time // when what it rests on runs out, beside the age of results; zero: it does not
	Turns    time.Time // when time alone may make it say something else, beside that; zero: it does not
}

// Unclear is that nothing can be said, and why.
func Unclear(c Code) Said { return Said{Code: c} }

// With returns what was said with what was seen.
func (s Said) With(observed, limit value.Quantity) Said {
	s.Observed, s.Limit = observed, limit
	return s
}

// Because returns what was said with words.
func (s Said) Because(detail string) Said {
	s.Detail = detail
	return s
}

// Scene is what a test may look at. Results are numbered by their query's
// position in [Test.Queries].
type Scene interface {
	// Look returns the result of query i if it can be used: it is there, alone,
	// not failed, complete and as fresh as the criterion wants it. Otherwise the
	// code says why not, and the test is unknown.
	Look(i int) (*fact.Result, Code)

	// Proves reports whether the population of query i counts something. It is
	// asked only where a zero would decide.
	Proves(i int) bool

	Now() time.Time
	Skew() time.Duration // how far ahead of Now a source's clock may be
	Plan() *release.Plan
	Environment() string // that the gate guards

	// Person returns whose account it is, and Mandate whether the person may
	// answer for the role at that moment, by holding it or by delegation.
	Person(fact.Account) (id string, code Code)
	Mandate(role, person string, at time.Time) bool
}

// Test is one kind of test.
type Test interface {
	// Queries are what the test asks, populations apart. What may be left out
	// comes last.
	Queries() []fact.Query

	// Fault says why the test can never be judged, in words that follow "it",
	// and where: the path starts at the test. Without words it can be judged.
	Fault() (at check.Path, why string)

	// Judge judges the test. It is called only if there is no fault.
	Judge(Scene) Said

	// Condition is what the test demands, in words that follow the criterion's
	// id: "≤ 450 ms".
	Condition() string
}

// Sooner returns the earlier of two moments, of which the zero one is none.
func Sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Next returns the earlier of a moment, of which the zero one is none, and of
// those of the others that are still to come.
func Next(now, a time.Time, others ...time.Time) time.Time {
	for _, t := range others {
		if t.After(now) {
			a = Sooner(a, t)
		}
	}
	return a
}

// Count is a number of things.
func Count(n int) value.Quantity {
	return value.Quantity{Value: value.Number(n), Unit: value.Count}
}
