package process

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/plain"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

const (
	maxLine = 64 << 10 // bytes of a line that are logged

	// What a child may write to the log: so much at once, and so much per
	// second. A line costs lineCost beside its length.
	logBurst     = 1 << 20
	logPerSecond = 128 << 10
	lineCost     = 256
)

// sink logs what a child prints, line by line, without secrets and not more
// than the log can bear, and keeps the line that says best why it died.
type sink struct {
	log    *slog.Logger
	redact *redact.Redactor
	now    func() time.Time

	mu      sync.Mutex
	budget  float64
	filled  time.Time
	dropped int
	last    string
	panics  bool // last is where a panic began
}

func newSink(log *slog.Logger, r *redact.Redactor) *sink {
	return &sink{log: log, redact: r, now: time.Now, budget: logBurst, filled: time.Now()}
}

// line takes one line and the number of its bytes that were cut before.
func (s *sink) line(text []byte, cut int) {
	// First the secrets, then the cut: half of a secret is not found.
	line := strings.ToValidUTF8(s.redact.String(string(text)), "?")
	if len(line) > maxLine {
		cut += len(line) - maxLine
		line = strings.ToValidUTF8(line[:maxLine], "")
	}
	if strings.TrimSpace(line) == "" {
		return
	}
	paid, dropped := s.note(line)
	s.report(dropped)
	if !paid {
		return
	}
	attrs := []slog.Attr{slog.String("line", line)}
	if cut > 0 {
		attrs = append(attrs, slog.Int("cut", cut))
	}
	s.log.LogAttrs(context.Background(), LevelOf(line), "connector printed", attrs...)
}

// LevelOf is the level that a line gives itself as a JSON object: "level" as
// package slog of the SDK writes it, or "@level" as go-plugin's guides have it.
// A line that says nothing, or nothing that can be read, is one of information.
func LevelOf(line string) slog.Level {
	if !strings.HasPrefix(line, "{") {
		return slog.LevelInfo
	}
	var says struct {
		Level   string `json:"level"`
		HCLevel string `json:"@level"`
	}
	if json.Unmarshal([]byte(line), &says) != nil {
		return slog.LevelInfo
	}
	switch strings.ToLower(cmp.Or(says.Level, says.HCLevel)) {
	case "trace", "debug":
		return slog.LevelDebug
	case "warn", "warning":
		return slog.LevelWarn
	case "error", "fatal", "panic":
		return slog.LevelError
	}
	return slog.LevelInfo
}

// note keeps the line if it says why, and reports whether it may be logged,
// and how many before it were not. Logging is left to the caller, without the
// lock: a handler may ask for the state of the process.
func (s *sink) note(line string) (paid bool, dropped int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	starts := strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ")
	if starts || !s.panics {
		// Once more the secrets: one may have been hidden by what is not printed.
		s.last, s.panics = oneLine(s.redact.String(plain.Printable(line))), starts
	}
	if !s.pays(len(line) + lineCost) {
		s.dropped++
		return false, 0
	}
	dropped, s.dropped = s.dropped, 0
	return true, dropped
}

// pays takes cost from the budget, if there is so much.
func (s *sink) pays(cost int) bool {
	now := s.now()
	s.budget = min(s.budget+now.Sub(s.filled).Seconds()*logPerSecond, logBurst)
	s.filled = now
	if float64(cost) > s.budget {
		return false
	}
	s.budget -= float64(cost)
	return true
}

func (s *sink) report(dropped int) {
	if dropped > 0 {
		s.log.Warn("connector printed more than is logged", "lines", dropped)
	}
}

// close reports what is not reported yet.
func (s *sink) close() {
	s.mu.Lock()
	dropped := s.dropped
	s.dropped = 0
	s.mu.Unlock()
	s.report(dropped)
}

// why is the line that says best why the child died; "" if it printed nothing.
func (s *sink) why() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// splitter cuts a stream into lines for a sink and keeps at most maxLine and
// one secret's length of a line: a stream without line ends fills no memory.
type splitter struct {
	sink *sink
	mu   sync.Mutex
	line []byte
	cut  int
}

// Write never fails.
func (s *splitter) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for rest := p; len(rest) > 0; {
		part, after, ends := bytes.Cut(rest, []byte{'\n'})
		room := maxLine + s.sink.redact.Longest() - len(s.line)
		keep := min(len(part), room)
		s.line = append(s.line, part[:keep]...)
		s.cut += len(part) - keep
		if ends {
			s.flush()
		}
		rest = after
	}
	return len(p), nil
}

// Close passes on a line without end.
func (s *splitter) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
}

func (s *splitter) flush() {
	s.sink.line(s.line, s.cut)
	s.line, s.cut = s.line[:0], 0
	if cap(s.line) > 4<<10 {
		s.line = nil
	}
}
