package packet_test

import (
	"encoding"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Whatever a rule says, it says it of a place that a reader finds in the packet.
func TestPathsResolve(t *testing.T) {
	for _, r := range packet.Rules() {
		p := goodPacket()
		r.Bad(&p)
		report := packet.Verify(p, &packet.VerifyOptions{Now: now})
		noPanic(t, report)
		for _, fault := range checktest.Unresolved(p, report.Findings) {
			t.Errorf("bad example of %s: %s", r.ID, fault)
		}
	}
	for name, p := range map[string]packet.Packet{"zero": {}, "full": fullPacket()} {
		for _, fault := range checktest.Unresolved(p, packet.Verify(p, &packet.VerifyOptions{Now: now}).Findings) {
			t.Errorf("%s packet: %s", name, fault)
		}
	}
}

// The same holds of packets that nobody thought of: no rule breaks, the same
// packet gives the same report, and the report survives its JSON.
func TestPathsOfMutantsResolve(t *testing.T) {
	opts := everything()
	rapid.Check(t, func(t *rapid.T) {
		p := fullPacket()
		if rapid.Bool().Draw(t, "the sample") {
			p = goodPacket()
		}
		mutate(t, &p)
		report := packet.Verify(p, opts)
		noPanic(t, report)
		for _, fault := range checktest.Unresolved(p, report.Findings) {
			t.Error(fault)
		}
		if again := packet.Verify(p, opts); !reflect.DeepEqual(report, again) {
			t.Error("another report of the same packet")
		}
		text, err := packet.Marshal(report)
		var back check.Report
		if err == nil {
			err = packet.Unmarshal(text, &back)
		}
		if err != nil || !reflect.DeepEqual(report, back) {
			t.Errorf("the report does not survive its JSON: %v", err)
		}
		_ = report.Text(packet.Deliverable)
	})
}

func noPanic(t interface{ Errorf(string, ...any) }, r check.Report) {
	for _, f := range r.Findings {
		if strings.Contains(f.Message, "panicked") {
			t.Errorf("%s", f)
		}
	}
}

// A path that a reader does not find in the packet is refused, or the tests above
// prove nothing.
func TestResolve(t *testing.T) {
	tests := map[check.Path]bool{
		"": true, "plan": true, "plan.overview.window.start": true, "catalog.gates[7].signOffs[0].delegate": true,
		"catalog.gates[5].criteria[0].atMost.query.outOf": true, "catalog.gates[5].criteria[0].atMost.query.yields": true, "catalog.gates[5].criteria[0].none.query.yields": false,
		"decisions.gates[0].outcomes[0].observed.unit": true, "waivers[0].expires": true, "plan.policy.maxRollback": true,
		"Plan": false, "plan.": false, ".plan": false, "plan..overview": false, "plan.overview.windw": false, "catalog.gates[8]": false,
		"catalog.gates[-1]": false, "catalog.gates[07]": false, "catalog.gates[x]": false, "catalog.gates[1": false, "plan[0]": false,
		"catalog.gates[1]kind": false, "plan.overview.window.start.year": false, "catalog.gates[0].kind.x": false,
		"catalog.gates[0].criteria[0].none.query.ask": false, "asOf.wall": false,
	}
	for path, want := range tests {
		if err := checktest.Resolve(fullPacket(), path); (err == nil) != want {
			t.Errorf("%q: %v", path, err)
		}
	}
}

// mutate changes a few places of a packet, not its schema: leaves become zero
// or something else, lists lose or repeat an element or become empty.
func mutate(t *rapid.T, p *packet.Packet) {
	for range rapid.IntRange(1, 5).Draw(t, "changes") {
		var places []reflect.Value
		collect(reflect.ValueOf(p).Elem(), &places)
		alter(t, places[rapid.IntRange(0, len(places)-1).Draw(t, "place")])
	}
	p.Schema = packet.Schema
}

func collect(v reflect.Value, places *[]reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type().NumField() > 0 && !v.Type().Field(0).IsExported() { // When, Time
			*places = append(*places, v)
			return
		}
		for _, f := range v.Fields() {
			collect(f, places)
		}
	case reflect.Slice:
		*places = append(*places, v)
		for i := range v.Len() {
			collect(v.Index(i), places)
		}
	case reflect.Pointer:
		*places = append(*places, v)
		if !v.IsNil() {
			collect(v.Elem(), places)
		}
	default:
		*places = append(*places, v)
	}
}

func alter(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.String(), rapid.Just(""), rapid.Just(v.String()+"\xff"), rapid.SampledFrom([]string{
			"https://example.com/<a>&\u2028", "production", "sre-lead", "ada", `{"a":1}`, "ms"})).Draw(t, "string"))
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "int"))
	case reflect.Uint8:
		v.SetUint(rapid.Uint64Range(0, 9).Draw(t, "enum"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, "number"))
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		} else {
			v.SetZero()
		}
	case reflect.Slice:
		n := v.Len()
		switch i := rapid.IntRange(0, max(n-1, 0)).Draw(t, "element"); {
		case n == 0:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		case rapid.Bool().Draw(t, "cut"):
			v.Set(v.Slice(0, i))
		default:
			v.Set(reflect.Append(v.Slice3(0, n, n), v.Index(i)))
		}
	default:
		v.SetZero()
		if text := rapid.SampledFrom([]string{"", "2026-12-08", "2026-12-08T22:00:00", "2026-12-31T00:00:00.5Z", "2026-02-30[Europe/Berlin]"}).Draw(t, "when"); text != "" {
			_ = v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)) // time.Time reads only one of them
		}
	}
}
