package template

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// ours are the functions of this package.
var ours = map[string]*function{
	"escape": {in: []kind{text}, out: gives(markupType), call: escape, doc: "VALUE  its text as Markdown: what printing it does"},
	"code":   {in: []kind{text}, out: gives(markupType), call: code, doc: "VALUE  its text as a code span"},
	"link":   {in: []kind{text, some}, out: linked, call: link, doc: "TEXT LINK  a link; LINK as text if it has a fault"},
	"table":  {in: []kind{several, shown}, variadic: true, check: checkTable, call: table, doc: `LIST HEADER FIELD…  a table with a row for each of LIST; HEADER and FIELD are literals, as in table .Plan.Risks "Risk" "Title" "Owner" "Owner"`},
	"rfc3339": {in: []kind{some}, out: moment, call: rfc3339,
		doc: "MOMENT  as RFC 3339 has it; a day or a time that nobody can place as it is written"},
	"words": {in: []kind{shown}, out: gives(wholeType), call: words, doc: "VALUE  how many words a reader sees, as render.CountWords counts"},
	"print": {in: []kind{text}, variadic: true, out: gives(textType), call: join, doc: "VALUE…  the texts, one behind the other"},
}

func escape(_ *meter, args []any) (any, error) { return escaped(args[0].(string)), nil }

func code(_ *meter, args []any) (any, error) {
	s := args[0].(string)
	if span := string(mdtext.AppendCode(nil, s)); span == "`"+s+"`" {
		return markup{span, []string{s}}, nil
	}
	return escaped(s), nil // of a text that no code span can hold
}

func link(_ *meter, args []any) (any, error) {
	to := value.Link(fmt.Sprint(args[1]))
	if args[1] == nil {
		to = ""
	}
	name := args[0].(string)
	if to.Href() == "" {
		return escaped(to.Redacted()), nil
	}
	return markup{string(mdtext.AppendLink(nil, name, to)), []string{mdtext.Visible(name)}}, nil
}

func linked(args []reflect.Type) (reflect.Type, error) {
	if args[1] != linkType && args[1] != textType {
		return nil, fmt.Errorf("argument 2 is %s, want a link", describe(args[1]))
	}
	return markupType, nil
}

func moment(args []reflect.Type) (reflect.Type, error) {
	if args[0] != timeType && args[0] != whenType {
		return nil, fmt.Errorf("argument 1 is %s, want a moment", describe(args[0]))
	}
	return textType, nil
}

func rfc3339(_ *meter, args []any) (any, error) {
	switch v := args[0].(type) {
	case time.Time:
		return v.Format(time.RFC3339), nil
	case value.When:
		return placed(v), nil
	}
	return "", nil
}

// placed is a moment with its offset, which is that of its zone if none is
// written.
func placed(w value.When) string {
	written, _, _ := strings.Cut(w.String(), "[")
	if w.Precision() != value.InstantPrecision || w.HasOffset() {
		return written
	}
	t, err := w.Instant()
	zone, noZone := value.LoadZone(w.Zone())
	if err != nil || noZone != nil {
		return w.String()
	}
	return t.In(zone).Format(time.RFC3339)
}

func words(_ *meter, args []any) (any, error) {
	md, ok := args[0].(markup)
	if !ok {
		md = escaped(textOf(args[0]))
	}
	return render.CountWords([]byte(md.text)).Visible, nil
}

func join(_ *meter, args []any) (any, error) {
	var b strings.Builder
	for _, arg := range args {
		b.WriteString(arg.(string))
	}
	return b.String(), nil
}

// columns are those of a table: headers, and fields of a row by their names.
func columns(args []string) (headers []string, fields [][]string) {
	for i := 0; i+1 < len(args); i += 2 {
		headers = append(headers, args[i])
		fields = append(fields, strings.Split(strings.TrimPrefix(args[i+1], "."), "."))
	}
	return headers, fields
}

// checkTable reads the columns of a table from the template, so that their
// fields are known before it runs.
func checkTable(args []reflect.Type, nodes []parse.Node) (reflect.Type, error) {
	if len(args) < 3 || len(args)%2 == 0 {
		return nil, fmt.Errorf("want a list, and a header and a field for each column")
	}
	var literals []string
	for i, n := range nodes[1:] {
		s, ok := n.(*parse.StringNode)
		if !ok {
			return nil, fmt.Errorf("argument %d is no literal: headers and fields have to be known before the template runs", i+2)
		}
		literals = append(literals, s.Text)
	}
	_, fields := columns(literals)
	for _, names := range fields {
		t, err := along(args[0].Elem(), names)
		if err != nil {
			return nil, err
		}
		if !printable(t) {
			return nil, fmt.Errorf("%s is %s, which has no text", strings.Join(names, "."), describe(t))
		}
	}
	return markupType, nil
}

func table(m *meter, args []any) (any, error) {
	literals := make([]string, len(args)-1)
	for i, arg := range args[1:] {
		literals[i] = arg.(string)
	}
	headers, fields := columns(literals)
	rows := args[0].([]any)
	if err := m.step(len(rows) * len(fields)); err != nil {
		return nil, err
	}
	t := tabled{}
	for _, h := range headers {
		t.cell(h)
	}
	t.b = append(append(t.b, "|\n"...), strings.Repeat("| --- ", len(headers))...)
	for _, row := range rows {
		t.b = append(t.b, "|\n"...)
		for _, names := range fields {
			t.cell(textOf(valueAlong(reflect.ValueOf(row), names)))
		}
		if len(t.b) > m.limits.MaxBytes {
			return nil, &LimitError{m.name, "bytes", m.limits.MaxBytes}
		}
	}
	return markup{string(append(t.b, '|')), t.shows}, nil
}

// tabled is a table that is being written.
type tabled struct {
	b     []byte
	shows []string
}

func (t *tabled) cell(s string) {
	t.shows = append(t.shows, mdtext.Visible(s))
	t.b = append(mdtext.AppendText(append(t.b, "| "...), s), ' ')
}
