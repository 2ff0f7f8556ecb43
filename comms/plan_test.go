package comms_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// Forks share no memory: with the original, with each other, with what they are given.
func TestPlanForks(t *testing.T) {
	given := good()
	type plan = comms.Plan
	forktest.Run(t, good,
		forktest.Fork[plan]{Name: "Clone", Make: plan.Clone},
		forktest.Fork[plan]{Name: "NewPlan", Make: func(plan) plan { return comms.NewPlan(given.Messages...) }},
		forktest.Fork[plan]{Name: "WithMessages", Make: func(p plan) plan { return p.WithMessages(given.Messages...) }},
		forktest.Fork[plan]{Name: "WithEscalation", Make: func(p plan) plan { return p.WithEscalation(given.Escalation...) }},
		forktest.Fork[plan]{Name: "WithTemplates", Make: func(p plan) plan { return p.WithTemplates(given.Templates...) }},
		forktest.Fork[plan]{Name: "WithoutChannels", Make: func(p plan) plan { return p.WithoutChannels("x", "y", comms.CAB) }},
	)
	if diff := cmp.Diff(good(), given); diff != "" {
		t.Errorf("a fork changed what it was given (-want +got):\n%s", diff)
	}
}

func TestMessageForks(t *testing.T) {
	type m = comms.Message
	forktest.Run(t, func() m { return good().Messages[packet] },
		forktest.Fork[m]{Name: "Clone", Make: m.Clone},
		forktest.Fork[m]{Name: "Titled", Make: func(m m) m { return m.Titled("x") }},
		forktest.Fork[m]{Name: "WithChannels", Make: func(m m) m { return m.WithChannels(comms.Channel{Kind: comms.CAB}) }},
		forktest.Fork[m]{Name: "WithAudiences", Make: func(m m) m { return m.WithAudiences(comms.Support) }},
		forktest.Fork[m]{Name: "WithSender", Make: func(m m) m { return m.WithSender("x", "y") }},
		forktest.Fork[m]{Name: "WithCadence", Make: func(m m) m { return m.WithCadence(comms.Every(1, comms.Recovery)) }},
		forktest.Fork[m]{Name: "WithGoal", Make: func(m m) m { return m.WithGoal("x", comms.Status) }},
		forktest.Fork[m]{Name: "WithTemplate", Make: func(m m) m { return m.WithTemplate("x") }},
		forktest.Fork[m]{Name: "WithAcknowledge", Make: func(m m) m { return m.WithAcknowledge(1) }},
	)
	type tt = comms.Template
	forktest.Run(t, func() tt { return good().Templates[0] },
		forktest.Fork[tt]{Name: "Clone", Make: tt.Clone},
		forktest.Fork[tt]{Name: "WithPlaceholders", Make: func(t tt) tt { return t.WithPlaceholders(comms.Placeholder{Name: "x"}) }},
	)
}

