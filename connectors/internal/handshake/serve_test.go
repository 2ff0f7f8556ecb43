package handshake_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The test's binary is its own connectors' binary.
func TestMain(m *testing.M) {
	boom := fact.NewQuery("two", "boom", fact.Number(value.Count))
	two := connectortest.NewFake("two", fact.NewSet(fact.AnswerNumber(boom, time.Unix(0, 0), 1)))
	two.Ask = func(_ context.Context, call string, _ fact.Query) error {
		fmt.Println("this is not the handshake") // standard output is protected
		if call == "measure" {
			panic("boom")
		}
		return nil
	}
	if connectors.Main(connectortest.NewFake("one", fact.Set{}), two) {
		return
	}
	os.Exit(m.Run())
}

func start(t *testing.T, name string) *plugin.Client {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), handshake.Variable+"="+name)
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: handshake.Config(), VersionedPlugins: handshake.Plugins(nil), Cmd: cmd, AutoMTLS: true,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, Logger: hclog.NewNullLogger(),
	})
	t.Cleanup(client.Kill)
	return client
}

func TestChild(t *testing.T) {
	client := start(t, "two")
	protocol, err := client.Client()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := protocol.Dispense(handshake.Name)
	if err != nil {
		t.Fatal(err)
	}
	connector := raw.(connectorv1.ConnectorClient)
	described, err := connector.Describe(t.Context(), &connectorv1.DescribeRequest{})
	if err != nil || described.GetName() != "two" || client.NegotiatedVersion() != handshake.Major {
		t.Fatalf("%v, %v", described, err)
	}
	health, err := grpc_health_v1.NewHealthClient(protocol.(*plugin.GRPCClient).Conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{Service: "plugin"})
	if err != nil || health.GetStatus() != grpc_health_v1.HealthCheckResponse_SERVING {
		t.Errorf("%v, %v", health, err)
	}
	// More than gRPC's own limit of 4 MiB gets through, and more than 16 MiB does not.
	for size, want := range map[int]bool{5 << 20: true, 17 << 20: false} {
		_, err := connector.Configure(t.Context(), &connectorv1.ConfigureRequest{Instance: fmt.Sprint(size), Config: strings.Repeat(" ", size)})
		if (err == nil) != want {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
	for range 2 { // the process survives
		answer, err := connector.Measure(t.Context(), &connectorv1.MeasureRequest{Instance: fmt.Sprint(5 << 20),
			Queries: []*connectorv1.Query{{Kind: "boom", Shape: connectorv1.Shape_SHAPE_NUMBER, Unit: "{count}"}}})
		if err != nil || answer.GetMeasurements()[0].GetFailure().GetCode() != connectors.CodeInternal {
			t.Errorf("%v, %v", answer, err)
		}
	}
}

func TestNoSuchConnector(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), handshake.Variable+"=three", handshake.Cookie+"="+handshake.CookieValue)
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), `there are: one, two`) {
		t.Errorf("%v: %s", err, out)
	}
}

func TestStartedByHand(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), handshake.Variable+"=one") // but no cookie: Main does nothing
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "PASS") && len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
}
