package upstream

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Request is one call. [Get] and [Post] make one.
type Request struct {
	method   string
	path     string   // with {names} in the places of args
	args     []string // one for each {name}
	query    url.Values
	body     any
	readOnly bool
	onWait   func(time.Duration) error
}

// Get returns the request for a path below the base URL. Every {name} in path
// stands for one of args, in their order, each of them one segment.
func Get(path string, args ...string) Request {
	return Request{method: http.MethodGet, path: path, args: args, readOnly: true}
}

// Post returns the request that sends body as JSON.
func Post(path string, body any, args ...string) Request {
	return Request{method: http.MethodPost, path: path, args: args, body: body}
}

// With returns the request with one more parameter in its query.
func (r Request) With(name, value string) Request {
	query := url.Values{}
	for k, v := range r.query {
		query[k] = append([]string(nil), v...)
	}
	query.Add(name, value)
	r.query = query
	return r
}

// ReadOnly returns the request marked as one that changes nothing, whatever its
// method, such as a search by POST. It may be repeated.
func (r Request) ReadOnly() Request {
	r.readOnly = true
	return r
}

// OnWait returns the request that tells f before every wait how long it will
// be. An error of f ends the call and is returned as it is.
func (r Request) OnWait(f func(time.Duration) error) Request {
	r.onWait = f
	return r
}

// String is the method and the path as it was given, without arguments.
func (r Request) String() string { return r.method + " " + r.path }

// Key tells the request from others, but for its body: the method, the path
// with its arguments, and the parameters. It is for keys and not for messages.
func (r Request) Key() string { return fmt.Sprintf("%v %q %s", r, r.args, r.query.Encode()) }

// target is the escaped path with its arguments. An argument that a server
// could take for another path ("..", "a/b") does not leave its segment.
func (r Request) target() (string, error) {
	var b strings.Builder
	rest, args := r.path, r.args
	for {
		before, after, found := strings.Cut(rest, "{")
		b.WriteString(before)
		if !found {
			break
		}
		name, after, closed := strings.Cut(after, "}")
		if !closed || len(args) == 0 {
			return "", fmt.Errorf("path %s has more names than the %d arguments", r.path, len(r.args))
		}
		if a := args[0]; a == "" || a == "." || a == ".." || strings.ContainsAny(a, "/\\") {
			return "", fmt.Errorf("%s %q cannot be part of a path", name, a)
		}
		b.WriteString(url.PathEscape(args[0]))
		rest, args = after, args[1:]
	}
	if len(args) > 0 {
		return "", fmt.Errorf("path %s has fewer names than the %d arguments", r.path, len(r.args))
	}
	return b.String(), nil
}

// content is the body as JSON, nil if there is none.
func (r Request) content() ([]byte, error) {
	if r.body == nil {
		return nil, nil
	}
	return json.Marshal(r.body)
}
