package connectors_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/proto"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/release/fact"
)

const secretText = "hunter2+hunter2"

// script is a connector of functions; those that are not set answer nothing.
type script struct {
	open    func(context.Context, connectors.Settings) error
	check   func(context.Context) error
	measure func(context.Context, fact.Query) (fact.Result, error)
	list    func(context.Context, string, func(connectors.Page) error) (connectors.Listed, error)
	close   func() error
}

func (*script) Describe() connectors.Description {
	return connectors.Description{Name: "script", Version: "1.0.0", Kinds: []connectors.Kind{
		{Name: "count", Shapes: []fact.Shape{fact.NumberShape}, Params: struct {
			Of string `json:"of,omitzero"`
		}{}},
		{Name: "items", Shapes: []fact.Shape{fact.WorkItemShape}},
	}}
}

func (s *script) Open(ctx context.Context, settings connectors.Settings) (connectors.Instance, error) {
	if s.open != nil {
		return s, s.open(ctx, settings)
	}
	return s, nil
}

func (s *script) Check(ctx context.Context) error { return s.check(ctx) }

func (s *script) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	return s.measure(ctx, q)
}

func (s *script) List(ctx context.Context, _ fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	return s.list(ctx, cursor, yield)
}

func (s *script) Close() error {
	if s.close != nil {
		return s.close()
	}
	return nil
}

// dial serves the connector in memory.
func dial(t *testing.T, c connectors.Connector) (connectorv1.ConnectorClient, *buffer) {
	t.Helper()
	t.Cleanup(func() { goleak.VerifyNone(t) })
	logs, server, listener := &buffer{}, grpc.NewServer(), bufconn.Listen(1<<20)
	if err := connectors.Register(server, c, logs); err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	conn, err := grpc.NewClient("passthrough:///memory", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		server.Stop()
		if err := <-served; err != nil && !errors.Is(err, grpc.ErrServerStopped) {
			t.Error(err)
		}
	})
	return connectorv1.NewConnectorClient(conn), logs
}

// open dials and opens the instance "i" with one secret.
func open(t *testing.T, s *script) (connectorv1.ConnectorClient, *buffer) {
	t.Helper()
	client, logs := dial(t, s)
	answer, err := client.Configure(t.Context(), &connectorv1.ConfigureRequest{Instance: "i", Secrets: map[string]string{"token": secretText}})
	if err != nil || len(answer.GetDiagnostics()) > 0 {
		t.Fatalf("Configure: %v, %v", answer, err)
	}
	return client, logs
}

func count(n int) *connectorv1.MeasureRequest {
	r := &connectorv1.MeasureRequest{Instance: "i"}
	for i := range n {
		r.Queries = append(r.Queries, &connectorv1.Query{Kind: "count", Shape: connectorv1.Shape_SHAPE_NUMBER, Unit: "{count}",
			Params: fmt.Sprintf(`{"of":"%d"}`, i)})
	}
	return r
}

func answer(_ context.Context, q fact.Query) (fact.Result, error) {
	return fact.AnswerNumber(q, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), 7), nil
}

func TestRefusedQueries(t *testing.T) {
	client, _ := open(t, &script{measure: answer})
	for name, tc := range map[string]struct {
		query *connectorv1.Query
		code  string
		path  string
	}{
		"unknown kind":  {&connectorv1.Query{Kind: "x", Shape: connectorv1.Shape_SHAPE_NUMBER}, connectors.CodeUnknownKind, "kind"},
		"other shape":   {&connectorv1.Query{Kind: "count", Shape: connectorv1.Shape_SHAPE_SERIES}, connectors.CodeInvalidQuery, "shape"},
		"a list":        {&connectorv1.Query{Kind: "items", Shape: connectorv1.Shape_SHAPE_WORK_ITEMS}, connectors.CodeInvalidQuery, "shape"},
		"no such field": {&connectorv1.Query{Kind: "count", Shape: connectorv1.Shape_SHAPE_NUMBER, Params: `{"off":"x"}`}, connectors.CodeInvalidQuery, "off"},
		"no object":     {&connectorv1.Query{Kind: "count", Shape: connectorv1.Shape_SHAPE_NUMBER, Params: `[`}, connectors.CodeInvalidQuery, ""},
		"unknown unit":  {&connectorv1.Query{Kind: "count", Shape: connectorv1.Shape_SHAPE_NUMBER, Unit: "furlong"}, connectors.CodeInvalidQuery, ""},
	} {
		got, err := client.Measure(t.Context(), &connectorv1.MeasureRequest{Instance: "i", Queries: []*connectorv1.Query{tc.query}})
		if err != nil {
			t.Fatal(err)
		}
		f := got.GetMeasurements()[0].GetFailure()
		if f.GetCode() != tc.code || f.GetPath() != tc.path || f.GetOrigin() != connectorv1.Origin_ORIGIN_CONFIG {
			t.Errorf("%s: %v, want %s at %q", name, f, tc.code, tc.path)
		}
	}
}

