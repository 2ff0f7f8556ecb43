package strictjson_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// severity is an enum as the module writes them: a small integer with text.
type severity uint8

var severities = []string{"info", "warning", "error"}

func (s severity) MarshalText() ([]byte, error) { return []byte(severities[s]), nil }

func (s *severity) UnmarshalText(text []byte) error {
	for i, name := range severities {
		if name == string(text) {
			*s = severity(i)
			return nil
		}
	}
	return fmt.Errorf("unknown severity %q", text)
}

type benchCriterion struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Severity severity  `json:"severity"`
	Limit    float64   `json:"limit,omitzero"`
	Count    int       `json:"count,omitzero"`
	Since    time.Time `json:"since"`
	Tags     []string  `json:"tags,omitzero"`
	Required bool      `json:"required,omitzero"`
}

type benchGate struct {
	Name     string            `json:"name"`
	Owner    *benchPerson      `json:"owner,omitzero"`
	Criteria []benchCriterion  `json:"criteria"`
	Labels   map[string]string `json:"labels,omitzero"`
}

type benchPerson struct {
	Name   string     `json:"name"`
	Email  string     `json:"email"`
	Levels []severity `json:"levels,omitzero"`
}

type benchDocument struct {
	Schema string      `json:"schema"`
	Made   time.Time   `json:"made"`
	Gates  []benchGate `json:"gates"`
}

func newBenchDocument() benchDocument {
	at := time.Date(2026, 3, 14, 15, 9, 26, 0, time.FixedZone("", 3600))
	doc := benchDocument{Schema: "tidegate.catalog.v1", Made: at}
	for g := range 16 {
		gate := benchGate{
			Name:   fmt.Sprintf("gate %d", g),
			Owner:  &benchPerson{Name: "Zoë Müller", Email: "zoe@example.org", Levels: []severity{1, 2}},
			Labels: map[string]string{"team": "release", "stage": fmt.Sprint(g)},
		}
		for c := range 10 {
			gate.Criteria = append(gate.Criteria, benchCriterion{
				ID: fmt.Sprintf("criterion-%d-%d", g, c), Title: "Open \"blocker\" issues in the release milestone, by age",
				Severity: severity(c % 3), Limit: 0.5 * float64(c), Count: c * 100, Since: at.Add(time.Duration(c) * time.Hour),
				Tags: []string{"issues", "github", "milestone"}, Required: c%2 == 0,
			})
		}
		doc.Gates = append(doc.Gates, gate)
	}
	return doc
}

func benchBytes(b *testing.B) []byte {
	b.Helper()
	data, err := strictjson.Encode(newBenchDocument())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	return data
}

func BenchmarkDecode(b *testing.B) {
	data := benchBytes(b)
	for b.Loop() {
		var doc benchDocument
		if err := strictjson.Decode(data, &doc, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodingJSON(b *testing.B) {
	data := benchBytes(b)
	for b.Loop() {
		var doc benchDocument
		if err := json.Unmarshal(data, &doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeCompact(b *testing.B) {
	data, _ := json.Marshal(newBenchDocument())
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		var doc benchDocument
		if err := strictjson.Decode(data, &doc, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodingJSONCompact(b *testing.B) {
	data, _ := json.Marshal(newBenchDocument())
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		var doc benchDocument
		if err := json.Unmarshal(data, &doc); err != nil {
			b.Fatal(err)
		}
	}
}
