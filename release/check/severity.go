package check

import "github.com/tidegate-go/tidegate/internal/enum"

// Severity is the weight of a finding. The zero value is [Error]: a severity
// that somebody forgot to set blocks.
type Severity uint8

// The severities.
const (
	Error   Severity = iota // blocks a go decision
	Warning                 // needs a recorded waiver for production
	Info                    // never blocks
)

var severityNames = []string{"error", "warning", "info"}

// String returns the severity's name as it stands in JSON.
func (s Severity) String() string { return enum.String("severity", severityNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s Severity) MarshalText() ([]byte, error) { return enum.Marshal("severity", severityNames, s) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown severity is an error.
func (s *Severity) UnmarshalText(text []byte) error {
	return enum.Unmarshal("severity", severityNames, s, text)
}

// blocks reports whether s is [Error], or no severity at all.
func (s Severity) blocks() bool { return s != Warning && s != Info }

// milder returns the severity that weighs less. One without a name weighs most.
func (s Severity) milder(t Severity) Severity {
	switch {
	case t.blocks():
		return s
	case s.blocks():
		return t
	default:
		return max(s, t)
	}
}

// rank orders severities by what weighs more.
func (s Severity) rank() Severity {
	if s.blocks() {
		return Error
	}
	return s
}
