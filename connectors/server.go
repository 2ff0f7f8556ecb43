package connectors

import (
	"context"
	"io"
	"log/slog"
	"runtime/debug"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/places"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

// server adapts a [Connector] to the contract.
type server struct {
	connectorv1.UnimplementedConnectorServer
	connector   Connector
	description Description
	described   *connectorv1.DescribeResponse
	log         *slog.Logger
	book        redact.Book // the secrets of all instances
	instances   places.Places[*opened]
}

// opened is an instance and the logger of its calls.
type opened struct {
	Instance

	log *slog.Logger
}

// newServer describes c once, so that it always answers the same, and refuses
// one that describes itself wrongly. Logs go to out, a JSON line each.
func newServer(c Connector, out io.Writer) (*server, error) {
	s := &server{connector: c}
	s.log = slog.New(slog.NewJSONHandler(s.book.Writer(out), &slog.HandlerOptions{Level: slog.LevelDebug}))
	err := protect(withLogger(context.Background(), s.log), func() (err error) {
		s.description = c.Describe()
		s.described, err = s.description.toWire() // asks the config struct about itself
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// streamWorkers are goroutines that take one call after the other: the stack of
// a fresh one grows several times on the way down. Who finds all of them busy
// gets a fresh one.
const streamWorkers = 4

// options bound what is received and keep the process alive.
func (s *server) options() []grpc.ServerOption {
	return []grpc.ServerOption{
		grpc.NumStreamWorkers(streamWorkers),
		grpc.MaxRecvMsgSize(handshake.MaxMessage),
		grpc.MaxSendMsgSize(handshake.MaxMessage),
		grpc.ChainUnaryInterceptor(func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (resp any, err error) {
			defer s.survive(info.FullMethod, &err)
			return handler(ctx, req)
		}),
		grpc.ChainStreamInterceptor(func(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) (err error) {
			defer s.survive(info.FullMethod, &err)
			return handler(srv, stream)
		}),
	}
}

// survive is for panics of the SDK itself: those of connectors end in protect.
func (s *server) survive(method string, err *error) {
	if p := recover(); p != nil {
		s.log.Error("the SDK panicked", "method", method, "panic", sprint(p), "stack", string(debug.Stack()))
		*err = status.Error(codes.Internal, "the SDK panicked")
	}
}

// Describe implements the contract.
func (s *server) Describe(context.Context, *connectorv1.DescribeRequest) (*connectorv1.DescribeResponse, error) {
	return s.described, nil
}

// Configure implements the contract.
func (s *server) Configure(ctx context.Context, r *connectorv1.ConfigureRequest) (*connectorv1.ConfigureResponse, error) {
	id := r.GetInstance()
	settings := Settings{JSON: []byte(r.GetConfig()), Secrets: make(map[string]Secret, len(r.GetSecrets()))}
	var texts []string
	for name, text := range r.GetSecrets() {
		settings.Secrets[name] = NewSecret(text)
		texts = append(texts, text)
	}
	log := s.log.With("instance", id)
	p, err := s.instances.Reserve(id, func(o *opened, filled bool) {
		defer s.book.Forget(id)
		if filled {
			o.close()
		}
	})
	if err != nil {
		fault := &Diagnostic{Code: CodeInvalidConfig, Path: "instance", Summary: err.Error()}
		return &connectorv1.ConfigureResponse{Diagnostics: diagnose(fault, s.book.String)}, nil
	}
	s.book.Set(id, texts...)
	if err := s.open(ctx, p, settings, log); err != nil {
		answer := &connectorv1.ConfigureResponse{Diagnostics: diagnose(err, s.book.String)}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		s.instances.Release(gone, id) // now, or when the connector's code returns
		return answer, nil
	}
	return &connectorv1.ConfigureResponse{}, nil
}

func (s *server) open(ctx context.Context, p *places.Place[*opened], settings Settings, log *slog.Logger) error {
	ctx, cancel := within(withLogger(ctx, log))
	defer cancel(nil)
	leave := s.instances.Opening(p, cancel)
	_, err := attempt(ctx, leave, func(ctx context.Context) (struct{}, error) {
		instance, err := s.connector.Open(ctx, settings)
		if err == nil && instance == nil {
			err = &Diagnostic{Code: CodeInternal, Summary: "the connector opened nothing"}
		}
		if err == nil {
			s.instances.Fill(p, &opened{instance, log})
		}
		return struct{}{}, err
	})
	return err
}

// Release implements the contract.
func (s *server) Release(ctx context.Context, r *connectorv1.ReleaseRequest) (*connectorv1.ReleaseResponse, error) {
	s.instances.Release(ctx, r.GetInstance())
	return &connectorv1.ReleaseResponse{}, nil
}

// Check implements the contract.
func (s *server) Check(ctx context.Context, r *connectorv1.CheckRequest) (*connectorv1.CheckResponse, error) {
	_, err := ask(ctx, s, r.GetInstance(), func(ctx context.Context, instance Instance) (struct{}, error) {
		return struct{}{}, instance.Check(ctx)
	})
	if err != nil {
		return &connectorv1.CheckResponse{Diagnostics: diagnose(err, s.book.String)}, nil
	}
	return &connectorv1.CheckResponse{}, nil
}

// ask calls f with an instance, for as long as the call, the instance and a
// little less than the host's patience last.
func ask[T any](ctx context.Context, s *server, id string, f func(context.Context, Instance) (T, error)) (T, error) {
	ctx, cancel := within(ctx)
	defer cancel(nil)
	o, leave, err := s.instances.Enter(id, cancel)
	if err != nil {
		var none T
		return none, &Diagnostic{Code: CodeNotFound, Path: "instance", Summary: err.Error()}
	}
	return attempt(withLogger(ctx, o.log), leave, func(ctx context.Context) (T, error) { return f(ctx, o.Instance) })
}

// closeAll releases every instance, for at most two seconds.
func (s *server) closeAll() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	s.instances.ReleaseAll(ctx)
}

// close closes the instance, which is the connector's code.
func (o *opened) close() {
	ctx := withLogger(context.Background(), o.log)
	if err := protect(ctx, func() error { return o.Close() }); err != nil {
		o.log.Warn("the instance did not close well", "error", sprint(err))
	}
}
