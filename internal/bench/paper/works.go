package paper

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/tidegate-go/tidegate/internal/bench/engines"
	"github.com/tidegate-go/tidegate/internal/bench/measure"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render"
)

// Names of the work.
const (
	MarkdownTidegate = "MarkdownTidegate"
	MarshalIndent    = "MarshalIndent"
	TextTemplate     = "TextTemplate"
	DecodeTidegate   = "DecodeTidegate"
	Unmarshal        = "Unmarshal"
	VerifyTidegate   = "VerifyTidegate"
	GoldmarkParse    = "GoldmarkParse"
)

// Works returns the work on the packet. None writes to a device.
func Works() ([]measure.Work, error) {
	p, err := NewPacket()
	if err != nil {
		return nil, err
	}
	t, err := NewTemplate(p)
	if err != nil {
		return nil, err
	}
	encoded, err := packet.Encode(p)
	if err != nil {
		return nil, err
	}
	var page, filled bytes.Buffer
	if err := render.Markdown(&page, p, nil); err != nil {
		return nil, err
	}
	if err := t.Execute(&filled, p); err != nil {
		return nil, err
	}
	parser := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
	must := func(do func() error) func() {
		return func() {
			if err := do(); err != nil {
				panic(fmt.Errorf("a benchmark that worked before fails: %w", err))
			}
		}
	}
	return []measure.Work{
		{Name: MarkdownTidegate, Do: must(func() error { return render.Markdown(io.Discard, p, nil) })},
		{Name: MarshalIndent, Do: must(func() error { _, err := json.MarshalIndent(p, "", "  "); return err })},
		{Name: TextTemplate, Do: must(func() error { filled.Reset(); return t.Execute(&filled, p) })},
		{Name: DecodeTidegate, Do: must(func() error { _, err := packet.Decode(encoded); return err })},
		{Name: Unmarshal, Do: must(func() error { var q packet.Packet; return json.Unmarshal(encoded, &q) })},
		{Name: VerifyTidegate, Do: func() { packet.Verify(p, &packet.VerifyOptions{Now: engines.Now}) }},
		{Name: GoldmarkParse, Do: func() { parser.Parse(text.NewReader(page.Bytes())) }},
	}, nil
}
