package packet_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

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
		for _, fault := range unresolved(p, report.Findings) {
			t.Errorf("bad example of %s: %s", r.ID, fault)
		}
	}
	for name, p := range map[string]packet.Packet{"zero": {}, "full": fullPacket()} {
		for _, fault := range unresolved(p, packet.Verify(p, &packet.VerifyOptions{Now: now}).Findings) {
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
		for _, fault := range unresolved(p, report.Findings) {
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

// unresolved lists the paths of findings that name nothing in the packet.
func unresolved(p packet.Packet, fs check.Findings) []string {
	var faults []string
	for _, f := range fs {
		for _, path := range append([]check.Path{f.Path}, f.Related...) {
			if err := resolve(reflect.ValueOf(p), path); err != nil {
				faults = append(faults, fmt.Sprintf("%s: path %q: %v", f, path, err))
			}
		}
	}
	return faults
}

// resolve follows a path: every name is a JSON field of the type reached, every
// index is in range of the value reached; a value may be absent.
func resolve(v reflect.Value, path check.Path) error {
	rest := string(path)
	for first := true; rest != ""; first = false {
		for v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v = reflect.Zero(v.Type().Elem())
			} else {
				v = v.Elem()
			}
		}
		if rest[0] == '[' {
			text, after, ok := strings.Cut(rest[1:], "]")
			i, err := strconv.Atoi(text)
			switch {
			case !ok || err != nil || strconv.Itoa(i) != text:
				return fmt.Errorf("%q is no index", rest)
			case v.Kind() != reflect.Slice:
				return fmt.Errorf("index %d of %s", i, v.Type())
			case i < 0 || i >= v.Len():
				return fmt.Errorf("index %d of %d", i, v.Len())
			}
			v, rest = v.Index(i), after
			continue
		}
		if !first {
			if rest[0] != '.' {
				return fmt.Errorf("%q follows without a dot", rest)
			}
			rest = rest[1:]
		}
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		next, ok := member(v, rest[:end])
		if !ok {
			return fmt.Errorf("%s has no field %q", v.Type(), rest[:end])
		}
		v, rest = next, rest[end:]
	}
	return nil
}

var (
	asText = reflect.TypeFor[encoding.TextMarshaler]()
	asJSON = reflect.TypeFor[json.Marshaler]()
)

// member returns the field that JSON calls by name, embedded structs included.
func member(v reflect.Value, name string) (reflect.Value, bool) {
	t := v.Type()
	if t.Kind() != reflect.Struct || t.Implements(asText) || t.Implements(asJSON) {
		return v, false
	}
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		switch {
		case tag == name && name != "":
			return v.Field(i), true
		case tag == "" && t.Field(i).Anonymous:
			if found, ok := member(v.Field(i), name); ok {
				return found, true
			}
		}
	}
	return v, false
}

// The helper itself refuses what does not resolve.
func TestResolve(t *testing.T) {
	tests := map[check.Path]bool{
		"": true, "plan": true, "plan.overview.window.start": true, "catalog.gates[7].signOffs[0].delegate": true,
		"catalog.gates[5].criteria[0].atMost.query.outOf": true, "catalog.gates[5].criteria[0].none.query.yields": true,
		"decisions.gates[0].outcomes[0].observed.unit": true, "waivers[0].expires": true, "plan.policy.maxRollback": true,
		"Plan": false, "plan.": false, ".plan": false, "plan..overview": false, "plan.overview.windw": false, "catalog.gates[8]": false,
		"catalog.gates[-1]": false, "catalog.gates[07]": false, "catalog.gates[x]": false, "catalog.gates[1": false, "plan[0]": false,
		"catalog.gates[1]kind": false, "plan.overview.window.start.year": false, "catalog.gates[0].kind.x": false,
		"catalog.gates[0].criteria[0].none.query.ask": false, "asOf.wall": false,
	}
	for path, want := range tests {
		if err := resolve(reflect.ValueOf(fullPacket()), path); (err == nil) != want {
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
