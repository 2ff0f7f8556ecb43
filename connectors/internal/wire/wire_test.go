package wire_test

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var (
	at      = time.Date(2026, 11, 22, 10, 11, 12, 13, time.UTC)
	account = fact.Account{System: "jira", ID: "5b10"}
	digest  = value.Sum([]byte("x"))
	link    = value.Link("https://example.com/1")
)

var every = wire.Items{
	WorkItems: []fact.WorkItem{{}, {ID: "A-1", Title: "é", Type: "Bug", Status: "Open", Category: fact.InProgress, Priority: "High",
		Assignee: account, Author: account, Labels: []string{"a", "b"}, Components: []string{"c"}, Updated: at, Link: link, Note: "n"}},
	Incidents: []fact.Incident{{}, {ID: "P1", Title: "t", Service: "s", Urgency: "high", Status: "open", Opened: at, Acknowledged: at, Resolved: at, Link: link}},
	Duties:    []fact.Duty{{}, {Policy: "p", Level: -1, Account: account, From: at, Until: at, Link: link}},
	Approvals: []fact.Approval{{}, {ID: "1", Title: "t", Gate: "production/entry", Subject: digest, Role: "qa", Account: account,
		Answer: fact.Rejected, Requested: at, At: at, Expires: at, Comment: "c", Link: link}},
	Deployments: []fact.Deployment{{}, {ID: "d", Component: "api", Version: "1.0.0", Artifact: digest, Environment: "prod", Status: "ok",
		Account: account, Started: at, Finished: at, Link: link}},
	States: []fact.State{{}, {ID: "m", Title: "p95", Status: fact.Muted, Group: "host:a", Since: at, Link: link}},
}

func one(shape fact.Shape) wire.Items {
	switch shape {
	case fact.WorkItemShape:
		return wire.Items{WorkItems: every.WorkItems}
	case fact.IncidentShape:
		return wire.Items{Incidents: every.Incidents}
	case fact.DutyShape:
		return wire.Items{Duties: every.Duties}
	case fact.ApprovalShape:
		return wire.Items{Approvals: every.Approvals}
	case fact.DeploymentShape:
		return wire.Items{Deployments: every.Deployments}
	default:
		return wire.Items{States: every.States}
	}
}

func TestItemsThereAndBack(t *testing.T) {
	for shape := fact.WorkItemShape; shape <= fact.StateShape; shape++ {
		want := one(shape)
		list, err := want.Encode(shape, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got wire.Items
		if err := got.Decode(list, shape, nil); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" || got.Of(shape) != 2 {
			t.Errorf("%v: %s", shape, diff)
		}
		if _, err := want.Encode(fact.NumberShape, nil); err == nil {
			t.Errorf("%v passes as a number", shape)
		}
		other := fact.WorkItemShape
		if shape == other {
			other = fact.DutyShape
		}
		if err := got.Decode(list, other, nil); err == nil {
			t.Errorf("%v passes as %v", shape, other)
		}
	}
}

// A field of facts that is added later cannot be forgotten here: every one of them has a value.
func TestEveryFieldTravels(t *testing.T) {
	lists := reflect.ValueOf(every)
	for _, list := range lists.Fields() {
		item := list.Index(1)
		for field, value := range item.Fields() {
			if value.IsZero() {
				t.Errorf("%s.%s is not tested", item.Type(), field.Name)
			}
		}
	}
}

func TestQueryThereAndBack(t *testing.T) {
	for _, want := range []fact.Query{
		fact.NewQuery("c", "count", fact.Number(value.Count)).With("b", "1").With("a", "é").Over(time.Hour),
		fact.NewQuery("c", "items", fact.Duties()),
		{Ask: fact.Ask{Connector: "c"}},
	} {
		m, err := wire.EncodeQuery(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := wire.DecodeQuery(m, "c"); err != nil || got != want {
			t.Errorf("%v, %v; want %v", got, err, want)
		}
	}
	for _, m := range []*connectorv1.Query{
		nil, {Params: "[]"}, {Params: "{"}, {Unit: "furlong"}, {Window: durationpb.New(-1)}, {Window: &durationpb.Duration{Seconds: 300e9}}, {Kind: "\xff"},
	} {
		if q, err := wire.DecodeQuery(m, "c"); err == nil {
			t.Errorf("%v is %v", m, q)
		}
	}
	if q, err := wire.DecodeQuery(&connectorv1.Query{Shape: 99}, "c"); err != nil || q.Yields.Shape != fact.NoShape {
		t.Errorf("unknown shape: %v, %v", q, err)
	}
}

func TestMeasurementThereAndBack(t *testing.T) {
	number, series := fact.NewQuery("c", "n", fact.Number(value.Percent)), fact.NewQuery("c", "s", fact.Series(value.Milliseconds))
	samples := fact.Answer(series, at)
	samples.Unit, samples.CollectedAt, samples.Source, samples.Link = value.Milliseconds, time.Time{}, "Datadog", link
	for _, v := range []float64{1.5, 0, math.NaN(), math.Inf(1), math.Inf(-1)} {
		samples.Samples = append(samples.Samples, fact.Sample{At: at, Value: value.Number(v)})
		at = at.Add(time.Minute)
	}
	results := []fact.Result{samples, {Query: number}, {Query: series}}
	for _, v := range []float64{0, math.NaN(), math.Inf(1), -1} {
		r := fact.AnswerNumber(number, at, v)
		r.CollectedAt = time.Time{}
		results = append(results, r)
	}
	for _, want := range results {
		m, err := wire.EncodeMeasurement(want, nil)
		if err != nil {
			t.Fatal(err)
		}
		text, err := proto.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		m = &connectorv1.Measurement{}
		if err := proto.Unmarshal(text, m); err != nil {
			t.Fatal(err)
		}
		if got, err := wire.DecodeMeasurement(m, want.Query, nil); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%v: %s", err, cmp.Diff(want, got))
		}
	}
}

