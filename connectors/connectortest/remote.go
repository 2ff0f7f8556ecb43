package connectortest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync/atomic"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Remote returns c as it is across gRPC, on a connection in memory that ends
// with the test. The connector's logs go to logs; nil drops them.
func Remote(t testing.TB, c connectors.Connector, logs io.Writer) connectors.Connector {
	t.Helper()
	return across(t, c, logs)
}

func across(t desk, c connectors.Connector, logs io.Writer) *remote {
	t.Helper()
	if logs == nil {
		logs = io.Discard
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(handshake.MaxMessage), grpc.MaxSendMsgSize(handshake.MaxMessage))
	if err := connectors.Register(server, c, logs); err != nil {
		t.Fatalf("%v", err)
	}
	listener := bufconn.Listen(1 << 20)
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // ends with Stop
	}()
	conn, err := grpc.NewClient("passthrough:///memory", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(handshake.MaxMessage)),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		server.Stop()
		<-served
	})
	return &remote{client: connectorv1.NewConnectorClient(conn), local: c}
}

type remote struct {
	client connectorv1.ConnectorClient
	local  connectors.Connector // for its description's Go types; nil: only the wire knows it
	opened atomic.Int64
}

// Describe implements [connectors.Connector]. What only the wire knows has no Go types.
func (r *remote) Describe() connectors.Description {
	if r.local != nil {
		return r.local.Describe()
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	m, err := r.client.Describe(ctx, &connectorv1.DescribeRequest{})
	if err != nil {
		return connectors.Description{}
	}
	d := connectors.Description{Name: m.GetName(), Version: m.GetVersion(), Summary: m.GetSummary()}
	for _, k := range m.GetKinds() {
		kind := connectors.Kind{Name: k.GetName(), Summary: k.GetSummary()}
		for _, shape := range k.GetShapes() {
			kind.Shapes = append(kind.Shapes, wire.DecodeShape(shape))
		}
		d.Kinds = append(d.Kinds, kind)
	}
	return d
}

// Open implements [connectors.Connector].
func (r *remote) Open(ctx context.Context, s connectors.Settings) (connectors.Instance, error) {
	id := "exam-" + strconv.FormatInt(r.opened.Add(1), 10)
	secrets := map[string]string{}
	for name, secret := range s.Secrets {
		secrets[name] = secret.Reveal()
	}
	answer, err := r.client.Configure(ctx, &connectorv1.ConfigureRequest{Instance: id, Config: string(s.JSON), Secrets: secrets})
	if err != nil {
		return nil, err
	}
	if err := join(answer.GetDiagnostics()); err != nil {
		return nil, err
	}
	return &remoteInstance{r, id}, nil
}

type remoteInstance struct {
	*remote
	id string
}

// Check implements [connectors.Instance].
func (r *remoteInstance) Check(ctx context.Context) error {
	answer, err := r.client.Check(ctx, &connectorv1.CheckRequest{Instance: r.id})
	if err != nil {
		return err
	}
	return join(answer.GetDiagnostics())
}

// Measure implements [connectors.Instance].
func (r *remoteInstance) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	m, err := wire.EncodeQuery(q)
	if err != nil {
		return fact.Result{}, err
	}
	answer, err := r.client.Measure(ctx, &connectorv1.MeasureRequest{Instance: r.id, Queries: []*connectorv1.Query{m}})
	if err != nil {
		return fact.Result{}, err
	}
	if n := len(answer.GetMeasurements()); n != 1 {
		return fact.Result{}, fmt.Errorf("%d answers to one query", n)
	}
	one := answer.GetMeasurements()[0]
	if one.GetFailure() != nil {
		return fact.Result{}, diagnostic(one.GetFailure())
	}
	return wire.DecodeMeasurement(one, q, nil)
}

// List implements [connectors.Instance].
func (r *remoteInstance) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	m, err := wire.EncodeQuery(q)
	if err != nil {
		return connectors.Listed{}, err
	}
	stream, err := r.client.List(ctx, &connectorv1.ListRequest{Instance: r.id, Query: m, Cursor: cursor})
	if err != nil {
		return connectors.Listed{}, err
	}
	for {
		event, err := stream.Recv()
		if err != nil {
			return connectors.Listed{}, fmt.Errorf("list without Done: %w", err)
		}
		if done := event.GetDone(); done != nil {
			return ended(done, q)
		}
		if err := deliver(event, q, yield); err != nil {
			return connectors.Listed{}, err
		}
	}
}

func deliver(event *connectorv1.ListResponse, q fact.Query, yield func(connectors.Page) error) error {
	if progress := event.GetProgress(); progress != nil {
		return yield(connectors.Page{Waiting: wire.Waited(progress.GetWaiting())})
	}
	var items wire.Items
	if err := items.Decode(event.GetBatch().GetItems(), q.Yields.Shape, nil); err != nil {
		return err
	}
	return yield(connectors.Page{WorkItems: items.WorkItems, Incidents: items.Incidents, Duties: items.Duties,
		Approvals: items.Approvals, Deployments: items.Deployments, States: items.States, Cursor: event.GetBatch().GetCursor()})
}

func ended(done *connectorv1.Done, q fact.Query) (connectors.Listed, error) {
	if done.GetFailure() != nil {
		return connectors.Listed{}, diagnostic(done.GetFailure())
	}
	end, err := wire.DecodeEnd(done, q, nil)
	return connectors.Listed{Complete: end.Complete, ObservedAt: end.ObservedAt, Source: end.Source, Link: end.Link}, err
}

// Close implements [connectors.Instance].
func (r *remoteInstance) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := r.client.Release(ctx, &connectorv1.ReleaseRequest{Instance: r.id})
	return err
}

func join(list []*connectorv1.Diagnostic) error {
	var all []error
	for _, m := range list {
		all = append(all, diagnostic(m))
	}
	return errors.Join(all...)
}

func diagnostic(m *connectorv1.Diagnostic) error {
	return &connectors.Diagnostic{Code: m.GetCode(), Summary: m.GetSummary(), Detail: m.GetDetail(), Path: m.GetPath(),
		Origin: connectors.Origin(m.GetOrigin()), Retryable: m.GetRetryable(), RetryAfter: wire.Waited(m.GetRetryAfter()),
		Status: int(m.GetUpstreamStatus()), RequestID: m.GetUpstreamRequestId()}
}
