package wire

import (
	"fmt"
	"time"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/plain"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// fields converts one message field by field and keeps the first fault, so
// that conversions read as the list of fields that they are.
type fields struct {
	of    string              // what is converted, for messages
	id    string              // and which one; put together only for a fault
	clean func(string) string // strikes secrets out; nil: as it is
	err   error
}

func (f *fields) fault(name, format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("%s%s: %s: %s", f.of, clip(f.id), name, fmt.Sprintf(format, args...))
	}
}

func (f *fields) text(name, s string) string {
	if !utf8.ValidString(s) {
		f.fault(name, "%q is not UTF-8", clip(s))
		return ""
	}
	if f.clean != nil {
		return f.clean(s)
	}
	return s
}

func (f *fields) texts(name string, list []string) []string {
	if len(list) == 0 {
		return nil
	}
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = f.text(name, s)
	}
	return texts
}

// link passes what [value.Link] can marshal; whether it is a good link is a rule's to say.
func (f *fields) link(l value.Link) value.Link {
	if l == "" {
		return ""
	}
	if !printable(string(l)) {
		var read value.Link
		if err := read.UnmarshalText([]byte(l)); err != nil {
			f.fault("link", "%v", err)
		}
		l = read
	}
	if f.clean != nil {
		return value.Link(f.clean(string(l)))
	}
	return l
}

// printable reports whether s is ASCII without control characters, as nearly
// every link is: nothing that [value.Link] could refuse.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func (f *fields) digest(name string, d value.Digest) value.Digest {
	if d != "" && !d.Valid() {
		f.fault(name, "%q is no digest", clip(string(d)))
		return ""
	}
	return d
}

func (f *fields) unit(u value.Unit) value.Unit {
	if u != "" && !u.Known() {
		f.fault("unit", "unknown unit %q", clip(string(u)))
		return ""
	}
	return u
}

func (f *fields) stamp(name string, t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	ts := timestamppb.New(t)
	if err := ts.CheckValid(); err != nil {
		f.fault(name, "%v is outside of the years 1 to 9999", t)
		return nil
	}
	return ts
}

func (f *fields) time(name string, ts *timestamppb.Timestamp) time.Time {
	if ts == nil {
		return time.Time{}
	}
	if err := ts.CheckValid(); err != nil {
		f.fault(name, "%d s %d ns is not a moment of the years 1 to 9999", ts.GetSeconds(), ts.GetNanos())
		return time.Time{}
	}
	t := ts.AsTime()
	if t.IsZero() {
		f.fault(name, "the zero time is not a moment; leave it unset")
	}
	return t
}

// Wait returns d as the contract has it: unset for none.
func Wait(d time.Duration) *durationpb.Duration {
	if d <= 0 {
		return nil
	}
	return durationpb.New(d)
}

// Waited returns d, and 0 for what is unset, negative or no duration.
func Waited(d *durationpb.Duration) time.Duration {
	if d == nil || d.CheckValid() != nil {
		return 0
	}
	return max(d.AsDuration(), 0)
}

func (f *fields) account(name string, a fact.Account) *connectorv1.Account {
	if a == (fact.Account{}) {
		return nil
	}
	return &connectorv1.Account{System: f.text(name, a.System), Id: f.text(name, a.ID)}
}

func (f *fields) person(name string, a *connectorv1.Account) fact.Account {
	return fact.Account{System: f.text(name, a.GetSystem()), ID: f.text(name, a.GetId())}
}

// clip bounds what a message quotes.
func clip(s string) string { return plain.Clip(s) }
