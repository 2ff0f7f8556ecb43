package comms

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// State is how a message stands that has an instant.
type State uint8

// The states. The zero State is that of a message of which nothing is known: it
// is owed.
const (
	Late       State = iota // it is to go out, and its moment is more than [OnTime] ago
	Due                     // it is to go out
	Waiting                 // its moment has not come
	Missed                  // it did not go out, and the next one of its series is due
	Superseded              // what it is about was over before its moment
	Unanswered              // it went out, and nobody has acknowledged it
	Done                    // it went out, and who had to acknowledge it has
)

var stateNames = []string{"late", "due", "waiting", "missed", "superseded", "unanswered", "done"}

// String returns the state's name.
func (s State) String() string { return enum.String("state", stateNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s State) MarshalText() ([]byte, error) { return enum.Marshal("state", stateNames, s) }

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown state is an error.
func (s *State) UnmarshalText(text []byte) error {
	return enum.Unmarshal("state", stateNames, s, text)
}

// OnTime is how long after its moment a message is still on time.
const OnTime = 5 * time.Minute

// How long a message waits after a failed attempt: it doubles from the first to
// the last.
const (
	firstRetry = 5 * time.Second
	lastRetry  = time.Minute
)

// Standing is an instant and how it stands at a moment.
type Standing struct {
	Instant
	State    State     // at that moment
	Attempts int       // made so far
	InFlight bool      // one of them did not end: it may have arrived
	Retry    time.Time // of one that failed: not before then; else zero
}

// Owed reports whether the message is to be sent at now.
func (s Standing) Owed(now time.Time) bool {
	return (s.State == Due || s.State == Late) && !now.Before(s.Retry)
}

// Due returns how everything stands whose moment has come and that is not done,
// in the order of time. It is a function of its arguments alone: whoever is
// started again with the log goes on where it was.
//
// What was not sent is due or late, however late. It is missed only if it repeats
// and the next one of its series is due, which says more; it is superseded only if
// what it is about was over before its moment, or the blocker acknowledged before
// the level of the escalation. What was under way when the log ends is owed in any
// case. A message that wants an answer is done when it has one, or when what it is
// about is over; a level of the escalation when anybody has acknowledged the blocker.
func (s Schedule) Due(now time.Time, log Log) []Standing {
	return slices.DeleteFunc(s.Standings(now, log), func(s Standing) bool { return s.State == Waiting || s.State == Done })
}

// Standings returns how every instant stands at a moment, in the order of time.
func (s Schedule) Standings(now time.Time, log Log) []Standing {
	known := read(log)
	last := map[string]time.Time{} // of what is due, by series
	for _, in := range s.Instants {
		if !in.At.After(now) && in.At.After(last[in.Series]) {
			last[in.Series] = in.At
		}
	}
	all := make([]Standing, len(s.Instants))
	for i, in := range s.Instants {
		all[i] = known.standing(in, now, last[in.Series])
	}
	return all
}

// said is a log by keys.
type said struct {
	sent     map[string]bool
	attempts map[string]Standing    // the parts that attempts tell
	answers  map[string]time.Time   // the first by occasion
	acks     map[string][]time.Time // by blocker
}

func read(log Log) said {
	k := said{map[string]bool{}, map[string]Standing{}, map[string]time.Time{}, map[string][]time.Time{}}
	for _, s := range log.Sent {
		k.sent[s.Key] = true
		occasion := s.Key[:max(strings.LastIndexByte(s.Key, '/'), 0)]
		for _, a := range s.Answers {
			at, err := a.At.Instant()
			if err != nil {
				continue // it proves nothing
			}
			if first, ok := k.answers[occasion]; !ok || at.Before(first) {
				k.answers[occasion] = at
			}
			if s.Blocker != "" {
				k.acks[s.Blocker] = append(k.acks[s.Blocker], at)
			}
		}
	}
	for _, a := range log.Attempts {
		t := k.attempts[a.Key]
		t.Attempts++
		t.InFlight, t.Retry = t.InFlight || a.Fault == "", time.Time{}
		if at, err := a.At.Instant(); err == nil && a.Fault != "" {
			t.Retry = at.Add(min(firstRetry<<min(t.Attempts-1, 10), lastRetry))
		}
		k.attempts[a.Key] = t
	}
	return k
}

func (k said) standing(in Instant, now, last time.Time) Standing {
	s := k.attempts[in.Key]
	s.Instant = in
	answered, answer := k.answer(in)
	switch {
	case k.sent[in.Key]:
		s.InFlight, s.Retry = false, time.Time{}
		if s.State = Done; in.Answer > 0 && !answered && !in.over(now.Add(1)) {
			s.State = Unanswered
		}
	case in.At.After(now):
		s.State = Waiting
	case s.InFlight:
		s.State = due(in, now)
	case in.over(in.At) || in.Level > 0 && answered && answer.Before(in.At):
		s.State = Superseded
	case last.After(in.At):
		s.State = Missed
	default:
		s.State = due(in, now)
	}
	return s
}

func due(in Instant, now time.Time) State {
	if now.Sub(in.At) > OnTime {
		return Late
	}
	return Due
}

// answer returns when the instant was answered first.
func (k said) answer(in Instant) (bool, time.Time) {
	if in.Level == 0 {
		at, ok := k.answers[in.Occasion]
		return ok, at
	}
	opened, err := in.Event.At.Instant()
	var first time.Time
	for _, at := range k.acks[in.Event.About] {
		if err == nil && !at.Before(opened) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return !first.IsZero(), first
}

// over reports whether what the instant is about was over before a moment.
func (in Instant) over(t time.Time) bool { return !in.Ended.IsZero() && in.Ended.Before(t) }

// unique leaves one instant of each key: what is said of one in a log would be said
// of all.
func (x *expansion) unique() {
	seen := map[string]bool{}
	x.all = slices.DeleteFunc(x.all, func(in Instant) bool {
		twice := seen[in.Key]
		if seen[in.Key] = true; twice {
			x.faults = append(x.faults, fmt.Errorf("two messages, levels or channels have the key %q", in.Key))
		}
		return twice
	})
}

// stamp is a moment as a part of keys.
func stamp(t time.Time) string { return t.UTC().Format("20060102T150405.999999999") + "Z" }

// longestID is how long an id is at most in a key; a longer one ends in a digest.
const longestID = 48

// plainKey is an id as a part of keys: without slash, space or anything that a
// channel reads, and short.
func plainKey(id string) string {
	var b strings.Builder
	for i := range len(id) {
		if c := id[i]; c == '-' || c == '_' || c == '.' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	if b.Len() > longestID {
		return b.String()[:longestID-17] + "~" + short(id)
	}
	return b.String()
}

// channelKey tells the channels of one message apart: by kind, and several of a
// kind by their addresses.
func channelKey(all []Channel, c Channel) string {
	same := 0
	for _, other := range all {
		if other.Kind == c.Kind {
			same++
		}
	}
	if same < 2 {
		return c.Kind.String()
	}
	return c.Kind.String() + "~" + short(c.Address)
}

func short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}
