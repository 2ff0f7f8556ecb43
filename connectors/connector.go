package connectors

import (
	"context"
	"time"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Connector answers questions about one outside system. It is the same
// interface in the host's process, in a child process and on the wire.
type Connector interface {
	// Describe says what the connector is and can do. It needs no
	// configuration and always answers the same.
	Describe() Description

	// Open opens an instance: one account at one site. It does not call the
	// outside system; [Instance.Check] does.
	Open(ctx context.Context, settings Settings) (Instance, error)
}

// Instance is an open connector. Its methods may be called at the same time.
type Instance interface {
	// Check proves that the instance can answer: credentials, permissions,
	// reachability.
	Check(ctx context.Context) error

	// Measure answers one number or series query. It has to set Complete, the
	// unit and, if the source says it, ObservedAt; [fact.AnswerNumber] sets all
	// three. A number without a unit and an answer that is not complete decide
	// nothing. The SDK overwrites Query and CollectedAt; an answer with the
	// query of another is refused, one without is taken for that to q.
	Measure(ctx context.Context, q fact.Query) (fact.Result, error)

	// List hands the items of one query to yield, in pages of any size, from
	// the beginning or from after the page with the given cursor. It stops when
	// yield returns an error, and returns it. yield may be called from several
	// goroutines, and takes one page after the other: the cursor of a page goes
	// on behind all that was taken before. Once List has returned it takes
	// nothing more.
	List(ctx context.Context, q fact.Query, cursor string, yield func(Page) error) (Listed, error)

	// Close forgets the settings and frees what the instance holds.
	Close() error
}

// Description is what a connector is and can do.
type Description struct {
	Name    string // lower case, by which queries address it: "jira"
	Version string // Semantic Versioning
	Summary string // one sentence

	// Config is the zero value of the struct that [Settings.Decode] fills. Its
	// JSON Schema is derived from it; fields of type [Secret] are secret.
	Config any

	Kinds      []Kind
	RateLimits []RateLimit
}

// Kind is one kind of question that a connector answers.
type Kind struct {
	Name    string       // "count"
	Summary string       // one sentence
	Params  any          // zero value of the struct of its parameters; nil: none
	Shapes  []fact.Shape // that it can answer in
}

// RateLimit is a token bucket: how fast the outside system may be asked.
type RateLimit struct {
	Name      string
	Kinds     []string // that draw from it; none means all
	PerSecond float64
	Burst     int
}

// Page is some items of a list, in the field that the query's shape names.
type Page struct {
	WorkItems   []fact.WorkItem
	Incidents   []fact.Incident
	Duties      []fact.Duty
	Approvals   []fact.Approval
	Deployments []fact.Deployment
	States      []fact.State

	// Cursor is where to go on after this page. The SDK ends a list whose
	// cursor it has seen before.
	Cursor string

	// Waiting, without items, says that the source asked to wait so long.
	Waiting time.Duration
}

// Len is the number of items of the page.
func (p Page) Len() int {
	return len(p.WorkItems) + len(p.Incidents) + len(p.Duties) + len(p.Approvals) + len(p.Deployments) + len(p.States)
}

// Listed is what is known at the end of a list.
type Listed struct {
	Complete   bool // nothing is missing: no page, no cap, no hidden item
	ObservedAt time.Time
	Source     string
	Link       value.Link
}
