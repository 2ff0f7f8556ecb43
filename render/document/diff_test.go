package document_test

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/document"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// change is a change without its path.
type change struct {
	Part, Label string
	Kind        document.ChangeKind
	Old, New    string
}

func changesOf(t testing.TB, before, after packet.Packet) ([]change, document.Report) {
	t.Helper()
	r, err := document.Changes(before, after)
	if err != nil {
		t.Fatal(err)
	}
	var all []change
	for _, p := range r.Parts {
		for _, c := range p.Changes {
			all = append(all, change{p.Title, c.Label, c.Kind, c.Old, c.New})
		}
	}
	return all, r
}

func TestChanges(t *testing.T) {
	tests := []struct {
		name   string
		change func(*packet.Packet)
		want   []change
		voids  bool
	}{
		{"nothing", func(*packet.Packet) {}, nil, false},
		{"a date", func(p *packet.Packet) { p.Plan.Overview.CodeFreeze = sample.When("2026-12-02T18:00:00-05:00") },
			[]change{{"Release Overview", "overview code freeze", document.DateChange, "", `"2026-12-02T18:00:00-05:00"`}}, true},
		{"an owner", func(p *packet.Packet) { p.Plan.Risks[0].Owner = "dev-lead" },
			[]change{{"Open Issues Register", "risks R1: owner", document.OwnerChange, "", `"dev-lead"`}}, true},
		{"a threshold", func(p *packet.Packet) { p.Plan.Overview.RollbackSLA *= 2 },
			[]change{{"Release Overview", "overview rollback SLA", document.ThresholdChange, "", `"PT30M"`}}, true},
		{"the scope", func(p *packet.Packet) { p.Plan.Scope[0].Class = release.Deferrable },
			[]change{{"Release Overview", "scope REL-101: class", document.ScopeChange, "", `"deferrable"`}}, true},
		{"an outcome", func(p *packet.Packet) { p.Decisions.Gates[0].Outcomes[0].Effective = gates.Fail },
			[]change{{"Decision", "decisions gates dev/entry: outcomes designs: effective", document.OutcomeChange, "", `"fail"`}}, false},
		{"a verdict", func(p *packet.Packet) { p.Decisions.Gates[7].Verdict = gates.NoGo },
			[]change{{"Decision", "decisions gates production/exit: verdict", document.VerdictChange, `"go"`, `"no-go"`}}, false},
		{"a gate in front", func(p *packet.Packet) {
			p.Decisions.Gates = p.Decisions.Gates[1:]
			p.Decisions.Gates[0].Verdict = gates.Hold
		}, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := sample.Packet()
			tt.change(&after)
			got, r := changesOf(t, sample.Packet(), after)
			if tt.name == "a gate in front" {
				for _, c := range got {
					if !strings.Contains(c.Label, "dev/entry: ") && c.Label != "decisions gates dev/exit: verdict" {
						t.Errorf("gates are mixed up: %+v", c)
					}
				}
				return
			}
			for i := range got {
				if i < len(tt.want) && tt.want[i].Old == "" {
					if got[i].Old == got[i].New {
						t.Errorf("%+v is no change", got[i])
					}
					got[i].Old = ""
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if (len(r.Voided) > 0) != tt.voids {
				t.Errorf("%d sign-offs are void", len(r.Voided))
			}
		})
	}
}

func TestChangesRefuses(t *testing.T) {
	broken := sample.Packet()
	broken.Plan.Overview.Name = "\xff"
	if _, err := document.Changes(broken, sample.Packet()); err == nil || !strings.Contains(err.Error(), "former packet") {
		t.Errorf("%v", err)
	}
	var b strings.Builder
	if err := document.Diff(&b, sample.Packet(), broken); err == nil || !strings.Contains(err.Error(), "later packet") || b.Len() > 0 {
		t.Errorf("%v, %d bytes written", err, b.Len())
	}
}

type failing struct{}

var errFull = errors.New("disk full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestDiffReturnsTheWritersError(t *testing.T) {
	if err := document.Diff(failing{}, sample.Packet(), later()); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}

// TestNothingIsLost edits two packets at random. Counting every plain value of
// both has to give the balance of the changes, and every change is on the page.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := sample.Packet(), later()
		for _, p := range []*packet.Packet{&before, &after} {
			for range rapid.IntRange(0, 6).Draw(t, "edits") {
				lists := slicesOf(reflect.ValueOf(p).Elem())
				edit(t, lists[rapid.IntRange(0, len(lists)-1).Draw(t, "list")])
			}
		}
		r, err := document.Changes(before, after)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := document.Diff(&b, before, after); err != nil {
			t.Fatal(err)
		}
		balance := map[string]int{}
		count(t, balance, before, -1)
		count(t, balance, after, 1)
		for _, part := range r.Parts {
			for _, c := range part.Changes {
				if strings.HasSuffix(c.Label, " order") {
					continue
				}
				balance[c.Old]++
				balance[c.New]--
				for _, text := range []string{c.Label, c.Old, c.New} {
					var s string
					if json.Unmarshal([]byte(text), &s) == nil && s != "" {
						text = s
					}
					if text != "" && !strings.Contains(b.String(), string(mdtext.AppendText(nil, text))) {
						t.Errorf("%q of %s is not on the page", text, c.Path)
					}
				}
			}
		}
		for text, n := range balance {
			if n != 0 && text != "" && text != "[]" && text != "{}" {
				t.Errorf("%s: the changes are off by %d", text, n)
			}
		}
	})
}

