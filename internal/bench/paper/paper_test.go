package paper_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/bench/paper"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
)

// TestComparable holds the numbers of the report together: the packet has the
// size that the targets speak of, and the template makes a document like ours.
func TestComparable(t *testing.T) {
	p, err := paper.NewPacket(1)
	if err != nil {
		t.Fatal(err)
	}
	var ours, filled bytes.Buffer
	if err := render.Markdown(&ours, p, nil); err != nil {
		t.Fatal(err)
	}
	page, err := paper.NewTemplate(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := page.Execute(&filled, p); err != nil {
		t.Fatal(err)
	}
	if n := words(ours.String()); n < 900 || n > 1100 {
		t.Errorf("the packet has %d words, want about 1000", n)
	}
	for name, count := range map[string]func(string) int{
		"words": words,
		"bytes": func(s string) int { return len(s) },
		"lines": func(s string) int { return strings.Count(s, "\n") },
	} {
		want, got := count(ours.String()), count(filled.String())
		if ratio := float64(got) / float64(want); ratio < 0.9 || ratio > 1.1 {
			t.Errorf("the template makes %d %s, Markdown %d: not comparable", got, name, want)
		}
	}
	if t.Failed() {
		t.Logf("%s\n%s", ours.String(), filled.String())
	}
}

// TestDecodeAlike checks that both decoders read the same packet from the bytes.
func TestDecodeAlike(t *testing.T) {
	p, err := paper.NewPacket(1)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := packet.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	strict, err := packet.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	var loose packet.Packet
	if err := json.Unmarshal(encoded, &loose); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strict, loose, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Errorf("decoders differ (-strict +encoding/json):\n%s", diff)
	}
}

// TestGrowth holds the sizes to what they are called: as many times the items, and
// about as many times the bytes.
func TestGrowth(t *testing.T) {
	for _, size := range paper.Sizes {
		p, err := paper.NewPacket(size)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(p.Plan.Scope); n != 10*size || len(p.Catalog.Gates[0].Criteria) != 10*size {
			t.Errorf("size %d: %d items of scope, %d criteria", size, n, len(p.Catalog.Gates[0].Criteria))
		}
		page, encoded, err := paper.Grown(size)
		if n := float64(size); err != nil || page < n/2 || page > n*1.1 || encoded < n/2 || encoded > n*1.1 {
			t.Errorf("size %d: a page %.1f and a document %.1f times as long, %v", size, page, encoded, err)
		}
	}
}

// words counts what a reader reads: no table rules, no link targets.
func words(s string) int {
	n := 0
	for _, w := range strings.Fields(s) {
		if strings.Trim(w, "|-#;,") != "" {
			n++
		}
	}
	return n
}
