package document

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// MaxChat is how long the paragraph of [Chat] is at most, in characters.
const MaxChat = 600

// Chat returns one paragraph for a chat, of at most [MaxChat] characters and
// without a line break: which release, the verdict, how many gates go, what blocks
// each of the others first and who turns it, and until when that holds, all as of
// the moment of the packet. A fact that does not fit is left out as a whole, those
// of later gates first, and the paragraph ends with how many are.
func Chat(p packet.Packet) string {
	d := page.New(&p, nil)
	verdict := d.Overall()
	steps := p.Decisions.Next(p.Plan, p.Catalog, p.AsOf)
	say := func(write func()) string {
		d.B = d.B[:0]
		write()
		return string(bytes.TrimSuffix(d.B, []byte("\n")))
	}
	facts := []chatFact{
		{rank: 1, text: say(func() {
			d.Start(p.Plan.Overview.Name)
			d.Lit(" ")
			d.Text(p.Plan.Overview.Version)
			d.Lit(" as of ")
			d.Moment(p.AsOf)
			d.Lit(".")
		})},
		{rank: 0, text: "Verdict: " + verdictName(verdict) + ", not verified."},
	}
	if n := len(d.Unpinned()); n > 0 {
		facts = append(facts, chatFact{rank: 0, text: fmt.Sprintf("Development override: connectors not pinned: %d.", n)})
	}
	facts = append(facts, chatFact{rank: 2, text: fmt.Sprintf("Gates that go: %d of %d.", len(p.Catalog.Gates)-len(steps), len(p.Catalog.Gates))})
	for i := range steps {
		facts = append(facts, chatFact{rank: 4 + i, text: say(func() { step(d, &steps[i]) })})
	}
	if until, again := bounds(p.Decisions, p.AsOf); verdict == gates.Go && !until.IsZero() {
		facts = append(facts, chatFact{rank: 3, text: say(func() { d.Lit("Valid until "); d.Moment(until); d.Lit(".") })})
	} else if !again.IsZero() {
		facts = append(facts, chatFact{rank: 3, text: say(func() { d.Lit("Look again at "); d.Moment(again); d.Lit(".") })})
	}
	return fitChat(facts)
}

// step writes what stands in the way of a gate first, and who turns it how.
func step(d *page.Doc, s *gates.Step) {
	first := s.Obstacles[0]
	d.Start(s.Gate)
	d.Lit(": " + verdictName(s.Verdict) + ", ")
	d.Text(first.Because)
	d.Lit("; turned when ")
	d.Text(first.Turn)
	d.Lit("; next: ")
	owners(d, first.Owners)
	if more := len(s.Obstacles) - 1; more > 0 {
		d.Plural("; ", more, " more obstacle")
	}
	d.Lit(".")
}

func owners(d *page.Doc, all []gates.Owner) {
	if len(all) == 0 {
		d.NotGiven()
	}
	for i := range all {
		d.Separate(i)
		d.Text(all[i].String())
	}
}

// bounds returns when the first Go runs out, and the first moment after now at
// which time alone changes something.
func bounds(d gates.Decisions, now time.Time) (until, again time.Time) {
	first := func(a, b time.Time) time.Time {
		if a.IsZero() || !b.IsZero() && b.Before(a) {
			return b
		}
		return a
	}
	for _, g := range d.Gates {
		if g.Verdict == gates.Go {
			until = first(until, g.ValidUntil)
		}
		if g.ChangesAt.After(now) {
			again = first(again, g.ChangesAt)
		}
	}
	return until, again
}

// verdictName is a verdict as pages print it.
func verdictName(v gates.Verdict) string {
	switch v {
	case gates.Go:
		return "Go"
	case gates.NoGo:
		return "No-go"
	default:
		return "Hold"
	}
}

// chatFact is one sentence, and how soon it is told: 0 first.
type chatFact struct {
	text string
	rank int
}

// fitChat joins the facts that fit, in their order, the first ranks first.
func fitChat(facts []chatFact) string {
	room, ranks := MaxChat, 0
	for _, f := range facts {
		room -= utf8.RuneCountInString(f.text) + 1
		ranks = max(ranks, f.rank)
	}
	told := make([]bool, len(facts))
	out := 0
	if room >= -1 { // no space follows the last
		return join(facts, func(int) bool { return true })
	}
	room = MaxChat - utf8.RuneCountInString(leftOut(len(facts)))
	for rank := range ranks + 1 {
		for i := range facts {
			if facts[i].rank != rank {
				continue
			}
			if n := utf8.RuneCountInString(facts[i].text) + 1; n <= room {
				told[i] = true
				room -= n
			} else {
				out++
			}
		}
	}
	return join(facts, func(i int) bool { return told[i] }) + " " + leftOut(out)
}

func leftOut(n int) string {
	if n == 1 {
		return "1 fact more is in the packet."
	}
	return fmt.Sprintf("%d facts more are in the packet.", n)
}

func join(facts []chatFact, told func(int) bool) string {
	var all []string
	for i := range facts {
		if told(i) {
			all = append(all, facts[i].text)
		}
	}
	return strings.Join(all, " ")
}
