package fact

import (
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// State is what a monitor, a check or a service level objective says now.
type State struct {
	ID     string     `json:"id"`              // unique with the group
	Title  string     `json:"title"`           // the name of what is watched
	Status Health     `json:"status,omitzero"` // muted, if it is silenced, whatever else it would be
	Group  string     `json:"group,omitzero"`  // of a monitor with several: "host:web-1"
	Since  time.Time  `json:"since,omitzero"`  // when it came to be so
	Link   value.Link `json:"link,omitzero"`   // to the monitor
}

// Health is how a watched thing is. The zero value says nothing. A thing that
// is muted, or in downtime, is told apart from one that is well: nobody looks.
type Health uint8

// The states.
const (
	UnknownHealth Health = iota // the source does not say, or says something new
	Healthy                     // a monitor that is OK, an objective that is met
	Warned
	Alerting // or an objective that is breached
	NoData
	Muted // silenced, or in downtime, whatever it would say
)

var healthNames = []string{"unknown", "ok", "warn", "alert", "no-data", "muted"}

// String returns the state's name as it stands in JSON.
func (h Health) String() string { return enum.String("health", healthNames, h) }

// MarshalText implements [encoding.TextMarshaler].
func (h Health) MarshalText() ([]byte, error) { return enum.Marshal("health", healthNames, h) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown state is an error.
func (h *Health) UnmarshalText(text []byte) error {
	return enum.Unmarshal("health", healthNames, h, text)
}
