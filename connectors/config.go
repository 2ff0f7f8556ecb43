package connectors

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/redact"
	"github.com/tidegate-go/tidegate/connectors/internal/turn"
	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// Config is which connectors a fleet has and how it treats them.
type Config struct {
	Connectors []Launch
	Logger     *slog.Logger // nil: silence
	Observer   Observer     // of calls and changes; nil: nobody

	// QueryTimeout bounds one query, CollectTimeout one Collect as a whole.
	// Zero means 30 seconds and 2 minutes.
	QueryTimeout   time.Duration
	CollectTimeout time.Duration

	// MaxItems caps what Collect keeps of one list; a longer one is incomplete,
	// as is one of more than 64 MiB. Zero means 5,000.
	MaxItems int

	// Lock is which programs may be started. With a lock a Command needs no pin:
	// it has to be the locked program of its name.
	Lock *Lock

	// Now is the clock that results are collected by. Nil means time.Now.
	Now func() time.Time
}

// Launch is one instance of one connector. Exactly one of Command, Self and
// InProcess says where it comes from.
type Launch struct {
	// Name is by which queries address the instance. Empty: the connector's own
	// name, and as long as a program was never up, the name of its file without
	// "tidegate-connector-". What it was up under once is its name for good.
	Name string

	// Command is the program and its arguments. It is pinned by Pin, the
	// SHA-256 of the program file in hexadecimal, or by the config's lock.
	Command []string
	Pin     string

	// Locked is the name of the program in the lock. Empty: that of its file
	// without "tidegate-connector-".
	Locked string

	// Files are further files that the program runs, such as the script of an
	// interpreter, each with its SHA-256 in hexadecimal. An argument of a pinned
	// program that is a file has to be among them, and of one that is a directory
	// the files in it that are run: the pin of an interpreter says nothing of what
	// it interprets.
	Files map[string]string

	// Unpinned lets the program be any program: for development. It is logged as
	// a warning at each start, and shows in the status and in every result, from
	// where it gets into decisions and packets.
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

	// RateLimits override what the connector declares, by their names; further
	// ones are added. One without kinds keeps those that the connector declares.
	RateLimits []RateLimit

	// Upstream names the outside system and account that the limits are of.
	// Instances of one connector with the same name share them. Empty: those
	// with the same settings and secrets do.
	Upstream string

	// Alone keeps the process from being shared. Otherwise instances with the
	// same program, arguments, pin and Env are opened in one process.
	Alone bool
}

