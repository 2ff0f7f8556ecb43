package gates_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func encode(t testing.TB, v any) []byte {
	t.Helper()
	text, err := strictjson.Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// record stores the scene and what it decides.
func record(t testing.TB, s scene) gates.Record {
	t.Helper()
	in := s.input()
	r := gates.Record{Plan: encode(t, in.Plan), Catalog: encode(t, s.catalog), Facts: encode(t, in.Facts)}
	in.Digests, in.Barred = gates.Digests{Plan: value.Sum(r.Plan), Facts: value.Sum(r.Facts)}, s.barred
	if s.waivers != nil {
		r.Waivers = encode(t, s.waivers)
		in.Digests.Waivers = value.Sum(r.Waivers)
	}
	r.Decisions = encode(t, gates.Evaluate(s.catalog, in))
	return r
}

// storedScene has something of everything: two gates, sign-offs, a custom check
// and a waiver.
func storedScene() scene {
	s := twoGates().with(num(requests, 5))
	s.catalog.Gates[0] = s.catalog.Gates[0].WithCriteria(gates.AtLeast("requests", requests, 10), gates.Checked("custom", gates.Custom{Name: "always"}))
	s.custom = map[string]gates.CheckFunc{"always": func(gates.CheckInput) gates.Judgement { return gates.Judgement{Outcome: gates.Pass, Detail: "it does"} }}
	s.barred = []string{"cam"}
	return s.waived(gates.Waiver{Gate: "staging/exit", Criterion: "requests", Grant: grant()})
}

func TestReplay(t *testing.T) {
	s := storedScene()
	r := record(t, s)
	d, err := gates.Replay(r, &gates.ReplayOptions{Custom: s.custom})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(t, d), r.Decisions) || d.Verdict() != gates.Go {
		t.Errorf("another decision: %s", encode(t, d))
	}
	plain := record(t, twoGates())
	if _, err := gates.Replay(plain, nil); err != nil {
		t.Errorf("without waivers and options: %v", err)
	}
	odd := twoGates()
	odd.barred = []string{`kim "]" [ops], \ `, "cam"}
	odd.plan = odd.plan.WithPeople(release.Person{ID: odd.barred[0]})
	if _, err := gates.Replay(record(t, odd), nil); err != nil {
		t.Errorf("with an id of brackets: %v", err)
	}
	plain = record(t, twoGates().waived([]gates.Waiver{}...))
	plain.Waivers = []byte("null\n")
	in := twoGates().input()
	in.Digests = gates.Digests{Plan: value.Sum(plain.Plan), Facts: value.Sum(plain.Facts), Waivers: value.Sum(plain.Waivers)}
	plain.Decisions = encode(t, gates.Evaluate(twoGates().catalog, in))
	if _, err := gates.Replay(plain, nil); err != nil {
		t.Errorf("with stored waivers that are none: %v", err)
	}
}

// mismatch replays and returns the one mismatch that it has to find.
func mismatch(t *testing.T, r gates.Record, opts *gates.ReplayOptions) gates.Mismatch {
	t.Helper()
	_, err := gates.Replay(r, opts)
	var broken *gates.ReplayError
	if !errors.As(err, &broken) || len(broken.Mismatches) != 1 {
		t.Fatalf("want one mismatch, got %v", err)
	}
	return broken.Mismatches[0]
}

// Whatever byte of whatever document is another one, the replay names the
// document and two digests, and of the decisions the first path that differs.
func TestReplayOfAChangedByte(t *testing.T) {
	s := storedScene()
	opts := &gates.ReplayOptions{Custom: s.custom}
	sound := record(t, s)
	files := map[string]func(*gates.Record) *[]byte{
		"plan.json":      func(r *gates.Record) *[]byte { return &r.Plan },
		"catalog.json":   func(r *gates.Record) *[]byte { return &r.Catalog },
		"waivers.json":   func(r *gates.Record) *[]byte { return &r.Waivers },
		"facts.json":     func(r *gates.Record) *[]byte { return &r.Facts },
		"decisions.json": func(r *gates.Record) *[]byte { return &r.Decisions },
	}
	for file, of := range files {
		text := *of(&sound)
		for i := 0; i < len(text); i += 1 + len(text)/400 {
			for _, b := range []byte{' ', '1', 'x', text[i] ^ 1, text[i] ^ 0x20} {
				if b == text[i] {
					continue
				}
				r := sound
				changed := bytes.Clone(text)
				changed[i] = b
				*of(&r) = changed
				m := mismatch(t, r, opts)
				named := m.File == file || file == "decisions.json" && strings.HasPrefix(string(m.Path), "digests.")
				if message := m.String(); !named || m.Digest == m.Want || m.Digest == "" || strings.Count(message, "sha256:") < 1 || !strings.Contains(message, file) {
					t.Fatalf("%s, byte %d, %q for %q: %s", file, i, b, text[i], message)
				}
				if file == "decisions.json" && m.Path == "" && i > 1 && i < len(text)-3 {
					t.Fatalf("byte %d, %q for %q: no path: %s", i, b, text[i], m)
				}
			}
		}
	}
}

