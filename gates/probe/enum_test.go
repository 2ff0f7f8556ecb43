package probe_test

import (
	"encoding"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates/probe"
)

type text interface {
	fmt.Stringer
	encoding.TextMarshaler
}

// Every name is read back as what was written; the zero values are the strict ones.
func TestEnums(t *testing.T) {
	want := []string{"quotient difference percent-change", "either higher lower", "refuse drop", "keep drop",
		"every pre-release deployment post-release rollback"}
	var got []string
	for _, all := range [][]text{
		{probe.Quotient, probe.Difference, probe.PercentChange}, {probe.Either, probe.Higher, probe.Lower}, {probe.RefuseNaN, probe.DropNaN},
		{probe.KeepOutliers, probe.DropOutliers}, {probe.EveryPhase, probe.PreRelease, probe.Deployment, probe.PostRelease, probe.Rollback},
	} {
		var names []string
		for _, v := range all {
			name, err := v.MarshalText()
			if err != nil || string(name) != v.String() {
				t.Errorf("%v is written %q, %v", v, name, err)
			}
			names = append(names, string(name))
		}
		got = append(got, strings.Join(names, " "))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, v := range []encoding.TextMarshaler{probe.Comparison(3), probe.Direction(3), probe.NaNPolicy(2), probe.OutlierPolicy(2), probe.Phase(5), probe.Aggregate("p")} {
		if name, err := v.MarshalText(); err == nil {
			t.Errorf("%#v is written %s", v, name)
		}
	}
}

func TestAggregateNames(t *testing.T) {
	for name, valid := range map[string]bool{
		"": true, "last": true, "mean": true, "min": true, "max": true, "p50": true, "p99.9": true, "p0.1": true,
		"p0": false, "p100": false, "p-1": false, "p095": false, "p95.0": false, "p1e1": false, "pNaN": false, "pInf": false, "P95": false, "median": false, "p": false,
	} {
		var a probe.Aggregate
		if err := a.UnmarshalText([]byte(name)); (err == nil) != valid || probe.Aggregate(name).Valid() != valid {
			t.Errorf("%q: %v", name, err)
		} else if valid && string(a) != name || !valid && a != "" {
			t.Errorf("%q is read as %q", name, a)
		}
	}
}

// Whatever is read is valid and is written as it was read.
func FuzzAggregate(f *testing.F) {
	for _, seed := range []string{"", "last", "p95", "p99.9", "p1e-3", "p0x1p-2", "p 5", "p5_0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		var a probe.Aggregate
		if a.UnmarshalText([]byte(name)) != nil {
			return
		}
		if text, err := a.MarshalText(); err != nil || string(text) != name || !a.Valid() {
			t.Errorf("%q is written %q, %v", name, text, err)
		}
	})
}