func (c Config) withDefaults() Config {
	c.Logger = cmp.Or(c.Logger, slog.New(slog.DiscardHandler))
	c.QueryTimeout = cmp.Or(c.QueryTimeout, 30*time.Second)
	c.CollectTimeout = cmp.Or(c.CollectTimeout, 2*time.Minute)
	c.MaxItems = cmp.Or(c.MaxItems, 5_000)
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// prepare checks everything that can be known without starting a program, and
// reports all of it at once.
func (c Config) prepare() ([]*instance, error) {
	var faults []error
	for path, negative := range map[string]bool{"queryTimeout": c.QueryTimeout < 0, "collectTimeout": c.CollectTimeout < 0, "maxItems": c.MaxItems < 0} {
		if negative {
			faults = append(faults, faultAt(CodeInvalidConfig, path, "is negative"))
		}
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	if c.Lock != nil {
		if err := c.Lock.Validate(); err != nil {
			faults = append(faults, faultAt(CodeInvalidConfig, "lock", oneLine(err.Error())))
		}
	}
	var all []*instance
	names := map[string]string{}
	for i, l := range c.Connectors {
		in := &instance{launch: l, at: fmt.Sprintf("connectors[%d]", i), turn: turn.New[*session]()}
		p := preparation{in: in, lock: c.Lock}
		p.source()
		p.settle()
		p.secrets()
		p.limits()
		switch other, taken := names[in.name]; {
		case !namePattern.MatchString(in.name):
			p.fault("name", "%q does not match %s", in.name, namePattern)
		case taken:
			p.fault("name", "%q is also the name of %s", in.name, other)
		}
		names[in.name] = in.at
		in.id = in.name
		in.log = c.withDefaults().Logger.With("instance", in.name)
		faults = append(faults, p.faults...)
		all = append(all, in)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("connectors: %w", err)
	}
	return all, nil
}

// preparation turns one Launch into an instance and collects its faults.
type preparation struct {
	in     *instance
	lock   *Lock
	faults []error
}

func (p *preparation) fault(field, format string, args ...any) {
	p.faults = append(p.faults, faultAt(CodeInvalidConfig, p.in.at+"."+field, fmt.Sprintf(format, args...)))
}

// source finds out where the connector comes from and who vouches for it.
func (p *preparation) source() {
	in, l := p.in, p.in.launch
	in.name = l.Name
	sources := 0
	if len(l.Command) > 0 {
		sources++
		p.program()
	}
	if l.Self != "" {
		sources++
		in.name = cmp.Or(in.name, l.Self)
		var err error
		if in.path, err = self(); err != nil {
			p.fault("self", "this program is not found: %v", err)
		}
	}
	if l.InProcess != nil {
		sources++
		if s, err := newServer(l.InProcess, printed{log: slog.New(slog.DiscardHandler)}); err != nil {
			p.fault("inProcess", "%v", err)
		} else {
			in.name = cmp.Or(in.name, s.description.Name)
		}
	}
	if sources != 1 {
		p.fault("command", "exactly one of Command, Self and InProcess says where it comes from, here %d do", sources)
	}
	if len(l.Command) == 0 && (l.Pin != "" || l.Locked != "" || len(l.Files) > 0 || l.Unpinned) {
		p.fault("pin", "only a Command is pinned")
	}
	if l.InProcess != nil && len(l.Env) > 0 {
		p.fault("env", "a connector without a process sees the whole environment")
	}
}

func (p *preparation) program() {
	in, l := p.in, p.in.launch
	file := strings.TrimSuffix(filepath.Base(l.Command[0]), ".exe")
	in.name = cmp.Or(in.name, strings.TrimPrefix(file, programPrefix))
	path, err := exec.LookPath(l.Command[0])
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		p.fault("command", "no program: %v", err)
	}
	in.path = path
	p.trust(file)
}

// settle takes the settings apart.
func (p *preparation) settle() {
	in, l := p.in, p.in.launch
	switch config := l.Settings.(type) {
	case nil:
		in.settings.JSON = []byte("{}")
	case []byte:
		var object map[string]any
		if err := strictjson.Decode(config, &object, nil); err != nil {
			p.fault("settings", "%v", err)
		}
		in.settings.JSON = bytes.Clone(config)
	default:
		var err error
		if in.settings, err = SettingsOf(config); err != nil {
			p.fault("settings", "%v", err)
		}
	}
	in.settings.Secrets = maps.Clone(in.settings.Secrets)
	if in.settings.Secrets == nil {
		in.settings.Secrets = map[string]Secret{}
	}
	for _, name := range slices.Sorted(maps.Keys(l.Secrets)) {
		if _, twice := in.settings.Secrets[name]; twice {
			p.fault("secrets."+name, "stands in the settings, too")
		}
		in.settings.Secrets[name] = l.Secrets[name]
	}
}

// secrets makes sure that no secret travels in the environment or on the
// command line, where other programs can read it.
func (p *preparation) secrets() {
	var texts []string
	for _, secret := range p.in.settings.Secrets {
		if !secret.IsZero() {
			texts = append(texts, secret.Reveal())
		}
	}
	secret := redact.New(texts...)
	for i, argument := range p.in.launch.Command {
		if i > 0 && secret.Found(argument) {
			p.fault(fmt.Sprintf("command[%d]", i), "has a secret, and every user can read it there")
		}
	}
	for i, name := range p.in.launch.Env {
		switch at := fmt.Sprintf("env[%d]", i); {
		case name == "" || strings.ContainsAny(name, "=\x00"):
			p.fault(at, "%q is not the name of a variable", clip(name))
		case secret.Found(os.Getenv(name)):
			p.fault(at, "%s has a secret: secrets travel as Secrets", name)
		}
	}
}

// limits refuses limits that would let nothing through.
func (p *preparation) limits() {
	names := map[string]bool{}
	for i, l := range p.in.launch.RateLimits {
		switch at := fmt.Sprintf("rateLimits[%d]", i); {
		case l.Name == "" || names[l.Name]:
			p.fault(at+".name", "%q is no name of its own", clip(l.Name))
		case !limitsOf([]RateLimit{l})[0].Valid():
			p.fault(at, "%v per second with burst %d lets nothing through", l.PerSecond, l.Burst)
		}
		names[l.Name] = true
	}
}
