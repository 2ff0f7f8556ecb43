//go:build unix

package hostile_test

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/release/fact"
)

const (
	token    = "s3cr3t-t0ken"
	deadline = time.Second      // of what does not end
	patience = 20 * time.Second // with what does
	slack    = 5 * time.Second  // a slow machine is no hanging host
)

// TestAttacks is the list of all that a connector can do to its host, which
// may not panic, hang past its deadline or leave anything behind, and has to
// name the culprit.
func TestAttacks(t *testing.T) {
	t.Run("none yet", func(t *testing.T) { // the first fleet opens what stays open
		hosttest.Private(t)
		fleet(t, t.Context(), connectors.Config{}, attack{}).Close()
	})
	for _, a := range attacks {
		t.Run(a.crime, func(t *testing.T) {
			before := hosttest.Take(t)
			var log hosttest.Book
			a.run(t, &log)
			if strings.HasPrefix(a.crime, "daemon") {
				strays(t, log.String())
			}
			before.Same(t)
			if strings.Contains(log.String(), token) {
				t.Errorf("the secret is out:\n%s", log.String())
			}
		})
	}
}

// A page of what is listed without end is bounded by its size, too.
func TestFatPage(t *testing.T) {
	hosttest.Private(t)
	f := fleet(t, t.Context(), connectors.Config{}, attack{crime: "fat"})
	defer f.Close()
	for page, err := range f.List(t.Context(), items("shop")) {
		size := 0
		for _, item := range page.WorkItems {
			size += len(item.Title)
		}
		if err != nil || page.Len() == 0 || size > 32<<20 {
			t.Errorf("a page of %d items and %d bytes, %v", page.Len(), size, err)
		}
		break
	}
}

// fleet opens the villain beside an honest connector in this process.
func fleet(t *testing.T, ctx context.Context, c connectors.Config, a attack) *connectors.Fleet {
	t.Helper()
	f, err := connectors.Open(ctx, a.config(t, c))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (a attack) config(t *testing.T, c connectors.Config) connectors.Config {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	shop := connectors.Launch{Name: "shop", Command: []string{self, villainous, a.crime}, Unpinned: true, Env: hosttest.Env,
		Secrets: map[string]connectors.Secret{"token": connectors.NewSecret(token)}}
	if strings.HasPrefix(a.kind, "honest:") {
		shop = connectors.Launch{Name: "shop", Self: "honest", Env: hosttest.Env}
	}
	c.QueryTimeout, c.MaxItems = a.deadline(), 500
	c.Connectors = []connectors.Launch{shop, {Name: "neighbour", InProcess: honest{}}}
	return c
}

// deadline is that of one query.
func (a attack) deadline() time.Duration {
	if a.code == late || a.code == connectors.CodeRateLimited {
		return deadline
	}
	return patience
}

// run lets the host suffer the attack and close.
func (a attack) run(t *testing.T, log *hosttest.Book) {
	t.Helper()
	config := connectors.Config{Logger: log.JSON()}
	if a.open != "" {
		ctx, cancel := context.WithTimeout(t.Context(), deadline)
		defer cancel()
		var err error
		within(t, "Open", deadline+process.KillGrace+slack, func() { _, err = connectors.Open(ctx, a.config(t, config)) })
		if err == nil || !strings.Contains(err.Error(), a.open) {
			t.Errorf("error %v, want %q", err, a.open)
		}
		return
	}
	var f *connectors.Fleet
	within(t, "Open", process.KillGrace+slack, func() { f = fleet(t, t.Context(), config, a) })
	within(t, "Collect", a.deadline()+slack, func() { a.ask(t, f) })
	within(t, "Close", process.KillGrace+slack, f.Close)
	a.named(t, log.String())
}

// ask asks the villain and its neighbour, who has to answer whatever the villain does.
func (a attack) ask(t *testing.T, f *connectors.Fleet) {
	t.Helper()
	switch a.kind {
	case "status":
		if st := f.Status()[0]; st.Name != "shop" || st.State != connectors.Down || !strings.Contains(st.LastError, a.says) || strings.ContainsAny(st.LastError, "\n\x1b") {
			t.Errorf("%+v, want %q", st, a.says)
		}
		return
	case "check":
		r := f.Check(t.Context())
		var d *connectors.Diagnostic
		if !errors.As(r[0].Err, &d) || r[0].Name != "shop" || d.Code != a.code || !strings.Contains(d.Summary, a.says) || r[1].Err != nil {
			t.Errorf("%+v, want %q with %q of the first", r, a.code, a.says)
		}
		return
	}
	q := count("shop")
	if _, kind, ok := strings.Cut(a.kind, ":"); ok {
		q.Kind = kind
	} else if a.kind != "" {
		q = items("shop")
	}
	set := f.Collect(t.Context(), []fact.Query{q, count("neighbour")})
	if r, _ := set.Find(count("neighbour")); r.Failed() || r.Value.Value != 7 {
		t.Errorf("the neighbour answers %+v", r)
	}
	r, n := set.Find(q)
	a.judge(t, r, n)
}

// judge compares the villain's result with what the host has to make of it.
func (a attack) judge(t *testing.T, r fact.Result, n int) {
	t.Helper()
	switch {
	case n != 1 || len(r.WorkItems) > 500:
		t.Errorf("%d results, %d items", n, len(r.WorkItems))
	case r.Failure.Code != a.code || !strings.Contains(r.Failure.Message, a.says) || strings.ContainsAny(r.Failure.Message, "\n\x1b"):
		t.Errorf("%+v, want %q with %q", r.Failure, a.code, a.says)
	case strings.Contains(r.Failure.Message, token):
		t.Error("the secret is out")
	case a.code == "" && a.kind == "items" && r.Complete:
		t.Error("the list is complete")
	}
	for _, item := range r.WorkItems {
		if strings.Contains(item.Title, token) {
			t.Error("the secret is out")
		}
	}
	if size := 4 << 20 * len(r.WorkItems); a.crime == "fat" && (size < 32<<20 || size > 100<<20) {
		t.Errorf("%d bytes were kept", size)
	}
}

// named finds the culprit in the log: down because of what it did, or what was
// to be logged of it.
func (a attack) named(t *testing.T, log string) {
	t.Helper()
	want := a.log
	if a.code == down {
		want = "connector is down"
	}
	if want == "" {
		return
	}
	for line := range strings.Lines(log) {
		if strings.Contains(line, `"instance":"shop"`) && strings.Contains(line, want) {
			return
		}
	}
	t.Errorf("no line of the shop's with %q in the log:\n%.2000s", want, log)
}

// within fails the test if do takes longer. It does not wait for the end then.
func within(t *testing.T, what string, limit time.Duration, do func()) {
	t.Helper()
	done := make(chan struct{})
	begun := time.Now()
	go func() { defer close(done); do() }()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
		t.Fatalf("%s takes longer than %v", what, time.Since(begun))
	}
}

var stray = regexp.MustCompile(`the child is (\d+)`)

// strays ends the daemons: who leaves the group of a connector is out of reach
// of a host, which must not wait for it.
func strays(t *testing.T, log string) {
	t.Helper()
	for _, m := range stray.FindAllStringSubmatch(log, -1) {
		pid, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Errorf("the daemon %d: %v", pid, err)
		}
	}
}
