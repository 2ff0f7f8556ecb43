package connectortest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/parent"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// site is a connector that asks an outside system over HTTP. It has the fault
// that is named like the case that has to find it.
type site struct {
	fault  string
	token  string
	client *upstream.Client
	asked  float64
}

type siteConfig struct {
	URL   string            `json:"url"`
	Token connectors.Secret `json:"token"`
}

func newSite(fault string) connectors.Connector {
	open := func(_ context.Context, c siteConfig) (*site, error) {
		client, err := upstream.New(c.URL, &upstream.Options{Auth: upstream.Bearer(c.Token), Retries: -1})
		if d, ok := errors.AsType[*connectors.Diagnostic](err); ok {
			d.Path = "url"
		}
		return &site{fault: fault, token: c.Token.Reveal(), client: client}, err
	}
	about := connectors.Description{Name: "site", Version: "1.0.0", Summary: "A site."}
	return connectors.Define(about, open,
		connectors.Measures("count", "A number.", (*site).count),
		connectors.Measures("boom", "A panic.", func(*site, context.Context, struct{}, fact.Query) (fact.Result, error) { panic("boom") }),
		connectors.Lists("items", "Items.", fact.WorkItemShape, (*site).items),
		connectors.Lists("loop", "A circle.", fact.WorkItemShape, (*site).loop),
	)
}

func (s *site) Close() error {
	s.client.Close()
	return nil
}

func (s *site) Check(context.Context) error {
	switch s.fault {
	case "good-settings":
		return errors.New("the key is wrong")
	case "secrets":
		_, _ = fmt.Fprintln(errOutput, "the token is", s.token)
	case "log-format":
		_, _ = fmt.Fprintln(errOutput, `{"text": "no level and no message"}`)
	}
	return nil
}

// get asks for a path, with the faults of those who ask.
func (s *site) get(ctx context.Context, path string, into any) error {
	if s.fault == "cancel" || s.fault == "deadline" {
		ctx = context.WithoutCancel(ctx)
	}
	_, err := s.client.Do(ctx, upstream.Get(path), into)
	d, _ := errors.AsType[*connectors.Diagnostic](err)
	switch {
	case d == nil:
	case s.fault == "rate-limited" && d.Code == connectors.CodeRateLimited:
		d.RetryAfter = 0
	case s.fault == "garbage" && d.Code == connectors.CodeBadAnswer:
		return nil
	}
	return err
}

func (s *site) count(ctx context.Context, _ struct{}, q fact.Query) (fact.Result, error) {
	var said struct{ Count float64 }
	if err := s.get(ctx, "/count", &said); err != nil {
		return fact.Result{}, err
	}
	if s.fault == "measure-twice" {
		s.asked++
	}
	return fact.AnswerNumber(q, at, said.Count+s.asked), nil
}

func (s *site) items(ctx context.Context, _ struct{}, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	from, _ := strconv.Atoi(cursor) // 0 is the first page
	var said struct{ Items []string }
	if err := s.get(ctx, "/items/"+strconv.Itoa(from), &said); err != nil {
		return page, l, err
	}
	for _, id := range said.Items {
		page.WorkItems = append(page.WorkItems, fact.WorkItem{ID: id, Updated: at})
	}
	if from < sitePages-1 {
		page.Cursor = strconv.Itoa(from + 1)
	}
	return page, connectors.Listed{Complete: s.fault != "list-complete", ObservedAt: at}, nil
}

const sitePages = 4

func (s *site) loop(_ context.Context, _ struct{}, cursor string) (connectors.Page, connectors.Listed, error) {
	page := connectors.Page{WorkItems: []fact.WorkItem{{ID: "again"}}, Cursor: "0"}
	if s.fault == "cursor-loop" && cursor != "" {
		page.Cursor = ""
	}
	return page, connectors.Listed{Complete: true}, nil
}

// errOutput is the real one: go-plugin puts a pipe in its place.
var errOutput = os.Stderr

