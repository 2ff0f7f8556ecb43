//go:build unix

package hostile_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// honest is a connector of the SDK's. It does no harm unless it is asked to.
type honest struct{}

type honestParams struct {
	Fuse string `json:"fuse,omitzero"` // a file: who finds it removes it and kills itself
}

func (honest) Describe() connectors.Description {
	kind := func(name string, shape fact.Shape) connectors.Kind {
		return connectors.Kind{Name: name, Params: honestParams{}, Shapes: []fact.Shape{shape}}
	}
	return connectors.Description{Name: "honest", Version: "1.0.0", Summary: "Answers seven.", Config: struct{}{},
		Kinds: []connectors.Kind{kind("count", fact.NumberShape), kind("another", fact.NumberShape), kind("die", fact.NumberShape), kind("items", fact.WorkItemShape)}}
}

func (honest) Open(context.Context, connectors.Settings) (connectors.Instance, error) {
	return instance{}, nil
}

type instance struct{}

func (instance) Check(context.Context) error { return nil }
func (instance) Close() error                { return nil }

func (instance) Measure(_ context.Context, q fact.Query) (fact.Result, error) {
	switch q.Kind {
	case "another":
		q = q.With("fuse", "another")
	case "die":
		die()
	}
	return fact.AnswerNumber(q, time.Now(), 7), nil
}

const pages, pageSize = 10, 30

// List is whole however often it dies: each page only once.
func (instance) List(_ context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	var p honestParams
	if err := connectors.DecodeParams(q, &p); err != nil {
		return connectors.Listed{}, err
	}
	first := 0
	if cursor != "" {
		var err error
		if first, err = strconv.Atoi(cursor); err != nil {
			return connectors.Listed{}, err
		}
	}
	for n := first; n < pages; n++ {
		if n == pages/2 && p.Fuse != "" && os.Remove(p.Fuse) == nil {
			die()
		}
		page := connectors.Page{Cursor: strconv.Itoa(n + 1)}
		for i := range pageSize {
			page.WorkItems = append(page.WorkItems, fact.WorkItem{ID: fmt.Sprintf("A-%d", n*pageSize+i)})
		}
		if err := yield(page); err != nil {
			return connectors.Listed{}, err
		}
	}
	return connectors.Listed{Complete: true, ObservedAt: time.Now()}, nil
}

func die() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

func count(name string) fact.Query { return fact.NewQuery(name, "count", fact.Number(value.Count)) }
func items(name string) fact.Query { return fact.NewQuery(name, "items", fact.WorkItems()) }
