package release

import (
	"slices"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// ScopeItem is one piece of work that the release is to carry.
type ScopeItem struct {
	ID         string     `json:"id"` // as in the tracker: "REL-101"
	Title      string     `json:"title"`
	Class      Class      `json:"class"`
	Status     string     `json:"status,omitzero"` // as the tracker names it; not part of what is approved
	Components []string   `json:"components,omitzero"`
	Authors    []string   `json:"authors,omitzero"` // ids of people
	Link       value.Link `json:"link,omitzero"`
}

func (s ScopeItem) clone() ScopeItem {
	s.Components = slices.Clone(s.Components)
	s.Authors = slices.Clone(s.Authors)
	return s
}

// Class says whether the release may leave without the item.
type Class uint8

// The classes.
const (
	Unclassified Class = iota
	MustShip
	Deferrable
)

var classNames = []string{"unclassified", "must-ship", "deferrable"}

// String returns the class's name as it stands in JSON.
func (c Class) String() string { return enum.String("class", classNames, c) }

// MarshalText implements [encoding.TextMarshaler].
func (c Class) MarshalText() ([]byte, error) { return enum.Marshal("class", classNames, c) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown class is an error.
func (c *Class) UnmarshalText(text []byte) error {
	return enum.Unmarshal("class", classNames, c, text)
}