func TestReplayNamesThePath(t *testing.T) {
	s := twoGates()
	s.barred = []string{"cam"}
	sound := record(t, s)
	tests := []struct {
		name, old, new string
		path           check.Path
		stored, given  string
	}{
		{"the verdict", `"verdict": "go"`, `"verdict": "hold"`, "gates[0].verdict", `"verdict": "hold",`, `"verdict": "go",`},
		{"white space", `  "decidedAt"`, "\t\"decidedAt\"", "decidedAt", `"decidedAt": "2026-12-08T22:00:00Z",`, `"decidedAt": "2026-12-08T22:00:00Z",`},
		{"the moment", `22:00:00Z`, `22:00:01Z`, "gates[0].decidedAt", `"decidedAt": "2026-12-08T22:00:00Z",`, `"decidedAt": "2026-12-08T22:00:01Z",`},
		{"the engine", gates.Engine, "tidegate.decision/0", "engine", `"engine": "tidegate.decision/0",`, `"engine": "tidegate.decision/1",`},
		{"what is no JSON", `"person": "eve"`, `"person": "eve`, "gates[0].signOffs[0].by[0].person", `"person": "eve,`, `"person": "eve",`},
		{"who was barred", `"barred": [
    "cam"`, `"barred": [
    "dee"`, "gates[0].barred[0]", `"cam"`, `"dee"`},
		{"one number more", `"value": 400`, `"value": 4000`, "gates[0].outcomes[0].observed.value", `"value": 4000,`, `"value": 400,`},
		{"a member more", `"kind": "exit"`, `"kind": "exit", "why": 1`, "gates[0].verdict", `"kind": "exit", "why": 1,`, `"kind": "exit",`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := sound
			r.Decisions = bytes.Replace(sound.Decisions, []byte(tt.old), []byte(tt.new), 1)
			m := mismatch(t, r, nil)
			got := gates.Mismatch{File: m.File, Path: m.Path, Stored: m.Stored, Given: m.Given}
			if diff := cmp.Diff(gates.Mismatch{File: "decisions.json", Path: tt.path, Stored: tt.stored, Given: tt.given}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if m.Digest != value.Sum(r.Decisions) {
				t.Errorf("digest %s is not that of the stored bytes", m.Digest)
			}
		})
	}
}

// A digest that is recorded wrongly is an input that is not the recorded one:
// which of the two somebody changed cannot be told.
func TestReplayOfARecordedDigest(t *testing.T) {
	r := record(t, twoGates())
	recorded := strings.TrimPrefix(string(value.Sum(r.Facts)), "sha256:")
	r.Decisions = bytes.Replace(r.Decisions, []byte(recorded), []byte(strings.Repeat("0", 64)), 1)
	m := mismatch(t, r, nil)
	if m.File != "facts.json" || m.Path != "digests.facts" || !strings.Contains(m.String(), "decisions.json records") {
		t.Errorf("%s", m)
	}
	for _, file := range []string{"digests.plan", "digests.facts", "digests.catalog"} {
		r := record(t, twoGates())
		var d gates.Decisions
		if err := strictjson.Decode(r.Decisions, &d, nil); err != nil {
			t.Fatal(err)
		}
		switch file {
		case "digests.plan":
			d.Digests.Plan = ""
		case "digests.facts":
			d.Digests.Facts = ""
		default:
			d.Digests.Catalog = ""
		}
		r.Decisions = encode(t, d)
		if m := mismatch(t, r, nil); string(m.Path) != file || m.Want != "" || !strings.Contains(m.String(), "records none") {
			t.Errorf("%s is not recorded: %s", file, m)
		}
	}
}

