package fact_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// anyAsk draws from so few values that equal ones are common.
func anyAsk() *rapid.Generator[fact.Ask] {
	return rapid.Custom(func(t *rapid.T) fact.Ask {
		return fact.Ask{
			Connector: rapid.SampledFrom([]string{"", "jira", "datadog"}).Draw(t, "connector"),
			Kind:      rapid.SampledFrom([]string{"", "count", "metric"}).Draw(t, "kind"),
			Params:    rapid.SampledFrom([]fact.Params{"", `{"jql":"a"}`, `{"jql":"b"}`}).Draw(t, "params"),
			Window:    rapid.SampledFrom([]value.Duration{0, 1, -1}).Draw(t, "window"),
			Yields: fact.Yields{Shape: rapid.SampledFrom([]fact.Shape{0, fact.NumberShape, fact.SeriesShape}).Draw(t, "shape"),
				Unit: rapid.SampledFrom([]value.Unit{"", value.Count, value.Milliseconds}).Draw(t, "unit")},
		}
	})
}

func anyQuery() *rapid.Generator[fact.Query] {
	return rapid.Custom(func(t *rapid.T) fact.Query {
		q := fact.Query{Ask: anyAsk().Draw(t, "ask")}
		if rapid.Bool().Draw(t, "counted") {
			q.Population = anyAsk().Draw(t, "population")
		}
		return q
	})
}

// Compare is a total order whose equality is ==.
func TestQueryCompare(t *testing.T) {
	sign := func(n int) int { return min(max(n, -1), 1) }
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyQuery().Draw(t, "a"), anyQuery().Draw(t, "b"), anyQuery().Draw(t, "c")
		if (a.Compare(b) == 0) != (a == b) {
			t.Fatalf("%v and %v: Compare = %d", a, b, a.Compare(b))
		}
		if sign(a.Compare(b)) != -sign(b.Compare(a)) {
			t.Fatalf("%v and %v: not antisymmetric", a, b)
		}
		if a.Compare(b) <= 0 && b.Compare(c) <= 0 && a.Compare(c) > 0 {
			t.Fatalf("%v, %v, %v: not transitive", a, b, c)
		}
	})
}

// Every field counts, also one that is added later.
func TestQueryCompareSeesEveryField(t *testing.T) {
	var base, changed fact.Query
	leaves := 0
	var walk func(v reflect.Value, name string)
	walk = func(v reflect.Value, name string) {
		if v.Kind() == reflect.Struct {
			for i := range v.NumField() {
				walk(v.Field(i), name+"."+v.Type().Field(i).Name)
			}
			return
		}
		leaves++
		switch v.Kind() {
		case reflect.String:
			v.SetString("x")
		case reflect.Int64:
			v.SetInt(1)
		case reflect.Uint8:
			v.SetUint(1)
		default:
			t.Fatalf("%s has kind %s", name, v.Kind())
		}
		if changed == base || base.Compare(changed) >= 0 || changed.Compare(base) <= 0 {
			t.Errorf("%s does not count", name)
		}
		v.SetZero()
	}
	walk(reflect.ValueOf(&changed).Elem(), "Query")
	if leaves != 12 {
		t.Errorf("a query has %d leaves", leaves)
	}
}

func TestQueryIsBuilt(t *testing.T) {
	all := fact.NewQuery("jira", "count", fact.Number(value.Count)).With("jql", "fixVersion = 1").Over(time.Hour)
	q := all.With("jql", `fixVersion = 1 AND "a<b"`).OutOf(all.OutOf(fact.NewQuery("deeper", "x", fact.Yields{})))
	want := fact.Query{
		Ask: fact.Ask{Connector: "jira", Kind: "count", Params: `{"jql":"fixVersion = 1 AND \"a<b\""}`,
			Window: value.Duration(time.Hour), Yields: fact.Yields{Shape: fact.NumberShape, Unit: value.Count}},
		Population: all.Ask,
	}
	if diff := cmp.Diff(want, q); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if p, ok := q.Counted(); !ok || p != all {
		t.Errorf("Counted = %v, %v", p, ok)
	}
	if p, ok := all.Counted(); ok || !p.IsZero() {
		t.Errorf("Counted without a population = %v, %v", p, ok)
	}
	if q.IsZero() || !(fact.Query{}).IsZero() || (fact.Query{Population: all.Ask}).IsZero() {
		t.Error("IsZero")
	}
	for text, q := range map[string]fact.Query{
		"no query": {},
		`jira count {"jql":"fixVersion = 1"} over PT1H`: all,
		"datadog metric": fact.NewQuery("datadog", "metric", fact.Series(value.Milliseconds)),
	} {
		if q.String() != text {
			t.Errorf("got %q, want %q", q.String(), text)
		}
	}
}

