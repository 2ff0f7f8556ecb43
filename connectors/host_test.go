package connectors_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The test binary is its own connectors' binary, and for the death of a host its own host.
func TestMain(m *testing.M) {
	if connectors.Main(shop{}) {
		return
	}
	if mode := os.Getenv("TEST_FOREIGN"); mode != "" {
		serveForeign(mode)
		return
	}
	if os.Getenv("TEST_NAMED") != "" {
		serveNamed()
		return
	}
	if os.Getenv("TEST_HOST") != "" {
		host()
		return
	}
	hosttest.NoSleep()
	goleak.VerifyTestMain(m)
}

// host opens a fleet, says the connector's pid and ends with its input.
func host() {
	f, err := connectors.Open(context.Background(), connectors.Config{Connectors: []connectors.Launch{
		{Self: "shop", Settings: shopConfig{Site: "http://127.0.0.1:1"}}}})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(f.Status()[0].Pid)
	_, _ = io.Copy(io.Discard, os.Stdin)
	if os.Getenv("TEST_HOST") == "panic" {
		panic("the host panics")
	}
	f.Close()
}

// shop is a connector to an outside system of the test's.
type shop struct{}

type shopConfig struct {
	Site  string            `json:"site"`
	Token connectors.Secret `json:"token,omitzero"`
}

type shopParams struct {
	Path string `json:"path"`
}

func (shop) Describe() connectors.Description {
	return connectors.Description{
		Name: "shop", Version: "1.2.3", Summary: "Answers from a web server.", Config: shopConfig{},
		Kinds: []connectors.Kind{
			{Name: "count", Params: shopParams{}, Shapes: []fact.Shape{fact.NumberShape}},
			{Name: "slow", Params: shopParams{}, Shapes: []fact.Shape{fact.NumberShape}},
			{Name: "items", Params: shopParams{}, Shapes: []fact.Shape{fact.WorkItemShape}},
		},
		RateLimits: []connectors.RateLimit{{Name: "slow", Kinds: []string{"slow"}, PerSecond: 0.001, Burst: 2}},
	}
}

func (shop) Open(_ context.Context, s connectors.Settings) (connectors.Instance, error) {
	var c shopConfig
	if err := s.Decode(&c); err != nil {
		return nil, err
	}
	if c.Site == "closed" {
		return nil, &connectors.Diagnostic{Code: connectors.CodeUnavailable, Summary: "the shop is closed", Origin: connectors.FromUpstream}
	}
	fmt.Fprintln(os.Stderr, "opened with "+c.Token.Reveal())
	return &counter{c, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}, nil
}

type counter struct {
	shopConfig
	http *http.Client
}

// reply is what the outside system says.
type reply struct {
	Count float64  `json:"count"`
	Items []string `json:"items"`
	Next  string   `json:"next"`
}

func (c *counter) get(ctx context.Context, path string) (reply, error) {
	var a reply
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Site+path, nil)
	if err != nil {
		return a, err
	}
	r.Header.Set("Authorization", "Bearer "+c.Token.Reveal())
	response, err := c.http.Do(r)
	if err != nil {
		return a, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	d := &connectors.Diagnostic{Origin: connectors.FromUpstream, Status: response.StatusCode, Summary: string(body)}
	switch {
	case response.StatusCode == http.StatusUnauthorized:
		d.Code = connectors.CodeUnauthorized
	case response.StatusCode == http.StatusTooManyRequests:
		d.Code, d.Retryable = connectors.CodeRateLimited, true
		d.RetryAfter, _ = time.ParseDuration(response.Header.Get("Retry-After") + "s")
	case response.StatusCode >= 500:
		d.Code, d.Retryable = connectors.CodeUnavailable, true
	default:
		d.Code = connectors.CodeBadAnswer
		err = errors.Join(err, json.Unmarshal(body, &a))
		if err == nil {
			return a, nil
		}
		d.Summary = err.Error()
	}
	return a, d
}

