package comms

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/release/value"
)

// Letter is a message as it goes to one channel: plain text, in which nothing
// means anything. Whoever sends it writes it so that it stays text there.
type Letter struct {
	Key     string     // of the instant: the idempotency key
	Channel Channel    // where it goes
	Source  string     // what it is from: the release and its version, in one line
	Subject string     // one line; a channel without subjects puts it above the body
	Body    string     // lines
	Link    value.Link // to where all of it is; empty: nowhere
	Urgent  bool       // somebody is to be woken
}

// Limits is what a channel takes. Zero is no limit.
type Limits struct {
	Subject int // characters
	Body    int // characters, subject and escapes of the channel included
}

// The limits of the channels. Slack cuts off what is longer than 40,000
// characters (https://docs.slack.dev/reference/methods/chat.postMessage) and
// takes 50 blocks (https://docs.slack.dev/reference/block-kit/blocks). The
// summary of an event of PagerDuty has 1,024 characters (PagerDuty's Events API
// v2, payload.summary), all of an event 512 KB. A line of a mail's header has 998
// octets (RFC 5322 §2.1.1), and mail programs show and keep 255 characters of a
// subject.
const (
	MaxSlackText        = 40_000
	MaxSlackBlocks      = 50
	MaxSlackSection     = 3_000 // characters of one block
	MaxPagerDutySummary = 1_024
	maxPagerDutyBody    = 100_000 // of at most four bytes each
	MaxMailSubject      = 255
)

// Limits returns what a channel of the kind takes. The war room is a channel of
// a chat and taken for one of Slack.
func (k ChannelKind) Limits() Limits {
	switch k {
	case Slack, WarRoom:
		return Limits{Body: MaxSlackText}
	case PagerDuty:
		return Limits{Subject: MaxPagerDutySummary, Body: maxPagerDutyBody}
	case Email:
		return Limits{Subject: MaxMailSubject}
	}
	return Limits{}
}

// TooLongError is a letter that its channel does not take as it is.
type TooLongError struct {
	Key   string      // of the letter
	Kind  ChannelKind // of its channel
	Part  string      // "subject" or "body"
	Size  int         // characters
	Limit int         // characters
}

// Error names the letter, its size and the limit.
func (e *TooLongError) Error() string {
	return fmt.Sprintf("comms: letter %q: the %s has %d characters, %s takes %d", e.Key, e.Part, e.Size, e.Kind, e.Limit)
}

// Fit returns the letter as its channel takes it, and fails with a
// [*TooLongError] if it does not. A body that is too long and has a link is cut
// at the end of a line, or of a word if there is no line, and says how much of it
// is missing and where all of it is. A subject is never cut: who reads half of it
// reads something else. Line breaks and control characters do not pass: a subject
// with one is an error, in a body they are shown as {U+001B}.
func (l Letter) Fit() (Letter, error) {
	if strings.TrimSpace(l.Subject)+strings.TrimSpace(l.Body) == "" {
		return Letter{}, fmt.Errorf("comms: letter %q says nothing", l.Key)
	}
	if !utf8.ValidString(l.Subject) || !utf8.ValidString(l.Body) {
		return Letter{}, fmt.Errorf("comms: letter %q is not UTF-8", l.Key)
	}
	if strings.ContainsFunc(l.Subject, hidden) {
		return Letter{}, fmt.Errorf("comms: letter %q: the subject has a line break or an invisible character", l.Key)
	}
	if err := l.Channel.fault(); err != nil {
		return Letter{}, fmt.Errorf("comms: letter %q: %w", l.Key, err)
	}
	limits := l.Channel.Kind.Limits()
	if n := utf8.RuneCountInString(l.Subject); limits.Subject > 0 && n > limits.Subject {
		return Letter{}, &TooLongError{l.Key, l.Channel.Kind, "subject", n, limits.Subject}
	}
	l.Body = legible(l.Body)
	over := &TooLongError{l.Key, l.Channel.Kind, "body", size(l.Channel.Kind, l.above()+l.Body), limits.Body}
	if limits.Body == 0 || over.Size <= limits.Body {
		return l, nil
	}
	if l.Link.Fault() != nil {
		return Letter{}, errors.Join(over, errors.New("and it has no link to where all of it is"))
	}
	body, ok := l.cut(limits.Body)
	if !ok {
		return Letter{}, over
	}
	l.Body = body
	return l, nil
}

// cut returns the longest beginning of the body that fits with what is said of
// the rest.
func (l Letter) cut(limit int) (string, bool) {
	all := utf8.RuneCountInString(l.Body)
	tail := func(n int) string {
		return fmt.Sprintf("\n\n(Cut: %d of %d characters. All of it: %s)", n, all, l.Link)
	}
	room := limit - size(l.Channel.Kind, l.above()+tail(all))
	if room <= 0 {
		return "", false
	}
	n, line, word := 0, 0, 0 // bytes that fit, and where the last line and word among them end
	for i, r := range l.Body {
		if room -= width(l.Channel.Kind, r); room < 0 {
			break
		}
		switch r {
		case '\n':
			line, word = i, i
		case ' ':
			word = i
		}
		n = i + utf8.RuneLen(r)
	}
	switch {
	case line > n/2:
		n = line
	case word > 0:
		n = word
	}
	head := strings.TrimRight(l.Body[:n], " \n")
	return head + tail(utf8.RuneCountInString(head)), head != ""
}

// above is what stands above the body in a channel without subjects.
func (l Letter) above() string {
	if l.Subject == "" || l.Channel.Kind.Limits().Subject > 0 {
		return ""
	}
	return l.Subject + "\n"
}

// size is how many characters of a channel a text takes.
func size(k ChannelKind, text string) int {
	n := 0
	for _, r := range text {
		n += width(k, r)
	}
	return n
}

// width is how many characters a channel needs for one: Slack reads & < and >,
// and has them written as &amp; &lt; and &gt;.
func width(k ChannelKind, r rune) int {
	if k == Slack || k == WarRoom {
		switch r {
		case '&':
			return len("&amp;")
		case '<', '>':
			return len("&lt;")
		}
	}
	return 1
}

func hidden(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) }

// legible is a body in which every character can be seen.
func legible(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && hidden(r) }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if r != '\n' && r != '\t' && hidden(r) {
			fmt.Fprintf(&b, "{U+%04X}", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