func TestRefused(t *testing.T) {
	stamp := func(s int64) *timestamppb.Timestamp { return &timestamppb.Timestamp{Seconds: s} }
	approval := func(a *connectorv1.Approval) []*connectorv1.Item {
		return []*connectorv1.Item{{Item: &connectorv1.Item_Approval{Approval: a}}}
	}
	for want, list := range map[string][]*connectorv1.Item{
		"years 1 to 9999":           approval(&connectorv1.Approval{Expires: stamp(1 << 60)}),
		"leave it unset":            approval(&connectorv1.Approval{Expires: stamp(-62135596800)}),
		"is no digest":              approval(&connectorv1.Approval{Subject: "sha256:x"}),
		"approval A: title":         approval(&connectorv1.Approval{Id: "A", Title: "\xff"}),
		"approval : link: link":     approval(&connectorv1.Approval{Link: "https://e/é\u0085"}),
		"DEL":                       approval(&connectorv1.Approval{Id: "DEL", Link: "https://e/\x7f"}),
		"approval : link":           approval(&connectorv1.Approval{Link: "https://e\x00"}),
		"an item that is no":        {{}},
		"an item that is no approv": {nil},
	} {
		var s wire.Items
		if err := s.Decode(list, fact.ApprovalShape, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for want, s := range map[string]wire.Items{
		`"\xff" is not UTF-8`: {Approvals: []fact.Approval{{Title: "\xff"}}},
		"years 1 to 9999":     {Approvals: []fact.Approval{{At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}}},
		"is no digest":        {Approvals: []fact.Approval{{Subject: "x"}}},
		"link":                {Approvals: []fact.Approval{{Link: "a\nb"}}},
	} {
		if _, err := s.Encode(fact.ApprovalShape, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestUnknownEnumIsStrict(t *testing.T) {
	var s wire.Items
	err := s.Decode([]*connectorv1.Item{{Item: &connectorv1.Item_Approval{Approval: &connectorv1.Approval{Answer: 77}}}}, fact.ApprovalShape, nil)
	if err != nil || s.Approvals[0].Answer != fact.Pending {
		t.Errorf("%v, %v", s, err)
	}
	err = s.Decode([]*connectorv1.Item{{Item: &connectorv1.Item_WorkItem{WorkItem: &connectorv1.WorkItem{Category: 259}}}}, fact.WorkItemShape, nil)
	if err != nil || s.WorkItems[0].Category != fact.UnknownCategory {
		t.Errorf("%v, %v", s, err)
	}
	err = s.Decode([]*connectorv1.Item{{Item: &connectorv1.Item_State{State: &connectorv1.State{Status: 77}}}}, fact.StateShape, nil)
	if err != nil || s.States[0].Status != fact.UnknownHealth {
		t.Errorf("%v, %v", s, err)
	}
}

// The numbers of the contract are those of facts, name by name.
func TestEnumsAgree(t *testing.T) {
	for n, name := range connectorv1.Shape_name {
		want := strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, "SHAPE_")), "_", "")
		if got := strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(fact.Shape(n).String())); n > 0 && got != want {
			t.Errorf("shape %d is %q here and %q there", n, got, want)
		}
	}
	for n, name := range connectorv1.Category_name {
		if got := "CATEGORY_" + strings.ToUpper(strings.ReplaceAll(fact.Category(n).String(), "-", "_")); n > 0 && got != name {
			t.Errorf("category %d is %q here and %q there", n, got, name)
		}
	}
	for n, name := range connectorv1.Health_name {
		if got := "HEALTH_" + strings.ToUpper(strings.ReplaceAll(fact.Health(n).String(), "-", "_")); n > 0 && got != name {
			t.Errorf("health %d is %q here and %q there", n, got, name)
		}
	}
	for n, name := range connectorv1.Answer_name {
		if got := "ANSWER_" + strings.ToUpper(fact.Answered(n).String()); n > 0 && got != name {
			t.Errorf("answer %d is %q here and %q there", n, got, name)
		}
	}
}

// Whatever decodes can be encoded again, and says the same.
func FuzzDecodeItems(f *testing.F) {
	for shape := fact.WorkItemShape; shape <= fact.StateShape; shape++ {
		list, err := one(shape).Encode(shape, nil)
		if err != nil {
			f.Fatal(err)
		}
		text, err := proto.Marshal(&connectorv1.Batch{Items: list})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, uint8(shape))
	}
	f.Fuzz(func(t *testing.T, text []byte, n uint8) {
		var m connectorv1.Batch
		if proto.Unmarshal(text, &m) != nil {
			return
		}
		shape := fact.Shape(n)
		var first, second wire.Items
		if first.Decode(m.GetItems(), shape, nil) != nil {
			return
		}
		list, err := first.Encode(shape, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := second.Decode(list, shape, nil); err != nil || !cmp.Equal(first, second) {
			t.Fatalf("%v: %s", err, cmp.Diff(first, second))
		}
	})
}
