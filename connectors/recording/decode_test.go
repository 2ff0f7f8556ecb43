package recording_test

import (
	"os"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/recording"
)

func stored(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/shop.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// What is no recording of this version says so, with the place.
func TestDecodeRefuses(t *testing.T) {
	good := stored(t)
	if _, err := recording.Decode([]byte(good)); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ old, new, want string }{
		"a newer major":         {"tidegate.recording/1", "tidegate.recording/2", `the format "tidegate.recording/2" is not read here, want "tidegate.recording/1"`},
		"a newer major, grown":  {`"format": "tidegate.recording/1",`, `"format": "tidegate.recording/12", "more": {},`, `the format "tidegate.recording/12" is not read here`},
		"something else":        {"tidegate.recording/1", "tidegate.packet/1", `format: "tidegate.packet/1" is not read here`},
		"no format":             {`"format": "tidegate.recording/1",`, ``, `format: "" is not read here`},
		"a field":               {`"exchanges":`, `"sessions": [], "exchanges":`, "sessions"},
		"a field of a result":   {`"complete": true,`, `"complete": true, "sure": true,`, "exchanges[1].result"},
		"a shape":               {`"shape": "work-items"`, `"shape": "paintings"`, "shape"},
		"negative left out":     {`"exchanges":`, `"leftOut": -1, "exchanges":`, "leftOut: -1"},
		"an origin":             {`"origin": "upstream"`, `"origin": "weather"`, `fault.origin: "weather"`},
		"a page too many":       {`"items": 5`, `"items": 6`, "pages[0].items: 6"},
		"an item too many":      {`"items": 5`, `"items": 4`, "pages: leave 1 items out"},
		"pages of no list":      {"\"listed\": true,\n      \"pages\": [", "\"pages\": [", "listed: false, with 1 pages"},
		"a number by pages":     {"      }\n    },\n    {\n      \"result\": {\n        \"query\": {\n          \"connector\": \"shop\",\n          \"kind\": \"latency\"", "      },\n \"listed\": true },\n    {\n      \"result\": {\n        \"query\": {\n          \"connector\": \"shop\",\n          \"kind\": \"latency\"", "listed: true, with 0 pages of the shape"},
		"complete though cut":   {`"pages": [`, `"truncated": true, "pages": [`, "result.complete: is true"},
		"a fault of an answer":  {`"pages": [`, `"fault": {"status": 4}, "pages": [`, "fault: is there without a failure"},
		"an answer that failed": {`"complete": true,`, `"failure": {"code": "x"}, "complete": true,`, "result.complete"},
		"nobody":                {`"connector": "billing",`, `"connector": "",`, "result.query: asks nobody"},
		"disorder":              {`"connector": "billing",`, `"connector": "zebra",`, "result.query"},
		"no JSON":               {`{`, ``, "recording"},
	}
	for name, tt := range tests {
		text := strings.Replace(good, tt.old, tt.new, 1)
		if text == good {
			t.Errorf("%s: nothing changed", name)
		}
		if _, err := recording.Decode([]byte(text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want it to say %q", name, err, tt.want)
		}
	}
}

// What is not sound is neither written nor replayed.
func TestUnsoundIsRefused(t *testing.T) {
	for name, r := range map[string]recording.Recording{
		"the zero value": {},
		"of nothing":     {Format: recording.Format, Exchanges: make([]recording.Exchange, 1)},
	} {
		if _, err := r.Encode(); err == nil {
			t.Errorf("%s is written", name)
		}
		if _, err := recording.NewReplay(r); err == nil {
			t.Errorf("%s is replayed", name)
		}
	}
}

// Whatever is read is written, and read again, as the same bytes, and can be
// replayed.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(stored(f)))
	f.Add([]byte(`{"format": "tidegate.recording/1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := recording.Decode(data)
		if err != nil {
			return
		}
		first, err := r.Encode()
		if err != nil {
			return // such as a moment beyond the year 9999
		}
		again, err := recording.Decode(first)
		if err != nil {
			t.Fatalf("%v\n%s", err, first)
		}
		second, err := again.Encode()
		if err != nil || string(first) != string(second) {
			t.Fatalf("%v\n%s\n%s", err, first, second)
		}
		p := replay(t, again)
		for _, x := range again.Exchanges {
			if res := p.Collect(t.Context(), nil); len(res.Results) != 0 {
				t.Fatal(res)
			}
			_, _ = read(t, p, x.Result.Query)
		}
		_ = again.Facts(again.End())
	})
}