func TestEachQueryOnItsOwn(t *testing.T) {
	var mu sync.Mutex
	running, most := 0, 0
	eight := make(chan struct{})
	client, logs := open(t, &script{measure: func(ctx context.Context, q fact.Query) (fact.Result, error) {
		mu.Lock()
		if running++; running > most {
			if most = running; most == 8 {
				close(eight)
			}
		}
		mu.Unlock()
		defer func() { mu.Lock(); running--; mu.Unlock() }()
		<-eight // all eight slots are used
		switch of, _ := q.Params.Get("of"); of {
		case "1":
			panic("lost " + secretText)
		case "2":
			return fact.Result{}, fmt.Errorf("no %s and\nno %s", secretText, base64.StdEncoding.EncodeToString([]byte("me:"+secretText)))
		case "3":
			return fact.Result{}, &connectors.Diagnostic{Code: connectors.CodeRateLimited, Summary: "slow", Origin: connectors.FromUpstream,
				Retryable: true, RetryAfter: time.Minute, Status: 429, RequestID: "r1"}
		case "4":
			return fact.AnswerFailure(q, time.Time{}, "gone", "it is"), nil
		case "5":
			r, err := answer(ctx, q)
			r.Source = "bad \xff"
			return r, err
		}
		return answer(ctx, q)
	}})
	got, err := client.Measure(t.Context(), count(20))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, m := range got.GetMeasurements()[:7] {
		codes = append(codes, m.GetFailure().GetCode())
	}
	if diff := cmp.Diff([]string{"", "internal", "internal", "rate-limited", "gone", "bad-answer", ""}, codes); diff != "" {
		t.Error(diff)
	}
	if s := got.GetMeasurements()[2].GetFailure().GetSummary(); strings.Contains(s, "hunter2") || strings.Contains(s, "\n") || !strings.HasPrefix(s, "no [redacted] and no ") {
		t.Errorf("summary %q", s)
	}
	if f := got.GetMeasurements()[3].GetFailure(); f.GetRetryAfter().AsDuration() != time.Minute || f.GetUpstreamStatus() != 429 || !f.GetRetryable() || f.GetUpstreamRequestId() != "r1" {
		t.Errorf("diagnostic %v", f)
	}
	if got.GetMeasurements()[0].GetValue() != 7 || most != 8 {
		t.Errorf("value %v, %d at once", got.GetMeasurements()[0], most)
	}
	if s := logs.String(); strings.Contains(s, "hunter2") || !strings.Contains(s, `"instance":"i"`) || !strings.Contains(s, "lost [redacted]") {
		t.Errorf("logs %s", s)
	}
}

func TestTooManyQueries(t *testing.T) {
	client, _ := open(t, &script{measure: answer})
	got, err := client.Measure(t.Context(), count(101))
	if err != nil || len(got.GetMeasurements()) != 101 || got.GetMeasurements()[0].GetFailure().GetCode() != connectors.CodeInvalidQuery {
		t.Errorf("%v, %v", got, err)
	}
}

// A connector that ignores its context costs its own answer only.
func TestDeadlineInTheAnswer(t *testing.T) {
	stuck := make(chan struct{})
	client, _ := open(t, &script{measure: func(ctx context.Context, q fact.Query) (fact.Result, error) {
		if of, _ := q.Params.Get("of"); of == "0" {
			<-stuck
		}
		return answer(ctx, q)
	}})
	t.Cleanup(func() { close(stuck) })
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	got, err := client.Measure(ctx, count(2))
	if err != nil {
		t.Fatal(err)
	}
	if f := got.GetMeasurements()[0].GetFailure(); f.GetCode() != connectors.CodeTimeout || !f.GetRetryable() || got.GetMeasurements()[1].GetValue() != 7 {
		t.Errorf("%v", got)
	}
}

