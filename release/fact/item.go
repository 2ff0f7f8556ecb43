package fact

import (
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Account is one identity in one outside system, such as {"github", "rytswd"}.
// Which person it belongs to is the directory's knowledge, not the source's.
type Account struct {
	System string `json:"system"`
	ID     string `json:"id"`
}

// String returns "system:id".
func (a Account) String() string { return a.System + ":" + a.ID }

// WorkItem is an issue, a ticket, a pull request or a note about one.
type WorkItem struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Note       string     `json:"note,omitzero"`   // the text that its authors wrote for release notes
	Type       string     `json:"type,omitzero"`   // as the source names it: "Bug", "Story"
	Status     string     `json:"status,omitzero"` // as the source names it: "In Review"
	Category   Category   `json:"category,omitzero"`
	Priority   string     `json:"priority,omitzero"`
	Assignee   Account    `json:"assignee,omitzero"`
	Author     Account    `json:"author,omitzero"`
	Labels     []string   `json:"labels,omitzero"`
	Components []string   `json:"components,omitzero"`
	Updated    time.Time  `json:"updated,omitzero"`
	Link       value.Link `json:"link,omitzero"`
}

// Category is the part of its life that a work item is in, whatever its
// system calls the status.
type Category uint8

// The categories.
const (
	UnknownCategory Category = iota // the source does not say, or says something new
	ToDo
	InProgress
	Done
)

var categoryNames = []string{"unknown", "to-do", "in-progress", "done"}

// String returns the category's name as it stands in JSON.
func (c Category) String() string { return enum.String("category", categoryNames, c) }

// MarshalText implements [encoding.TextMarshaler].
func (c Category) MarshalText() ([]byte, error) { return enum.Marshal("category", categoryNames, c) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown category is an error.
func (c *Category) UnmarshalText(text []byte) error {
	return enum.Unmarshal("category", categoryNames, c, text)
}

// Incident is something that hurts users or could.
type Incident struct {
	ID           string     `json:"id"`
	Title        string     `json:"title"`
	Service      string     `json:"service,omitzero"`
	Urgency      string     `json:"urgency,omitzero"`
	Status       string     `json:"status,omitzero"`
	Opened       time.Time  `json:"opened,omitzero"`
	Acknowledged time.Time  `json:"acknowledged,omitzero"`
	Resolved     time.Time  `json:"resolved,omitzero"`
	Link         value.Link `json:"link,omitzero"`
}

// Duty is one on-call shift: who answers for a policy at a level, and from when until when.
type Duty struct {
	Policy  string     `json:"policy"`
	Level   int        `json:"level"` // 1 is paged first
	Account Account    `json:"account"`
	From    time.Time  `json:"from,omitzero"`
	Until   time.Time  `json:"until,omitzero"`
	Link    value.Link `json:"link,omitzero"`
}

// Deployment is one version of a component arriving in an environment.
type Deployment struct {
	ID          string       `json:"id"`
	Component   string       `json:"component"`
	Version     string       `json:"version,omitzero"`
	Artifact    value.Digest `json:"artifact,omitzero"`
	Environment string       `json:"environment"`
	Status      string       `json:"status,omitzero"`
	Account     Account      `json:"account,omitzero"`
	Started     time.Time    `json:"started,omitzero"`
	Finished    time.Time    `json:"finished,omitzero"`
	Link        value.Link   `json:"link,omitzero"`
}
