package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/internal/agree"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// folder has the packet, its body and its annex.
func folder(t *testing.T) string {
	t.Helper()
	p := sample.Packet()
	text, err := packet.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := render.Fit(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range map[string][]byte{"packet.json": text, "packet.md": pages.Body, "annex.md": pages.Annex} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// line is what another reader prints of a file in which it reads some text as
// another.
func line(t *testing.T, file, old, other string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page := reading.Read([]byte(strings.Replace(string(data), old, other, 1)))
	text, err := json.Marshal(agree.Reading{File: file, Headings: page.Headings, Tables: page.Tables, Items: page.Items, Texts: page.Texts, Links: page.Links})
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

func TestRun(t *testing.T) {
	dir := folder(t)
	body, file := filepath.Join(dir, "packet.md"), filepath.Join(dir, "packet.json")
	for _, c := range []struct{ name, in, fault, err string }{
		{"alike", line(t, body, "", "") + line(t, filepath.Join(dir, "annex.md"), "", ""), "", ""},
		{"a cell differs", line(t, body, "| 15 minutes |", "| 50 minutes |"), "packet.md: table 2, row 11: goldmark reads ", "1 differences"},
		{"nothing was read", "", "", "no cell was compared"},
		{"no JSON", "oops\n", "", "page 1: invalid character"},
		{"no such page", `{"file": "nowhere.md"}`, "", "open nowhere.md: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, faults strings.Builder
			err := run([]string{file}, strings.NewReader(c.in), &out, &faults)
			if (err == nil) != (c.err == "") || err != nil && !strings.HasPrefix(err.Error(), c.err) {
				t.Errorf("error %v, want %q", err, c.err)
			}
			if !strings.Contains(faults.String(), c.fault) || c.fault == "" && faults.Len() > 0 {
				t.Errorf("faults %q, want %q", faults.String(), c.fault)
			}
		})
	}
	if err := os.WriteFile(body, []byte("# Release Packet: another\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var faults strings.Builder
	if err := run([]string{file}, strings.NewReader(line(t, filepath.Join(dir, "annex.md"), "", "")), &faults, &faults); err == nil || !strings.Contains(faults.String(), "packet.json: the title is ") {
		t.Errorf("a page of another packet: %v, %s", err, faults.String())
	}
}
