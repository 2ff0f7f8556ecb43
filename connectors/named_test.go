package connectors_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// named is a connector that calls itself what a file says, and does not start without it.
type named struct {
	connectorv1.UnimplementedConnectorServer
	name string
}

func serveNamed() {
	name, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "no name")
		os.Exit(3)
	}
	plugin.Serve(&plugin.ServeConfig{HandshakeConfig: handshake.Config(), VersionedPlugins: handshake.Plugins(&named{name: string(name)}),
		GRPCServer: plugin.DefaultGRPCServer, Logger: hclog.NewNullLogger()})
}

func (n *named) Describe(context.Context, *connectorv1.DescribeRequest) (*connectorv1.DescribeResponse, error) {
	return &connectorv1.DescribeResponse{Name: n.name}, nil
}

func (*named) Configure(context.Context, *connectorv1.ConfigureRequest) (*connectorv1.ConfigureResponse, error) {
	return &connectorv1.ConfigureResponse{}, nil
}

func (*named) Measure(_ context.Context, r *connectorv1.MeasureRequest) (*connectorv1.MeasureResponse, error) {
	if r.GetQueries()[0].GetKind() == "exit" {
		os.Exit(7)
	}
	seven := 7.0
	return &connectorv1.MeasureResponse{Measurements: []*connectorv1.Measurement{
		{Complete: true, ObservedAt: timestamppb.Now(), Unit: "{count}", Value: &seven}}}, nil
}

func (*named) List(_ *connectorv1.ListRequest, s grpc.ServerStreamingServer[connectorv1.ListResponse]) error {
	item := &connectorv1.Item{Item: &connectorv1.Item_WorkItem{WorkItem: &connectorv1.WorkItem{Id: "1"}}}
	return s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Batch{Batch: &connectorv1.Batch{Items: []*connectorv1.Item{item}, Cursor: "a"}}})
}

