//go:build unix

package hostile_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
)

const (
	villainous = "villain" // the first argument
	hundredMiB = 100 << 20
)

// villain is a connector without the SDK. Its crime is an act and, for acts that
// are possible at several, the stage: "start" before the handshake, a method of
// the contract, "Health" or "Shutdown", "stream" after the first batch of a
// list, "end" after the server is stopped.
type villain struct {
	connectorv1.UnimplementedConnectorServer
	act, stage string
	secret     string
	out, err   *os.File // before go-plugin replaces them
}

// commit serves a villain.
func commit(crime string) {
	v := &villain{out: os.Stdout, err: os.Stderr}
	v.act, v.stage, _ = strings.Cut(crime, "@")
	v.reach("start")
	plugin.Serve(&plugin.ServeConfig{HandshakeConfig: handshake.Config(), VersionedPlugins: handshake.Plugins(v), Logger: hclog.NewNullLogger(),
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, grpc.UnaryInterceptor(v.unary))...)
		}})
	v.reach("end")
}

// unary lets every call be a stage, also those of go-plugin.
func (v *villain) unary(ctx context.Context, request any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	stage := path.Base(info.FullMethod)
	if strings.Contains(info.FullMethod, "health") {
		stage = "Health"
	}
	v.reach(stage)
	return handle(ctx, request)
}

// reach does the act if this is the stage for it. Some acts have no end.
func (v *villain) reach(stage string) {
	if v.stage != stage {
		return
	}
	switch v.act {
	case "exit":
		_, _ = fmt.Fprintln(v.err, "gone at "+stage)
		os.Exit(7)
	case "kill":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	case "panic":
		go func() { panic("the villain panics") }()
		select {}
	case "freeze": // all of it
		_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
		select {} // the signal may take effect a moment later
	case "ignore":
		select {}
	case "fork", "daemon":
		v.fork(v.act == "daemon")
		os.Exit(7)
	default:
		v.print()
	}
}

// fork starts a process that holds this one's pipes, as a daemon out of its group.
func (v *villain) fork(daemon bool) {
	child := exec.Command("sleep", "1000")
	child.Stdout, child.Stderr = v.out, v.err
	child.SysProcAttr = &syscall.SysProcAttr{Setsid: daemon}
	if err := child.Start(); err != nil {
		panic(err)
	}
	_, _ = fmt.Fprintf(v.err, "the child is %d\n", child.Process.Pid)
}

// print does the acts that are something printed.
func (v *villain) print() {
	switch v.act {
	case "garbage":
		_, _ = v.out.WriteString("hello, I am ready\n")
	case "binary":
		noise := make([]byte, 1<<20)
		for i := range noise {
			noise[i] = byte(rand.Uint32()) //nolint:gosec // noise
		}
		_, _ = v.out.Write(noise)
	case "long":
		_, _ = v.out.WriteString(strings.Repeat("x", 10<<20) + "\n")
	case "endless":
		for {
			_, _ = v.out.WriteString(strings.Repeat("z", 1<<16))
		}
	case "elsewhere":
		_, _ = v.out.WriteString("1|1|unix|/tmp/elsewhere|grpc|\n")
		select {}
	case "message": // panics the host of go-plugin v1.8.0
		_, _ = v.err.WriteString(`{"@message":1,"@level":2,"@timestamp":3}` + "\n")
		_, _ = fmt.Fprintln(os.Stderr, `{"@message":1,"@level":2,"@timestamp":3}`)
	case "line": // stalls the scanner of go-plugin v1.8.0
		_, _ = v.err.WriteString(strings.Repeat("x", 10<<20) + "\n")
	case "flood":
		block := strings.Repeat("y", 1<<20)
		for range 64 { // one line of 64 MiB
			_, _ = v.out.WriteString(block)
		}
		for range 100_000 {
			_, _ = v.err.WriteString("again and again and again\n")
		}
	}
}

func (v *villain) Describe(context.Context, *connectorv1.DescribeRequest) (*connectorv1.DescribeResponse, error) {
	answer := &connectorv1.DescribeResponse{Name: "villain", Version: "6.6.6"}
	switch v.act {
	case "nonsense":
		answer.Name = strings.Repeat("NOT A NAME\n", 50)
		answer.RateLimits = []*connectorv1.RateLimit{{PerSecond: math.NaN(), Burst: -1}}
	case "huge-describe":
		answer.Summary = strings.Repeat("x", hundredMiB)
	}
	return answer, nil
}

func (v *villain) Configure(_ context.Context, r *connectorv1.ConfigureRequest) (*connectorv1.ConfigureResponse, error) {
	v.secret = r.GetSecrets()["token"]
	say := "the key " + v.secret + " is old"
	if v.act == "huge-configure" {
		say = strings.Repeat("x", hundredMiB)
	}
	return &connectorv1.ConfigureResponse{Diagnostics: []*connectorv1.Diagnostic{
		{Severity: connectorv1.Severity_SEVERITY_WARNING, Code: "old", Summary: say}}}, nil
}

func (v *villain) Check(context.Context, *connectorv1.CheckRequest) (*connectorv1.CheckResponse, error) {
	switch v.act {
	case "huge-check":
		return &connectorv1.CheckResponse{Diagnostics: []*connectorv1.Diagnostic{{Summary: strings.Repeat("x", hundredMiB)}}}, nil
	case "huge-status": // in a header
		return nil, status.Error(codes.Internal, strings.Repeat("x", hundredMiB))
	}
	return &connectorv1.CheckResponse{}, nil
}

func (v *villain) Measure(context.Context, *connectorv1.MeasureRequest) (*connectorv1.MeasureResponse, error) {
	seven := 7.0
	m := &connectorv1.Measurement{Complete: true, ObservedAt: timestamppb.Now(), Unit: "{count}", Value: &seven}
	all := []*connectorv1.Measurement{m}
	switch v.act {
	case "none":
		all = nil
	case "two":
		all = append(all, m)
	case "nil":
		all[0] = nil
	case "empty":
		m.Value = nil
	case "NaN":
		seven = math.NaN()
	case "infinite":
		seven = math.Inf(-1)
	case "future":
		m.ObservedAt = timestamppb.New(time.Now().Add(time.Hour))
	case "year":
		m.ObservedAt = &timestamppb.Timestamp{Seconds: math.MaxInt64}
	case "unit":
		m.Unit = "furlong"
	case "other-unit":
		m.Unit = "ms"
	case "series":
		m.Value, m.Samples = nil, []*connectorv1.Sample{{At: timestamppb.Now(), Value: 7}}
	case "code":
		m.Failure = &connectorv1.Diagnostic{Code: v.secret + "\n", Summary: "a\nb " + v.secret}
	case "escape":
		m.Failure = &connectorv1.Diagnostic{Code: "odd", Summary: "\x1b[2J" + v.secret[:3] + "\x1b" + v.secret[3:]}
	case "status":
		return nil, status.Error(codes.PermissionDenied, "no "+v.secret)
	case "huge":
		m.Source = strings.Repeat("x", hundredMiB)
	}
	return &connectorv1.MeasureResponse{Measurements: all}, nil
}
