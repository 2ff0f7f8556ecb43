package hosttest

import (
	"bytes"
	"log/slog"
	"sync"
)

// Book is a log in memory. Its zero value is empty and ready.
type Book struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write never fails.
func (b *Book) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

// String is what was logged until now.
func (b *Book) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// JSON returns a logger of everything, a JSON object a line.
func (b *Book) JSON() *slog.Logger {
	return slog.New(slog.NewJSONHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// Text returns a logger of everything, in the form of slog's text handler.
func (b *Book) Text() *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
