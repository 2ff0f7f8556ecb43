// Package handshake is what a host and a connector have to agree on before the
// contract speaks: go-plugin's cookie, the majors of the contract, and the
// limits of the connection.
package handshake

import (
	"context"
	"errors"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
)

const (
	// Major is the version of the contract that this module speaks.
	Major = 1

	// Name is under which the contract is dispensed.
	Name = "connector"

	// Variable names the connector that a binary with several of them serves.
	Variable = "TIDEGATE_CONNECTOR"

	// MaxMessage is the largest message in either direction, in bytes.
	MaxMessage = 16 << 20

	// Cookie is the variable that tells a program that a host started it.
	Cookie = "TIDEGATE_CONNECTOR_COOKIE"

	// CookieValue is the value of that variable. It is no secret.
	CookieValue = "3f0d4c1e-tidegate-connector-5b8a9e27"
)

// Config returns the cookie. The version stays 0, because [Plugins] carries it.
func Config() plugin.HandshakeConfig {
	return plugin.HandshakeConfig{MagicCookieKey: Cookie, MagicCookieValue: CookieValue}
}

// Plugins returns the contract by its majors, for both sides: a host passes
// nil and dispenses a [connectorv1.ConnectorClient] by [Name].
func Plugins(server connectorv1.ConnectorServer) map[int]plugin.PluginSet {
	return map[int]plugin.PluginSet{Major: {Name: &contract{server: server}}}
}

// contract registers the server on one side and makes the client on the other.
type contract struct {
	plugin.NetRPCUnsupportedPlugin
	server connectorv1.ConnectorServer
}

var errNoServer = errors.New("handshake: a host has no server to register")

// GRPCServer registers the server.
func (c *contract) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	if c.server == nil {
		return errNoServer
	}
	connectorv1.RegisterConnectorServer(s, c.server)
	return nil
}

// GRPCClient returns a [connectorv1.ConnectorClient].
func (*contract) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return connectorv1.NewConnectorClient(conn), nil
}