// faulty is the main function of a connector's program with one fault; "" has
// none. elsewhere is a directory where nothing of it belongs.
func faulty(fault, elsewhere string) {
	if os.Getenv(handshake.Cookie) != handshake.CookieValue {
		if fault != "uninvited" {
			_, _ = fmt.Fprintln(errOutput, "this program is a connector")
			os.Exit(1)
		}
		os.Exit(0)
	}
	if fault == "handshake" {
		_ = os.Setenv("TMPDIR", elsewhere)
		_ = os.Unsetenv("PLUGIN_UNIX_SOCKET_DIR")
	}
	var sdk captured
	if err := connectors.Register(&sdk, newSite(fault), errOutput); err != nil {
		panic(err)
	}
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: handshake.Config(), VersionedPlugins: handshake.Plugins(&faultyServer{ConnectorServer: sdk.server, fault: fault}),
		Logger: hclog.New(&hclog.LoggerOptions{Level: hclog.Error, Output: errOutput, JSONFormat: true}),
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			if fault != "message-size" {
				options = append(options, grpc.MaxRecvMsgSize(handshake.MaxMessage))
			}
			server := grpc.NewServer(options...)
			if fault != "orphan" {
				parent.Watch(server.Stop)
			}
			return server
		},
	})
	if fault == "shutdown" {
		time.Sleep(10 * time.Second)
	}
}

// captured is the SDK's server without a connection.
type captured struct{ server connectorv1.ConnectorServer }

func (c *captured) RegisterService(_ *grpc.ServiceDesc, server any) {
	c.server, _ = server.(connectorv1.ConnectorServer)
}

// faultyServer is the SDK's server with the faults that the SDK does not let a
// connector have.
type faultyServer struct {
	connectorv1.ConnectorServer

	fault string

	mu      sync.Mutex
	times   int
	cursors []string // what the cursors of this process stand for
}

func (f *faultyServer) Describe(ctx context.Context, r *connectorv1.DescribeRequest) (*connectorv1.DescribeResponse, error) {
	if f.fault == "unknown-fields" && len(r.ProtoReflect().GetUnknown()) > 0 {
		return nil, status.Error(codes.InvalidArgument, "a field that is not known")
	}
	answer, err := f.ConnectorServer.Describe(ctx, r)
	if f.fault == "describe" && err == nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.times++
		answer = &connectorv1.DescribeResponse{Name: answer.GetName(), Version: fmt.Sprint(f.times), ConfigSchema: answer.GetConfigSchema(), Kinds: answer.GetKinds()}
	}
	return answer, err
}

func (f *faultyServer) Configure(ctx context.Context, r *connectorv1.ConfigureRequest) (*connectorv1.ConfigureResponse, error) {
	answer, err := f.ConnectorServer.Configure(ctx, r)
	if f.fault == "bad-settings" {
		for _, d := range answer.GetDiagnostics() {
			d.Path = ""
		}
	}
	return answer, err
}

func (f *faultyServer) Release(ctx context.Context, r *connectorv1.ReleaseRequest) (*connectorv1.ReleaseResponse, error) {
	if f.fault == "close" {
		return &connectorv1.ReleaseResponse{}, nil
	}
	return f.ConnectorServer.Release(ctx, r)
}

func (f *faultyServer) Measure(ctx context.Context, r *connectorv1.MeasureRequest) (*connectorv1.MeasureResponse, error) {
	kind := r.GetQueries()[0].GetKind()
	if f.fault == "panic" && kind == "boom" {
		os.Exit(2)
	}
	if f.fault == "unknown-kind" && kind == "no-such-kind" {
		one := 1.0
		return &connectorv1.MeasureResponse{Measurements: []*connectorv1.Measurement{{Complete: true, Value: &one, Unit: string(value.Ratio)}}}, nil
	}
	return f.ConnectorServer.Measure(ctx, r)
}

func (f *faultyServer) List(r *connectorv1.ListRequest, stream grpc.ServerStreamingServer[connectorv1.ListResponse]) error {
	switch f.fault {
	case "resume":
		r.Cursor = ""
	case "kill": // cursors are positions in the memory of this process
		r.Cursor = f.meaning(r.GetCursor())
		stream = &forgetful{stream, f}
	case "batches":
		defer func() { _ = stream.Send(&connectorv1.ListResponse{}) }() // after Done
	}
	return f.ConnectorServer.List(r, stream)
}

func (f *faultyServer) meaning(token string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n, err := strconv.Atoi(token); err == nil && n < len(f.cursors) {
		return f.cursors[n]
	}
	return ""
}

type forgetful struct {
	grpc.ServerStreamingServer[connectorv1.ListResponse]

	server *faultyServer
}

func (f *forgetful) Send(event *connectorv1.ListResponse) error {
	if b := event.GetBatch(); b.GetCursor() != "" {
		f.server.mu.Lock()
		f.server.cursors = append(f.server.cursors, b.GetCursor())
		b.Cursor = strconv.Itoa(len(f.server.cursors) - 1)
		f.server.mu.Unlock()
	}
	return f.ServerStreamingServer.Send(event)
}
