package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// word is a placeholder that a running release has a value for.
type word struct {
	name  string
	kind  comms.ValueType
	needs release.EventKind // what the message has to be set off by; none: anything
	value func(*Running, *comms.Instant) string
}

// vocabulary is every placeholder that [Compose] fills by itself.
var vocabulary = []word{
	{"name", comms.TextValue, 0, func(r *Running, _ *comms.Instant) string { return r.Packet.Plan.Overview.Name }},
	{"version", comms.TextValue, 0, func(r *Running, _ *comms.Instant) string { return r.Packet.Plan.Overview.Version }},
	{"date", comms.TimeValue, 0, (*Running).date},
	{"start", comms.TimeValue, 0, func(r *Running, _ *comms.Instant) string { return r.Packet.Plan.Overview.Window.Start.String() }},
	{"end", comms.TimeValue, 0, func(r *Running, _ *comms.Instant) string { return r.Packet.Plan.Overview.Window.End.String() }},
	{"status", comms.TextValue, 0, (*Running).statusWords},
	{"blockers", comms.TextValue, 0, func(r *Running, _ *comms.Instant) string {
		return r.obstacles(func(o obstacle) func(*runDoc) { return o.what })
	}},
	{"mitigations", comms.TextValue, 0, func(r *Running, _ *comms.Instant) string {
		return r.obstacles(func(o obstacle) func(*runDoc) { return o.mitigation })
	}},
	{"deadline", comms.TimeValue, 0, func(r *Running, in *comms.Instant) string { return r.local(in.At.Add(in.Answer)) }},
	{"packet", comms.LinkValue, 0, func(r *Running, _ *comms.Instant) string { return string(r.Link) }},
	{"subject", comms.TextValue, 0, (*Running).subjects},
	{"next", comms.TimeValue, 0, (*Running).nextUpdate},
	{"blocker", comms.TextValue, release.BlockerOpened, func(_ *Running, in *comms.Instant) string { return in.Event.About + ": " + in.Event.Text }},
	{"mitigation", comms.TextValue, release.BlockerOpened, func(_ *Running, in *comms.Instant) string { return in.Event.Mitigation }},
	{"age", comms.DurationValue, release.BlockerOpened, func(r *Running, in *comms.Instant) string {
		return value.Duration(r.Now.Sub(instant(in.Event.At)).Truncate(time.Minute)).String()
	}},
	{"symptom", comms.TextValue, release.Breach, func(_ *Running, in *comms.Instant) string { return in.Event.Text }},
	{"since", comms.TimeValue, release.Breach, func(r *Running, in *comms.Instant) string { return r.local(instant(in.Event.At)) }},
	{"action", comms.TextValue, release.Breach, (*Running).action},
	{"metrics", comms.TextValue, 0, (*Running).metrics},
	{"incidents", comms.NumberValue, 0, func(r *Running, _ *comms.Instant) string { return strconv.Itoa(len(r.began(release.IncidentOpened))) }},
	{"followups", comms.TextValue, 0, (*Running).followUpWords},
}

// CheckTemplates returns what of the templates of a plan [Compose] could not fill
// while the release runs: a placeholder without value that is neither among its
// words nor among the host's own, one of another type, and one that is about a
// blocker or a breach in a message that is set off by something else. The host's
// own are those of [Running.Own]. Paths begin with comms. It is asked when the plan
// is built, before anything is owed.
func CheckTemplates(p comms.Plan, own ...comms.Placeholder) check.Findings {
	var fs check.Findings
	for i, t := range p.Templates {
		for j, h := range t.Placeholders {
			at := check.Path("comms.templates").Index(i).Field("placeholders").Index(j)
			if h.Value != "" {
				continue
			}
			if k := slices.IndexFunc(own, func(o comms.Placeholder) bool { return o.Name == h.Name }); k >= 0 {
				fs = append(fs, mistyped(at, h, own[k].Type)...)
				continue
			}
			k := slices.IndexFunc(vocabulary, func(w word) bool { return w.name == h.Name })
			if k < 0 {
				fs = append(fs, check.Unresolved(at.Field("name"), h.Name, "a word of a running release, nor one of the host's own"))
				continue
			}
			fs = append(fs, mistyped(at, h, vocabulary[k].kind)...)
			for l, m := range p.Messages {
				if needs := vocabulary[k].needs; m.Template == t.ID && needs != release.NoEvent && m.Trigger.Event != needs {
					fs = append(fs, check.Invalid(check.Path("comms.messages").Index(l).Field("template"), t.ID,
						"has the placeholder "+h.Name+", which is known only of "+needs.String()).WithRelated(at))
				}
			}
		}
	}
	return fs
}

