package comms

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// Template is the words of a message. Subject and body are plain text in which
// {name} stands for a placeholder of that name; see [ParseText].
type Template struct {
	ID           string        `json:"id"`                    // what messages name it by
	Subject      string        `json:"subject,omitzero"`      // one line; empty: the channel has none
	Body         string        `json:"body,omitzero"`         // whatever the channel sends
	Placeholders []Placeholder `json:"placeholders,omitzero"` // one for each gap, and none beside
}

// NewTemplate returns the template of a subject and a body. A channel without
// subjects leaves the subject out.
func NewTemplate(id, subject, body string) Template {
	return Template{ID: id, Subject: subject, Body: body}
}

// WithPlaceholders returns the template with placeholders added.
func (t Template) WithPlaceholders(placeholders ...Placeholder) Template {
	t = t.Clone()
	t.Placeholders = append(t.Placeholders, placeholders...)
	return t
}

// Clone returns a copy that shares no memory with t.
func (t Template) Clone() Template {
	t.Placeholders = slices.Clone(t.Placeholders)
	return t
}

// Placeholder is a gap in a template and what may stand there.
type Placeholder struct {
	Name  string    `json:"name"`           // lower-case letters, digits and underscores, a letter first
	Type  ValueType `json:"type"`           // what the value has to be
	Value string    `json:"value,omitzero"` // known when the plan is written; empty: whoever sends fills it in
}

// ValueType is what may stand in a gap.
type ValueType uint8

// The types. Each has one text form: that of the value package where there is
// one.
const (
	NoType        ValueType = iota
	TextValue               // one line or several, of any words
	TimeValue               // as value.ParseWhen reads it
	DurationValue           // as value.ParseDuration reads it
	PercentValue            // a number and %: "1.5%"
	NumberValue             // as value.ParseNumber reads it, and finite
	LinkValue               // as value.ParseLink reads it
)

var valueTypeNames = []string{"none", "text", "time", "duration", "percent", "number", "link"}

// String returns the type's name as it stands in JSON.
func (t ValueType) String() string { return enum.String("value type", valueTypeNames, t) }

// MarshalText implements [encoding.TextMarshaler].
func (t ValueType) MarshalText() ([]byte, error) {
	return enum.Marshal("value type", valueTypeNames, t)
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown type is an error.
func (t *ValueType) UnmarshalText(text []byte) error {
	return enum.Unmarshal("value type", valueTypeNames, t, text)
}
