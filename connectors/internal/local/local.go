// Package local calls the server side of the contract in the same process, so
// that a connector without a process of its own goes the very way that others go.
package local

import (
	"context"
	"errors"
	"fmt"
	"io"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
)

// New returns a client of the server. Messages are passed as they are, not copied.
func New(server connectorv1.ConnectorServer) connectorv1.ConnectorClient { return client{server} }

type client struct{ server connectorv1.ConnectorServer }

func call[In, Out any](ctx context.Context, f func(context.Context, In) (Out, error), in In) (out Out, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = status.Error(codes.Internal, fmt.Sprintf("the SDK panicked: %v", p))
		}
	}()
	if err := ctx.Err(); err != nil {
		return out, status.FromContextError(err).Err()
	}
	return f(ctx, in)
}

// Describe calls the server.
func (c client) Describe(ctx context.Context, in *connectorv1.DescribeRequest, _ ...grpc.CallOption) (*connectorv1.DescribeResponse, error) {
	return call(ctx, c.server.Describe, in)
}

// Configure calls the server.
func (c client) Configure(ctx context.Context, in *connectorv1.ConfigureRequest, _ ...grpc.CallOption) (*connectorv1.ConfigureResponse, error) {
	return call(ctx, c.server.Configure, in)
}

// Release calls the server.
func (c client) Release(ctx context.Context, in *connectorv1.ReleaseRequest, _ ...grpc.CallOption) (*connectorv1.ReleaseResponse, error) {
	return call(ctx, c.server.Release, in)
}

// Check calls the server.
func (c client) Check(ctx context.Context, in *connectorv1.CheckRequest, _ ...grpc.CallOption) (*connectorv1.CheckResponse, error) {
	return call(ctx, c.server.Check, in)
}

// Measure calls the server.
func (c client) Measure(ctx context.Context, in *connectorv1.MeasureRequest, _ ...grpc.CallOption) (*connectorv1.MeasureResponse, error) {
	return call(ctx, c.server.Measure, in)
}

// List runs the server until ctx ends or it returns.
func (c client) List(ctx context.Context, in *connectorv1.ListRequest, _ ...grpc.CallOption) (grpc.ServerStreamingClient[connectorv1.ListResponse], error) {
	s := &stream{ctx: ctx, events: make(chan *connectorv1.ListResponse), end: make(chan struct{})}
	go func() {
		defer close(s.end)
		_, s.err = call(ctx, func(context.Context, struct{}) (struct{}, error) {
			return struct{}{}, c.server.List(in, sending{s})
		}, struct{}{})
	}()
	return s, nil
}

// stream is both ends of a list. A sender waits until its event is received,
// so a slow reader holds the source back.
type stream struct {
	grpc.ClientStream // nil: nobody asks for headers here

	ctx    context.Context
	events chan *connectorv1.ListResponse
	end    chan struct{} // closed when the server has returned
	err    error
}

// Recv returns io.EOF at the end.
func (s *stream) Recv() (*connectorv1.ListResponse, error) {
	select {
	case m := <-s.events:
		return m, nil
	case <-s.ctx.Done():
		return nil, status.FromContextError(s.ctx.Err()).Err()
	case <-s.end:
	}
	if s.err != nil {
		return nil, s.err
	}
	return nil, io.EOF
}

// Context is that of the call.
func (s *stream) Context() context.Context { return s.ctx }

// sending is the server's end.
type sending struct{ *stream }

// Send waits for the reader.
func (s sending) Send(m *connectorv1.ListResponse) error {
	select {
	case s.events <- m:
		return nil
	case <-s.ctx.Done():
		return status.FromContextError(s.ctx.Err()).Err()
	}
}

type meta = metadata.MD

var errHeaders = errors.New("local: there are no headers")

// SetHeader fails, as does SendHeader: nobody would see it.
func (sending) SetHeader(meta) error { return errHeaders }

// SendHeader fails.
func (sending) SendHeader(meta) error { return errHeaders }

// SetTrailer does nothing.
func (sending) SetTrailer(meta) {}
