//go:build unix

package connectors_test

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// two is a config with two instances in one process, each with an outside system.
func two(a, b *system) connectors.Config {
	return connectors.Config{Connectors: []connectors.Launch{
		{Name: "a", Self: "shop", Settings: shopConfig{Site: a.URL, Token: connectors.NewSecret("t0ken-of-a")}},
		{Name: "b", Self: "shop", Settings: shopConfig{Site: b.URL, Token: connectors.NewSecret("t0ken-of-b")}},
	}}
}

// Instances of one program share a process, unless something tells them apart.
func TestShared(t *testing.T) {
	a, b := serve(t, nil), serve(t, map[string]http.HandlerFunc{"/x": says(200, `{"count": 8}`)})
	c := two(a, b)
	c.Connectors = append(c.Connectors,
		connectors.Launch{Name: "env", Self: "shop", Settings: shopConfig{Site: a.URL}, Env: []string{"LANGUAGE"}},
		connectors.Launch{Name: "alone", Self: "shop", Settings: shopConfig{Site: a.URL}, Alone: true},
		connectors.Launch{Name: "here", InProcess: shop{}, Settings: shopConfig{Site: a.URL}},
	)
	f := start(t, c)
	st := f.Status()
	if st[0].Pid == 0 || st[0].Pid != st[1].Pid {
		t.Errorf("pids %d and %d: no process is shared", st[0].Pid, st[1].Pid)
	}
	if st[2].Pid == st[0].Pid || st[3].Pid == st[0].Pid || st[3].Pid == st[2].Pid || st[4].Pid != 0 {
		t.Errorf("pids %d, %d, %d, %d", st[0].Pid, st[2].Pid, st[3].Pid, st[4].Pid)
	}
	answered(t, one(t, f, at("a", number("/x"))), 7)
	answered(t, one(t, f, at("b", number("/x"))), 8)
}

// What ends the process takes both down, and both come back when they are asked.
func TestSharedDeath(t *testing.T) {
	s := serve(t, nil)
	f := start(t, two(s, s))
	first := f.Status()[0].Pid
	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	set := f.Collect(t.Context(), []fact.Query{at("a", number("/x")), at("b", number("/x"))})
	for _, r := range set.Results {
		answered(t, r, 7)
	}
	for _, st := range f.Status() {
		if st.Pid == first || st.Pid != f.Status()[0].Pid || st.Restarts != 1 || st.State != connectors.Ready || !strings.Contains(st.LastError, "signal: killed") {
			t.Errorf("%+v", st)
		}
	}
}

// A query that kills the process fails alone, also in the company of another instance's.
func TestSharedPoison(t *testing.T) {
	var v victim
	s := serve(t, map[string]http.HandlerFunc{"/deadly": func(_ http.ResponseWriter, r *http.Request) {
		v.hit(t, syscall.SIGKILL)
		<-r.Context().Done()
	}})
	v.Fleet = start(t, two(s, s))
	queries := []fact.Query{at("a", number("/deadly"))}
	for i := range 50 {
		queries = append(queries, at("a", number(fmt.Sprintf("/%d", i))), at("b", number(fmt.Sprintf("/%d", i))))
	}
	v.diesOf(t, queries)
}

// An instance that cannot be opened leaves the others in its process alone; when nobody is left in it, it ends.
func TestSharedRefusal(t *testing.T) {
	s := serve(t, nil)
	c := two(s, s)
	c.Connectors[0].Settings = shopConfig{Site: "closed"}
	f := start(t, c)
	failed(t, one(t, f, at("a", number("/x"))), connectors.CodeUnavailable, "the shop is closed")
	answered(t, one(t, f, at("b", number("/x"))), 7)
	if st := f.Status(); st[0].State != connectors.Down || st[0].Pid != 0 || st[1].State != connectors.Ready || st[1].Restarts != 0 {
		t.Errorf("%+v", st)
	}
	c.Connectors[1].Settings = shopConfig{Site: "closed"}
	both, err := connectors.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer both.Close()
	for _, st := range both.Status() {
		if st.State != connectors.Down || st.Pid != 0 || st.LastError != "unavailable: the shop is closed" {
			t.Errorf("%+v", st)
		}
	}
}

// No instance's secret comes out through another's answers, whether they share a
// process, have one each, or none.
func TestSharedSecrets(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/leak": says(200, `{"items": ["t0ken-of-a", "t0ken-of-b"]}`), "/401": says(401, "t0ken-of-a t0ken-of-b")})
	for name, change := range map[string]func(*connectors.Launch){
		"one process":   func(*connectors.Launch) {},
		"two processes": func(l *connectors.Launch) { l.Alone = true },
		"in process":    func(l *connectors.Launch) { l.Self, l.InProcess = "", shop{} },
	} {
		var log hosttest.Book
		c := two(s, s)
		c.Logger = log.JSON()
		for i := range c.Connectors {
			change(&c.Connectors[i])
		}
		f := start(t, c)
		text := fmt.Sprintf("%+v", f.Collect(t.Context(), []fact.Query{at("a", items("/leak")), at("b", items("/leak")), at("a", number("/401"))}))
		if strings.Contains(text+log.String(), "t0ken") || strings.Count(text, "[redacted]") < 6 {
			t.Errorf("%s: %s\n%s", name, text, log.String())
		}
		if got := f.Redact("t0ken-of-a and t0ken-of-b"); got != "[redacted] and [redacted]" {
			t.Errorf("%s: the fleet lets pass %q", name, got)
		}
	}
	var log hosttest.Book
	c := two(s, s)
	c.Logger = log.JSON()
	c.Connectors[1] = connectors.Launch{Name: "b", InProcess: gossip{}}
	one(t, start(t, c), at("b", number("/x")))
	if text := log.String(); strings.Contains(text, "t0ken") || !strings.Contains(text, "a has [redacted]") {
		t.Errorf("the log of one has the secret of another: %s", text)
	}
	if got := (&connectors.Fleet{}).Redact("text"); got != "text" {
		t.Errorf("a fleet of nobody says %q", got)
	}
}

