package connectors

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/tidegate-go/tidegate/connectors/internal/batch"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/parent"
)

// Serve is the main function of a connector's program. It serves until the
// host shuts it down or dies, then returns. Of several connectors it serves
// the one that the host names.
//
// A program that no host started, or that cannot serve, says why on its error
// output and exits with status 1. Standard output belongs to the handshake.
func Serve(connectors ...Connector) {
	if !started() {
		fail("this program is a connector: a tidegate host starts it")
	}
	c, err := pick(os.Getenv(handshake.Variable), connectors)
	if err != nil {
		fail(err.Error())
	}
	serve(c)
}

// Main makes a program its own connectors' binary. Called first in main, it
// returns false at once, without any effect, unless a host started the program
// as a child that is to serve one of the connectors; see [Launch.Self]. Then it
// serves like [Serve] and returns true, and main has to return.
func Main(connectors ...Connector) bool {
	if os.Getenv(handshake.Variable) == "" || !started() {
		return false
	}
	Serve(connectors...)
	return true
}

// Register serves c on a gRPC server of the caller's, for debuggers and tests,
// and writes the connector's logs to logs, a JSON line each; nil means the
// error output. [Serve] also bounds what the server receives.
func Register(s grpc.ServiceRegistrar, c Connector, logs io.Writer) error {
	if logs == nil {
		logs = os.Stderr
	}
	server, err := newServer(c, logs)
	if err != nil {
		return err
	}
	connectorv1.RegisterConnectorServer(s, server)
	return nil
}

type loggerKey struct{}

// Logger returns the logger for a connector's own messages. They reach the
// host as JSON lines on the error output, without the secrets of any instance,
// and carry the instance's name. Outside of a call of the SDK it is silent.
func Logger(ctx context.Context) *slog.Logger {
	if log, ok := ctx.Value(loggerKey{}).(*slog.Logger); ok {
		return log
	}
	return slog.New(slog.DiscardHandler)
}

func withLogger(ctx context.Context, log *slog.Logger) context.Context {
	return context.WithValue(ctx, loggerKey{}, log)
}

func started() bool { return os.Getenv(handshake.Cookie) == handshake.CookieValue }

// pick returns the named connector, or the only one.
func pick(name string, connectors []Connector) (Connector, error) {
	if name == "" && len(connectors) == 1 {
		return connectors[0], nil
	}
	var names []string
	for _, c := range connectors {
		named := c.Describe().Name
		if named == name {
			return c, nil
		}
		names = append(names, named)
	}
	return nil, fmt.Errorf("no connector %q in this program; there are: %s", name, strings.Join(names, ", "))
}

func serve(c Connector) {
	signal.Ignore(os.Interrupt) // Ctrl-C is for the host, which shuts us down in order
	stderr := os.Stderr         // go-plugin puts a pipe in its place
	server, err := newServer(c, stderr)
	if err != nil {
		fail(err.Error())
	}
	var running *grpc.Server
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig:  handshake.Config(),
		VersionedPlugins: handshake.Plugins(server),
		Logger:           hclog.New(&hclog.LoggerOptions{Level: hclog.Error, Output: stderr, JSONFormat: true}),
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			running = grpc.NewServer(append(options, server.options()...)...)
			parent.Watch(func() {
				server.log.Warn("the host is gone")
				running.Stop() // plugin.Serve returns and removes the socket
			})
			return running
		},
	})
	server.closeAll()
}

func fail(why string) {
	slog.New(slog.NewJSONHandler(os.Stderr, nil)).Error(why)
	os.Exit(1)
}

// maxBarren is how many pages in a row may have no items: a source that gives
// ever new cursors and nothing else would be asked for ever.
const maxBarren = 100

// ListPages is the body of an [Instance.List] whose source gives pages with
// cursors. fetch returns the page at a cursor, the first one for "", with
// [Page.Cursor] set to where the next one is, or to "" after the last. What it
// says of the page in Listed makes up what is said of the list: it is complete
// if every page is, and was observed when the first one was, which is when it
// was asked for if nothing is said. Both travel in the cursors, so a list that
// is gone on with after a crash says the same.
func ListPages(ctx context.Context, cursor string, yield func(Page) error, fetch func(ctx context.Context, cursor string) (Page, Listed, error)) (Listed, error) {
	at, err := batch.ParsePlace(cursor)
	if err != nil {
		return Listed{}, &Diagnostic{Code: CodeInvalidQuery, Path: "cursor", Origin: FromConfig, Summary: err.Error()}
	}
	for barren := 0; ; {
		asked := time.Now()
		page, listed, err := fetch(ctx, at.Cursor)
		if err != nil {
			return Listed{}, err
		}
		if at.Since.IsZero() {
			at = at.At(cmp.Or(listed.ObservedAt, asked))
		}
		at.Missing = at.Missing || !listed.Complete
		if at.Cursor = page.Cursor; at.Cursor != "" {
			page.Cursor = at.String()
		}
		if barren++; page.Len() > 0 {
			barren = 0
		}
		if err := yield(page); err != nil {
			return Listed{}, err
		}
		listed.Complete, listed.ObservedAt = !at.Missing, at.Since
		if at.Cursor == "" {
			return listed, nil
		}
		if barren == maxBarren {
			return Listed{}, &Diagnostic{Code: CodeBadAnswer, Origin: FromUpstream, Summary: fmt.Sprintf("%d pages in a row have no items", barren)}
		}
	}
}
