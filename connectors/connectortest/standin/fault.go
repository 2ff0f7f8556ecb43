package standin

import (
	"compress/gzip"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Fault answers a request in place of the server. If it returns true, the
// server answers as usual, with the headers that were set.
type Fault func(w http.ResponseWriter, r *http.Request) (goOn bool)

type pending struct {
	fault Fault
	left  int // below 0: for ever
}

// Fail answers the next n requests with a fault, after those that earlier calls
// of Fail asked for; n below 0 means all from then on.
func (s *Server) Fail(n int, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n != 0 {
		s.faults = append(s.faults, pending{fault, n})
	}
}

// Heal forgets the faults that are still to come.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// nextFault takes the next fault; the lock is held.
func (s *Server) nextFault() Fault {
	if len(s.faults) == 0 {
		return nil
	}
	first := &s.faults[0]
	if first.left--; first.left == 0 {
		f := first.fault
		s.faults = s.faults[1:]
		return f
	}
	return first.fault
}

// Pass is no fault: it lets a request through before those that fail.
func Pass() Fault { return func(http.ResponseWriter, *http.Request) bool { return true } }

// WithHeader answers as usual, with one more header.
func WithHeader(name, value string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set(name, value)
		return true
	}
}

// Answer answers with a status, a content type and a text.
func Answer(status int, contentType, text string) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text)) // the client may be gone
		return false
	}
}

// Body answers with status 200, a content type and a text.
func Body(contentType, text string) Fault { return Answer(http.StatusOK, contentType, text) }

// JSON answers with status 200 and a text as JSON.
func JSON(text string) Fault { return Body("application/json", text) }

// SignIn is the page of a proxy that wants people to sign in, with status 200.
func SignIn() Fault {
	return Body("text/html; charset=utf-8", "<!DOCTYPE html><title>Sign in</title><form action=/login></form>")
}

// Truncated announces more than it sends.
func Truncated() Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		text := `{"issues":[{"id":"10001"`
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(text)+100))
		_, _ = w.Write([]byte(text))
		_ = http.NewResponseController(w).Flush() // what can be sent is sent
		panic(http.ErrAbortHandler)               // closes the connection
	}
}

// Redirect sends the client elsewhere.
func Redirect(status int, to string) Fault {
	return func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, to, status)
		return false
	}
}

// Hang does not answer until release is closed or the client gives up.
func Hang(release <-chan struct{}) Fault {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		select {
		case <-release:
		case <-r.Context().Done():
		}
		return true
	}
}

// Reset breaks the connection off without an answer.
func Reset() Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // a reset, not an end
		}
		_ = c.Close()
		return false
	}
}

// Drip sends JSON one byte at a time, one each interval, and never comes to the
// end (a "slow loris").
func Drip(interval time.Duration) Fault {
	return func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Set("Content-Type", "application/json")
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return false
			}
			if _, err := w.Write([]byte(" ")); err != nil {
				return false
			}
			_ = http.NewResponseController(w).Flush() // the client may be gone, which the next write tells
		}
	}
}

// Bomb sends a small body that unpacks to size bytes of JSON.
func Bomb(size int) Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		blank := make([]byte, 64<<10)
		for i := range blank {
			blank[i] = ' '
		}
		for sent := 0; sent < size; sent += len(blank) {
			if _, err := zip.Write(blank); err != nil {
				return false // the client had enough
			}
		}
		_ = zip.Close() // the client may be gone
		return false
	}
}
