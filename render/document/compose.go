package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// Compose returns the letter of an instant of the schedule, in plain text: the
// template of the message, filled with what is known of the running release, or
// else the document of its topics. A level of the escalation is the document of its
// blocker, and urgent. A subject that is too long for the channel is cut, says so,
// and stands in full above the body.
//
// It fails for a message that the plan does not have, for a template that cannot
// be filled, which [CheckTemplates] says beforehand, and as the documents fail.
func Compose(r Running, in comms.Instant) (comms.Letter, error) {
	o := &r.Packet.Plan.Overview
	l := comms.Letter{Key: in.Key, Channel: in.Channel, Link: r.Link, Urgent: in.Level > 0,
		Source: mdtext.Visible(o.Name) + " " + mdtext.Visible(o.Version)}
	var err error
	if in.Level > 0 {
		l.Subject = fmt.Sprintf("Blocker %s of %s: %s", mdtext.Visible(in.Event.About), l.Source, mdtext.Visible(in.Event.Text))
		l.Body, err = plain(func(w io.Writer) error { return Escalation(w, r, in.Event.About) })
	} else {
		err = r.message(&l, &in)
	}
	if err != nil {
		return comms.Letter{}, fmt.Errorf("document: letter %q: %w", in.Key, err)
	}
	headline(&l)
	return l, nil
}

// plain is a document as text.
func plain(write func(io.Writer) error) (string, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return "", err
	}
	return Plain(b.Bytes()), nil
}

// headline fits the subject: of a channel without subjects there is none, and one
// that is too long is cut.
func headline(l *comms.Letter) {
	limit := l.Channel.Kind.Limits().Subject
	if limit == 0 {
		l.Subject = ""
		return
	}
	const tail = " … (cut, all of it below)"
	if utf8.RuneCountInString(l.Subject) > limit {
		l.Body = l.Subject + "\n\n" + l.Body
		l.Subject = string([]rune(l.Subject)[:limit-utf8.RuneCountInString(tail)]) + tail
	}
}

// message writes the letter of a message of the plan.
func (r *Running) message(l *comms.Letter, in *comms.Instant) error {
	var m *comms.Message
	for i := range r.Packet.Comms.Messages {
		if r.Packet.Comms.Messages[i].ID == in.Message {
			m = &r.Packet.Comms.Messages[i]
		}
	}
	if m == nil {
		return fmt.Errorf("the plan has no message %q", in.Message)
	}
	l.Urgent = m.Trigger.Event == release.BlockerOpened
	title := m.Title
	if title == "" {
		title = m.ID
	}
	l.Subject = mdtext.Visible(title) + ": " + l.Source
	if m.Template == "" {
		var err error
		l.Body, err = r.about(m, in)
		return err
	}
	t, ok := r.Packet.Comms.Template(m.Template)
	if !ok {
		return fmt.Errorf("the plan has no template %q", m.Template)
	}
	subject, body, err := t.Fill(func(name string) (string, bool) { return r.value(in, name) })
	if err != nil {
		return err
	}
	if l.Body = body; subject != "" {
		l.Subject = subject
	}
	return nil
}

// about is the document of the topics of a message.
func (r *Running) about(m *comms.Message, in *comms.Instant) (string, error) {
	switch {
	case m.Covers(comms.SignOffRequest):
		return r.requests()
	case m.Covers(comms.SuccessMetrics):
		return plain(func(w io.Writer) error { return Summary(w, *r) })
	case m.Covers(comms.TimelineEvents) || m.Covers(comms.Telemetry) || m.Covers(comms.Decisions):
		return plain(func(w io.Writer) error { return WarRoom(w, *r, in.At.Add(-m.Cadence.Every.Std())) })
	case in.Event.Kind == release.BlockerOpened:
		return plain(func(w io.Writer) error { return Escalation(w, *r, in.Event.About) })
	case m.Covers(comms.Status) || m.Covers(comms.Blockers) || m.Covers(comms.Mitigations):
		return plain(func(w io.Writer) error { return Daily(w, *r) })
	case m.Covers(comms.ReleaseNotes):
		return r.notes(m)
	}
	return Plain([]byte(Chat(r.Packet))), nil
}

// requests is the request for the sign-offs of every gate that needs some.
func (r *Running) requests() (string, error) {
	var all []string
	for _, g := range r.Packet.Catalog.Gates {
		_, body, err := SignOffRequest(r.Packet, g.ID())
		if refused := (*GateError)(nil); errors.As(err, &refused) && refused.Reason == NoSignOffs {
			continue
		}
		if err != nil {
			return "", err
		}
		all = append(all, Plain([]byte(body)))
	}
	if len(all) == 0 {
		return "", errors.New("no gate needs a sign-off")
	}
	return strings.Join(all, "\n"), nil
}

// audiences are those of the release notes.
var audiences = []struct {
	of comms.Audience
	is notes.Audience
}{{comms.Customers, notes.Customers}, {comms.Support, notes.Support}, {comms.Leadership, notes.Leadership}}

// notes is the release notes of the audiences of a message. Who is none of them is
// inside the house, and reads those of support.
func (r *Running) notes(m *comms.Message) (string, error) {
	var all []string
	for _, a := range audiences {
		if !m.Reaches(a.of) {
			continue
		}
		text, err := plain(func(w io.Writer) error { return Note(w, r.Packet, a.is) })
		if err != nil {
			return "", err
		}
		all = append(all, text)
	}
	if len(all) == 0 {
		return plain(func(w io.Writer) error { return Note(w, r.Packet, notes.Support) })
	}
	return strings.Join(all, "\n"), nil
}
