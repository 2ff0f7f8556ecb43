package wire

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"github.com/tidegate-go/tidegate/internal/bench/peerpb"
)

const service = "/tidegate.connector.v1.Connector/"

// bare asks the connector, served by the SDK in a process of its own, without
// our host: one call of the contract over go-plugin's connection and nothing else.
type bare struct {
	client *plugin.Client
	conn   grpc.ClientConnInterface
}

func startBare(ctx context.Context, mtls bool) (_ *bare, err error) {
	cmd, err := again(connectorPart)
	if err != nil {
		return nil, err
	}
	cmd.Stderr = nil // go-plugin's
	b := &bare{client: plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  plugin.HandshakeConfig{MagicCookieKey: "TIDEGATE_CONNECTOR_COOKIE", MagicCookieValue: "3f0d4c1e-tidegate-connector-5b8a9e27"},
		VersionedPlugins: map[int]plugin.PluginSet{1: {connectorPart: connection{}}},
		Cmd:              cmd, AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, AutoMTLS: mtls,
		Logger: hclog.NewNullLogger(), Stderr: io.Discard,
	})}
	defer func() {
		if err != nil {
			b.Close()
		}
	}()
	protocol, err := b.client.Client()
	if err != nil {
		return nil, err
	}
	conn, err := protocol.Dispense(connectorPart)
	if err != nil {
		return nil, err
	}
	b.conn = conn.(grpc.ClientConnInterface)
	configure, err := Message("ConfigureRequest", `{"instance": "bench", "config": "{}", "secrets": {"token": "bench-t0ken-0123456789abcdef"}}`)
	if err != nil {
		return nil, err
	}
	answer, err := Message("ConfigureResponse", `{}`)
	if err != nil {
		return nil, err
	}
	if err := b.conn.Invoke(ctx, service+"Configure", configure, answer); err != nil {
		return nil, err
	}
	if proto.Size(answer) != 0 {
		return nil, fmt.Errorf("not configured: %v", answer)
	}
	return b, b.ask(ctx)
}

// ask asks one question of the size of Payload.
func (b *bare) ask(ctx context.Context) error {
	var answer peerpb.MeasureResponse
	if err := b.conn.Invoke(ctx, service+"Measure", MeasureRequest(Number("")), &answer); err != nil {
		return err
	}
	return whole(&answer)
}

// Close ends the process.
func (b *bare) Close() { b.client.Kill() }

// connection hands out the connection itself.
type connection struct{ plugin.NetRPCUnsupportedPlugin }

func (connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("this is a host")
}

func (connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}

// Message is a message of the contract, whose Go package cannot be imported here.
func Message(name, text string) (proto.Message, error) {
	kind, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName("tidegate.connector.v1." + name))
	if err != nil {
		return nil, err
	}
	m := kind.New().Interface()
	return m, protojson.Unmarshal([]byte(text), m)
}
