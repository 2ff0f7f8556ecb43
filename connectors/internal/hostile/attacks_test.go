//go:build unix

package hostile_test

import (
	"github.com/tidegate-go/tidegate/connectors"
)

// attack is one crime and what the host makes of it.
type attack struct {
	crime string

	// What is asked for: "" is a number, "items" a list, "check" whether it is
	// ready, "status" only why it is not up. The honest connector's after a colon.
	kind string

	// What the query fails with; code "" means an answer, or for "items" a list that is not complete.
	code, says string

	open string // what Open says instead: it has a deadline then
	log  string // what a line of the log that names the instance has
}

const (
	down    = connectors.CodeDown
	bad     = connectors.CodeBadAnswer
	late    = connectors.CodeTimeout
	large   = connectors.CodeTooLarge
	circle  = connectors.CodeCursorLoop
	fault   = connectors.CodeInternal
	expired = "connectors: open: context deadline exceeded; not ready: shop"
)

// attacks is the whole list, in the order of a connector's life.
var attacks = []attack{
	// Before the handshake.
	{crime: "garbage@start", kind: "status", code: down, says: "it does not start: Unrecognized remote plugin message: hello, I am ready"},
	{crime: "binary@start", kind: "status", code: down, says: "it does not start: "},
	{crime: "long@start", kind: "status", code: down, says: "it does not start: "},
	{crime: "endless@start", kind: "status", code: down, says: "it does not start: "},
	{crime: "elsewhere@start", kind: "status", code: down, says: "not at a unix socket in the directory that TMPDIR names"},
	{crime: "message@start", log: `{\"@message\":1`},
	{crime: "line@start", log: `"cut":10`},
	{crime: "exit@start", code: down, says: "it printed: gone at start"},
	{crime: "kill@start", kind: "status", code: down, says: "it does not start: "},
	{crime: "fork@start", kind: "status", code: down, says: "it does not start: "},
	{crime: "daemon@start", kind: "status", code: down, says: "it does not start: "},
	{crime: "freeze@start", open: expired},
	{crime: "ignore@start", open: expired},

	// After the handshake, before it is open.
	{crime: "exit@Health", kind: "status", code: down, says: "it printed: gone at Health"},
	{crime: "freeze@Health", open: expired},
	{crime: "ignore@Health", open: expired},
	{crime: "exit@Describe", kind: "status", code: down, says: "it does not describe: exit status 7; it printed: gone at Describe"},
	{crime: "freeze@Describe", open: expired},
	{crime: "ignore@Describe", open: expired},
	{crime: "huge-describe", kind: "status", code: down, says: "larger than max"},
	{crime: "nonsense"},
	{crime: "exit@Configure", code: down, says: "gone at Configure"},
	{crime: "freeze@Configure", open: expired},
	{crime: "ignore@Configure", open: expired},
	{crime: "huge-configure", kind: "status", code: down, says: "larger than max"},

	// In a check.
	{crime: "exit@Check", kind: "check", code: down, says: "its process is gone: exit status 7"},
	{crime: "freeze@Check", kind: "check", code: late, says: "no answer in time"},
	{crime: "ignore@Check", kind: "check", code: late, says: "no answer in time"},
	{crime: "huge-check", kind: "check", code: large, says: "larger than max"},
	{crime: "huge-status", kind: "check", code: down, says: "its process is gone: error reading from server"},

	// In a call.
	{crime: "exit@Measure", code: down, says: "exit status 7; it printed: gone at Measure"},
	{crime: "kill@Measure", code: down, says: "signal: killed"},
	{crime: "panic@Measure", code: down, says: "panic: the villain panics"},
	{crime: "freeze@Measure", code: late, says: "no answer in time"},
	{crime: "ignore@Measure", code: late, says: "no answer in time"},
	{crime: "fork@Measure", code: down, says: "exit status 7"},
	{crime: "daemon@Measure", code: down, says: "exit status 7"},
	{crime: "message@Measure", log: `{\"@message\":1`},
	{crime: "line@Measure", log: `"cut":10`},
	{crime: "flood@Measure", log: "connector printed more than is logged"},

	// In an answer.
	{crime: "none", code: bad, says: "0 answers to 1 queries"},
	{crime: "two", code: bad, says: "2 answers to 1 queries"},
	{crime: "nil", code: bad, says: "no number"},
	{crime: "another", kind: "honest:another", code: bad, says: "is that to another query"},
	{crime: "empty", code: bad, says: "no number"},
	{crime: "NaN", code: bad, says: "NaN is no number"},
	{crime: "infinite", code: bad, says: "-Inf is no number"},
	{crime: "future", code: bad, says: "observed in the future, 1h0m0s from now"},
	{crime: "year", code: bad, says: "not a moment"},
	{crime: "unit", code: bad, says: "unknown unit"},
	{crime: "other-unit"}, // gates judges
	{crime: "series", code: bad, says: "no number"},
	{crime: "code", code: fault, says: "[redacted]"},
	{crime: "escape", code: "odd", says: "[2J[redacted]"},
	{crime: "status", code: bad, says: "PermissionDenied: no [redacted]"},
	{crime: "huge", code: large, says: "larger than max"},

	// In a list.
	{crime: "exit@List", kind: "items", code: down, says: "exit status 7"},
	{crime: "exit@stream", kind: "items", code: down, says: "exit status 7"},
	{crime: "freeze@stream", kind: "items", code: late, says: "no answer in time"},
	{crime: "ignore@stream", kind: "items", code: late, says: "no answer in time"},
	{crime: "fork@stream", kind: "items", code: down, says: "exit status 7"},
	{crime: "flood@stream", kind: "items", log: "connector printed more than is logged"},
	{crime: "duplicate", kind: "items", code: circle, says: `"a"`},
	{crime: "backwards", kind: "items", code: circle, says: `"a"`},
	{crime: "resumed-backwards", kind: "items", code: circle, says: `"first-"`},
	{crime: "unasked", kind: "items"},
	{crime: "later", kind: "items", code: bad, says: "observed in the future, 1h0m0s from now"},
	{crime: "stranger", kind: "items", code: bad, says: "no work-items"},
	{crime: "void", kind: "items", code: bad, says: "no work-items"},
	{crime: "wait", kind: "items", code: connectors.CodeRateLimited, says: "the source asked to wait"},
	{crime: "huge-batch", kind: "items", code: large, says: "larger than max"},
	{crime: "silent", kind: "items"},
	{crime: "items", kind: "items"},
	{crime: "fat", kind: "items"},
	{crime: "chatter", kind: "items", log: `"remarks":990`},

	// In the end.
	{crime: "exit@Shutdown"},
	{crime: "kill@Shutdown"},
	{crime: "freeze@Shutdown", log: "it does not end when it is asked to"},
	{crime: "ignore@Shutdown", log: "it does not end when it is asked to"},
	{crime: "freeze@end", log: "it does not end when it is asked to"},
	{crime: "ignore@end", log: "it does not end when it is asked to"},
	{crime: "fork@Shutdown"},
	{crime: "daemon@end"},
}
