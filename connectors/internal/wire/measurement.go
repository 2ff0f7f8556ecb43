package wire

import (
	"strconv"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// EncodeMeasurement returns the answer to a number or series query: what the
// shape of r.Query names, and nothing of a failure. Texts pass through clean,
// which may be nil.
func EncodeMeasurement(r fact.Result, clean func(string) string) (*connectorv1.Measurement, error) {
	f := fields{of: "answer to ", id: r.Query.Kind, clean: clean}
	m := &connectorv1.Measurement{
		Complete:   r.Complete,
		ObservedAt: f.stamp("observedAt", r.ObservedAt),
		Source:     f.text("source", r.Source),
		Link:       string(f.link(r.Link)),
	}
	switch r.Query.Yields.Shape {
	case fact.NumberShape:
		if !r.Value.IsZero() {
			n := float64(r.Value.Value)
			m.Value = &n
		}
		m.Unit = string(f.unit(r.Value.Unit))
	case fact.SeriesShape:
		m.Unit = string(f.unit(r.Unit))
		m.Samples = make([]*connectorv1.Sample, len(r.Samples))
		for i, s := range r.Samples {
			if s.At.IsZero() {
				f.fault("samples["+strconv.Itoa(i)+"]", "no moment")
			}
			m.Samples[i] = &connectorv1.Sample{At: f.stamp("samples", s.At), Value: float64(s.Value)}
		}
	default:
		f.fault("shape", "%v is not measured but listed", r.Query.Yields.Shape)
	}
	return m, f.err
}

// DecodeMeasurement returns m as the answer to q. It does not look at
// m.Failure, and leaves the time of collection to the host. Texts pass through
// clean, which may be nil.
func DecodeMeasurement(m *connectorv1.Measurement, q fact.Query, clean func(string) string) (fact.Result, error) {
	f := fields{of: "answer to ", id: q.Kind, clean: clean}
	r := fact.Result{
		Query:      q,
		Complete:   m.GetComplete(),
		ObservedAt: f.time("observedAt", m.GetObservedAt()),
		Source:     f.text("source", m.GetSource()),
		Link:       f.link(value.Link(m.GetLink())),
	}
	unit := f.unit(value.Unit(m.GetUnit()))
	switch q.Yields.Shape {
	case fact.NumberShape:
		if m != nil && m.Value != nil {
			r.Value = value.Quantity{Value: value.Number(*m.Value), Unit: unit}
		}
	case fact.SeriesShape:
		r.Unit = unit
		r.Samples = f.samples(m.GetSamples())
	default:
		f.fault("shape", "%v is not measured but listed", q.Yields.Shape)
	}
	return r, f.err
}

func (f *fields) samples(list []*connectorv1.Sample) []fact.Sample {
	if len(list) == 0 {
		return nil
	}
	samples := make([]fact.Sample, len(list))
	for i, s := range list {
		if s.GetAt() == nil {
			f.fault("samples["+strconv.Itoa(i)+"]", "no moment")
		}
		samples[i] = fact.Sample{At: f.time("samples", s.GetAt()), Value: value.Number(s.GetValue())}
	}
	return samples
}

// EncodeEnd returns the end of a list without items: r's moment, source and
// link. Texts pass through clean, which may be nil.
func EncodeEnd(r fact.Result, clean func(string) string) (*connectorv1.Done, error) {
	f := fields{of: "list of ", id: r.Query.Kind, clean: clean}
	m := &connectorv1.Done{
		Complete:   r.Complete,
		ObservedAt: f.stamp("observedAt", r.ObservedAt),
		Source:     f.text("source", r.Source),
		Link:       string(f.link(r.Link)),
	}
	return m, f.err
}

// DecodeEnd returns the end of the list that answers q. It does not look at
// m.Failure, and leaves the time of collection to the host. Texts pass through
// clean, which may be nil.
func DecodeEnd(m *connectorv1.Done, q fact.Query, clean func(string) string) (fact.Result, error) {
	f := fields{of: "list of ", id: q.Kind, clean: clean}
	r := fact.Result{
		Query:      q,
		Complete:   m.GetComplete(),
		ObservedAt: f.time("observedAt", m.GetObservedAt()),
		Source:     f.text("source", m.GetSource()),
		Link:       f.link(value.Link(m.GetLink())),
	}
	return r, f.err
}
