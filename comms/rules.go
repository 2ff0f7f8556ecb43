package comms

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// Rules returns the rules that look at the plan of communications alone. Ids
// are those of the rule catalogue.
func Rules() []check.Rule[Plan] {
	return slices.Concat(messageRules(), channelRules(), templateRules(), dutyRules(), escalationRules())
}

// messagesPath and its neighbours are where the parts of a plan are in JSON.
const (
	messagesPath   check.Path = "messages"
	escalationPath check.Path = "escalation"
	templatesPath  check.Path = "templates"
	noneOfPath     check.Path = "noChannels"
)

func messageRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "COM-001", Doc: "There are messages before, during and after the release.",
			Bad:   func(p *Plan) { drop(p, func(m Message) bool { return m.Phase == During }) },
			Check: checkPhases},
		{ID: "COM-002", Doc: "Every message has a phase, channel, audience, sender with delegate, trigger and goal.",
			Bad:   func(p *Plan) { p.Messages[0].Sender = "" },
			Check: perMessage(checkComplete)},
		{ID: "COM-006", Doc: "Every message says how often it goes out: once, at an interval until an event, or daily.",
			Bad:   func(p *Plan) { p.Messages[0].Trigger, p.Messages[0].Cadence = On(GoDecision), Cadence{} },
			Check: perMessage(checkCadence)},
		{ID: "COM-017", Doc: "Messages and templates have ids of their own, and no list of theirs repeats itself.",
			Bad:   func(p *Plan) { p.Messages = append(p.Messages, p.Messages[0]) },
			Check: checkUnique},
		{ID: "COM-018", Doc: "A trigger is one thing that can be told: a moment, an event with an offset, or a time of day.",
			Bad:   func(p *Plan) { p.Messages[0].Trigger = Daily("25:00") },
			Check: perMessage(checkTrigger)},
		{ID: "COM-022", Doc: "A request for sign-off wants an acknowledgement, and every acknowledgement has a positive time.",
			Bad: func(p *Plan) { p.Messages[0].Acknowledge = -1 },
			Check: perMessage(func(p *check.Pass[Plan], at check.Path, m *Message) {
				if at := at.Field("acknowledge"); m.Acknowledge < 0 {
					p.Report(check.Invalid(at, m.Acknowledge, "is not a positive duration"))
				} else if m.Acknowledge == 0 && m.Covers(SignOffRequest) {
					p.Report(check.Missing(at, "the time within which "+m.ID+" is answered", "silence is no sign-off"))
				}
			})},
	}
}

// drop removes the messages that match.
func drop(p *Plan, match func(Message) bool) {
	p.Messages = slices.DeleteFunc(p.Messages, match)
}

func perMessage(f func(*check.Pass[Plan], check.Path, *Message)) func(*check.Pass[Plan]) {
	return func(p *check.Pass[Plan]) {
		for i := range p.Subject.Messages {
			f(p, messagesPath.Index(i), &p.Subject.Messages[i])
		}
	}
}

func checkPhases(p *check.Pass[Plan]) {
	for _, phase := range []Phase{Pre, During, Post} {
		if !slices.ContainsFunc(p.Subject.Messages, func(m Message) bool { return m.Phase == phase }) {
			p.Report(check.Missing(messagesPath, "the message of phase "+phase.String(), ""))
		}
	}
}

func checkComplete(p *check.Pass[Plan], at check.Path, m *Message) {
	missing := func(absent bool, field, what, hint string) {
		if absent {
			p.Report(check.Missing(at.Field(field), "the "+what+" of message "+m.ID, hint))
		}
	}
	missing(m.Phase == NoPhase, "phase", "phase", "pre, during or post")
	named(p, at.Field("phase"), m.Phase, phaseNames)
	missing(len(m.Channels) == 0, "channels", "channel", "")
	missing(len(m.Audiences) == 0, "audiences", "audience", "")
	for i, a := range m.Audiences {
		listed(p, at.Field("audiences").Index(i), a, audienceNames)
	}
	for i, t := range m.Topics {
		listed(p, at.Field("topics").Index(i), t, topicNames)
	}
	missing(check.Blank(m.Sender), "sender", "sender", "name a role of the directory")
	missing(check.Blank(m.Delegate), "delegate", "sender's delegate", "name the role that stands in")
	if !check.Blank(m.Sender) && m.Delegate == m.Sender {
		p.Report(check.Invalid(at.Field("delegate"), m.Delegate, "is the sender").WithRelated(at.Field("sender")))
	}
	missing(m.Trigger.IsZero(), "trigger", "trigger", "")
	missing(check.Blank(m.Goal), "goal", "goal", "say what the audience knows or does afterwards")
}

// named reports a value that no name stands for.
func named[E ~uint8](p *check.Pass[Plan], at check.Path, v E, names []string) {
	if int(v) >= len(names) {
		p.Report(check.Invalid(at, int(v), "is not one of "+strings.Join(names, ", ")))
	}
}

// listed reports an element of a list that stands for nothing.
func listed[E ~uint8](p *check.Pass[Plan], at check.Path, v E, names []string) {
	if v == 0 {
		p.Report(check.Invalid(at, names[0], "says nothing"))
	}
	named(p, at, v, names)
}

func checkUnique(p *check.Pass[Plan]) {
	unique(p, messagesPath, "id", p.Subject.Messages, func(m Message) string { return m.ID })
	unique(p, templatesPath, "id", p.Subject.Templates, func(t Template) string { return t.ID })
	for i, m := range p.Subject.Messages {
		at := messagesPath.Index(i)
		once(p, at.Field("channels"), m.Channels)
		once(p, at.Field("audiences"), m.Audiences)
		once(p, at.Field("topics"), m.Topics)
	}
	for i, l := range p.Subject.Escalation {
		once(p, escalationPath.Index(i).Field("channels"), l.Channels)
	}
}

// unique reports empty and repeated names of a list.
func unique[T any](p *check.Pass[Plan], list check.Path, field string, all []T, name func(T) string) {
	first := map[string]check.Path{}
	for i, t := range all {
		at, n := list.Index(i).Field(field), name(t)
		if check.Blank(n) {
			p.Report(check.Missing(at, "the "+field, ""))
			continue
		}
		if other, ok := first[n]; ok {
			p.Report(check.Duplicate(at, n, other))
			continue
		}
		first[n] = at
	}
}

// once reports elements of a list that stand in it before.
func once[T comparable](p *check.Pass[Plan], list check.Path, all []T) {
	for i, t := range all {
		if first := slices.Index(all, t); first < i {
			p.Report(check.Duplicate(list.Index(i), t, list.Index(first)))
		}
	}
}
