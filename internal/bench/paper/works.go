package paper

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"text/template"

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
	FitTidegate      = "FitTidegate"
	ParseBody        = "ParseBody"
)

// Works are the work on the packet. None writes to a device.
func Works() []measure.Work {
	parser := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()
	return []measure.Work{
		on(MarkdownTidegate, func(s *subject) error { return render.Markdown(io.Discard, s.packet, nil) }),
		on(MarshalIndent, func(s *subject) error { _, err := json.MarshalIndent(s.packet, "", "  "); return err }),
		on(TextTemplate, func(s *subject) error { s.filled.Reset(); return s.template.Execute(&s.filled, s.packet) }),
		on(DecodeTidegate, func(s *subject) error { _, err := packet.Decode(s.encoded); return err }),
		on(Unmarshal, func(s *subject) error { var p packet.Packet; return json.Unmarshal(s.encoded, &p) }),
		on(VerifyTidegate, func(s *subject) error {
			packet.Verify(s.packet, &packet.VerifyOptions{Now: engines.Now})
			return nil
		}),
		on(FitTidegate, func(s *subject) error { _, err := render.Fit(s.packet, nil); return within(err) }),
		on(ParseBody, func(s *subject) error { parser.Parse(text.NewReader(s.body)); return nil }),
		on(GoldmarkParse, func(s *subject) error { parser.Parse(text.NewReader(s.page.Bytes())); return nil }),
	}
}

// subject is the packet in every form that some work begins with.
type subject struct {
	packet   packet.Packet
	encoded  []byte
	page     bytes.Buffer // all of it
	body     []byte       // within its budget
	template *template.Template
	filled   bytes.Buffer
}

func newSubject() (*subject, error) {
	p, err := NewPacket()
	if err != nil {
		return nil, err
	}
	s := &subject{packet: p}
	if s.template, err = NewTemplate(p); err != nil {
		return nil, err
	}
	if s.encoded, err = packet.Encode(p); err != nil {
		return nil, err
	}
	pages, err := render.Fit(p, nil)
	if err := within(err); err != nil {
		return nil, err
	}
	s.body = pages.Body
	return s, render.Markdown(&s.page, p, nil)
}

// within returns the errors of fitting that are not about the length: a page that
// is too short or too long was fitted all the same.
func within(err error) error {
	if errors.As(err, new(*render.BudgetError)) {
		return nil
	}
	return err
}

// on returns the work, tried once so that it cannot fail while it is timed.
func on(name string, do func(*subject) error) measure.Work {
	return measure.Work{Name: name, New: func() (func(), error) {
		s, err := newSubject()
		if err != nil {
			return nil, err
		}
		return func() { _ = do(s) }, do(s)
	}}
}