func TestReplayRefuses(t *testing.T) {
	sound := storedScene()
	tests := []struct {
		name string
		edit func(*gates.Record)
		opts *gates.ReplayOptions
		want string
	}{
		{"waivers that are not there", func(r *gates.Record) { r.Waivers = nil }, &gates.ReplayOptions{Custom: sound.custom}, "waivers.json: its digest is none, but"},
		{"a plan that is not there", func(r *gates.Record) { r.Plan = nil }, nil, "plan.json: its digest is none, but"},
		{"a custom check that is not there", func(*gates.Record) {}, nil, "gates[0].verdict"},
		{"no decisions", func(r *gates.Record) { r.Decisions = nil }, nil, "decisions.json"},
		{"decisions that are none", func(r *gates.Record) { r.Decisions = []byte("null") }, nil, "decisions.json"},
	}
	for _, tt := range tests {
		r := record(t, sound)
		tt.edit(&r)
		if _, err := gates.Replay(r, tt.opts); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	empty := record(t, scene{plan: people(), now: now})
	if _, err := gates.Replay(empty, nil); err == nil || !strings.Contains(err.Error(), "decides no gate") {
		t.Errorf("nothing is decided: %v", err)
	}
	twice := record(t, twoGates())
	twice.Plan = []byte(`{"overview":{"name":"a","name":"b"}}`)
	in := twoGates().input()
	in.Digests = gates.Digests{Plan: value.Sum(twice.Plan), Facts: value.Sum(twice.Facts)}
	twice.Decisions = encode(t, gates.Evaluate(twoGates().catalog, in))
	if m := mismatch(t, twice, nil); m.File != "plan.json" || m.Err == nil || !strings.Contains(m.String(), "cannot be used: ") {
		t.Errorf("a plan with a name twice: %s", m)
	}
}

// A record of another engine agrees in what was decided, and why.
func TestReplayOfAnotherEngine(t *testing.T) {
	s := storedScene()
	opts := &gates.ReplayOptions{Custom: s.custom, Engine: "tidegate.decision/0"}
	r := record(t, s)
	older := func(edits ...string) gates.Record {
		old := r
		old.Decisions = bytes.ReplaceAll(r.Decisions, []byte(gates.Engine), []byte(opts.Engine))
		for i := 0; i < len(edits); i += 2 {
			if !bytes.Contains(old.Decisions, []byte(edits[i])) {
				t.Fatalf("there is no %s", edits[i])
			}
			old.Decisions = bytes.Replace(old.Decisions, []byte(edits[i]), []byte(edits[i+1]), 1)
		}
		return old
	}
	for name, same := range map[string]gates.Record{
		"all the same":              older(),
		"another sentence":          older(`"it does"`, `"yes"`),
		"a field that is not known": older(`"kind": "exit"`, `"kind": "exit", "mood": "good"`),
	} {
		if _, err := gates.Replay(same, opts); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for path, other := range map[string]gates.Record{
		"gates[0].verdict":                  older(`"verdict": "go"`, `"verdict": "no-go"`),
		"gates[0].outcomes[0].code":         older(`"code": "met"`, `"code": "nearing"`),
		"gates[0].outcomes[1].raw":          older(`"raw": "fail"`, `"raw": "warn"`),
		"gates[0].signOffs[0].by[0].person": older(`"person": "eve"`, `"person": "eva"`),
	} {
		if m := mismatch(t, other, opts); string(m.Path) != path {
			t.Errorf("%s: %s", path, m)
		}
	}
	if m := mismatch(t, older(), &gates.ReplayOptions{Custom: s.custom}); m.Path != "engine" {
		t.Errorf("another engine than this is taken for this one: %s", m)
	}
	if m := mismatch(t, r, opts); m.Err == nil {
		t.Errorf("a record of this engine is taken for another's: %s", m)
	}
	if m := mismatch(t, older(`"engine"`, `"motor"`), opts); m.Err == nil {
		t.Errorf("a record of no engine is taken for another's: %s", m)
	}
}

func TestRecordInput(t *testing.T) {
	s := storedScene()
	c, in, err := record(t, s).Input(s.custom)
	if err != nil {
		t.Fatal(err)
	}
	if !in.Now.Equal(now) || len(in.Subjects) != 2 || len(in.Waivers) != 1 || !bytes.Equal(encode(t, c), encode(t, s.catalog)) {
		t.Errorf("%+v", in)
	}
	r := record(t, s)
	r.Plan, r.Waivers = []byte("{"), []byte("[{}")
	_, _, err = r.Input(nil)
	var broken *gates.ReplayError
	if !errors.As(err, &broken) || len(broken.Mismatches) != 2 {
		t.Errorf("want both documents, got %v", err)
	}
	r.Decisions = []byte(`{"decidedAt": "yesterday", "gates": [{"decidedAt": "` + now.Add(time.Hour).Format(time.RFC3339) + `"`)
	r.Plan, r.Waivers = encode(t, s.plan), nil
	if _, in, err = r.Input(nil); err != nil || !in.Now.Equal(now.Add(time.Hour)) {
		t.Errorf("decided at %v, %v", in.Now, err)
	}
}
