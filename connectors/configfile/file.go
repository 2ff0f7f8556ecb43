package configfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
)

// The largest files that are read, in bytes.
const (
	maxFile   = 1 << 20
	maxSecret = 64 << 10
)

// What a file's mode may not allow.
const (
	othersWrite fs.FileMode = 0o002
	othersAtAll fs.FileMode = 0o007
	groupWrites fs.FileMode = 0o020
)

// load reads a regular file of at most most bytes whose mode has none of the
// forbidden bits.
func load(path string, most int64, forbidden fs.FileMode) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, plain(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()            // of what is read, not of what has its name by now
	if err != nil {
		return nil, plain(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is no regular file")
	}
	if bad := info.Mode().Perm() & forbidden; bad != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("has the mode %04o; take away %04o: chmod %04o", info.Mode().Perm(), bad, info.Mode().Perm()&^forbidden)
	}
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, plain(err)
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("is larger than %d bytes", most)
	}
	return data, nil
}

// plain is err without the name of the operation and of the file.
func plain(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// reference says where a secret is. It is never printed: a secret that stands
// in its place would be, too.
type reference string

var errNoReference = errors.New(`is no reference to a secret, want "env:NAME" or "file:PATH"`)

// resolve returns the secret. No error has the secret, or what is no reference.
func (r reference) resolve(dir string) (connectors.Secret, error) {
	var text string
	switch kind, where, _ := strings.Cut(string(r), ":"); {
	case kind == "env" && where != "" && !strings.ContainsAny(where, "= \t\n\x00"):
		value, ok := os.LookupEnv(where)
		if !ok {
			return connectors.Secret{}, fmt.Errorf("the environment has no variable %s", where)
		}
		if value == "" {
			return connectors.Secret{}, fmt.Errorf("the variable %s is empty", where)
		}
		text = value
	case kind == "file" && where != "" && !strings.ContainsAny(where, "\n\x00"):
		data, err := load(within(dir, where), maxSecret, othersAtAll|groupWrites)
		if err != nil {
			return connectors.Secret{}, fmt.Errorf("the file %s %w", where, err)
		}
		data = bytes.TrimSuffix(bytes.TrimSuffix(data, []byte("\n")), []byte("\r"))
		if len(data) == 0 {
			return connectors.Secret{}, fmt.Errorf("the file %s is empty", where)
		}
		text = string(data)
	default:
		return connectors.Secret{}, errNoReference
	}
	return connectors.NewSecret(text), nil
}

// within is a path that begins at dir, if it is relative.
func within(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
