package fact

import (
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
	"github.com/tidegate-go/tidegate/release/value"
)

// Approval is one account's answer to one request.
//
// An answer to a gate's sign-off names the gate and the subject: the digest of
// what was approved. An answer to something else, such as a change request or
// an exception, leaves both empty and is read by a criterion.
type Approval struct {
	ID        string       `json:"id"`                 // as the source names the request: "CHG-1042"
	Title     string       `json:"title,omitzero"`     // what was asked for
	Gate      string       `json:"gate,omitzero"`      // such as "production/entry"
	Subject   value.Digest `json:"subject,omitzero"`   // what was approved
	Role      string       `json:"role,omitzero"`      // the role answered for; empty: whichever the account holds
	Account   Account      `json:"account,omitzero"`   // who answered; whose it is, the directory says
	Answer    Answered     `json:"answer"`             // pending while nobody has answered
	Requested time.Time    `json:"requested,omitzero"` // zero: the source does not say
	At        time.Time    `json:"at,omitzero"`        // when it was answered
	Expires   time.Time    `json:"expires,omitzero"`   // zero: it does not expire by itself
	Comment   string       `json:"comment,omitzero"`   // the answerer's words
	Link      value.Link   `json:"link,omitzero"`      // where the answer stands
}

// Answered is what somebody said to a request. Silence is Pending, never consent.
type Answered uint8

// The answers.
const (
	Pending Answered = iota
	Approved
	Rejected
)

var answerNames = []string{"pending", "approved", "rejected"}

// String returns the answer's name as it stands in JSON.
func (a Answered) String() string { return enum.String("answer", answerNames, a) }

// MarshalText implements [encoding.TextMarshaler].
func (a Answered) MarshalText() ([]byte, error) { return enum.Marshal("answer", answerNames, a) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown answer is an error.
func (a *Answered) UnmarshalText(text []byte) error {
	return enum.Unmarshal("answer", answerNames, a, text)
}