// program is a launch of a connector without a name in the config, whose
// program file has the given one, and a function that gives it another.
func program(t *testing.T, file string) (connectors.Launch, func(own string)) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a symbolic link")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TEST_NAMED", "yes")
	dir := t.TempDir()
	path, name := filepath.Join(dir, file), filepath.Join(dir, "name")
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return connectors.Launch{Command: []string{path, name}, Unpinned: true, Env: []string{"TEST_NAMED"}}, func(own string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(own), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func of(connector, kind string) fact.Query {
	return fact.NewQuery(connector, kind, fact.Number(value.Count))
}

func works(t *testing.T, f *connectors.Fleet, connector string) {
	t.Helper()
	if r := one(t, f, of(connector, "count")); r.Failed() {
		t.Errorf("%s: %+v", connector, r.Failure)
	}
}

// A connector that was up under a name does not come back under another.
func TestRenamed(t *testing.T) {
	launch, call := program(t, "alpha")
	call("jira")
	f := start(t, connectors.Config{Connectors: []connectors.Launch{launch}})
	works(t, f, "jira")
	call("vault")
	failed(t, one(t, f, of("jira", "exit")), connectors.CodeDown, `it was the connector "jira" and says now that it is "vault"`)
	failed(t, one(t, f, of("vault", "count")), connectors.CodeUnknownConnector, "")
	if st := f.Status()[0]; st.Name != "jira" || st.State != connectors.Down || !strings.Contains(st.LastError, "says now") {
		t.Errorf("status %+v", st)
	}
	call("jira")
	works(t, f, "jira")
}

// One that comes up late is found under the name that it turns out to have, if nobody else has it.
func TestNamedLate(t *testing.T) {
	late, callLate := program(t, "alpha")
	first, callFirst := program(t, "beta")
	callFirst("jira")
	f := start(t, connectors.Config{Connectors: []connectors.Launch{late, first}})
	works(t, f, "jira")
	callLate("jira")
	failed(t, one(t, f, of("alpha", "count")), connectors.CodeInvalidConfig, `"jira" is also the name of connectors[1]`)
	works(t, f, "jira")
	if st := f.Status(); st[0].State != connectors.Down || st[1].Starts != 1 {
		t.Errorf("status %+v", st)
	}
	callLate("vault")
	works(t, f, "vault")
	failed(t, one(t, f, of("alpha", "count")), connectors.CodeUnknownConnector, "")
}

// List looks for a name as Collect does.
func TestListNamedLate(t *testing.T) {
	launch, call := program(t, "alpha")
	f := start(t, connectors.Config{Connectors: []connectors.Launch{launch}})
	call("vault")
	for page, err := range f.List(t.Context(), fact.NewQuery("vault", "endless", fact.WorkItems())) {
		if err != nil || page.Len() != 1 {
			t.Errorf("%+v, %v", page, err)
		}
		break
	}
}

// curious asks for the fleet's status with each line of the log.
type curious struct {
	slog.Handler
	fleet *atomic.Pointer[connectors.Fleet]
	lines *atomic.Int32
}

func (c curious) Handle(ctx context.Context, r slog.Record) error {
	if f := c.fleet.Load(); f != nil {
		f.Status()
		c.lines.Add(1)
	}
	return c.Handler.Handle(ctx, r)
}

func (c curious) WithAttrs([]slog.Attr) slog.Handler { return c }

func TestLoggingAsksForTheStatus(t *testing.T) {
	launch, call := program(t, "alpha")
	call("jira")
	log := curious{slog.NewTextHandler(&hosttest.Book{}, nil), &atomic.Pointer[connectors.Fleet]{}, &atomic.Int32{}}
	f := start(t, connectors.Config{Connectors: []connectors.Launch{launch}, Logger: slog.New(log)})
	log.fleet.Store(f)
	done := make(chan fact.Result, 1)
	go func() { done <- f.Collect(t.Context(), []fact.Query{of("jira", "exit")}).Results[0] }()
	select {
	case r := <-done:
		failed(t, r, connectors.CodeDown, "exit status 7")
	case <-time.After(20 * time.Second):
		t.Fatal("the fleet waits for its own log")
	}
	if log.lines.Load() == 0 {
		t.Error("nothing was logged")
	}
}

// A fast clock is forgiven for a while; what comes from farther off is no answer.
func TestObservedInTheFuture(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/list": says(200, `{"items": ["A-1"]}`)})
	for behind, bad := range map[time.Duration]bool{0: false, time.Minute: false, 3 * time.Minute: true} {
		c := child(s)
		inProcess(c)
		c.Now = func() time.Time { return time.Now().Add(-behind) }
		f := start(t, c)
		for _, q := range []fact.Query{number("/x"), items("/list")} {
			r := one(t, f, q)
			if bad {
				failed(t, r, connectors.CodeBadAnswer, "observed in the future")
			} else if r.Failed() || !r.Complete || r.ObservedAt.After(r.CollectedAt) {
				t.Errorf("%v behind: %+v", behind, r)
			}
		}
		f.Close()
	}
}

// An item that comes twice says that the list moved while it was read.
func TestTwiceInAList(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/list": says(200, `{"items": ["A-1", "A-2", "A-1"]}`)})
	f := start(t, child(s))
	if r := one(t, f, items("/list")); r.Failed() || r.Complete || r.Len() != 2 || r.WorkItems[1].ID != "A-2" {
		t.Errorf("%+v", r)
	}
}

func TestOpenCanceled(t *testing.T) {
	hosttest.Private(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	good := connectors.Launch{InProcess: shop{}, Settings: shopConfig{Site: "x"}}
	pinned := connectors.Launch{Name: "pinned", Command: []string{self}, Pin: strings.Repeat("00", 32)}
	for want, launch := range map[string]connectors.Launch{"context canceled": good, "connectors[0].pin: the program's checksum": pinned} {
		f, err := connectors.Open(ctx, connectors.Config{Connectors: []connectors.Launch{launch}})
		if f != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, %v, want %q", f, err, want)
		}
		if launch.InProcess != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}
