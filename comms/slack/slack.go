// Package slack sends letters through incoming webhooks of Slack.
//
// A webhook is a secret: whoever has it writes in its channel. The address of a
// channel is its name, for which the configuration has the webhook. Letters are
// text: every block is plain_text, and what Slack reads in a text, & < and >, is
// escaped, so that no <!channel>, no <@U123> and no link of anybody's is one. A
// webhook has no idempotency, so the last block says the key: who reads it twice
// sees that it is one letter. It is taken with 200 and the word ok.
package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/internal/post"
)

// Route is a channel that letters go to.
type Route struct {
	Channel string       // the address of channels: "#eng-leadership"
	Webhook comms.Secret // its address
}

// Sender implements [comms.Sender].
type Sender struct{ routes []Route }

// New returns a sender. It fails for a route without channel, for two of one
// channel, and for a webhook that is no https address.
func New(routes ...Route) (*Sender, error) {
	for i, r := range routes {
		if strings.TrimSpace(r.Channel) == "" {
			return nil, fmt.Errorf("slack: route %d has no channel", i+1)
		}
		if slices.ContainsFunc(routes[:i], func(o Route) bool { return o.Channel == r.Channel }) {
			return nil, fmt.Errorf("slack: channel %q has two routes", r.Channel)
		}
		if _, err := post.Endpoint(r.Webhook.Reveal()); err != nil {
			return nil, fmt.Errorf("slack: the webhook of %q: %w", r.Channel, err)
		}
	}
	return &Sender{slices.Clone(routes)}, nil
}

// message is the body of a call. Text is what notifications show.
type message struct {
	Text      string  `json:"text"`
	Markdown  bool    `json:"mrkdwn"` // false: no mark of the text means anything
	Parse     string  `json:"parse"`  // "none": neither do names and addresses
	LinkNames int     `json:"link_names"`
	Unfurl    bool    `json:"unfurl_links"`
	Blocks    []block `json:"blocks"`
}

type block struct {
	Type     string `json:"type"`
	Text     *text  `json:"text,omitzero"`     // of a section or a header
	Elements []text `json:"elements,omitzero"` // of a context
}

type text struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji bool   `json:"emoji"` // false: ":boom:" stays as it is
}

func words(s string) text { return text{Type: "plain_text", Text: s} }

// Send implements [comms.Sender].
func (s *Sender) Send(ctx context.Context, l comms.Letter) (comms.Receipt, error) {
	i := slices.IndexFunc(s.routes, func(r Route) bool { return r.Channel == l.Channel.Address })
	if i < 0 {
		return comms.Receipt{}, fmt.Errorf("%w: slack has no route to channel %q", comms.ErrUndeliverable, l.Channel.Address)
	}
	for _, r := range s.routes {
		l.Subject, l.Body = r.Webhook.Redact(l.Subject), r.Webhook.Redact(l.Body)
	}
	m, err := write(l)
	if err != nil {
		return comms.Receipt{}, fmt.Errorf("slack: %w: %w", comms.ErrUndeliverable, err)
	}
	body, err := json.Marshal(m)
	if err != nil {
		return comms.Receipt{}, fmt.Errorf("slack: %w: the message has no JSON", comms.ErrUndeliverable)
	}
	status, answer, err := post.Do(ctx, http.MethodPost, s.routes[i].Webhook.Reveal(), http.Header{"Content-Type": {"application/json; charset=utf-8"}}, body)
	if err != nil {
		return comms.Receipt{}, fmt.Errorf("slack: %w", err)
	}
	if status != http.StatusOK {
		return comms.Receipt{}, fmt.Errorf("slack: %w", post.Refused(status, reason(answer)))
	}
	if strings.TrimSpace(string(answer)) != "ok" { // so it was not Slack: a proxy, or a page to log in
		return comms.Receipt{}, fmt.Errorf("slack: %w: 200 without ok", comms.ErrBusy)
	}
	return comms.Receipt{}, nil
}

// reason is the word that Slack gives, such as no_active_hooks, and nothing that
// is not one.
func reason(answer []byte) string {
	word := strings.TrimSpace(string(answer))
	if len(word) > 40 || strings.ContainsFunc(word, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
		return ""
	}
	return word
}

// write makes the message of a letter: its subject, its body in blocks, and its
// key.
func write(l comms.Letter) (message, error) {
	body := strings.TrimSpace(l.Body)
	if l.Subject != "" {
		body = strings.TrimSpace(l.Subject + "\n" + body)
	}
	if body == "" {
		return message{}, fmt.Errorf("letter %q says nothing", l.Key)
	}
	body = Escape(body)
	if n := utf8.RuneCountInString(body); n > comms.MaxSlackText {
		return message{}, &comms.TooLongError{Key: l.Key, Kind: comms.Slack, Part: "body", Size: n, Limit: comms.MaxSlackText}
	}
	first, _, _ := strings.Cut(body, "\n")
	m := message{Text: first, Parse: "none"}
	for len(body) > 0 {
		var s string
		s, body = split(body)
		t := words(s)
		m.Blocks = append(m.Blocks, block{Type: "section", Text: &t})
	}
	m.Blocks = append(m.Blocks, block{Type: "context", Elements: []text{words("key: " + Escape(l.Key))}})
	if len(m.Blocks) > comms.MaxSlackBlocks {
		return message{}, &comms.TooLongError{Key: l.Key, Kind: comms.Slack, Part: "blocks", Size: len(m.Blocks), Limit: comms.MaxSlackBlocks}
	}
	return m, nil
}

// Escape returns a text of which Slack reads nothing: & < and > as it wants them
// written (https://docs.slack.dev/messaging/formatting-message-text).
func Escape(s string) string { return escapes.Replace(s) }

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// split takes from a text what fits in one block: whole lines, or else words, or
// else characters, and never half an escape.
func split(s string) (head, rest string) {
	n, line, space := 0, 0, 0
	runes := 0
	for i, r := range s {
		if runes++; runes > comms.MaxSlackSection {
			break
		}
		switch r {
		case '\n':
			line = i
		case ' ':
			space = i
		}
		n = i + utf8.RuneLen(r)
	}
	switch {
	case n == len(s):
		return s, ""
	case line > n/2:
		n = line
	case space > 0:
		n = space
	}
	if amp := strings.LastIndexByte(s[:n], '&'); amp > 0 && !strings.Contains(s[amp:n], ";") {
		n = amp
	}
	return s[:n], strings.TrimLeft(s[n:], " \n")
}
