package connectors

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/wire"
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

// RateLimit is a token bucket: how fast one account may ask the outside system.
// The host keeps to it, over all instances of the account and over restarts.
type RateLimit struct {
	Name      string   // unique in the description; the config overrides by it
	Kinds     []string // that draw from it; none means all
	PerSecond float64  // above 0
	Burst     int      // at least 1
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
func (p Page) Len() int { return p.items().Len() }

func (p Page) items() wire.Items {
	return wire.Items{WorkItems: p.WorkItems, Incidents: p.Incidents, Duties: p.Duties, Approvals: p.Approvals, Deployments: p.Deployments, States: p.States}
}

func pageOf(i wire.Items, cursor string) Page {
	return Page{WorkItems: i.WorkItems, Incidents: i.Incidents, Duties: i.Duties, Approvals: i.Approvals, Deployments: i.Deployments, States: i.States, Cursor: cursor}
}

// Listed is what is known at the end of a list.
type Listed struct {
	Complete   bool // nothing is missing: no page, no cap, no hidden item
	ObservedAt time.Time
	Source     string
	Link       value.Link
}

// Checked is what every instance of [Define] can do: see [Instance.Check]. One
// that is an [io.Closer], too, is closed in the end.
type Checked interface {
	Check(ctx context.Context) error
}

// Define returns a connector made of functions. open opens an instance out of
// its config, which is read strictly; each handler answers one kind of query
// on it. The config and the kinds of the description are filled in.
//
// C is the config struct and I the type of an instance, whose method
// expressions are the handlers' functions.
func Define[C any, I Checked](about Description, open func(context.Context, C) (I, error), handlers ...Handler[I]) Connector {
	var config C
	about.Config = config
	d := defined[C, I]{about: about, open: open, handlers: handlers}
	for _, h := range handlers {
		i := slices.IndexFunc(d.about.Kinds, func(k Kind) bool {
			return k.Name == h.kind.Name && reflect.TypeOf(k.Params) == reflect.TypeOf(h.kind.Params)
		})
		if i < 0 { // or of the same name with other parameters, which the SDK refuses
			d.about.Kinds = append(d.about.Kinds, h.kind)
			continue
		}
		d.about.Kinds[i].Shapes = append(slices.Clone(d.about.Kinds[i].Shapes), h.kind.Shapes...)
	}
	return d
}

// Handler answers one kind of query on an instance of type I. [Measures] and
// [Lists] make one.
type Handler[I any] struct {
	kind    Kind
	measure func(I, context.Context, fact.Query) (fact.Result, error)
	list    func(I, context.Context, fact.Query, string) (Page, Listed, error)
}

// Measures returns the handler of a kind whose answer is a number, or of the
// given shapes. answer gets the parameters, which are read strictly into P; see
// [Instance.Measure] for what it returns.
func Measures[I, P any](name, summary string, answer func(I, context.Context, P, fact.Query) (fact.Result, error), shapes ...fact.Shape) Handler[I] {
	var zero P
	if len(shapes) == 0 {
		shapes = []fact.Shape{fact.NumberShape}
	}
	return Handler[I]{kind: Kind{Name: name, Summary: summary, Params: zero, Shapes: shapes},
		measure: func(in I, ctx context.Context, q fact.Query) (fact.Result, error) {
			var params P
			if err := DecodeParams(q, &params); err != nil {
				return fact.Result{}, err
			}
			return answer(in, ctx, params, q)
		}}
}

// Lists returns the handler of a kind whose answer is items of a shape. fetch
// gets the parameters, which are read strictly into P, and the cursor of a page;
// see [ListPages] for what it returns.
func Lists[I, P any](name, summary string, shape fact.Shape, fetch func(I, context.Context, P, string) (Page, Listed, error)) Handler[I] {
	return ListsOver(name, summary, shape, func(in I, ctx context.Context, params P, _ fact.Query, cursor string) (Page, Listed, error) {
		return fetch(in, ctx, params, cursor)
	})
}

// ListsOver is [Lists] for a kind of which more than the parameters matters:
// the window that the query covers.
func ListsOver[I, P any](name, summary string, shape fact.Shape, fetch func(I, context.Context, P, fact.Query, string) (Page, Listed, error)) Handler[I] {
	var zero P
	return Handler[I]{kind: Kind{Name: name, Summary: summary, Params: zero, Shapes: []fact.Shape{shape}},
		list: func(in I, ctx context.Context, q fact.Query, cursor string) (Page, Listed, error) {
			var params P
			if err := DecodeParams(q, &params); err != nil {
				return Page{}, Listed{}, err
			}
			return fetch(in, ctx, params, q, cursor)
		}}
}

type defined[C any, I Checked] struct {
	about    Description
	open     func(context.Context, C) (I, error)
	handlers []Handler[I]
}

// Describe implements [Connector].
func (d defined[C, I]) Describe() Description { return d.about }

// Open implements [Connector].
func (d defined[C, I]) Open(ctx context.Context, settings Settings) (Instance, error) {
	var config C
	if err := settings.Decode(&config); err != nil {
		return nil, err
	}
	in, err := d.open(ctx, config)
	if err != nil {
		return nil, err
	}
	return definedInstance[I]{in, d.handlers}, nil
}

type definedInstance[I Checked] struct {
	in       I
	handlers []Handler[I]
}

// Check implements [Instance].
func (d definedInstance[I]) Check(ctx context.Context) error { return d.in.Check(ctx) }

// Measure implements [Instance].
func (d definedInstance[I]) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	for _, h := range d.handlers {
		if h.measure != nil && h.kind.Name == q.Kind && slices.Contains(h.kind.Shapes, q.Yields.Shape) {
			return h.measure(d.in, ctx, q)
		}
	}
	return fact.Result{}, unknownKind(q)
}

// List implements [Instance].
func (d definedInstance[I]) List(ctx context.Context, q fact.Query, cursor string, yield func(Page) error) (Listed, error) {
	for _, h := range d.handlers {
		if h.list != nil && h.kind.Name == q.Kind && slices.Contains(h.kind.Shapes, q.Yields.Shape) {
			return ListPages(ctx, cursor, yield, func(ctx context.Context, cursor string) (Page, Listed, error) { return h.list(d.in, ctx, q, cursor) })
		}
	}
	return Listed{}, unknownKind(q)
}

// Close implements [Instance].
func (d definedInstance[I]) Close() error {
	if c, ok := any(d.in).(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func unknownKind(q fact.Query) error {
	return &Diagnostic{Code: CodeUnknownKind, Path: "kind", Origin: FromConfig, Summary: fmt.Sprintf("no queries of kind %q in the shape %v", clip(q.Kind), q.Yields.Shape)}
}
