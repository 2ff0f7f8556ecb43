package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Whatever one of the files holds, what comes of it is an error or a packet
// that is read again as it was, and that lets nothing pass.
func FuzzFile(f *testing.F) {
	originals := make([][]byte, len(fileNames))
	for i, name := range fileNames {
		data, err := os.ReadFile(filepath.Join(invented, name))
		if err != nil {
			f.Fatal(err)
		}
		originals[i] = data
		f.Add(uint8(i), data)
	}
	f.Add(uint8(1), []byte("| Role | Lead | Shadow |\n|-|-|-|\n| Docs | [@a](https://github.com/a) `b` | A, B |"))
	f.Add(uint8(2), []byte("codeFreeze: &a\n- *a\n- {issue: 1}"))
	f.Add(uint8(3), []byte(`{"1": {"text": "a"}}`))
	now := time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		if !utf8.Valid(data) {
			return // refused before
		}
		folder := newFolder()
		for i, name := range fileNames {
			source := originals[i]
			if i == int(which)%len(fileNames) {
				source = data
			}
			if folder.parse(name, source) != nil {
				return
			}
		}
		folder.schedule = folder.readme.schedule()
		r, err := assemble(folder, now, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := packet.Encode(r.packet)
		if err != nil {
			t.Fatal(err)
		}
		decoded, err := packet.Decode(encoded)
		if err != nil {
			t.Fatal(err)
		}
		again, err := packet.Encode(decoded)
		if err != nil || !bytes.Equal(again, encoded) {
			t.Errorf("the packet is encoded again to other bytes: %v", err)
		}
		for _, d := range r.packet.Decisions.Gates {
			if d.Verdict == gates.Go {
				t.Errorf("%s is go, and nobody has signed", d.Gate)
			}
		}
		if err := r.summarize(io.Discard); err != nil {
			t.Error(err)
		}
	})
}
