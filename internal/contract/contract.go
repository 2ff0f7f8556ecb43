package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/errors"
)

// Contract is a vendor's description of its API.
type Contract struct {
	File  string // where it was read from
	valid validator.Validator
	paths []route
}

// route is one operation of the description.
type route struct {
	method, path string
	match        *regexp.Regexp
	deprecated   bool
}

// Shared is the path of a file of the vendors' material, such as
// "contracts", "jira.trimmed.json". The test is skipped where there is none.
func Shared(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("TIDEGATE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	file := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the vendors' material is not here: %v", err)
	}
	return file
}

// Load reads the description of one vendor, "jira" for jira.trimmed.json.
func Load(t testing.TB, vendor string) *Contract {
	t.Helper()
	c := &Contract{File: Shared(t, "contracts", vendor+".trimmed.json")}
	if err := c.read(); err != nil {
		t.Fatal(err)
	}
	return c
}

// methods are the names under which a path item has its operations.
var methods = []string{"get", "put", "post", "delete", "patch"}

func (c *Contract) read() error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	var raw map[string]any
	if err := json.Unmarshal(text, &raw); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	c.strip(raw)
	if text, err = json.Marshal(raw); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	document, err := libopenapi.NewDocument(text)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	made, faults := validator.NewValidator(document)
	if len(faults) > 0 {
		return fmt.Errorf("%s: %v", c.File, faults)
	}
	c.valid = made
	return nil
}

// strip takes the servers away, so that paths are judged on the loopback
// interface, and notes the operations.
func (c *Contract) strip(raw map[string]any) {
	delete(raw, "servers")
	paths, _ := raw["paths"].(map[string]any)
	for path, v := range paths {
		item, _ := v.(map[string]any)
		delete(item, "servers")
		for _, method := range methods {
			op, ok := item[method].(map[string]any)
			if !ok {
				continue
			}
			delete(op, "servers")
			deprecated, _ := op["deprecated"].(bool)
			pattern := braces.ReplaceAllString(regexp.QuoteMeta(path), "[^/]+")
			c.paths = append(c.paths, route{strings.ToUpper(method), path, regexp.MustCompile("^" + pattern + "$"), deprecated})
		}
	}
	// Of two that match, the one with fewer names in braces is meant: /slo/search before /slo/{slo_id}.
	slices.SortFunc(c.paths, func(a, b route) int {
		if n := strings.Count(a.path, "{") - strings.Count(b.path, "{"); n != 0 {
			return n
		}
		return strings.Compare(a.path+a.method, b.path+b.method)
	})
}

var braces = regexp.MustCompile(`\\\{[^}]*\\\}`)

// Operation is the name of the operation that a request is one of:
// "GET /rest/api/3/myself"; false if the description has none.
func (c *Contract) Operation(r *http.Request) (string, bool) {
	for _, p := range c.paths {
		if p.method == r.Method && p.match.MatchString(r.URL.EscapedPath()) {
			return p.method + " " + p.path, !p.deprecated
		}
	}
	return r.Method + " " + r.URL.Path, false
}

// Request returns what is wrong with a request; its body is read and put back.
func (c *Contract) Request(r *http.Request) []Fault {
	op, ok := c.Operation(r)
	if !ok {
		return []Fault{{op, "request", "the description has no such operation, or it is deprecated"}}
	}
	_, found := c.valid.ValidateHttpRequestSync(r)
	return faults(op, "request", found)
}

// Response returns what is wrong with the answer to a request.
func (c *Contract) Response(r *http.Request, answer *http.Response) []Fault {
	op, ok := c.Operation(r)
	if !ok {
		return nil // said of the request
	}
	_, found := c.valid.ValidateHttpResponse(r, answer)
	return faults(op, fmt.Sprintf("response %d", answer.StatusCode), found)
}

// Fault is one thing that does not agree with a description.
type Fault struct {
	Operation string // "POST /rest/api/3/search/jql"
	Side      string // "request", "response 200"
	Message   string
}

// String is the fault in one line.
func (f Fault) String() string { return f.Operation + ": " + f.Side + ": " + f.Message }

func faults(op, side string, found []*errors.ValidationError) []Fault {
	var all []Fault
	for _, f := range found {
		text := f.Message + ": " + f.Reason
		for _, s := range f.SchemaValidationErrors {
			text += fmt.Sprintf("; %s at %s", s.Reason, s.FieldPath)
		}
		all = append(all, Fault{op, side, strings.Join(strings.Fields(text), " ")})
	}
	return all
}
