package wire_test

import (
	"context"
	"errors"
	"io"
	"net"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/bench/peerpb"
	"github.com/tidegate-go/tidegate/internal/bench/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

// TestUnaryAlike holds both sides to the same bytes: the connector's SDK
// understands what the peer is asked and answers what the peer answers.
func TestUnaryAlike(t *testing.T) {
	ours, peer, seen := servers(t)
	q := wire.Number("")
	request := wire.MeasureRequest(q)
	var got, want peerpb.MeasureResponse
	invoke(t, ours, "/tidegate.connector.v1.Connector/Measure", request, &got)
	invoke(t, peer, peerpb.Peer_Measure_FullMethodName, request, &want)
	if diff := cmp.Diff(&want, &got, protocmp.Transform()); diff != "" {
		t.Errorf("answers differ (-peer +ours):\n%s", diff)
	}
	if *seen != q {
		t.Errorf("the connector is asked %v, want %v", *seen, q)
	}
	for what, m := range map[string]proto.Message{"request": request, "answer": &got} {
		if n := proto.Size(m); n != wire.Payload {
			t.Errorf("the %s has %d bytes, want %d", what, n, wire.Payload)
		}
	}
}

// TestListAlike reads both lists with the peer's messages: the same batches in
// the same order, and items of the size that the target speaks of.
func TestListAlike(t *testing.T) {
	const items = 1042
	ours, peer, seen := servers(t)
	q := wire.List(items)
	got := events(t, ours, "/tidegate.connector.v1.Connector/List", q)
	want := events(t, peer, peerpb.Peer_List_FullMethodName, q)
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("lists differ (-peer +ours):\n%s", diff)
	}
	if *seen != q {
		t.Errorf("the connector is asked %v, want %v", *seen, q)
	}
	n := 0
	for _, event := range got {
		for _, item := range event.GetBatch().GetItems() {
			n++
			if size := proto.Size(item.GetWorkItem()); size < 480 || size > 500 {
				t.Fatalf("an item has %d bytes, want about 490", size)
			}
		}
	}
	if n != items {
		t.Errorf("%d items, want %d", n, items)
	}
}

// servers serve the connector, configured, and the peer, without processes.
func servers(t *testing.T) (ours, peer *grpc.ClientConn, seen *fact.Query) {
	t.Helper()
	s := grpc.NewServer()
	seen = new(fact.Query)
	if err := connectors.Register(s, recorder{seen: seen}, io.Discard); err != nil {
		t.Fatal(err)
	}
	ours = dial(t, s)
	configure, err := wire.Message("ConfigureRequest", `{"instance": "bench", "config": "{}", "secrets": {"token": "s3cret-of-the-test"}}`)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := wire.Message("ConfigureResponse", `{}`)
	if err != nil {
		t.Fatal(err)
	}
	invoke(t, ours, "/tidegate.connector.v1.Connector/Configure", configure, answer)
	if n := proto.Size(answer); n != 0 {
		t.Fatalf("not configured: %v", answer)
	}
	s = grpc.NewServer()
	peerpb.RegisterPeerServer(s, wire.Peer{})
	return ours, dial(t, s), seen
}

// recorder is the benchmark's connector and remembers what it was asked.
type recorder struct {
	wire.Connector
	connectors.Instance
	seen *fact.Query
}

func (r recorder) Open(ctx context.Context, s connectors.Settings) (connectors.Instance, error) {
	instance, err := r.Connector.Open(ctx, s)
	return recorder{Instance: instance, seen: r.seen}, err
}

func (r recorder) Measure(ctx context.Context, q fact.Query) (fact.Result, error) {
	*r.seen = q
	return r.Instance.Measure(ctx, q)
}

func (r recorder) List(ctx context.Context, q fact.Query, cursor string, yield func(connectors.Page) error) (connectors.Listed, error) {
	*r.seen = q
	return r.Instance.List(ctx, q, cursor, yield)
}

func invoke(t *testing.T, conn *grpc.ClientConn, method string, request, answer proto.Message) {
	t.Helper()
	if err := conn.Invoke(t.Context(), method, request, answer); err != nil {
		t.Fatal(err)
	}
}

func events(t *testing.T, conn *grpc.ClientConn, method string, q fact.Query) []*peerpb.ListResponse {
	t.Helper()
	stream, err := conn.NewStream(t.Context(), &grpc.StreamDesc{ServerStreams: true}, method)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(stream.SendMsg(wire.ListRequest(q)), stream.CloseSend()); err != nil {
		t.Fatal(err)
	}
	var all []*peerpb.ListResponse
	for {
		event := &peerpb.ListResponse{}
		if err := stream.RecvMsg(event); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, event)
	}
}

func dial(t *testing.T, s *grpc.Server) *grpc.ClientConn {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(listener) }()
	t.Cleanup(s.Stop)
	conn, err := grpc.NewClient("unix:"+socket, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}
