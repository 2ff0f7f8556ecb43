package redact

import (
	"io"
	"sync"
	"sync/atomic"
)

// Book redacts the secrets of everybody who is in it. The zero Book is empty
// and ready; it may be used at the same time.
type Book struct {
	mu      sync.Mutex
	secrets map[string][]string
	current atomic.Pointer[Redactor]
}

// Set puts in, or replaces, the secrets under a name.
func (b *Book) Set(name string, secrets ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.secrets == nil {
		b.secrets = map[string][]string{}
	}
	b.secrets[name] = secrets
	b.rebuild()
}

// Forget takes out the secrets under a name.
func (b *Book) Forget(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.secrets, name)
	b.rebuild()
}

func (b *Book) rebuild() {
	var all []string
	for _, secrets := range b.secrets {
		all = append(all, secrets...)
	}
	b.current.Store(New(all...))
}

// String returns s without the secrets that are in the book now.
func (b *Book) String(s string) string { return b.current.Load().String(s) }

// Writer returns a writer to w that redacts each Write as a whole, which for a
// log handler is a line.
func (b *Book) Writer(w io.Writer) io.Writer { return writer{b, w} }

type writer struct {
	book *Book
	to   io.Writer
}

func (w writer) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.to, w.book.String(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