// slicesOf returns every list of a packet that has elements.
func slicesOf(v reflect.Value) []reflect.Value {
	var found []reflect.Value
	switch v.Kind() {
	case reflect.Slice:
		if v.Len() > 0 && v.CanSet() {
			found = append(found, v)
		}
		for i := range v.Len() {
			found = append(found, slicesOf(v.Index(i))...)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			found = slicesOf(v.Elem())
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			found = append(found, slicesOf(field)...)
		}
	default:
	}
	return found
}

// edit drops, repeats or swaps elements.
func edit(t *rapid.T, list reflect.Value) {
	i := rapid.IntRange(0, list.Len()-1).Draw(t, "element")
	switch rapid.IntRange(0, 2).Draw(t, "edit") {
	case 0:
		list.Set(reflect.AppendSlice(list.Slice3(0, i, i), list.Slice(i+1, list.Len())))
	case 1:
		list.Set(reflect.Append(list.Slice3(0, list.Len(), list.Len()), list.Index(i)))
	default:
		reflect.Swapper(list.Interface())(0, i)
	}
}

// count adds every plain value of the packet's JSON.
func count(t *rapid.T, balance map[string]int, p packet.Packet, n int) {
	text, err := packet.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, of := range v {
				walk(of)
			}
		case []any:
			for _, of := range v {
				walk(of)
			}
		default:
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(v); err != nil {
				t.Fatal(err)
			}
			balance[strings.TrimSpace(b.String())] += n
		}
	}
	walk(v)
}

func TestDiffTwiceIsTheSame(t *testing.T) {
	diff := func() string {
		return write(t, func(w io.Writer) error { return document.Diff(w, sample.Packet(), later()) })
	}
	if a, b := diff(), diff(); a != b {
		t.Error(cmp.Diff(a, b))
	}
}

// TestPathsLead follows the path of every change that is in the later packet.
func TestPathsLead(t *testing.T) {
	_, r := changesOf(t, sample.Packet(), later())
	for _, part := range r.Parts {
		for _, c := range part.Changes {
			if c.Path == check.Path("") || c.Label == string(c.Path) && strings.Contains(c.Label, ".") {
				t.Errorf("%q has no words", c.Path)
			}
		}
	}
}
