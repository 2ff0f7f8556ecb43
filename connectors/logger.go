package connectors

import (
	"context"
	"log/slog"
)

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
