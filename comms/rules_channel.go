package comms

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func channelRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "COM-003", Doc: "E-mail, Slack, status page and CAB are used, or somebody says why not.",
			Bad: func(p *Plan) {
				for i := range p.Messages {
					p.Messages[i].Channels = slices.DeleteFunc(p.Messages[i].Channels, func(c Channel) bool { return c.Kind == StatusPage })
				}
			},
			Check: checkChannels},
		{ID: "COM-019", Doc: "Every channel has a kind and an address of that kind, which is no secret.",
			Bad: func(p *Plan) { p.Messages[0].Channels[0].Address = " " },
			Check: func(p *check.Pass[Plan]) {
				for i, m := range p.Subject.Messages {
					checkAddresses(p, messagesPath.Index(i).Field("channels"), m.Channels)
				}
				for i, l := range p.Subject.Escalation {
					checkAddresses(p, escalationPath.Index(i).Field("channels"), l.Channels)
				}
			}},
	}
}

func checkChannels(p *check.Pass[Plan]) {
	declared := map[ChannelKind]check.Path{}
	for i, n := range p.Subject.NoChannels {
		at := noneOfPath.Index(i)
		listed(p, at.Field("kind"), n.Kind, channelKindNames)
		if check.Blank(n.By) {
			p.Report(check.Missing(at.Field("by"), "who says that "+n.Kind.String()+" is not used", ""))
		}
		if check.Blank(n.Reason) {
			p.Report(check.Missing(at.Field("reason"), "the reason why "+n.Kind.String()+" is not used", ""))
		}
		if first, ok := declared[n.Kind]; ok {
			p.Report(check.Duplicate(at.Field("kind"), n.Kind, first))
			continue
		}
		declared[n.Kind] = at.Field("kind")
		if by, ok := p.Subject.user(n.Kind); ok {
			p.Report(check.Invalid(at.Field("kind"), n.Kind, "is used").WithRelated(by))
		}
	}
	for _, k := range []ChannelKind{Email, Slack, StatusPage, CAB} {
		if _, ok := declared[k]; !ok && !slices.ContainsFunc(p.Subject.Messages, func(m Message) bool { return m.Uses(k) }) {
			p.Report(check.Missing(messagesPath, "a message through "+k.String(), "or say in noChannels who leaves it out and why"))
		}
	}
}

// user returns the first channel of the kind, of a message or of a level.
func (p *Plan) user(k ChannelKind) (check.Path, bool) {
	find := func(at check.Path, channels []Channel) (check.Path, bool) {
		i := slices.IndexFunc(channels, func(c Channel) bool { return c.Kind == k })
		return at.Field("channels").Index(max(i, 0)).Field("kind"), i >= 0
	}
	for i, m := range p.Messages {
		if at, ok := find(messagesPath.Index(i), m.Channels); ok {
			return at, true
		}
	}
	for i, l := range p.Escalation {
		if at, ok := find(escalationPath.Index(i), l.Channels); ok {
			return at, true
		}
	}
	return "", false
}

func checkAddresses(p *check.Pass[Plan], at check.Path, channels []Channel) {
	for i, c := range channels {
		if c.Kind == UnknownChannel {
			p.Report(check.Missing(at.Index(i).Field("kind"), "the kind of the channel", "such as email or slack"))
		}
		named(p, at.Index(i).Field("kind"), c.Kind, channelKindNames)
		at := at.Index(i).Field("address")
		if check.Blank(c.Address) {
			p.Report(check.Missing(at, "the address of the channel", ""))
		} else if secret(c.Address) {
			p.Report(check.Invalid(at, "…", "may be a secret: name the channel, and keep keys and webhooks with whoever sends"))
		} else if err := c.fault(); err != nil {
			p.Report(check.Unusable(at, err))
		}
	}
}

// secret reports whether an address may let whoever reads it write there: the
// path of a webhook, a user with a password, a token of Slack's (xoxb-…), or a
// key of 32 letters and digits, as the integration keys of PagerDuty's Events
// API v2 are.
func secret(address string) bool {
	lower := strings.ToLower(address)
	_, rest, link := strings.Cut(lower, "://")
	host, _, _ := strings.Cut(rest, "/")
	switch {
	case link && (strings.HasPrefix(host, "hooks.") || strings.Contains(lower, "webhook") || strings.Contains(host, "@")):
		return true
	case strings.Contains(lower, "token=") || strings.Contains(lower, "key=") || strings.HasPrefix(lower, "xox"):
		return true
	}
	return len(address) == 32 && !strings.ContainsFunc(lower, func(r rune) bool { return !alphanumeric(r) })
}

func alphanumeric(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// fault says why nothing can be sent to the channel's address.
func (c Channel) fault() error {
	a := c.Address
	switch {
	case strings.TrimSpace(a) != a || strings.ContainsFunc(a, func(r rune) bool { return !unicode.IsGraphic(r) }):
		return wrong(a, "has white space around it or an invisible character")
	case c.Kind == Email:
		user, host, ok := strings.Cut(a, "@")
		if !ok || user == "" || host == "" || strings.ContainsAny(a, " <>,;:") || strings.Contains(host, "@") {
			return wrong(a, "is no mail address, want name@host")
		}
	case c.Kind == Slack:
		name := strings.TrimLeft(a, "#@")
		id := len(a) >= 9 && strings.IndexByte("CDGU", a[0]) >= 0 && !strings.ContainsFunc(a, func(r rune) bool { return r >= 'a' && r <= 'z' })
		if name == "" || len(a)-len(name) != 1 && !id || strings.ContainsAny(name, " ") {
			return wrong(a, "is no Slack channel, want #name, @name or an id such as C024BE91L")
		}
	case c.Kind == StatusPage:
		return value.Link(a).Fault()
	}
	return nil
}

func wrong(address, why string) error { return fmt.Errorf("address %q %s", address, why) }