// Singular replaces, plural appends.
func TestWith(t *testing.T) {
	got := comms.NewPlan(comms.Message{ID: "a"}).WithMessages(comms.Message{ID: "b"}).
		WithEscalation(comms.Level{Role: "a"}).WithEscalation(comms.Level{Role: "b"}).
		WithTemplates(comms.Template{ID: "a"}).WithTemplates(comms.Template{ID: "b"}).
		WithoutChannels("x", "y", comms.CAB, comms.Email)
	var ids []string
	for _, m := range got.Messages {
		ids = append(ids, m.ID)
	}
	for _, l := range got.Escalation {
		ids = append(ids, l.Role)
	}
	for _, tt := range got.Templates {
		ids = append(ids, tt.ID)
	}
	for _, n := range got.NoChannels {
		ids = append(ids, n.Kind.String()+n.By+n.Reason)
	}
	if diff := cmp.Diff([]string{"a", "b", "a", "b", "a", "b", "cabxy", "emailxy"}, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	m := comms.NewMessage("a", comms.Pre, comms.On(comms.CodeFreeze)).Titled("x").Titled("y").WithGoal("x", comms.Status).WithGoal("y", comms.Blockers).
		WithSender("x", "x").WithSender("y", "z").WithTemplate("x").WithTemplate("y").WithAcknowledge(1).WithAcknowledge(2).
		WithAudiences(comms.Support).WithAudiences(comms.Customers).WithCadence(comms.Every(1, comms.Recovery))
	want := comms.Message{ID: "a", Title: "y", Phase: comms.Pre, Trigger: comms.Trigger{Event: comms.CodeFreeze}, Goal: "y",
		Topics: []comms.Topic{comms.Status, comms.Blockers}, Sender: "y", Delegate: "z", Template: "y", Acknowledge: 2,
		Audiences: []comms.Audience{comms.Support, comms.Customers}, Cadence: comms.Cadence{Every: 1, Until: comms.Recovery}}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if daily := comms.NewMessage("a", comms.Pre, comms.Daily("10:00")); !daily.Cadence.IsZero() {
		t.Errorf("a daily message says %v beside it", daily.Cadence)
	}
}

func TestCoversNothing(t *testing.T) {
	var m comms.Message
	if m.Covers(comms.Status) || m.Reaches(comms.Support) || m.Uses(comms.Email) {
		t.Error("an empty message covers, reaches or uses something")
	}
	if m = m.WithGoal("", comms.Status); m.Covers(comms.Status, comms.Blockers) || !m.Covers(comms.Status) {
		t.Error("one topic of two is not both")
	}
}

func again(t *testing.T, text []byte) {
	t.Helper()
	var p comms.Plan
	if err := strictjson.Decode(text, &p, nil); err != nil {
		t.Fatalf("what was written is refused: %v\n%s", err, text)
	}
	second, err := strictjson.Encode(p)
	if err != nil || !bytes.Equal(text, second) {
		t.Fatalf("%v (-first +second):\n%s", err, cmp.Diff(string(text), string(second)))
	}
	if clone, err := strictjson.Encode(p.Clone()); err != nil || !bytes.Equal(text, clone) {
		t.Fatalf("a clone has other bytes: %v (-plan +clone):\n%s", err, cmp.Diff(string(text), string(clone)))
	}
}

func TestRoundTrip(t *testing.T) {
	empty := comms.Plan{Messages: []comms.Message{{Channels: []comms.Channel{}, Topics: []comms.Topic{}}}, Templates: []comms.Template{}}
	odd := good()
	odd.Templates[0].Body = "<b>&\u2028\"\\\x7f{{ ü"
	odd.Messages[0].Trigger = comms.Before(comms.Breach, 1)
	for _, p := range []comms.Plan{{}, good(), empty, odd} {
		text, err := strictjson.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		again(t, text)
	}
}

func FuzzDecode(f *testing.F) {
	text, err := strictjson.Encode(good())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"messages":[{"id":"x","phase":"pre","trigger":{"daily":"25:00"},"cadence":{"every":"-PT1M"}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p comms.Plan
		if strictjson.Decode(data, &p, nil) != nil {
			return
		}
		p.Validate() // whatever it is
		text, err := strictjson.Encode(p)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again(t, text)
	})
}

type text interface {
	encoding.TextMarshaler
	String() string
}

// Names have one text form, which every other value and text is refused.
func TestEnums(t *testing.T) {
	enums := map[string]func(byte) (text, encoding.TextUnmarshaler){
		"phase":        func(b byte) (text, encoding.TextUnmarshaler) { return comms.Phase(b), new(comms.Phase) },
		"channel kind": func(b byte) (text, encoding.TextUnmarshaler) { return comms.ChannelKind(b), new(comms.ChannelKind) },
		"audience":     func(b byte) (text, encoding.TextUnmarshaler) { return comms.Audience(b), new(comms.Audience) },
		"topic":        func(b byte) (text, encoding.TextUnmarshaler) { return comms.Topic(b), new(comms.Topic) },
		"event":        func(b byte) (text, encoding.TextUnmarshaler) { return comms.Event(b), new(comms.Event) },
		"value type":   func(b byte) (text, encoding.TextUnmarshaler) { return comms.ValueType(b), new(comms.ValueType) },
	}
	last := map[string]string{"phase": "post", "channel kind": "other", "audience": "stakeholders", "topic": "sign-off-request",
		"event": "note", "value type": "link"}
	for kind, make := range enums {
		n, name := byte(0), ""
		for ; ; n++ {
			v, back := make(n)
			written, err := v.MarshalText()
			if err != nil {
				break
			}
			if name = string(written); name != v.String() {
				t.Errorf("%s %d is %q and %q", kind, n, name, v)
			}
			if err := back.UnmarshalText(written); err != nil {
				t.Errorf("%s %q: %v", kind, written, err)
			}
			if again, err := json.Marshal(back); err != nil || string(again) != `"`+name+`"` {
				t.Errorf("%s %q is read as %s, %v", kind, name, again, err)
			}
		}
		if name != last[kind] {
			t.Errorf("the last %s is %q, want %q", kind, name, last[kind])
		}
		v, back := make(n)
		if back.UnmarshalText([]byte(v.String())) == nil || back.UnmarshalText(nil) == nil {
			t.Errorf("%s %q is read", kind, v)
		}
	}
}
