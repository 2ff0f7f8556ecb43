package upstream

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
)

// Options say how a [Client] calls. The zero value of each field is a default.
type Options struct {
	Auth      Auth
	UserAgent string // "tidegate"
	Accept    string // "application/json"

	// Header is what goes along with every request beside the credential, such
	// as the version of the interface. It holds no secret.
	Header http.Header

	// CAFile is a PEM file with certificates trusted beside the system's.
	CAFile string

	// CertFile and KeyFile are PEM files with the certificate by which the client
	// says who it is, and its key.
	CertFile, KeyFile string

	// Proxy is the URL of an HTTP proxy without user and password; none by
	// default. The environment's proxies are not used.
	Proxy string

	// Timeout bounds one request with its answer, 30 seconds.
	Timeout time.Duration

	// Retries is how often a call is repeated, 3; below 0 never.
	Retries int

	// MaxWait bounds one wait, whatever the server asks for, 1 minute.
	MaxWait time.Duration

	// MaxBody is the largest answer read, in bytes after decompression, 16 MiB.
	MaxBody int64

	// Explain finds the vendor's own words in the body of a refusal; "" if there
	// are none.
	Explain func(body []byte) string

	// Nobody says why a successful answer was given to nobody in particular, ""
	// if it was not: some systems answer a refused credential with what
	// everybody may see. Such an answer is unauthorized.
	Nobody func(http.Header) string

	Clock Clock          // the system's
	Rand  func() float64 // jitter, in [0, 1)
}

// Client calls one outside system. Its methods may be called at the same time.
type Client struct {
	base     *url.URL
	opts     Options
	http     *http.Client
	strike   func(string) string
	requests atomic.Int64
	closed   atomic.Bool

	mu        sync.Mutex
	notBefore time.Time     // when the server is ready for the next call
	heard     time.Time     // by our clock, when the server told the time; zero: it did not yet
	ahead     time.Duration // its clock is before ours
}

// New returns a client for the system at base, such as
// "https://acme.atlassian.net". It calls nobody. An error is a
// [*connectors.Diagnostic] with the code invalid-config.
func New(base string, opts *Options) (*Client, error) {
	c := &Client{}
	if opts != nil {
		c.opts = *opts
	}
	c.opts.fill()
	c.strike = newStrike(c.opts.Auth.secrets())
	u, err := parseBase(base)
	if err != nil {
		return nil, c.misconfigured("baseURL", err)
	}
	c.base = u
	transport, path, err := c.opts.transport()
	if err != nil {
		return nil, c.misconfigured(path, err)
	}
	c.http = &http.Client{
		Transport:     &counted{transport, &c.requests},
		CheckRedirect: checkRedirect,
	}
	return c, nil
}

func (o *Options) fill() {
	def(&o.UserAgent, "tidegate")
	def(&o.Accept, "application/json")
	def(&o.Timeout, 30*time.Second)
	def(&o.Retries, 3)
	def(&o.MaxWait, time.Minute)
	def(&o.MaxBody, 16<<20)
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
}

func def[T comparable](v *T, otherwise T) {
	var zero T
	if *v == zero {
		*v = otherwise
	}
}

// Requests is how many requests were sent, repeated ones and those of
// redirects included.
func (c *Client) Requests() int64 { return c.requests.Load() }

// Now is the time of the client's clock.
func (c *Client) Now() time.Time { return c.opts.Clock.Now() }

// Close ends the client: later calls fail, idle connections are closed.
func (c *Client) Close() {
	c.closed.Store(true)
	c.http.CloseIdleConnections()
}

// pause keeps the next calls from starting before d has passed, maxPause at most.
func (c *Client) pause(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.Now().Add(min(d, maxPause)); t.After(c.notBefore) {
		c.notBefore = t
	}
}

// pace waits until the server is ready for a call.
func (c *Client) pace(ctx context.Context, r *call) error {
	c.mu.Lock()
	d := c.notBefore.Sub(c.Now())
	c.mu.Unlock()
	if d <= 0 {
		return nil
	}
	if !c.fits(ctx, d) {
		return &connectors.Diagnostic{
			Code: connectors.CodeRateLimited, Origin: connectors.FromUpstream, Retryable: true, RetryAfter: d,
			Summary: r.name + ": not sent: an earlier answer asked to wait longer than there is time",
		}
	}
	return c.sleep(ctx, r, d)
}

// fits reports whether a wait of d leaves time for an answer. Deadlines are
// by the system's clock, so a clock for tests starts at the present.
func (c *Client) fits(ctx context.Context, d time.Duration) bool {
	if d > c.opts.MaxWait {
		return false
	}
	deadline, ok := ctx.Deadline()
	return !ok || c.Now().Add(d).Before(deadline)
}

// sleep waits for d and tells so before.
func (c *Client) sleep(ctx context.Context, r *call, d time.Duration) error {
	if r.onWait != nil {
		if err := r.onWait(d); err != nil {
			return err
		}
	}
	if err := c.opts.Clock.Sleep(ctx, d); err != nil {
		return gaveUp(r, err)
	}
	return nil
}