// mistyped reports a placeholder of another type than its value; words may be
// anything.
func mistyped(at check.Path, h comms.Placeholder, is comms.ValueType) check.Findings {
	if h.Type == is || h.Type == comms.TextValue {
		return nil
	}
	return check.Findings{check.Invalid(at.Field("type"), h.Type, "is not "+is.String()+", which the value of "+h.Name+" is")}
}

// value returns what stands for a placeholder.
func (r *Running) value(in *comms.Instant, name string) (string, bool) {
	for _, o := range r.Own {
		if o.Name == name {
			return o.Value, o.Value != ""
		}
	}
	i := slices.IndexFunc(vocabulary, func(w word) bool { return w.name == name })
	if i < 0 || vocabulary[i].needs != release.NoEvent && in.Event.Kind != vocabulary[i].needs {
		return "", false
	}
	v := vocabulary[i].value(r, in)
	if vocabulary[i].kind == comms.TextValue {
		v = mdtext.Visible(v)
	}
	return v, v != ""
}

// local is a moment in the operating zone, or in UTC if that is not known.
func (r *Running) local(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if zone, err := value.LoadZone(r.Packet.Plan.Overview.Zone); err == nil {
		t = t.In(zone)
	}
	return t.Format(time.RFC3339)
}

func (r *Running) date(*comms.Instant) string {
	at := r.local(r.Now)
	return at[:min(len(time.DateOnly), len(at))]
}

func (r *Running) statusWords(*comms.Instant) string {
	p := &r.Packet
	steps := p.Decisions.Next(p.Plan, p.Catalog, r.Now)
	return fmt.Sprintf("verdict %s, gates that go %d of %d", verdictName(r.verdict()), len(p.Catalog.Gates)-len(steps), len(p.Catalog.Gates))
}

// obstacles is what stands in the way, or what is done about it, in one line.
func (r *Running) obstacles(part func(obstacle) func(*runDoc)) string {
	var all []string
	for _, o := range r.blockers() {
		d := r.doc()
		part(o)(d)
		all = append(all, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(Plain(d.B)), "- "), "."))
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, "; ")
}

// subjects names what is approved, gate by gate.
func (r *Running) subjects(*comms.Instant) string {
	var all []string
	for _, s := range packet.Subjects(r.Packet) {
		all = append(all, s.Gate+" "+s.Digest.Short())
	}
	return strings.Join(all, ", ")
}

// nextUpdate is when more is said: at the next repetition, or at the end of what
// the message is about.
func (r *Running) nextUpdate(in *comms.Instant) string {
	w := r.Packet.Plan.Overview.Window
	i := slices.IndexFunc(r.Packet.Comms.Messages, func(m comms.Message) bool { return m.ID == in.Message })
	switch {
	case i < 0:
		return ""
	case r.Packet.Comms.Messages[i].Cadence.Every > 0:
		return r.local(in.At.Add(r.Packet.Comms.Messages[i].Cadence.Every.Std()))
	case r.Packet.Comms.Messages[i].Phase == comms.Pre:
		return w.Start.String()
	}
	return w.End.String()
}

// action is what is done about a breach: what the way back says for the signal, or
// the mitigation of the blocker that is open.
func (r *Running) action(in *comms.Instant) string {
	for _, b := range r.began(release.BlockerOpened) {
		if b.open() && b.event.Mitigation != "" {
			return b.event.Mitigation
		}
	}
	for _, t := range r.current().triggers(r.Packet.Plan) {
		if t.State == gates.TriggerFired && t.Action != "" {
			return t.Action
		}
	}
	return in.Event.Mitigation
}

func (r *Running) metrics(*comms.Instant) string {
	var all []string
	for _, m := range r.Success() {
		text := m.Name + ": "
		switch m.Outcome {
		case gates.Pass, gates.Warn, gates.Fail:
			text += m.Observed.Human() + " against " + m.Wanted.String() + " " + m.Target.Human() + ", " + map[bool]string{true: "not met", false: "met"}[m.Outcome == gates.Fail]
		default:
			text += "unknown, " + m.Why
		}
		all = append(all, text)
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, "; ")
}

func (r *Running) followUpWords(*comms.Instant) string {
	var all []string
	for _, f := range r.followUps() {
		due := r.local(instant(f.due))
		if due == "" {
			due = mdtext.Visible(f.due.String())
		}
		owner, _ := r.Packet.Plan.Directory.Party(f.owner)
		all = append(all, f.id+" "+f.text+" ("+mdtext.Visible(owner)+", "+due+")")
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, "; ")
}
