package paper

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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

// Sizes are how many times the packet growth looks at.
var Sizes = []int{1, 10, 100}

// Growth names work on the packet of a size.
func Growth(work string, size int) string { return fmt.Sprintf("%s%d", work, size) }

// Grown returns how many times the bytes of the smallest packet one of a size has,
// as a page and encoded. Both have parts that do not grow with the items.
func Grown(size int) (page, encoded float64, err error) {
	small, err := newSubject(Sizes[0])
	if err != nil {
		return 0, 0, err
	}
	large, err := newSubject(size)
	if err != nil {
		return 0, 0, err
	}
	return float64(large.page.Len()) / float64(small.page.Len()), float64(len(large.encoded)) / float64(len(small.encoded)), nil
}

// GrowthWorks are writing, fitting and decoding the packet of every size.
func GrowthWorks() []measure.Work {
	var works []measure.Work
	for _, size := range Sizes {
		works = append(works,
			of(size, Growth(MarkdownTidegate, size), func(s *subject) error { return render.Markdown(io.Discard, s.packet, nil) }),
			of(size, Growth(FitTidegate, size), func(s *subject) error { _, err := render.Fit(s.packet, nil); return within(err) }),
			of(size, Growth(DecodeTidegate, size), func(s *subject) error { _, err := packet.Decode(s.encoded); return err }))
	}
	return works
}

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

func newSubject(size int) (*subject, error) {
	p, err := NewPacket(size)
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

// on returns work on the packet of size 1.
func on(name string, do func(*subject) error) measure.Work { return of(1, name, do) }

// of returns work on the packet of a size, tried once so that it cannot fail while
// it is timed.
func of(size int, name string, do func(*subject) error) measure.Work {
	return measure.Work{Name: name, New: func() (func(), error) {
		s, err := newSubject(size)
		if err != nil {
			return nil, err
		}
		return func() { _ = do(s) }, do(s)
	}}
}
