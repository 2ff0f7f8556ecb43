package connectors_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/batch"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/connectors/internal/parent"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// foreign is a connector as proto/README.md tells authors of other languages to
// write one: neither the SDK nor go-plugin is in it.
type foreign struct {
	connectorv1.UnimplementedConnectorServer
}

func (foreign) Describe(context.Context, *connectorv1.DescribeRequest) (*connectorv1.DescribeResponse, error) {
	return &connectorv1.DescribeResponse{Name: "foreign", Version: "0.1.0", Summary: strings.Join(os.Environ(), "\n"), ConfigSchema: `{"type":"object"}`,
		Kinds: []*connectorv1.QueryKind{{Name: "count", Shapes: []connectorv1.Shape{connectorv1.Shape_SHAPE_NUMBER}}}}, nil
}

func (foreign) Configure(context.Context, *connectorv1.ConfigureRequest) (*connectorv1.ConfigureResponse, error) {
	for _, line := range []string{`{"level":"warn","msg":"the key expires soon"}`, `{"@level":"error","@message":"as hclog has it"}`, "plain words", `{"@message":1}`} {
		fmt.Fprintln(os.Stderr, line)
	}
	return &connectorv1.ConfigureResponse{}, nil
}

func (foreign) Measure(_ context.Context, r *connectorv1.MeasureRequest) (*connectorv1.MeasureResponse, error) {
	var list []*connectorv1.Measurement
	for range r.GetQueries() {
		seven := 7.0
		list = append(list, &connectorv1.Measurement{Complete: true, ObservedAt: timestamppb.Now(), Unit: "{count}", Value: &seven})
	}
	return &connectorv1.MeasureResponse{Measurements: list}, nil
}

// serveForeign does what the guide says, but for what the mode leaves out.
func serveForeign(mode string) {
	must := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if os.Getenv("TIDEGATE_CONNECTOR_COOKIE") != "3f0d4c1e-tidegate-connector-5b8a9e27" || !strings.Contains(","+os.Getenv("PLUGIN_PROTOCOL_VERSIONS")+",", ",1,") {
		must(fmt.Errorf("no host started this"))
	}
	signal.Ignore(os.Interrupt)
	path := filepath.Join(os.Getenv("TMPDIR"), "s")
	listener, err := net.Listen("unix", path)
	must(err)

	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(err)
	host := x509.NewCertPool()
	if !host.AppendCertsFromPEM([]byte(os.Getenv("PLUGIN_CLIENT_CERT"))) {
		must(fmt.Errorf("no certificate of the host"))
	}
	options := []grpc.ServerOption{grpc.MaxRecvMsgSize(16777216), grpc.MaxSendMsgSize(16777216)}
	if mode != "no TLS" {
		options = append(options, grpc.Creds(credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS12, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: host,
			Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})))
	}
	server := grpc.NewServer(options...)
	connectorv1.RegisterConnectorServer(server, foreign{})
	if mode != "no health" {
		well := health.NewServer()
		well.SetServingStatus("plugin", grpc_health_v1.HealthCheckResponse_SERVING)
		grpc_health_v1.RegisterHealthServer(server, well)
	}
	if mode != "no controller" {
		server.RegisterService(&grpc.ServiceDesc{ServiceName: "plugin.GRPCController", HandlerType: (*any)(nil), Methods: []grpc.MethodDesc{{MethodName: "Shutdown",
			Handler: func(_ any, _ context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
				go server.GracefulStop()
				return &emptypb.Empty{}, decode(&emptypb.Empty{})
			}}}}, nil)
	}
	fmt.Printf("1|1|unix|%s|grpc|%s\n", path, base64.RawStdEncoding.EncodeToString(der))
	if mode == "talks" {
		go func() { _, _ = os.Stdout.Write(bytes.Repeat([]byte("x"), 8<<20)) }()
	}
	must(server.Serve(listener))
}

