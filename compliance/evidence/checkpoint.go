package evidence

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/tidegate-go/tidegate/release/value"
)

// Format names the format of logs. It stands in every checkpoint.
const Format = "tidegate.evidence/1"

// ErrCheckpoint means that a note is no checkpoint of the log by its key.
var ErrCheckpoint = errors.New("checkpoint does not hold")

// Checkpoint is what the log was at one moment, signed: whoever has it sees
// whether the records that it covers are changed later.
type Checkpoint struct {
	Origin string       // the name of the log
	Size   int64        // how many records it covers
	Root   value.Digest // of the tree of RFC 6962 over their lines
	At     time.Time    // by the log's clock
	Note   string       // the signed text, as golang.org/x/mod/sumdb/note writes it
}

// sign makes the signed checkpoint. Its text has the form of C2SP's
// tlog-checkpoint: origin, size, root, and one line of extension, which has the
// format and the moment.
func (c Checkpoint) sign(s note.Signer) (Checkpoint, error) {
	text, err := c.text()
	if err != nil {
		return c, err
	}
	msg, err := note.Sign(&note.Note{Text: text}, s)
	if err != nil {
		return c, fmt.Errorf("checkpoint of %d records cannot be signed: %w", c.Size, err)
	}
	c.Note = string(msg)
	return c, nil
}

func (c Checkpoint) text() (string, error) {
	root, err := hashOf(c.Root)
	return fmt.Sprintf("%s\n%d\n%s\n%s %s\n", c.Origin, c.Size, root, Format, c.At.Format(time.RFC3339Nano)), err
}

// ParseCheckpoint verifies a signed checkpoint and reads it. It is strict: one
// signature, by the key, and only the bytes that the signer writes. Everything
// else is an [ErrCheckpoint].
func ParseCheckpoint(text string, key PublicKey) (Checkpoint, error) {
	wrong := func(format string, args ...any) (Checkpoint, error) {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrCheckpoint, fmt.Errorf(format, args...))
	}
	if key.IsZero() {
		return wrong("no key is given")
	}
	n, err := note.Open([]byte(text), note.VerifierList(key.verifier))
	if err != nil {
		return wrong("%w", err)
	}
	if len(n.Sigs) != 1 || len(n.UnverifiedSigs) > 0 {
		return wrong("%d signatures, want one", len(n.Sigs)+len(n.UnverifiedSigs))
	}
	sig := n.Sigs[0]
	if _, err := base64.StdEncoding.Strict().DecodeString(sig.Base64); err != nil || text != fmt.Sprintf("%s\n— %s %s\n", n.Text, sig.Name, sig.Base64) {
		return wrong("its signature is written in another form")
	}
	c, err := readCheckpoint(n.Text)
	if err != nil {
		return wrong("%w", err)
	}
	if c.Origin != key.Origin() {
		return wrong("it is of log %q, not of %q", c.Origin, key.Origin())
	}
	c.Note = text
	return c, nil
}

// readCheckpoint reads the text of a checkpoint, which has one form.
func readCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 {
		return Checkpoint{}, errors.New("want four lines: origin, size, root, format and moment")
	}
	format, at, _ := strings.Cut(lines[3], " ")
	if format != Format {
		return Checkpoint{}, fmt.Errorf("format %q, this version reads %s", format, Format)
	}
	size, err1 := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := base64.StdEncoding.DecodeString(lines[2])
	when, err3 := time.Parse(time.RFC3339Nano, at)
	if err := errors.Join(err1, err2, err3); err != nil {
		return Checkpoint{}, err
	}
	c := Checkpoint{Origin: lines[0], Size: size, Root: value.Digest(fmt.Sprintf("sha256:%x", root)), At: when.UTC()}
	if again, err := c.text(); err != nil || again != text || size < 0 {
		return Checkpoint{}, errors.New("it is written in another form")
	}
	return c, nil
}
