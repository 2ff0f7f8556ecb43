package evidence

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/release/value"
)

// Kind says what a record is about: letters a to z, digits, hyphens and dots,
// at most 64 of them. A log stores any kind; those below have a name.
type Kind string

// Kinds of records. KindLog is the log's own: Append refuses it.
const (
	KindFacts     Kind = "facts"     // what was collected
	KindDecisions Kind = "decisions" // what was decided on it
	KindApproval  Kind = "approval"  // somebody's answer
	KindWaiver    Kind = "waiver"    // an exception to a criterion
	KindOverride  Kind = "override"  // an exception to a freeze
	KindMessage   Kind = "message"   // what was told to whom
	KindDocument  Kind = "document"  // the digest of a document that is kept elsewhere
	KindConnector Kind = "connector" // a connector with its version and pin
	KindLog       Kind = "log"       // what happened to the log itself
)

// Limits of a record, in bytes.
const (
	MaxName = 512
	MaxBody = 4 << 20
	maxLine = MaxBody + 8*MaxName
)

// Record is one piece of evidence. The log does not know what it means.
type Record struct {
	Kind   Kind            // what it is about
	Name   string          // of what it is about, such as "facts.json"; one line, may be empty
	Digest value.Digest    // of bytes that are kept elsewhere; zero: there are none
	Body   json.RawMessage // JSON in one line, stored byte by byte; nil: there is none
}

// Entry is a record as it stands in a log.
type Entry struct {
	Record

	Number int64         // from 0
	Group  int64         // number of the first record that was made durable together with it
	At     time.Time     // by the log's clock
	Behind time.Duration // how far that clock is behind the latest moment of the records before; 0 if it is not
	Line   []byte        // the stored bytes, which the tree is made of, without the line feed
}

// Errors of records.
var (
	errKind = errors.New("want letters a to z, digits, hyphens and dots")
	errBody = errors.New("want one JSON value in valid UTF-8, without line breaks and white space around it")
)

// check reports why a record cannot be stored.
func (r Record) check() error {
	switch {
	case !r.Kind.valid():
		return fmt.Errorf("kind %q: %w", r.Kind, errKind)
	case len(r.Name) > MaxName:
		return fmt.Errorf("name of %d bytes, want at most %d", len(r.Name), MaxName)
	case !utf8.ValidString(r.Name) || bytes.ContainsFunc([]byte(r.Name), unicode.IsControl):
		return fmt.Errorf("name %q: want one line of UTF-8", r.Name)
	case r.Digest != "" && !r.Digest.Valid():
		return fmt.Errorf("digest %q is none", r.Digest)
	case len(r.Body) > MaxBody:
		return fmt.Errorf("body of %d bytes, want at most %d", len(r.Body), MaxBody)
	case r.Body != nil && (!json.Valid(r.Body) || !utf8.Valid(r.Body) || bytes.ContainsAny(r.Body, "\r\n") || len(bytes.TrimSpace(r.Body)) != len(r.Body)):
		return fmt.Errorf("body: %w", errBody)
	}
	return nil
}

func (k Kind) valid() bool {
	for _, c := range []byte(k) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	return k != "" && len(k) <= 64
}

// castagnoli is the polynomial of iSCSI (RFC 3720, appendix B.4).
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The end of every line: the checksum of all before it. It shows where a line
// was torn or changed without care; what was changed with care shows the tree.
const (
	sumHead = `,"crc":"`
	sumTail = `"}`
	sumSize = len(sumHead) + 8 + len(sumTail)
)

// appendLine appends the line of an entry, without the line feed.
func appendLine(b []byte, e *Entry) []byte {
	start := len(b)
	b = append(b, `{"n":`...)
	b = strconv.AppendInt(b, e.Number, 10)
	if e.Group != e.Number {
		b = append(b, `,"group":`...)
		b = strconv.AppendInt(b, e.Group, 10)
	}
	b = append(b, `,"at":"`...)
	b = e.At.AppendFormat(b, time.RFC3339Nano)
	b = append(b, '"')
	if e.Behind != 0 {
		b = append(b, `,"behind":`...)
		b = strconv.AppendInt(b, int64(e.Behind), 10)
	}
	b = append(b, `,"kind":"`...)
	b = append(b, e.Kind...)
	b = append(b, '"')
	if e.Name != "" {
		b = append(b, `,"name":`...)
		b = appendText(b, e.Name)
	}
	if e.Digest != "" {
		b = append(b, `,"digest":"`...)
		b = append(b, e.Digest...)
		b = append(b, '"')
	}
	if e.Body != nil {
		b = append(b, `,"body":`...)
		b = append(b, e.Body...)
	}
	sum := crc32.Checksum(b[start:], castagnoli)
	b = append(b, sumHead...)
	b = hex.AppendEncode(b, []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return append(b, sumTail...)
}

// appendText appends a name as JSON. It has no control characters.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	for _, c := range []byte(s) {
		if c == '"' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return append(b, '"')
}

// parseLine reads a line. Whatever it accepts, appendLine writes with the same
// bytes: a line has one form.
func parseLine(line []byte) (Entry, error) {
	cut := len(line) - sumSize
	if cut < 0 || !bytes.HasPrefix(line[cut:], []byte(sumHead)) || !bytes.HasSuffix(line, []byte(sumTail)) {
		return Entry{}, errors.New("it is no record: it does not end in a checksum")
	}
	var stored struct {
		N      int64           `json:"n"`
		Group  *int64          `json:"group"`
		At     time.Time       `json:"at"`
		Behind int64           `json:"behind"`
		Kind   Kind            `json:"kind"`
		Name   string          `json:"name"`
		Digest value.Digest    `json:"digest"`
		Body   json.RawMessage `json:"body"`
	}
	if sum := crc32.Checksum(line[:cut], castagnoli); string(line[cut+len(sumHead):len(line)-len(sumTail)]) != fmt.Sprintf("%08x", sum) {
		return Entry{}, errors.New("its checksum is another")
	}
	if err := json.Unmarshal(line, &stored); err != nil {
		return Entry{}, fmt.Errorf("it is no record: %w", err)
	}
	e := Entry{Record: Record{stored.Kind, stored.Name, stored.Digest, stored.Body}, Number: stored.N, Group: stored.N,
		At: stored.At.UTC(), Behind: time.Duration(stored.Behind), Line: line}
	if stored.Group != nil {
		e.Group = *stored.Group
	}
	if err := e.check(); err != nil {
		return Entry{}, fmt.Errorf("it is no record: %w", err)
	}
	if e.Number < 0 || e.Group < 0 || e.Group > e.Number || e.Behind < 0 || !bytes.Equal(appendLine(nil, &e), line) {
		return Entry{}, errors.New("it is no record: it is written in another form")
	}
	return e, nil
}