func TestMergeQueries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lists := rapid.SliceOfN(rapid.SliceOfN(anyQuery(), 0, 5), 0, 4).Draw(t, "lists")
		before := make([][]fact.Query, len(lists))
		want := map[fact.Query]bool{}
		for i, list := range lists {
			before[i] = slices.Clone(list)
			for _, q := range list {
				want[fact.Query{Ask: q.Ask}] = true
				if p, ok := q.Counted(); ok {
					want[p] = true
				}
			}
		}
		merged := fact.MergeQueries(lists...)
		if len(merged) != len(want) {
			t.Fatalf("got %d queries, want %d", len(merged), len(want))
		}
		for i, q := range merged {
			if !want[q] {
				t.Fatalf("nobody asked %v", q)
			}
			if i > 0 && merged[i-1].Compare(q) >= 0 {
				t.Fatalf("%v does not come before %v", merged[i-1], q)
			}
		}
		for i := range lists {
			if !slices.Equal(before[i], lists[i]) {
				t.Fatal("the lists were changed")
			}
		}
	})
}

func TestYields(t *testing.T) {
	tests := []struct {
		yields fact.Yields
		name   string
		items  bool
	}{
		{fact.Yields{}, "none", false},
		{fact.Number(value.Percent), "number", false},
		{fact.Series(value.Percent), "series", false},
		{fact.WorkItems(), "work-items", true},
		{fact.Incidents(), "incidents", true},
		{fact.Duties(), "duties", true},
		{fact.Approvals(), "approvals", true},
		{fact.Deployments(), "deployments", true},
		{fact.States(), "states", true},
	}
	for i, tt := range tests {
		s := tt.yields.Shape
		if s.String() != tt.name || s.Items() != tt.items || int(s) != i {
			t.Errorf("shape %d is %s, items %v", s, s, s.Items())
		}
		if wantUnit := tt.name == "number" || tt.name == "series"; (tt.yields.Unit == value.Percent) != wantUnit {
			t.Errorf("%s has unit %q", s, tt.yields.Unit)
		}
		text, err := s.MarshalText()
		var back fact.Shape
		if err != nil || back.UnmarshalText(text) != nil || back != s {
			t.Errorf("%s is read back as %s", s, back)
		}
	}
	if fact.Shape(len(tests)).Items() {
		t.Error("a shape without a name has items")
	}
}

// An unknown name is refused and changes nothing; an unknown number has no text.
func TestEnumsAreClosed(t *testing.T) {
	shape, answer, category, health := fact.NumberShape, fact.Approved, fact.Done, fact.Healthy
	for _, text := range []string{"", "Done", "approved ", "0"} {
		if shape.UnmarshalText([]byte(text)) == nil || answer.UnmarshalText([]byte(text)) == nil || category.UnmarshalText([]byte(text)) == nil || health.UnmarshalText([]byte(text)) == nil {
			t.Errorf("%q is read", text)
		}
	}
	if shape != fact.NumberShape || answer != fact.Approved || category != fact.Done || health != fact.Healthy {
		t.Error("a refused text changed the value")
	}
	for _, v := range []interface{ MarshalText() ([]byte, error) }{fact.Shape(9), fact.Answered(3), fact.Category(4), fact.Health(6)} {
		if text, err := v.MarshalText(); err == nil {
			t.Errorf("%v has the text %s", v, text)
		}
	}
	if got := (fact.Account{System: "github", ID: "ada"}).String(); got != "github:ada" {
		t.Errorf("an account is written %s", got)
	}
	names := []string{fact.Pending.String(), fact.Approved.String(), fact.Rejected.String(),
		fact.UnknownCategory.String(), fact.ToDo.String(), fact.InProgress.String(), fact.Done.String(),
		fact.UnknownHealth.String(), fact.Healthy.String(), fact.Warned.String(), fact.Alerting.String(), fact.NoData.String(), fact.Muted.String()}
	if diff := cmp.Diff([]string{"pending", "approved", "rejected", "unknown", "to-do", "in-progress", "done",
		"unknown", "ok", "warn", "alert", "no-data", "muted"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestQueryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyQuery().Draw(t, "query")
		if !want.Yields.Unit.IsZero() && rapid.Bool().Draw(t, "with text") {
			want = want.With("text", rapid.String().Draw(t, "text"))
		}
		text, err := strictjson.Encode(want)
		if err != nil {
			t.Fatal(err)
		}
		var got fact.Query
		if err := strictjson.Decode(text, &got, nil); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if got != want {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
