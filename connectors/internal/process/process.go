package process

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	goplugin "github.com/hashicorp/go-plugin/runner"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
)

// window is how many bytes of a list a child may be ahead of its reader. The
// default has room for one batch, and both sides wait for each other.
const window = 1 << 20

// Process is one running child. It ends once, by itself or by [Process.Kill],
// and is not started again.
type Process struct {
	log    *slog.Logger
	dir    string
	sink   *sink
	sync   *splitter // what a Go child prints after the handshake comes over gRPC
	client *plugin.Client
	conn   *grpc.ClientConn
	start  time.Duration

	mu     sync.Mutex
	runner *runner
	over   bool // killed, perhaps before there was a runner

	kill sync.Once
}

// Start starts a child, connects to it and finds it healthy, within
// [StartTimeout] and ctx. Afterwards ctx does not matter. The error is one line
// without secrets that names the cause; it is [ErrPin] if the program is not
// the pinned one.
func Start(ctx context.Context, s Spec) (*Process, error) {
	log := s.log()
	if err := s.verify(log); err != nil {
		return nil, err
	}
	dir, err := privateDir()
	if err != nil {
		return nil, err
	}
	p := &Process{log: log, dir: dir, sink: newSink(log, s.Redactor), start: cmp.Or(s.StartTimeout, StartTimeout)}
	p.sync = &splitter{sink: p.sink}
	p.client = plugin.NewClient(p.config(s))
	ctx, cancel := context.WithTimeout(ctx, p.start)
	defer cancel()
	// go-plugin dials without a deadline. When the child dies, it gives up.
	stop := context.AfterFunc(ctx, func() { p.signal() })
	err = p.connect(ctx)
	if !stop() {
		err = cmp.Or(ctx.Err(), err)
	}
	if err != nil {
		err = p.failure(ctx, err)
		p.Kill(0)
		return nil, errors.New(s.Redactor.String(oneLine(err.Error())))
	}
	log.Debug("connector started", "pid", p.Pid())
	return p, nil
}

// config is made for one start: go-plugin keeps state in it, and a second start
// with it never comes up (trap of B4).
func (p *Process) config(s Spec) *plugin.ClientConfig {
	return &plugin.ClientConfig{
		HandshakeConfig:  handshake.Config(),
		VersionedPlugins: handshake.Plugins(nil),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, // without it gRPC is refused (trap 7)
		AutoMTLS:         true,
		SkipHostEnv:      true, // else the host's whole environment is passed (trap 5)
		StartTimeout:     p.start,
		SyncStderr:       p.sync,
		Logger:           silent{hclog.NewNullLogger()},
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: p.dir},
		RunnerFunc: func(_ hclog.Logger, cmd *exec.Cmd, _ string) (goplugin.Runner, error) {
			r := newRunner(s, p.dir, cmd.Env, &splitter{sink: p.sink})
			p.mu.Lock()
			defer p.mu.Unlock()
			if p.over {
				return nil, errKilled
			}
			p.runner = r
			return r, nil
		},
		GRPCDialOptions: []grpc.DialOption{
			// go-plugin accepts messages of 2 GiB (trap 4).
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(handshake.MaxMessage), grpc.MaxCallSendMsgSize(handshake.MaxMessage)),
			grpc.WithInitialWindowSize(window), grpc.WithInitialConnWindowSize(window),
			grpc.WithIdleTimeout(0), // the socket is unlinked: there is no second connection
		},
	}
}

// silent is a logger that says so: go-plugin parses no line for one that is
// off, and asks the named one (trap 1).
type silent struct{ hclog.Logger }

// Named returns the same logger.
func (s silent) Named(string) hclog.Logger { return s }

// GetLevel is off.
func (s silent) GetLevel() hclog.Level { return hclog.Off }

func (p *Process) connect(ctx context.Context) error {
	protocol, err := p.client.Client()
	if err != nil {
		return err
	}
	client, ok := protocol.(*plugin.GRPCClient)
	if !ok {
		return fmt.Errorf("go-plugin speaks %T", protocol)
	}
	p.conn = client.Conn
	if err := p.Health(ctx); err != nil {
		return err
	}
	p.child().unlink()
	return nil
}

// failure is why a start failed, with what the child said about it.
func (p *Process) failure(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("not ready within %v", p.start)
	}
	p.signal()
	if r := p.child(); r != nil && r.Pid() != 0 {
		<-r.exited // it was killed
	}
	if last := p.sink.why(); last != "" {
		return fmt.Errorf("%w; it printed: %s", err, last)
	}
	return err
}

// Connector is the child's service.
func (p *Process) Connector() connectorv1.ConnectorClient {
	return connectorv1.NewConnectorClient(p.conn)
}

// Conn is the connection to the child, for services beside the contract.
func (p *Process) Conn() grpc.ClientConnInterface { return p.conn }

// Health asks the child whether it serves, within [HealthTimeout]. go-plugin's
// Ping would wait for ever, and take "not serving" for health.
func (p *Process) Health(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, HealthTimeout)
	defer cancel()
	answer, err := grpc_health_v1.NewHealthClient(p.conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: plugin.GRPCServiceName})
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	if answer.GetStatus() != grpc_health_v1.HealthCheckResponse_SERVING {
		return fmt.Errorf("health: %v", answer.GetStatus())
	}
	return nil
}

// Pid is the child's process id.
func (p *Process) Pid() int { return p.child().Pid() }

// Exited is closed when the child is gone.
func (p *Process) Exited() <-chan struct{} { return p.child().exited }

// Cause is why the child ended, in one line without secrets; "" while it runs.
func (p *Process) Cause() string {
	select {
	case <-p.Exited():
	default:
		return ""
	}
	cause := "exited"
	if err := p.child().err; err != nil {
		cause = err.Error()
	}
	if last := p.sink.why(); last != "" {
		cause += "; it printed: " + last
	}
	return oneLine(cause)
}

// Kill ends the child and its group and returns when nothing of it is left. It
// asks first and waits up to grace, then kills, stopped or not (B4: go-plugin's
// own Kill waits for ever for a stopped child).
func (p *Process) Kill(grace time.Duration) {
	p.kill.Do(func() {
		if grace <= 0 {
			p.signal()
		}
		killed := time.AfterFunc(grace, func() { p.force(grace) })
		p.client.Kill()
		p.signal()
		killed.Stop()
		if r := p.child(); r != nil && r.Pid() != 0 {
			<-r.exited
		}
		p.sync.Close()
		p.sink.close()
		if err := os.RemoveAll(p.dir); err != nil {
			p.log.Warn("the connector's directory is left", "error", err)
		}
	})
}

// force kills a child that was asked to end.
func (p *Process) force(grace time.Duration) {
	if grace > 0 {
		p.log.Warn("the connector is killed: it does not end when it is asked to", "pid", p.Pid(), "grace", grace)
	}
	p.signal()
}

func (p *Process) child() *runner {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.runner
}

func (p *Process) signal() {
	p.mu.Lock()
	p.over = true
	r := p.runner
	p.mu.Unlock()
	if r != nil {
		r.Signal()
	}
}
