package check

import (
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/value"
)

// Grant is who allowed an exception, why and until when. Every exception in
// tidegate carries one: waivers of findings, of criteria and of freezes.
type Grant struct {
	Reason    string     `json:"reason"`           // blank: the grant does not hold
	Requester string     `json:"requester"`        // a person's id
	Approver  string     `json:"approver"`         // a person's id, not the requester's
	Expires   value.When `json:"expires,omitzero"` // of a date, its earliest end; empty: the grant does not hold
}

// Refusal is why a grant does not hold. The empty Refusal means that it does.
type Refusal string

// The refusals.
const (
	NoReason     Refusal = "no-reason"
	NoRequester  Refusal = "no-requester"
	NoApprover   Refusal = "no-approver"
	NoExpiry     Refusal = "no-expiry"
	SelfApproved Refusal = "self-approved"
	Expired      Refusal = "expired"
	NoClock      Refusal = "no-clock"
	NoScope      Refusal = "no-scope"
)

// Judge returns until when the grant holds at now, or why it does not. It
// compares people by the ids given; that two ids are one person is for the
// caller to know.
func (g Grant) Judge(now time.Time) (until time.Time, refused Refusal) {
	switch {
	case Blank(g.Reason):
		return until, NoReason
	case Blank(g.Requester):
		return until, NoRequester
	case Blank(g.Approver):
		return until, NoApprover
	case strings.TrimSpace(g.Requester) == strings.TrimSpace(g.Approver):
		return until, SelfApproved
	case now.IsZero():
		return until, NoClock
	}
	end, err := g.Expires.StrictEnd()
	if err != nil {
		return until, NoExpiry
	}
	if !now.Before(end) {
		return until, Expired
	}
	return end, ""
}

// Blank reports whether a text says nothing. A blank reason is no reason.
func Blank(s string) bool { return strings.TrimSpace(s) == "" }

// Waiver lets findings of one rule at one place, or below it, not count. The
// empty path is the root alone: one waiver never covers a rule everywhere.
type Waiver struct {
	Rule string `json:"rule"` // id of the rule whose findings it covers
	Path Path   `json:"path"` // in the packet
	Grant
}

func (w Waiver) covers(f Finding) bool {
	return w.Rule == f.Rule && (f.Path == w.Path || w.Path != "" && f.Path.Within(w.Path))
}

func (w Waiver) judge(now time.Time) Refusal {
	if Blank(w.Rule) {
		return NoScope
	}
	_, refused := w.Judge(now)
	return refused
}
