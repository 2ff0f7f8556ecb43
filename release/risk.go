package release

import (
	"github.com/tidegate-go/tidegate/internal/enum"
)

// Risk is one thing that may go wrong. It is described once, here; whatever
// speaks of it names its id, so that two ratings cannot contradict each other.
type Risk struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Probability Level  `json:"probability"`
	Impact      Level  `json:"impact"`
	Mitigation  string `json:"mitigation,omitzero"`  // what makes it less probable, or less bad
	Contingency string `json:"contingency,omitzero"` // what is done when it happens
	Owner       string `json:"owner,omitzero"`       // id of the role or person who mitigates it
	Theme       string `json:"theme,omitzero"`       // what it has in common with risks of other releases
}

// Level is a rating on the scale that every document prints: low, medium,
// high. The zero value is none.
type Level uint8

// The levels.
const (
	NoLevel Level = iota
	Low
	Medium
	High
)

var levelNames = []string{"none", "low", "medium", "high"}

// String returns the level's name as it stands in JSON.
func (l Level) String() string { return enum.String("level", levelNames, l) }

// MarshalText implements [encoding.TextMarshaler].
func (l Level) MarshalText() ([]byte, error) { return enum.Marshal("level", levelNames, l) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown level is an error.
func (l *Level) UnmarshalText(text []byte) error {
	return enum.Unmarshal("level", levelNames, l, text)
}
