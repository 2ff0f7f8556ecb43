package fact

import (
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Account is one identity in one outside system, such as {"github", "rytswd"}.
// Which person it belongs to is the directory's knowledge, not the source's.
type Account struct {
	System string `json:"system"` // the name by which the directory knows it: "github"
	ID     string `json:"id"`     // unique in the system: an account id, a login or an address
}

// String returns "system:id".
func (a Account) String() string { return a.System + ":" + a.ID }

// WorkItem is an issue, a ticket, a pull request or a note about one.
type WorkItem struct {
	ID         string     `json:"id"`                  // the source's key: "REL-101"
	Title      string     `json:"title"`               // one line
	Note       string     `json:"note,omitzero"`       // the text that its authors wrote for release notes
	Type       string     `json:"type,omitzero"`       // as the source names it: "Bug", "Story"
	Status     string     `json:"status,omitzero"`     // as the source names it: "In Review"
	Category   Category   `json:"category,omitzero"`   // what the status means, by which it is judged
	Priority   string     `json:"priority,omitzero"`   // as the source names it: "High"
	Assignee   Account    `json:"assignee,omitzero"`   // zero: nobody
	Author     Account    `json:"author,omitzero"`     // who opened it, where the source does not say who wrote the change
	Labels     []string   `json:"labels,omitzero"`     // as the source names them
	Components []string   `json:"components,omitzero"` // as the source names them
	Updated    time.Time  `json:"updated,omitzero"`    // the last change of the item; zero: the source does not say
	Link       value.Link `json:"link,omitzero"`       // to the item; items with one link are one piece of work
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
	ID           string     `json:"id"`                    // the source's key: "PT4KHLK"
	Title        string     `json:"title"`                 // one line
	Service      string     `json:"service,omitzero"`      // the name of the service that it hurts, in the source
	Urgency      string     `json:"urgency,omitzero"`      // as the source names it: "high"
	Status       string     `json:"status,omitzero"`       // as the source names it: "triggered"
	Opened       time.Time  `json:"opened,omitzero"`       // zero: the source does not say
	Acknowledged time.Time  `json:"acknowledged,omitzero"` // zero: nobody has yet, or the source does not say of one that is resolved
	Resolved     time.Time  `json:"resolved,omitzero"`     // zero: it is open
	Link         value.Link `json:"link,omitzero"`         // to the incident
}

// TimeToAcknowledge is how long it took until somebody took the incident on.
// It is not known of one that nobody acknowledged, nor where the source does not
// say when it was opened or acknowledged: some forget it when it is resolved.
func (i Incident) TimeToAcknowledge() (d value.Duration, known bool) {
	if i.Opened.IsZero() || i.Acknowledged.IsZero() || i.Acknowledged.Before(i.Opened) {
		return 0, false
	}
	return value.Duration(i.Acknowledged.Sub(i.Opened)), true
}

// Duty is one on-call shift: who answers for a policy at a level, and from when until when.
type Duty struct {
	Policy  string     `json:"policy"`         // the escalation policy, as roles of the plan name it
	Level   int        `json:"level"`          // 1 is paged first
	Account Account    `json:"account"`        // who is on call
	From    time.Time  `json:"from,omitzero"`  // the start of the shift; zero: always
	Until   time.Time  `json:"until,omitzero"` // the first moment after the shift; zero: without end
	Link    value.Link `json:"link,omitzero"`  // to the shift or its schedule
}

// Deployment is one version of a component arriving in an environment.
type Deployment struct {
	ID          string       `json:"id"`                // the source's key, unique in it
	Component   string       `json:"component"`         // by its name in the plan
	Version     string       `json:"version,omitzero"`  // as the source names it; what is compared is Artifact
	Artifact    value.Digest `json:"artifact,omitzero"` // what arrived, to the byte; empty: the source does not say
	Environment string       `json:"environment"`       // by its name in the catalog
	Status      string       `json:"status,omitzero"`   // as the source names it: "Succeeded"
	Account     Account      `json:"account,omitzero"`  // who or what deployed it
	Started     time.Time    `json:"started,omitzero"`  // zero: the source does not say
	Finished    time.Time    `json:"finished,omitzero"` // zero: it is under way, or the source does not say
	Link        value.Link   `json:"link,omitzero"`     // to the deployment
}
