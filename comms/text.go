package comms

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/release/value"
)

// Text is the subject or the body of a template, read: words and gaps in
// turn.
type Text []Part

// Part is words as they stand, or, if it has a name, a gap.
type Part struct {
	Words string // with doubled braces read as one; empty: it is a gap
	Name  string // of the placeholder; empty: it is words
}

// ParseText reads a subject or a body. {name} is a gap, whose name is of
// lower-case letters, digits and underscores with a letter first. A brace that
// is meant as such is doubled, {{ or }}, as in Python's str.format (PEP 3101).
// A lone brace is an error, which tells its byte, counted from 1.
func ParseText(s string) (Text, error) {
	if !utf8.ValidString(s) {
		return nil, errors.New("template text is not UTF-8")
	}
	var text Text
	var words strings.Builder
	for i := 0; i < len(s); {
		if c := s[i]; c != '{' && c != '}' {
			words.WriteByte(c)
			i++
			continue
		}
		if i+1 < len(s) && s[i+1] == s[i] {
			words.WriteByte(s[i])
			i += 2
			continue
		}
		name, err := gap(s[i:])
		if err != nil {
			return nil, fmt.Errorf("template text, byte %d: %w", i+1, err)
		}
		text = append(text.with(&words), Part{Name: name})
		i += len(name) + 2
	}
	return text.with(&words), nil
}

// with returns the text with the words so far added, which are then forgotten.
func (t Text) with(words *strings.Builder) Text {
	if words.Len() > 0 {
		t = append(t, Part{Words: words.String()})
		words.Reset()
	}
	return t
}

// gap reads the name of the gap with which s begins.
func gap(s string) (string, error) {
	if s[0] == '}' {
		return "", errors.New("} closes nothing, write }} for a brace")
	}
	end := strings.IndexAny(s[1:], "{}")
	if end < 0 || s[1+end] == '{' {
		return "", errors.New("{ is not closed, write {{ for a brace")
	}
	name := s[1 : 1+end]
	return name, nameFault(name)
}

func nameFault(name string) error {
	for i := range len(name) {
		c := name[i]
		if c >= 'a' && c <= 'z' || i > 0 && (c >= '0' && c <= '9' || c == '_') {
			continue
		}
		return fmt.Errorf("%q is no name of lower-case letters, digits and underscores", name)
	}
	if name == "" {
		return errors.New("the name is empty")
	}
	return nil
}

// String returns the text as [ParseText] reads it.
func (t Text) String() string {
	var b strings.Builder
	for _, p := range t {
		if p.Name != "" {
			b.WriteString("{" + p.Name + "}")
			continue
		}
		b.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(p.Words))
	}
	return b.String()
}

// Names returns the names of the gaps in order, each once.
func (t Text) Names() []string {
	var names []string
	seen := map[string]bool{}
	for _, p := range t {
		if p.Name != "" && !seen[p.Name] {
			seen[p.Name] = true
			names = append(names, p.Name)
		}
	}
	return names
}

// fill puts the values into the gaps.
func (t Text) fill(values map[string]string) string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Words)
		b.WriteString(values[p.Name]) // of words: none
	}
	return b.String()
}

// Fill returns the subject and the body with every gap filled: with the value
// that the placeholder has, or else with what values gives for its name. A
// value is not read for gaps itself. It fails, naming each, for texts that
// [ParseText] refuses, gaps without placeholder, placeholders without value,
// values that [ValueType.Check] refuses, and a subject of several lines.
func (t Template) Fill(values func(name string) (string, bool)) (subject, body string, err error) {
	above, err1 := ParseText(t.Subject)
	below, err2 := ParseText(t.Body)
	if err := errors.Join(err1, err2); err != nil {
		return "", "", fmt.Errorf("template %q: %w", t.ID, err)
	}
	filled := map[string]string{}
	var faults []error
	for _, p := range t.Placeholders {
		v, ok := p.Value, p.Value != ""
		if !ok {
			v, ok = values(p.Name)
		}
		if !ok {
			faults = append(faults, fmt.Errorf("placeholder %q has no value", p.Name))
		} else if err := p.Type.Check(v); err != nil {
			faults = append(faults, fmt.Errorf("placeholder %q: %w", p.Name, err))
		}
		filled[p.Name] = v
	}
	for _, name := range slices.Concat(above, below).Names() {
		if _, ok := filled[name]; !ok {
			faults = append(faults, fmt.Errorf("gap %q has no placeholder", name))
		}
	}
	subject, body = above.fill(filled), below.fill(filled)
	if strings.ContainsFunc(subject, unicode.IsControl) {
		faults = append(faults, errors.New("the subject has a line break or another control character"))
	}
	if len(faults) > 0 {
		return "", "", fmt.Errorf("template %q: %w", t.ID, errors.Join(faults...))
	}
	return subject, body, nil
}

// Check returns why s is no value of the type, and nil if it is one.
func (t ValueType) Check(s string) error {
	if strings.TrimSpace(s) == "" {
		return fmt.Errorf("%q: a value has words", s)
	}
	var err error
	switch t {
	case TextValue:
		if !utf8.ValidString(s) {
			err = errors.New("a text is UTF-8")
		}
	case TimeValue:
		var w value.When
		if w, err = value.ParseWhen(s); err == nil {
			_, _, err = w.Interval()
		}
	case DurationValue:
		_, err = value.ParseDuration(s)
	case PercentValue:
		number, ok := strings.CutSuffix(s, "%")
		if err = finite(number); !ok {
			err = fmt.Errorf("%q: want a number and %%", s)
		}
	case NumberValue:
		err = finite(s)
	case LinkValue:
		_, err = value.ParseLink(s)
	default:
		err = fmt.Errorf("%s is no type of values", t)
	}
	return err
}

func finite(s string) error {
	n, err := value.ParseNumber(s)
	if err == nil && !n.IsFinite() {
		err = fmt.Errorf("%q: want a finite number", s)
	}
	return err
}
