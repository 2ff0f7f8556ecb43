package process_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"go.uber.org/goleak"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
)

// The test binary is its own child and, for the death of a host, its own host.
func TestMain(m *testing.M) {
	switch mode := os.Getenv("TEST_MODE"); {
	case mode == "host" || mode == "panic":
		host(mode)
	case mode != "":
		child(mode)
	default:
		goleak.VerifyTestMain(m)
	}
}

// host starts a child, says its pid, and waits for its end.
func host(end string) {
	p, err := process.Start(context.Background(), spec("serve"))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(p.Pid())
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	if end == "panic" {
		panic("the host panics")
	}
	os.Exit(0) // without killing the child
}

type server struct {
	connectorv1.UnimplementedConnectorServer
	mode string
	out  *os.File // before go-plugin replaces os.Stdout
	err  *os.File
}

// Describe does what the mode says and answers with the environment.
func (s server) Describe(context.Context, *connectorv1.DescribeRequest) (*connectorv1.DescribeResponse, error) {
	switch s.mode {
	case "noise":
		_, _ = fmt.Fprintln(s.err, `{"@message":1,"@level":2,"@timestamp":3}`)
		_, _ = fmt.Fprintln(s.err, strings.Repeat("x", 10<<20))
		_, _ = fmt.Fprintln(s.err, "the secret is t0p-s3cret")
		_, _ = fmt.Fprintln(os.Stderr, "over gRPC: t0p-s3cret")
		block := bytes.Repeat([]byte("y"), 1<<20)
		for range 64 { // one line of 64 MiB
			_, _ = s.out.Write(block)
		}
	case "flood":
		for range 100_000 {
			_, _ = s.err.WriteString("again and again and again\n")
		}
	case "crash":
		go func() { panic("the child panics over t0p-s3cret") }()
		select {}
	}
	return &connectorv1.DescribeResponse{Name: s.mode, Summary: strings.Join(os.Environ(), "\n")}, nil
}

func child(mode string) {
	switch mode {
	case "mute":
		select {}
	case "die":
		fmt.Fprintln(os.Stderr, "no licence for t0p-s3cret")
		os.Exit(3)
	case "babble":
		fmt.Println("hello, I am ready")
		select {}
	case "endless":
		for {
			_, _ = os.Stdout.WriteString(strings.Repeat("z", 1<<16))
		}
	case "elsewhere":
		fmt.Println("1|1|unix|/tmp/elsewhere|grpc|")
		select {}
	case "family":
		grandchild := exec.Command("sleep", "1000")
		grandchild.Stderr = os.Stderr
		if err := grandchild.Start(); err != nil {
			panic(err)
		}
	}
	majors := handshake.Plugins(server{mode: mode, out: os.Stdout, err: os.Stderr})
	if mode == "newer" {
		majors = map[int]plugin.PluginSet{7: majors[handshake.Major]}
	}
	plugin.Serve(&plugin.ServeConfig{HandshakeConfig: handshake.Config(), VersionedPlugins: majors, GRPCServer: plugin.DefaultGRPCServer,
		Logger: hclog.NewNullLogger()})
	if mode == "stubborn" {
		select {}
	}
}

func spec(mode string) process.Spec {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return process.Spec{Name: mode, Path: self, Trust: process.Self, Set: []string{"TEST_MODE=" + mode}}
}

func start(t *testing.T, s process.Spec) *process.Process {
	t.Helper()
	p, err := process.Start(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Kill(0) })
	return p
}

// within fails the test if f takes longer.
func within(t *testing.T, limit time.Duration, f func()) {
	t.Helper()
	begun := time.Now()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("took longer than %v", time.Since(begun))
	}
}

func describe(t *testing.T, p *process.Process) (*connectorv1.DescribeResponse, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	answer, err := p.Connector().Describe(ctx, &connectorv1.DescribeRequest{})
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Fatal("the child did not answer in time: it is stalled")
	}
	return answer, err
}