// gossip is a connector in this process that logs what it is not to know.
type gossip struct{}

func (gossip) Describe() connectors.Description {
	return connectors.Description{Name: "gossip", Version: "1", Kinds: shop{}.Describe().Kinds}
}

func (gossip) Open(ctx context.Context, _ connectors.Settings) (connectors.Instance, error) {
	connectors.Logger(ctx).Info("a has t0ken-of-a")
	return shop{}.Open(ctx, connectors.Settings{JSON: []byte(`{"site": "http://127.0.0.1:1"}`)})
}

func slow(path string) fact.Query {
	q := number(path)
	q.Kind = "slow"
	return q
}

// Limits are the outside system's: instances share them, and no restart brings new ones.
func TestSharedLimits(t *testing.T) {
	s := serve(t, nil)
	same := shopConfig{Site: s.URL, Token: connectors.NewSecret("t0ken")}
	other := shopConfig{Site: s.URL, Token: connectors.NewSecret("another")}
	for name, tc := range map[string]struct {
		settings [2]shopConfig
		upstream [2]string
		shared   bool
	}{
		"same settings":        {[2]shopConfig{same, same}, [2]string{}, true},
		"another account":      {[2]shopConfig{same, other}, [2]string{}, false},
		"one account, as said": {[2]shopConfig{same, other}, [2]string{"acme", "acme"}, true},
		"two, as said":         {[2]shopConfig{same, same}, [2]string{"acme", "other"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := two(s, s)
			for i := range 2 {
				c.Connectors[i].Settings, c.Connectors[i].Upstream = tc.settings[i], tc.upstream[i]
			}
			f := start(t, c)
			for i := range 2 { // the burst
				answered(t, one(t, f, at("a", slow(fmt.Sprintf("/%d", i)))), 7)
			}
			if err := syscall.Kill(f.Status()[0].Pid, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			failed(t, one(t, f, at("a", slow("/3"))), connectors.CodeRateLimited, "rate limit lets it through in")
			r := one(t, f, at("b", slow("/1")))
			if tc.shared {
				failed(t, r, connectors.CodeRateLimited, "")
			} else {
				answered(t, r, 7)
			}
		})
	}
}

// The config has the last word on limits, by their names.
func TestLimitsOverridden(t *testing.T) {
	s := serve(t, nil)
	c := child(s)
	c.Connectors[0].RateLimits = []connectors.RateLimit{{Name: "slow", PerSecond: 0.001, Burst: 3}, {Name: "mine", Kinds: []string{"count"}, PerSecond: 0.001, Burst: 1}}
	f := start(t, c)
	for i := range 3 {
		answered(t, one(t, f, slow(fmt.Sprintf("/%d", i))), 7)
	}
	failed(t, one(t, f, slow("/4")), connectors.CodeRateLimited, "")
	answered(t, one(t, f, number("/0")), 7)
	failed(t, one(t, f, number("/1")), connectors.CodeRateLimited, "")
}

// Whoever asks again takes from the limit again.
func TestRetriesAreLimited(t *testing.T) {
	var once sync.Once
	s := serve(t, map[string]http.HandlerFunc{"/busy": func(w http.ResponseWriter, _ *http.Request) {
		once.Do(func() { w.WriteHeader(503) })
		_, _ = fmt.Fprint(w, `{"count": 7}`)
	}})
	f := start(t, child(s))
	answered(t, one(t, f, slow("/busy")), 7) // two calls
	failed(t, one(t, f, slow("/x")), connectors.CodeRateLimited, "")
	if n := s.count("/x"); n != 0 {
		t.Errorf("asked %d times above the limit", n)
	}
}

// What is opened again and again in this process leaves nothing behind.
func TestRefusedInProcess(t *testing.T) {
	f := start(t, connectors.Config{Connectors: []connectors.Launch{{Name: "a", InProcess: shop{}, Settings: shopConfig{Site: "closed"}}}})
	before := runtime.NumGoroutine()
	failed(t, one(t, f, at("a", number("/x"))), connectors.CodeUnavailable, "the shop is closed") // and that more than once
	if err := settle(before); err != nil {
		t.Error(err)
	}
}

// settle waits until there are no more goroutines than before.
func settle(before int) error {
	deadline := time.NewTimer(5 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		now := runtime.NumGoroutine()
		if now <= before {
			return nil
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			return fmt.Errorf("%d goroutines, %d before", now, before)
		}
	}
}