func path(q fact.Query) string {
	var p shopParams
	if err := connectors.DecodeParams(q, &p); err != nil {
		panic(err)
	}
	return p.Path
}

func (c *counter) Check(ctx context.Context) error {
	_, err := c.get(ctx, "/check")
	return err
}

func (c *counter) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	a, err := c.get(ctx, path(q))
	if err != nil {
		return fact.Result{}, err
	}
	return fact.AnswerNumber(q, time.Now(), a.Count), nil
}

func (c *counter) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	for {
		a, err := c.get(ctx, path(q)+"?page="+cursor)
		if err != nil {
			return connectors.Listed{}, err
		}
		page := connectors.Page{Cursor: a.Next}
		for _, id := range a.Items {
			page.WorkItems = append(page.WorkItems, fact.WorkItem{ID: id, Title: id})
		}
		if err := yield(page); err != nil {
			return connectors.Listed{}, err
		}
		if cursor = a.Next; cursor == "" {
			return connectors.Listed{Complete: true, ObservedAt: time.Now(), Source: "the shop"}, nil
		}
	}
}

func (c *counter) Close() error { return nil }

// system is an outside system whose paths do what the test says, and counts their calls.
type system struct {
	*httptest.Server
	mu    sync.Mutex
	calls map[string]int
}

func serve(t *testing.T, paths map[string]http.HandlerFunc) *system {
	t.Helper()
	s := &system{calls: map[string]int{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.calls[r.URL.Path]++
		s.mu.Unlock()
		if handle := paths[r.URL.Path]; handle != nil {
			handle(w, r)
			return
		}
		_, _ = fmt.Fprint(w, `{"count": 7}`)
	}))
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func (s *system) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[path]
}

// says answers with a status and a body.
func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body)
	}
}

func number(path string) fact.Query {
	return fact.NewQuery("shop", "count", fact.Number(value.Count)).With("path", path)
}

func items(path string) fact.Query {
	return fact.NewQuery("shop", "items", fact.WorkItems()).With("path", path)
}

// at returns the query asked of another instance.
func at(name string, q fact.Query) fact.Query {
	q.Connector = name
	return q
}

// child is a config with the shop in a process of its own.
func child(s *system) connectors.Config {
	return connectors.Config{Connectors: []connectors.Launch{{Self: "shop", Settings: shopConfig{Site: s.URL}, Env: hosttest.Env}}}
}

// inProcess moves the shop of the config into this process.
func inProcess(c connectors.Config) {
	l := &c.Connectors[0]
	l.Self, l.Env, l.InProcess = "", nil, shop{}
}

// start opens a fleet that leaves no file behind.
func start(t *testing.T, c connectors.Config) *connectors.Fleet {
	t.Helper()
	hosttest.Private(t)
	f, err := connectors.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

// one asks one query.
func one(t *testing.T, f *connectors.Fleet, q fact.Query) fact.Result {
	t.Helper()
	r, n := f.Collect(t.Context(), []fact.Query{q}).Find(q)
	if n != 1 {
		t.Fatalf("%d results for %v", n, q)
	}
	if r.CollectedAt.IsZero() {
		t.Errorf("%v: not said when it was collected", q)
	}
	return r
}

func failed(t *testing.T, r fact.Result, code, message string) {
	t.Helper()
	if r.Failure.Code != code || !strings.Contains(r.Failure.Message, message) || strings.Contains(r.Failure.Message, "\n") {
		t.Errorf("%v: %+v, want %q with %q", r.Query, r.Failure, code, message)
	}
}

func answered(t *testing.T, r fact.Result, n float64) {
	t.Helper()
	if r.Failed() || !r.Complete || float64(r.Value.Value) != n || r.Value.Unit != value.Count {
		t.Errorf("%v: %+v, want %v", r.Query, r, n)
	}
}
