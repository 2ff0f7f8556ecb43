package recording

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Launches are the recorded connectors for a [connectors.Config], under the
// names by which they were asked. They need no settings. Give the fleet the
// clock of the recording, as [Recording.End] has it, or its facts are stale.
//
// A fleet says of its facts that they come from its own program, in a version
// that ends in "recorded".
func (p *Replay) Launches() []connectors.Launch {
	var all []connectors.Launch
	for _, name := range p.recording.connectors() {
		all = append(all, connectors.Launch{Name: name, InProcess: p.Connector(name)})
	}
	return all
}

// Connector returns a connector that answers as the named one did. It can be run
// in a fleet or be served by a program. What was not recorded fails with the code
// [CodeNotRecorded], a kind of query of which nothing was recorded with
// [connectors.CodeUnknownKind]. What failed is not to be asked again: the
// recording has what came of that.
func (p *Replay) Connector(name string) connectors.Connector { return replayed{p, name} }

type replayed struct {
	*Replay

	name string
}

// Describe implements [connectors.Connector].
func (c replayed) Describe() connectors.Description {
	d := connectors.Description{Name: c.name, Version: "0.0.0", Summary: "Answers from a recording."}
	for i := range c.recording.Exchanges {
		res := &c.recording.Exchanges[i].Result
		if res.Query.Connector != c.name {
			continue
		}
		d.Version = cmp.Or(res.Program.Version, d.Version)
		j := slices.IndexFunc(d.Kinds, func(k connectors.Kind) bool { return k.Name == res.Query.Kind })
		if j < 0 {
			j = len(d.Kinds)
			d.Kinds = append(d.Kinds, connectors.Kind{Name: res.Query.Kind, Summary: "Was recorded.", Params: map[string]any{}})
		}
		if shape := res.Query.Yields.Shape; !slices.Contains(d.Kinds[j].Shapes, shape) {
			d.Kinds[j].Shapes = append(d.Kinds[j].Shapes, shape)
		}
	}
	d.Version += map[bool]string{true: ".", false: "+"}[strings.Contains(d.Version, "+")] + "recorded" // build metadata
	return d
}

// Open implements [connectors.Connector].
func (c replayed) Open(_ context.Context, settings connectors.Settings) (connectors.Instance, error) {
	return c, settings.Decode(&struct{}{})
}

// Check implements [connectors.Instance].
func (c replayed) Check(ctx context.Context) error { return ctx.Err() }

// Close implements [connectors.Instance].
func (c replayed) Close() error { return nil }

// find returns the answer to a query, which the SDK addresses to the connector's
// own name.
func (c replayed) find(ctx context.Context, q fact.Query, again bool) (*Exchange, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	x, missing := c.next(q.Ask, false, again) // what a fleet collects has more to say
	if missing != nil {
		return nil, missing
	}
	return x, nil
}

func final(d *connectors.Diagnostic) error {
	d.Retryable, d.RetryAfter = false, 0
	return d
}

// Measure implements [connectors.Instance].
func (c replayed) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	x, err := c.find(ctx, q, false)
	if err != nil {
		return fact.Result{}, err
	}
	if x.Result.Failed() {
		return fact.Result{}, final(x.failure())
	}
	r := x.fact()
	r.Query = q
	return r, nil
}

// List implements [connectors.Instance]. Its cursors are the numbers of pages.
func (c replayed) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	x, err := c.find(ctx, q, cursor != "")
	if err != nil {
		return connectors.Listed{}, err
	}
	pages := x.pages()
	from := 0
	if cursor != "" {
		if from, err = strconv.Atoi(cursor); err != nil || from < 1 || from > len(pages) {
			return connectors.Listed{}, &connectors.Diagnostic{Code: connectors.CodeInvalidQuery, Path: "cursor", Origin: connectors.FromConfig,
				Summary: fmt.Sprintf("the recording has no page %.60q", cursor)}
		}
	}
	for i := from; i < len(pages); i++ {
		if pages[i].Cursor = strconv.Itoa(i + 1); pages[i].Len() == 0 {
			continue
		}
		if err := yield(pages[i]); err != nil {
			return connectors.Listed{}, err
		}
	}
	r := &x.Result
	if r.Failed() {
		return connectors.Listed{}, final(x.failure())
	}
	return connectors.Listed{Complete: r.Complete, ObservedAt: r.ObservedAt, Source: r.Source, Link: r.Link}, nil
}
