package packet_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
)

// again decodes and encodes, and wants the same bytes and the same value.
func again(t interface{ Fatalf(string, ...any) }, p packet.Packet, text []byte) {
	back, err := packet.Decode(text)
	if err != nil {
		t.Fatalf("what Encode writes is refused: %v\n%s", err, text)
	}
	second, err := packet.Encode(back)
	if err != nil {
		t.Fatalf("what Decode reads cannot be written: %v", err)
	}
	if !bytes.Equal(text, second) {
		t.Fatalf("bytes (-first +second):\n%s", cmp.Diff(string(text), string(second)))
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Fatalf("value (-want +got):\n%s", diff)
	}
}

func TestRoundTrip(t *testing.T) {
	odd := fullPacket()
	odd.Decisions.Gates[0].Outcomes[0].Observed = value.Quantity{Value: value.Number(math.NaN()), Unit: value.Percent}
	odd.Catalog.Gates[0].Criteria[0].AtLeast.Limit.Value = value.Number(math.Inf(-1))
	odd.Plan.Scope[0].Title = "<script>&\u2028\x7f\t\"\\ Größe"
	odd.Plan.Overview.Window.Start = when("2026-02-30T24:00:00")
	for name, p := range map[string]packet.Packet{"good": varied(), "full": fullPacket(), "odd": odd, "undecided": packet.New(goodPlan(), goodCatalog())} {
		text, err := packet.Encode(p)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.HasPrefix(text, []byte("{\n  \"schema\"")) || !bytes.HasSuffix(text, []byte("}\n")) {
			t.Errorf("%s: not indented, or without a newline at the end", name)
		}
		again(t, p, text)
	}
}

// What can be written can be read, whatever happened to the packet.
func TestRoundTripOfMutants(t *testing.T) {
	written := 0
	rapid.Check(t, func(t *rapid.T) {
		p := fullPacket()
		mutate(t, &p)
		text, err := packet.Encode(p)
		if err != nil {
			return // names the path of what has no text; see TestEncodeRefuses
		}
		written++
		again(t, p, text)
	})
	if written < 20 {
		t.Errorf("only %d mutants had a text: nothing is tested", written)
	}
}

