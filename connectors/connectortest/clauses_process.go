package connectortest

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/release/fact"
)

// killed kills the process at the first cursor of a list, and asks a new one
// for the rest.
func killed(s *sitting) {
	tried := 0
	for _, q := range s.Listed {
		all, cursors := s.read(s.open(), q, "")
		if len(cursors) == 0 {
			continue // there is no middle
		}
		tried++
		items, cursor := s.interrupted(q)
		s.start()
		rest, _ := s.read(s.open(), q, cursor)
		if diff := cmp.Diff(all, append(items, rest...)); diff != "" {
			s.Errorf("List(%v): killed and gone on with from %q (-uninterrupted +resumed):\n%s", q, cursor, diff)
		}
	}
	if tried == 0 {
		s.Skip("no list of the harness has a cursor")
	}
}

// interrupted reads a list whose process is killed at the first cursor, and
// returns what a host has then: the items up to the last cursor that it met.
func (s *sitting) interrupted(q fact.Query) (items []string, cursor string) {
	s.Helper()
	known := 0
	_, err := s.open().List(s.within(), q, "", func(p connectors.Page) error {
		items = append(items, texts(p)...)
		if p.Cursor != "" {
			cursor, known = p.Cursor, len(items)
			s.child.kill9()
		}
		return nil
	})
	if code := status.Code(err); err != nil && code != codes.Unavailable {
		s.Errorf("List(%v) of a killed process: %v, want %v", q, err, codes.Unavailable)
	}
	return items[:known], cursor
}

func shutsDown(s *sitting) {
	s.open()
	began := time.Now()
	if err := s.child.shutdown(s.within()); status.Code(err) == codes.Unimplemented {
		s.Errorf("the service plugin.GRPCController is not there: %v", err)
	}
	select {
	case <-s.child.Exited():
		if cause := s.child.Cause(); strings.HasPrefix(cause, "signal: ") || strings.HasPrefix(cause, "exit status ") {
			s.Errorf("it ended badly: %s", cause)
		}
	case <-time.After(process.KillGrace):
		s.Errorf("still running %v after it was asked to end", time.Since(began).Round(time.Millisecond))
	}
}

// uninvited starts the program as a person would.
func uninvited(s *sitting) {
	r := s.raw(s.Program, nil)
	defer r.kill()
	select {
	case err := <-r.ended:
		if n := exitStatus(err); n != 1 {
			s.Errorf("started by nobody it ends with status %d (%v), want 1", n, err)
		}
	case <-time.After(patience):
		s.Fatalf("started by nobody it is still running after %v", patience)
	}
	if strings.TrimSpace(r.errs.String()) == "" {
		s.Errorf("started by nobody it says nothing on its error output")
	}
}

func shakesHands(s *sitting) {
	r := s.raw(s.Program, s.invitation())
	defer r.kill()
	text := r.handshake(s)
	fields := strings.Split(strings.TrimSuffix(text, "\n"), "|")
	if len(text) > 16<<10 || len(fields) != 6 || fields[0] != "1" || fields[1] != "1" || fields[4] != "grpc" || fields[5] == "" {
		s.Fatalf("the handshake of %d bytes is %.200q, want 1|1|unix|PATH|grpc|CERTIFICATE", len(text), text)
	}
	if strings.ContainsAny(fields[5], "=-_ \r") {
		s.Errorf("the certificate is not in standard base64 without padding: %.40q…", fields[5])
	}
	path, err := filepath.Rel(r.dir, fields[3])
	if fields[2] == "unix" && (err != nil || !filepath.IsLocal(path)) {
		s.Errorf("it listens at %s %q, want a unix socket in the directory that TMPDIR names", fields[2], fields[3])
	}
}

// orphaned kills the host of a connector, which is a shell, and waits for the
// connector's end: it looks once a second, and has as long to end.
func orphaned(s *sitting) {
	r := s.hosted()
	defer r.kill()
	r.handshake(s)
	r.killHost()
	select {
	case <-r.silent: // nobody holds its output any more
	case <-time.After(process.KillGrace + 3*time.Second):
		s.Errorf("still running though its host was killed")
	}
}

func logs(s *sitting) {
	instance := s.open()
	_ = instance.Check(s.within()) // another case judges it
	for _, b := range s.worse() {
		if instance, err := s.Connector.Open(s.within(), b.Settings); err == nil {
			_ = instance.Close()
		}
	}
	for _, q := range s.Listed {
		s.read(instance, q, "")
	}
	s.child.Kill(process.KillGrace) // also what it says at the end
	for _, l := range s.child.lines.printed() {
		s.wellLogged(l)
	}
}

func (s *sitting) wellLogged(l line) {
	if l.cut > 0 {
		s.Errorf("a line is too long by %d bytes: %.200q…", l.cut, l.text)
		return
	}
	if !strings.HasPrefix(l.text, "{") {
		return // a line of text is information
	}
	var says map[string]any
	if err := json.Unmarshal([]byte(l.text), &says); err != nil {
		s.Errorf("a line begins like JSON and is none: %v: %.200q", err, l.text)
		return
	}
	word := func(names ...string) string {
		for _, name := range names {
			if text, ok := says[name].(string); ok {
				return strings.ToLower(text)
			}
		}
		return ""
	}
	switch level := word("level", "@level"); level {
	case "trace", "debug", "info", "warn", "warning", "error", "fatal", "panic":
	default:
		s.Errorf("a line has the level %q, want debug, info, warn or error: %.200q", level, l.text)
	}
	if word("msg", "@message", "message") == "" {
		s.Errorf("a line has no msg: %.200q", l.text)
	}
}
