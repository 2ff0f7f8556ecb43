package connectors

import (
	"log/slog"
	"time"
)

// Config is which connectors a fleet has and how it treats them.
type Config struct {
	Connectors []Launch
	Logger     *slog.Logger // nil: silence

	// QueryTimeout bounds one query, CollectTimeout one Collect as a whole.
	// Zero means 30 seconds and 2 minutes.
	QueryTimeout   time.Duration
	CollectTimeout time.Duration

	// MaxItems caps what Collect keeps of one list; a longer one is incomplete.
	// Zero means 5,000.
	MaxItems int
}

// Launch is one instance of one connector. Exactly one of Command, Self and
// InProcess says where it comes from.
type Launch struct {
	// Name is by which queries address the instance. Empty: the connector's own name.
	Name string

	// Command is the program and its arguments. It is pinned by Pin, the
	// SHA-256 of the program file in hexadecimal; without a pin it is not
	// started unless Unpinned says so, which is logged as a warning each time.
	Command  []string
	Pin      string
	Unpinned bool

	// Self is the name of a connector that this program passed to [Main].
	Self string

	// InProcess is a connector without a process of its own, for tests.
	InProcess Connector

	// Settings is the value of the connector's config struct, or JSON as
	// []byte. Secrets in a struct are taken out; Secrets adds to them.
	Settings any
	Secrets  map[string]Secret

	// Env names variables of the host's environment that the process may see
	// beside the allow-list.
	Env []string
}