// The guide for other languages is enough, and each of its duties is one.
func TestGuide(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the test's connector listens on a Unix socket")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for mode, tc := range map[string]struct {
		down string        // why it does not come up
		ends time.Duration // how long an end takes at least, and at most 2 s more
	}{
		"all of it":     {},
		"talks":         {},
		"no TLS":        {down: "it does not start"},
		"no health":     {down: "it does not start: health"},
		"no controller": {ends: process.KillGrace},
	} {
		t.Run(mode, func(t *testing.T) {
			t.Setenv("TEST_FOREIGN", mode)
			var log hosttest.Book
			f := start(t, connectors.Config{Logger: log.JSON(), Connectors: []connectors.Launch{{Name: "foreign", Command: []string{self}, Pin: process.Checksum(self), Env: []string{"TEST_FOREIGN"}}}})
			r := one(t, f, fact.NewQuery("foreign", "count", fact.Number(value.Count)))
			if tc.down != "" {
				failed(t, r, connectors.CodeDown, tc.down)
				return
			}
			answered(t, r, 7)
			begun := time.Now()
			f.Close()
			if took := time.Since(begun); took < tc.ends || took > tc.ends+2*time.Second {
				t.Errorf("the end took %v, want %v", took, tc.ends)
			}
			for _, want := range []string{`"level":"WARN","msg":"connector printed","instance":"foreign","connector":"foreign","line":"{\"level\":\"warn\"`,
				`"level":"ERROR","msg":"connector printed","instance":"foreign","connector":"foreign","line":"{\"@level\"`,
				`"level":"INFO","msg":"connector printed","instance":"foreign","connector":"foreign","line":"plain words"`,
				`"level":"INFO","msg":"connector printed","instance":"foreign","connector":"foreign","line":"{\"@message\":1}"`} {
				if !strings.Contains(log.String(), want) {
					t.Errorf("the log lacks %s:\n%s", want, log.String())
				}
			}
		})
	}
}

// The numbers and names of the guide are those of the code.
func TestGuideIsCurrent(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("proto", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	contract, err := os.ReadFile(filepath.Join("proto", "tidegate", "connector", "v1", "connector.proto"))
	if err != nil {
		t.Fatal(err)
	}
	size := strconv.Itoa(handshake.MaxMessage)
	for what, want := range map[string]string{
		"cookie":       "`" + handshake.Cookie + "` | `" + handshake.CookieValue + "`",
		"major":        fmt.Sprintf("It has to list `%d`", handshake.Major),
		"parent":       "`" + parent.Variable + "` | the host's process id",
		"message":      "| message | " + size + " bytes",
		"items":        fmt.Sprintf("| items of one `Batch` | %d, and about %d bytes |", batch.MaxItems, batch.MaxBytes),
		"wait":         fmt.Sprintf("| first item of a batch waits | %d ms", batch.MaxWait.Milliseconds()),
		"start":        fmt.Sprintf("you have %.0f seconds", process.StartTimeout.Seconds()),
		"health":       fmt.Sprintf("waits %.0f seconds", process.HealthTimeout.Seconds()),
		"end":          fmt.Sprintf("still runs after %.0f seconds", process.KillGrace.Seconds()),
		"line":         fmt.Sprintf("line %d bytes are kept", 64<<10),
		"handshake":    fmt.Sprintf("The line is at most %d bytes", 16<<10),
		"grpc":         "limits of your gRPC library to " + size + " bytes",
		"queries":      "| queries of one `Measure` | 100 |",
		"environment":  "`PATH`, `HOME`, `LANG`, `LC_ALL`, `TZ`, `SSL_CERT_FILE`, `SSL_CERT_DIR`",
		"the contract": "`tidegate/connector/v1/connector.proto`",
	} {
		if !strings.Contains(strings.ReplaceAll(string(text), "\n", " "), want) {
			t.Errorf("%s: the guide lacks %q", what, want)
		}
	}
	flat := strings.Join(strings.Fields(strings.ReplaceAll(string(contract), "//", " ")), " ")
	for _, want := range []string{"(" + size + " bytes)", "starts a connector within 10 seconds", "From 1 to 100", fmt.Sprintf("Batch is up to %d items", batch.MaxItems),
		fmt.Sprintf("at the latest %d ms after", batch.MaxWait.Milliseconds())} {
		if !strings.Contains(flat, want) {
			t.Errorf("the contract lacks %q", want)
		}
	}
}

// A connector in another language sees what the guide says of its environment, and nothing else.
func TestGuideEnvironment(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the test's connector listens on a Unix socket")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TEST_FOREIGN", "all of it")
	t.Setenv("JIRA_TOKEN", "t0ken")
	t.Setenv("HTTPS_PROXY", "http://user:t0ken@proxy.example.com")
	hosttest.Private(t)
	p, err := process.Start(t.Context(), process.Spec{Path: self, Trust: process.Unpinned, Env: []string{"TEST_FOREIGN"}, Set: []string{parent.Variable + "=1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Kill(process.KillGrace)
	about, err := p.Connector().Describe(t.Context(), &connectorv1.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile(filepath.Join("proto", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(about.GetSummary()) {
		name, _, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
			continue // the certificate has several lines
		}
		if !strings.Contains(string(guide), "`"+name+"`") && name != "TEST_FOREIGN" {
			t.Errorf("the connector sees %s", name)
		}
	}
}
