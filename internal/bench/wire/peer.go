package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/internal/bench/peerpb"
)

// Peer answers like [Connector], as a plain gRPC service.
type Peer struct{ peerpb.UnimplementedPeerServer }

// Measure implements the peer's service.
func (Peer) Measure(_ context.Context, r *peerpb.MeasureRequest) (*peerpb.MeasureResponse, error) {
	answers := make([]*peerpb.Measurement, len(r.GetQueries()))
	for i, q := range r.GetQueries() {
		n := 7.0
		answers[i] = &peerpb.Measurement{Complete: true, ObservedAt: timestamppb.New(now), Unit: q.GetUnit(), Value: &n,
			Source: source, Link: string(answered)}
	}
	return &peerpb.MeasureResponse{Measurements: answers}, nil
}

// List implements the peer's service.
func (Peer) List(r *peerpb.ListRequest, stream grpc.ServerStreamingServer[peerpb.ListResponse]) error {
	items, err := counted(r.GetQuery().GetParams())
	if err != nil {
		return err
	}
	for i := 0; i < items; i += batchSize {
		// The contract's cursors have a number in front: how many items to skip.
		batch := &peerpb.Batch{Cursor: "0@" + cursor(i+batchSize)}
		for j := i; j < min(i+batchSize, items); j++ {
			batch.Items = append(batch.Items, peerItem(j))
		}
		if err := stream.Send(&peerpb.ListResponse{Event: &peerpb.ListResponse_Batch{Batch: batch}}); err != nil {
			return err
		}
	}
	return stream.Send(&peerpb.ListResponse{Event: &peerpb.ListResponse_Done{
		Done: &peerpb.Done{Complete: true, ObservedAt: timestamppb.New(now)}}})
}

// servePeer serves until the standard input ends, with whoever started it.
func servePeer(socket string) error {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	s := grpc.NewServer()
	peerpb.RegisterPeerServer(s, Peer{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // whatever ends it
		s.Stop()
	}()
	fmt.Println("ready")
	return s.Serve(listener)
}

// peer is a running peer, in a process of its own.
type peer struct {
	client peerpb.PeerClient
	conn   *grpc.ClientConn
	cmd    *exec.Cmd
	stdin  io.Closer
	dir    string
}

func startPeer() (_ *peer, err error) {
	p := &peer{}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Close())
		}
	}()
	if p.dir, err = os.MkdirTemp("", "bench-"); err != nil {
		return nil, err
	}
	socket := filepath.Join(p.dir, "peer")
	cmd, err := again(peerPart, socket)
	if err != nil {
		return nil, err
	}
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p.cmd = cmd
	if _, err := fmt.Fscanln(stdout, new(string)); err != nil {
		return nil, fmt.Errorf("the peer does not start: %w", err)
	}
	if p.conn, err = grpc.NewClient("unix:"+socket, grpc.WithTransportCredentials(insecure.NewCredentials())); err != nil {
		return nil, err
	}
	p.client = peerpb.NewPeerClient(p.conn)
	return p, p.ask(context.Background())
}

// ask asks one question of the size of Payload.
func (p *peer) ask(ctx context.Context) error {
	answer, err := p.client.Measure(ctx, MeasureRequest(Number("")))
	if err != nil {
		return err
	}
	return whole(answer)
}

// whole refuses what is not the answer to the unary question.
func whole(answer *peerpb.MeasureResponse) error {
	if m := answer.GetMeasurements(); len(m) != 1 || m[0].GetValue() != 7 || m[0].GetLink() != string(answered) {
		return fmt.Errorf("the answer is %v", answer)
	}
	return nil
}

// list reads a list and hands out every item.
func (p *peer) list(ctx context.Context, items int, item func(*peerpb.WorkItem)) error {
	stream, err := p.client.List(ctx, ListRequest(List(items)))
	if err != nil {
		return err
	}
	for {
		event, err := stream.Recv()
		if err != nil {
			return err // the end of the stream, too: Done comes first
		}
		if event.GetDone() != nil {
			return nil
		}
		for _, i := range event.GetBatch().GetItems() {
			item(i.GetWorkItem())
		}
	}
}

// Close ends the process and returns when it is gone.
func (p *peer) Close() error {
	var errs []error
	if p.conn != nil {
		errs = append(errs, p.conn.Close())
	}
	if p.cmd != nil {
		errs = append(errs, p.stdin.Close(), p.cmd.Wait())
	}
	if p.dir != "" {
		errs = append(errs, os.RemoveAll(p.dir))
	}
	return errors.Join(errs...)
}
