package wire

import (
	"errors"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// EncodeQuery returns q without its connector, which the instance stands for,
// and without its population, which is asked beside it.
func EncodeQuery(q fact.Query) (*connectorv1.Query, error) {
	f := fields{of: "query ", id: q.Kind}
	if err := q.Params.Fault(); q.Params != "" && err != nil {
		f.fault("params", "%v", err)
	}
	m := &connectorv1.Query{
		Kind:   f.text("kind", q.Kind),
		Params: f.text("params", string(q.Params)),
		Shape:  EncodeShape(q.Yields.Shape),
		Unit:   string(f.unit(q.Yields.Unit)),
	}
	if q.Window < 0 {
		f.fault("window", "%v is negative", time.Duration(q.Window))
	}
	if q.Window > 0 {
		m.Window = durationpb.New(time.Duration(q.Window))
	}
	return m, f.err
}

// DecodeQuery returns m as a query to the named connector. Parameters come out
// in canonical form, however they were written.
func DecodeQuery(m *connectorv1.Query, connector string) (fact.Query, error) {
	if m == nil {
		return fact.Query{}, errors.New("query: not set")
	}
	f := fields{of: "query ", id: m.GetKind()}
	var q fact.Query
	q.Connector = connector
	q.Kind = f.text("kind", m.GetKind())
	q.Yields = fact.Yields{Shape: DecodeShape(m.GetShape()), Unit: f.unit(value.Unit(m.GetUnit()))}
	if q.Params = fact.Params(m.GetParams()); q.Params.Fault() != nil {
		params, err := fact.ParseParams(m.GetParams())
		if err != nil {
			f.fault("params", "%v", err)
		}
		q.Params = params
	}
	if w := m.GetWindow(); w != nil {
		// AsDuration saturates at 292 years, where the contract's durations go on to 10,000.
		back := durationpb.New(w.AsDuration())
		if w.CheckValid() != nil || w.AsDuration() < 0 || back.Seconds != w.Seconds || back.Nanos != w.Nanos {
			f.fault("window", "%d s %d ns is not a length of time from 0 to 292 years", w.GetSeconds(), w.GetNanos())
		}
		q.Window = value.Duration(w.AsDuration())
	}
	return q, f.err
}

// EncodeShape returns s, and unspecified for a shape that the contract does not know.
func EncodeShape(s fact.Shape) connectorv1.Shape {
	return connectorv1.Shape(known(int32(s), connectorv1.Shape_name))
}

// DecodeShape returns s, and [fact.NoShape] for a shape that is not known here.
func DecodeShape(s connectorv1.Shape) fact.Shape {
	return fact.Shape(known(int32(s), connectorv1.Shape_name))
}

// known returns n if names has it, else 0, the strict value. The enums of the
// contract and those of facts have equal numbers, which a test keeps so.
func known(n int32, names map[int32]string) int32 {
	if _, ok := names[n]; ok {
		return n
	}
	return 0
}
