package evidence

import (
	"fmt"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// FaultCode says what is wrong with a log.
type FaultCode uint8

// What can be wrong.
const (
	Unreadable     FaultCode = iota // it could not be looked at
	Altered                         // bytes are other than those that were signed
	Missing                         // records that were there are not
	OutOfOrder                      // a record stands twice, or at another place
	Torn                            // the last line has no end: a crash, or a cut
	BackDated                       // a record is dated before one that stands before it, and does not say so
	BadCheckpoint                   // a checkpoint is not signed by the key, or is none
	WrongRoot                       // the records do not give what a checkpoint signed
	UnexpectedFile                  // a file that is none of the log's
)

var faultNames = []string{"unreadable", "altered", "missing", "out-of-order", "torn", "back-dated", "bad-checkpoint", "wrong-root", "unexpected-file"}

// String returns the code's name as it stands in JSON.
func (c FaultCode) String() string { return enum.String("fault", faultNames, c) }

// MarshalText implements [encoding.TextMarshaler].
func (c FaultCode) MarshalText() ([]byte, error) { return enum.Marshal("fault", faultNames, c) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error.
func (c *FaultCode) UnmarshalText(text []byte) error {
	return enum.Unmarshal("fault", faultNames, c, text)
}

// Fault is one thing that is wrong with a log.
type Fault struct {
	Code   FaultCode `json:"code"`
	File   string    `json:"file"`   // of the log
	Record int64     `json:"record"` // its number, or that of the first one; -1: it is about no record
	Detail string    `json:"detail"` // one line that names what is wrong

	crash bool // a crash of the writer can explain it
}

// String returns the fault in one line.
func (f Fault) String() string {
	if f.Record < 0 {
		return fmt.Sprintf("%s: %s: %s", f.File, f.Code, f.Detail)
	}
	return fmt.Sprintf("%s: record %d: %s: %s", f.File, f.Record, f.Code, f.Detail)
}

// DamageError is why a log cannot be resumed: what is wrong with it is nothing
// that a crash of its writer leaves behind. Nothing was changed.
type DamageError struct {
	Faults []Fault // never empty
}

// Error lists the faults, one a line.
func (e *DamageError) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = f.String()
	}
	return "the log is damaged:\n" + strings.Join(lines, "\n")
}