func TestReleaseCancelsThenCloses(t *testing.T) {
	entered, closed := make(chan struct{}), make(chan struct{})
	client, _ := open(t, &script{
		check: func(ctx context.Context) error {
			close(entered)
			<-ctx.Done()
			select {
			case <-closed:
				return errors.New("closed in the middle of a call")
			default:
				return ctx.Err()
			}
		},
		close: func() error { close(closed); panic("clumsy") },
	})
	checked := make(chan *connectorv1.CheckResponse, 1)
	go func() {
		got, _ := client.Check(t.Context(), &connectorv1.CheckRequest{Instance: "i"})
		checked <- got
	}()
	<-entered
	for range 2 { // releasing what is not there is not an error
		if _, err := client.Release(t.Context(), &connectorv1.ReleaseRequest{Instance: "i"}); err != nil {
			t.Fatal(err)
		}
	}
	<-closed
	if got := <-checked; got.GetDiagnostics()[0].GetCode() != connectors.CodeCanceled {
		t.Errorf("%v", got)
	}
	got, err := client.Check(t.Context(), &connectorv1.CheckRequest{Instance: "i"})
	if err != nil || got.GetDiagnostics()[0].GetCode() != connectors.CodeNotFound {
		t.Errorf("%v, %v", got, err)
	}
}

func TestConfigure(t *testing.T) {
	closed := 0
	s := &script{close: func() error { closed++; return nil }}
	client, _ := dial(t, s)
	configure := func(id string) string {
		got, err := client.Configure(t.Context(), &connectorv1.ConfigureRequest{Instance: id, Secrets: map[string]string{"token": secretText}})
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, d := range got.GetDiagnostics() {
			codes = append(codes, d.GetCode()+" "+d.GetPath()+" "+d.GetSummary())
		}
		return strings.Join(codes, "; ")
	}
	s.open = func(_ context.Context, settings connectors.Settings) error {
		return errors.Join(&connectors.Diagnostic{Code: "a", Path: "x", Summary: settings.Secrets["token"].Reveal()}, errors.New("b"))
	}
	for range 2 { // a failed instance leaves its place free
		if got, want := configure("i"), "a x [redacted]; internal  b"; got != want {
			t.Errorf("Configure: %s, want %s", got, want)
		}
	}
	s.open = func(context.Context, connectors.Settings) error { panic("no") }
	if got, want := configure("i"), "internal  the connector panicked: no"; got != want {
		t.Errorf("Configure: %s, want %s", got, want)
	}
	s.open = nil
	for id, want := range map[string]string{"i": "", "": "invalid-config instance the instance has no name"} {
		if got := configure(id); got != want {
			t.Errorf("Configure(%q): %s, want %s", id, got, want)
		}
	}
	if got, want := configure("i"), "invalid-config instance the instance is open already"; got != want {
		t.Errorf("Configure twice: %s, want %s", got, want)
	}
	if closed != 0 {
		t.Errorf("%d closed, though none was opened and released", closed)
	}
}

func TestDescriptionIsChecked(t *testing.T) {
	for want, d := range map[string]connectors.Description{
		`name "Jira"`:                {Name: "Jira", Version: "1"},
		"no version":                 {Name: "jira"},
		"has no shape":               {Name: "jira", Version: "1", Kinds: []connectors.Kind{{Name: "x"}}},
		"name of its own":            {Name: "jira", Version: "1", Kinds: []connectors.Kind{{Name: "x", Shapes: []fact.Shape{1}}, {Name: "x", Shapes: []fact.Shape{1}}}},
		"lets nothing":               {Name: "jira", Version: "1", RateLimits: []connectors.RateLimit{{Name: "r", PerSecond: 0, Burst: 1}}},
		`no kind "y"`:                {Name: "jira", Version: "1", RateLimits: []connectors.RateLimit{{Name: "r", PerSecond: 1, Burst: 1, Kinds: []string{"y"}}}},
		`rate limit "r" has no name`: {Name: "jira", Version: "1", RateLimits: []connectors.RateLimit{{Name: "r", PerSecond: 1, Burst: 1}, {Name: "r", PerSecond: 1, Burst: 1}}},
		`rate limit "" has no name`:  {Name: "jira", Version: "1", RateLimits: []connectors.RateLimit{{PerSecond: 1, Burst: 1}}},
		"needs a struct":             {Name: "jira", Version: "1", Config: 1},
		"the contract has":           {Name: "jira", Version: "1", Kinds: []connectors.Kind{{Name: "x", Shapes: []fact.Shape{99}}}},
	} {
		if err := connectors.Register(grpc.NewServer(), described{d: d}, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

type described struct {
	connectors.Connector
	d connectors.Description
}

func (d described) Describe() connectors.Description { return d.d }

func TestDescribe(t *testing.T) {
	client, _ := dial(t, &script{})
	got, err := client.Describe(t.Context(), &connectorv1.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := client.Describe(t.Context(), &connectorv1.DescribeRequest{})
	if err != nil || !proto.Equal(got, again) || got.GetName() != "script" || len(got.GetKinds()) != 2 {
		t.Errorf("%v, then %v, %v", got, again, err)
	}
}

type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
