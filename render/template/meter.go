package template

import (
	"bytes"
	"text/template"

	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// meter counts what a run takes and keeps what it writes.
type meter struct {
	name   string
	limits Options
	steps  int
	out    bytes.Buffer
	shown  []string // what a reader has to see, in the order of the page
}

// step counts n steps.
func (m *meter) step(n int) error {
	if m.steps += n; n < 0 || m.steps < 0 || m.steps > m.limits.MaxSteps {
		m.steps = m.limits.MaxSteps + 1
		return &LimitError{m.name, "steps", m.limits.MaxSteps}
	}
	return nil
}

// length refuses a text of n bytes that is too long to be handed on.
func (m *meter) length(n int) error {
	if n > maxText {
		return &LimitError{m.name, "bytes of one text", maxText}
	}
	return m.step(n / bytesPerStep)
}

// weigh counts a value by its size.
func (m *meter) weigh(v any) error {
	switch v := v.(type) {
	case string:
		return m.length(len(v))
	case []any:
		return m.step(len(v))
	case []string:
		return m.step(len(v))
	}
	return nil
}

// Write keeps what the template writes, up to the limit.
func (m *meter) Write(p []byte) (int, error) {
	if m.out.Len()+len(p) > m.limits.MaxBytes {
		return 0, &LimitError{m.name, "bytes", m.limits.MaxBytes}
	}
	return m.out.Write(p)
}

// Names of the functions that are put into templates when they are parsed. No
// template can say them: its functions are checked before.
const (
	printName = "tidegate_print"
	stepName  = "tidegate_step"
)

// funcs are the functions of one run.
func (m *meter) funcs() template.FuncMap {
	all := template.FuncMap{
		printName: m.print,
		stepName:  func(n int) (string, error) { return "", m.step(n) },
	}
	for name, f := range functions {
		all[name] = func(args ...any) (any, error) { return f.run(m, args) }
	}
	return all
}

// print writes a value where it stands: Markdown as it is, anything else as
// text, and remembers what a reader has to find on the page.
func (m *meter) print(v any) (string, error) {
	if err := m.step(1); err != nil {
		return "", err
	}
	md, ok := v.(markup)
	if !ok {
		s := textOf(v)
		if err := m.length(len(s)); err != nil {
			return "", err
		}
		md = escaped(s)
	}
	if err := m.step(len(md.text) / bytesPerStep); err != nil {
		return "", err
	}
	m.shown = append(m.shown, md.shows...)
	return md.text, nil
}

// escaped is a text as Markdown, for any place in a line.
func escaped(s string) markup {
	return markup{string(mdtext.AppendStart(nil, s)), []string{mdtext.Visible(s)}}
}
