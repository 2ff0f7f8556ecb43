package comms_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/internal/forktest"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestLogForks(t *testing.T) {
	type log = comms.Log
	given := sample.Conduct()
	forktest.Run(t, sample.Conduct,
		forktest.Fork[log]{Name: "Clone", Make: log.Clone},
		forktest.Fork[log]{Name: "NewLog", Make: func(log) log { return comms.NewLog(given.Sent...) }},
		forktest.Fork[log]{Name: "WithSent", Make: func(l log) log { return l.WithSent(given.Sent...) }},
		forktest.Fork[log]{Name: "WithBlockers", Make: func(l log) log { return l.WithBlockers(given.Blockers...) }},
		forktest.Fork[log]{Name: "WithAttempts", Make: func(l log) log { return l.WithAttempts(given.Attempts...) }},
		forktest.Fork[log]{Name: "WithAnswers", Make: func(l log) log {
			return comms.NewLog(l.Sent[0].WithAnswers(given.Sent[len(given.Sent)-1].Answers...))
		}},
	)
}

// What of a message cannot be placed in time proves nothing.
func TestLogOf(t *testing.T) {
	at := sample.When
	l := comms.NewLog(
		comms.Sent{Message: "a", At: at("2026-12-08T12:00:00Z")}, comms.Sent{Message: "b", At: at("2026-12-08T11:00:00Z")},
		comms.Sent{Message: "a", At: at("2026-12-08T06:00:00-05:00")}, comms.Sent{Message: "a"}, comms.Sent{Message: "a", At: value.Date(2026, 12, 8)},
	)
	var got []string
	for _, t := range l.Of("a") {
		got = append(got, t.UTC().Format(time.TimeOnly))
	}
	if diff := cmp.Diff([]string{"11:00:00", "12:00:00"}, got); diff != "" || len(l.Of("c")) != 0 {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLogFaults(t *testing.T) {
	tests := []struct {
		name   string
		change func(*comms.Log)
		want   []string
	}{
		{"good", func(*comms.Log) {}, nil},
		{"a message that is none", func(l *comms.Log) { l.Sent[0].Message = "gossip" }, []string{"@sent[0].message"}},
		{"a level of the escalation", func(l *comms.Log) { l.Sent[0].Message, l.Sent[0].Level = "", 3 }, nil},
		{"a level that is none", func(l *comms.Log) { l.Sent[0].Level = 4 }, []string{"@sent[0].level"}},
		{"a level below the first", func(l *comms.Log) { l.Sent[0].Level = -1 }, []string{"@sent[0].level"}},
		{"no moment", func(l *comms.Log) { l.Sent[0].At = value.When{} }, []string{"@sent[0].at"}},
		{"a day", func(l *comms.Log) { l.Sent[0].At = value.Date(2026, 12, 8) }, []string{"@sent[0].at"}},
		{"no moment of an answer", func(l *comms.Log) { l.Sent[10].Answers[1].At = value.When{} }, []string{"@sent[10].answers[1].at"}},
		{"a blocker that is none", func(l *comms.Log) { l.Sent[0].Blocker = "BL-9" }, []string{"@sent[0].blocker"}},
		{"a blocker without id", func(l *comms.Log) { l.Blockers[0].ID = " " },
			[]string{"@blockers[0].id", "@sent[22].blocker"}},
		{"a blocker that nobody opened", func(l *comms.Log) { l.Blockers[0].Opened = value.When{} }, []string{"@blockers[0].opened"}},
		{"a blocker that is open", func(l *comms.Log) { l.Blockers[0].Closed = value.When{} }, nil},
		{"a blocker closed on some day", func(l *comms.Log) { l.Blockers[0].Closed = value.Date(2026, 12, 8) }, []string{"@blockers[0].closed"}},
	}
	for _, tt := range tests {
		l := sample.Conduct()
		tt.change(&l)
		if diff := cmp.Diff(tt.want, checktest.At(l.Faults(sample.Comms()))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestLogRoundTrip(t *testing.T) {
	want := sample.Conduct()
	text, err := strictjson.Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	var got comms.Log
	if err := strictjson.Decode(text, &got, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
