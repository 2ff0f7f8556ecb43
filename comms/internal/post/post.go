// Package post makes the HTTP calls of senders: small, bounded, without redirects,
// and without a secret in any error.
package post

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/tidegate-go/tidegate/comms"
)

// Timeout is how long a call takes at most, and maxAnswer how much of an answer is
// read.
const (
	Timeout   = 10 * time.Second
	maxAnswer = 1 << 20
)

// Endpoint reads the address of a server: https, or http on this machine, without
// user, query or fragment. What is wrong is said without the address, which may be
// a secret.
func Endpoint(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		return nil, errors.New("the address of the server is no URL")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the address of the server has a user, a query or a fragment")
	case u.Scheme == "http" && loopback(u.Hostname()):
		return u, nil
	case u.Scheme != "https":
		return nil, errors.New("the address of the server is not https")
	}
	return u, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Do makes a call and returns the answer's status and body. An error says what
// went wrong and neither address nor header.
func Do(ctx context.Context, method, address string, header http.Header, body []byte) (int, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, errors.New("the call cannot be made")
	}
	maps.Copy(req.Header, header)
	res, err := client.Do(req)
	if err != nil {
		if u, ok := errors.AsType[*url.Error](err); ok {
			err = u.Err // u names the address
		}
		return 0, nil, fmt.Errorf("%w: %s", comms.ErrBusy, plain(err))
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return 0, nil, fmt.Errorf("%w: the answer broke off", comms.ErrBusy)
	}
	return res.StatusCode, text, nil
}

// plain is a transport's error without what it may quote of the address: that of
// a name that is not found has the host, which a webhook shares with everybody.
func plain(err error) string {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, context.Canceled):
		return "the call was given up"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	}
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Op + " failed: " + op.Err.Error()
	}
	return "the server cannot be reached"
}

// Refused is the error of a status that takes nothing: the channel is busy for 408,
// 429 and what the server could not do, and refuses for all others.
func Refused(status int, why string) error {
	kind := comms.ErrUndeliverable
	if status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= http.StatusInternalServerError {
		kind = comms.ErrBusy
	}
	if why == "" {
		why = http.StatusText(status)
	}
	return fmt.Errorf("%w: %d %s", kind, status, why)
}

// client follows no redirect: the secret of a call is for one server.
var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