// The verdict of a packet that was stored is that of the packet.
func TestStoredPacketIsJudgedAlike(t *testing.T) {
	for _, p := range []packet.Packet{varied(), fullPacket()} {
		text, err := packet.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		back, err := packet.Decode(text)
		if err != nil {
			t.Fatal(err)
		}
		opts := &packet.VerifyOptions{Now: now}
		if diff := cmp.Diff(packet.Verify(p, opts), packet.Verify(back, opts)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	tests := map[string]func(*packet.Packet){
		"title":      func(p *packet.Packet) { p.Plan.Scope[0].Title = "\xff" },
		"kind":       func(p *packet.Packet) { p.Catalog.Gates[0].Kind = 9 },
		"artifact":   func(p *packet.Packet) { p.Plan.Overview.Components[0].Artifact = "sha256:x" },
		"params":     func(p *packet.Packet) { p.Catalog.Approvals[0].Params = `{"a":1,"a":2}` },
		"params, 2":  func(p *packet.Packet) { p.Catalog.Approvals[0] = p.Catalog.Approvals[0].With("jql", "\xff") },
		"delegation": func(p *packet.Packet) { p.Plan.Directory.Roles[0].Delegations = []release.Delegation{{}} },
	}
	for name, change := range tests {
		p := varied()
		change(&p)
		if text, err := packet.Encode(p); err == nil || text != nil {
			t.Errorf("%s: encoded, %v", name, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := packet.Encode(varied())
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new, want string }{
		{"unknown field", `"overview": {`, `"overview": {"bogus": 1,`, "plan.overview.bogus"},
		{"field in another case", `"outOfScope": [`, `"outofscope": [`, "plan.overview.outofscope"},
		{"key twice", `"schema": "tidegate.packet/1",`, `"schema": "tidegate.packet/1", "schema": "tidegate.packet/1",`, "schema"},
		{"key twice inside", `"class": "must-ship",`, `"class": "must-ship", "class": "must-ship",`, "plan.scope[0].class"},
		{"key twice in parameters", `"jql": "type = Sign-off"`, `"jql": "type = Sign-off", "jql": "type = Bug"`, "catalog.approvals[0].params.jql"},
		{"unknown test", `"atLeast": {`, `"exactly": {`, "catalog.gates[0].criteria[0].exactly"},
		{"unknown enumeration", `"kind": "entry"`, `"kind": "enter"`, "catalog.gates[0].kind"},
		{"enumeration as a number", `"kind": "entry"`, `"kind": 1`, "catalog.gates[0].kind"},
		{"null", `"deputy": "release-deputy"`, `"deputy": null`, "plan.overview.deputy"},
		{"text that is not UTF-8", `"title": "Pay`, "\"title\": \"\xffPay", "plan.scope[0].title"},
		{"date that is none", `"codeFreeze": "2026-12-01`, `"codeFreeze": "1 December`, "plan.overview.codeFreeze"},
		{"other schema", `"tidegate.packet/1"`, `"tidegate.packet/2"`, "schema"},
		{"empty schema", `"tidegate.packet/1"`, `""`, "schema"},
		{"newer minor schema", `"tidegate.packet/1"`, `"tidegate.packet/1.1"`, "schema"},
		{"other spelling of the schema", `"tidegate.packet/1"`, `"tidegate.packet/1.0"`, "schema"},
		{"no schema", `"schema": "tidegate.packet/1",`, ``, "schema"},
		{"a field too few", `"class": "must-ship",`, ``, "plan.scope[0].class"},
		{"integer beyond 2^53", `"need": 1`, `"need": 9007199254740993`, "decisions.gates[0].signOffs[0].need"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bad := strings.Replace(string(good), tt.old, tt.new, 1)
			if bad == string(good) {
				t.Fatalf("the good packet does not have %s", tt.old)
			}
			p, err := packet.Decode([]byte(bad))
			var faulty *packet.DecodeError
			if !errors.As(err, &faulty) {
				t.Fatalf("got %v", err)
			}
			var paths []string
			for _, f := range faulty.Faults {
				paths = append(paths, string(f.Path))
				if f.Line < 1 || f.Column < 1 || f.Message == "" {
					t.Errorf("got %+v", f)
				}
			}
			if diff := cmp.Diff([]string{tt.want}, paths); diff != "" {
				t.Errorf("(-want +got):\n%s\n%v", diff, err)
			}
			if diff := cmp.Diff(packet.Packet{}, p); diff != "" {
				t.Errorf("a refused packet has a value: %s", diff)
			}
		})
	}
}

func TestDecodeRefusesOtherDocuments(t *testing.T) {
	good, err := packet.Encode(varied())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing": "", "null": "null", "a list": "[]", "an empty object": "{}", "half": string(good[:len(good)/2]),
		"two": string(good) + string(good), "trailing brace": string(good) + "}", "trailing comment": string(good) + "// end\n",
		"byte order mark": "\ufeff" + string(good),
	} {
		var faulty *packet.DecodeError
		if _, err := packet.Decode([]byte(text)); !errors.As(err, &faulty) || len(faulty.Faults) == 0 {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// A packet of a newer minor version has fields that are unknown here: the
// first thing to know is which version it is of.
func TestDecodeNamesTheSchemaFirst(t *testing.T) {
	_, err := packet.Decode([]byte(`{"schema":"tidegate.packet/1.7","plan":{"overview":{"name":"x","version":"1"},"novelty":{}},"catalog":{}}`))
	var faulty *packet.DecodeError
	if !errors.As(err, &faulty) {
		t.Fatalf("got %v", err)
	}
	const want = `1:1: schema: "tidegate.packet/1.7" is not a schema that this version reads, want tidegate.packet/1`
	if len(faulty.Faults) != 2 || faulty.Faults[0].String() != want || faulty.Faults[1].Path != "plan.novelty" {
		t.Errorf("got %v", err)
	}
}

func TestSchemas(t *testing.T) {
	if all := packet.Schemas(); all[len(all)-1] != packet.Schema {
		t.Errorf("the newest of %q is not %q", all, packet.Schema)
	}
	want := []string{"tidegate.packet/1", "tidegate.packet/1.1", "tidegate.packet/1.2"}
	if diff := cmp.Diff(want, packet.SchemasUpTo(2)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// All faults of a document are listed, each with its place.
func TestDecodeListsEveryFault(t *testing.T) {
	const document = `{
  "schema": "tidegate.packet/1",
  "plan": {"overview": {"name": "x", "version": 1, "bogus": [null]}},
  "catalog": {"gates": [
    {"environment": "staging", "kind": "exot", "criteria": [
      {"id": "p95", "atMots": {}, "id": "p99"}
    ]}
  ], "approvals": [{"connector": "jira", "kind": "x", "params": {"a": {"b": 1, "b": 2}}, "yields": {"shape": "approvals"}}]},
  "asOf": null
}`
	_, err := packet.Decode([]byte(document))
	var faulty *packet.DecodeError
	if !errors.As(err, &faulty) {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, f := range faulty.Faults {
		got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Path))
	}
	want := []string{
		"3:49 plan.overview.version",
		"3:52 plan.overview.bogus",
		"3:62 plan.overview.bogus[0]",
		"5:40 catalog.gates[0].kind",
		"6:21 catalog.gates[0].criteria[0].atMots",
		"6:35 catalog.gates[0].criteria[0].id",
		"8:80 catalog.approvals[0].params.a.b",
		"9:11 asOf",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := strings.Count(err.Error(), "\n") + 1; n != len(want) {
		t.Errorf("the error has %d lines:\n%v", n, err)
	}
}

func TestFaultString(t *testing.T) {
	for want, f := range map[string]packet.Fault{
		"3:7: plan.scope: is wrong": {Line: 3, Column: 7, Path: "plan.scope", Message: "is wrong"},
		"1:1: is wrong":             {Line: 1, Column: 1, Message: "is wrong"},
	} {
		if f.String() != want {
			t.Errorf("got %s", f)
		}
	}
}

// Parts that are stored apart are written and read as the whole is.
func TestMarshal(t *testing.T) {
	p := fullPacket()
	facts := variedFacts(p)
	report := packet.Verify(p, &packet.VerifyOptions{Now: now})
	parts(t, p.Plan)
	parts(t, p.Catalog)
	parts(t, p.Waivers)
	parts(t, p.Decisions)
	parts(t, facts)
	parts(t, fact.Set{})
	parts(t, report)
	parts(t, check.Report{})
	var plan release.Plan
	if err := packet.Unmarshal([]byte(`{"overview":{"name":"x","version":"1"},"scoop":[]}`), &plan); err == nil {
		t.Error("a part is read loosely")
	}
	var faulty *packet.DecodeError
	if err := packet.Unmarshal([]byte(`{}`), plan); err == nil || errors.As(err, &faulty) {
		t.Errorf("a mistake of the caller's is called one of the document's: %v", err)
	}
}

func parts[T any](t *testing.T, want T) {
	t.Helper()
	text, err := packet.Marshal(want)
	if err != nil {
		t.Errorf("%T: %v", want, err)
		return
	}
	var got T
	if err := packet.Unmarshal(text, &got); err != nil {
		t.Errorf("%T: %v", want, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%T (-want +got):\n%s", want, diff)
	}
}
