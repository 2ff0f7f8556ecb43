package process

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"time"

	"github.com/hashicorp/go-plugin"

	"github.com/tidegate-go/tidegate/connectors/internal/plain"
	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

// The limits of a process.
const (
	StartTimeout  = 10 * time.Second // from the start to a healthy connection
	HealthTimeout = 2 * time.Second  // of one health check
	KillGrace     = 2 * time.Second  // from the request to shut down to SIGKILL
)

// ErrPin says that the program is not the one that was pinned.
var ErrPin = errors.New("the program's checksum is not the pinned one")

// Trust is why a program may be started.
type Trust uint8

// The kinds of trust.
const (
	Pinned   Trust = iota // its file has the SHA-256 of Spec.Pin
	Unpinned              // somebody said so; it is logged as a warning at every start
	Self                  // it is the program that runs
)

// Spec says what to start and how.
type Spec struct {
	Name  string   // of the connector, for logs
	Path  string   // of the program
	Args  []string // without the program
	Trust Trust
	Pin   []byte // SHA-256 of the program file
	Files []File // that it runs, too; pinned like it

	Env []string // names of the host's variables to pass beside the allow-list
	Set []string // further variables, "NAME=value"; never a secret

	Logger   *slog.Logger     // nil: silence
	Redactor *redact.Redactor // strikes secrets out of what the child prints

	StartTimeout time.Duration // 0: StartTimeout
}

func (s Spec) log() *slog.Logger {
	return cmp.Or(s.Logger, slog.New(slog.DiscardHandler)).With("connector", s.Name)
}

// verify refuses a program that nobody vouches for. go-plugin would do it for
// a Cmd but not for a RunnerFunc. The check is made anew for each start: a
// SecureConfig that is used twice says no, for its hash is not reset (trap 6).
// Who can write the file can still swap it between the check and the start.
func (s Spec) verify(log *slog.Logger) error {
	switch s.Trust {
	case Self:
		return nil
	case Unpinned:
		log.Warn("starting a connector whose program is not pinned", "path", s.Path)
		return nil
	}
	if err := VerifyPin(s.Path, s.Pin); err != nil {
		return err
	}
	for _, f := range s.Files {
		if err := VerifyPin(f.Path, f.Pin); err != nil {
			return err
		}
	}
	return nil
}

// File is a file with its SHA-256.
type File struct {
	Path string
	Pin  []byte
}

// VerifyPin returns [ErrPin] unless the program has the SHA-256.
func VerifyPin(path string, pin []byte) error {
	secure := plugin.SecureConfig{Checksum: pin, Hash: sha256.New()}
	ok, err := secure.Check(path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPin, err)
	}
	if !ok {
		return fmt.Errorf("%w: %s has %s, pinned is %x", ErrPin, path, cmp.Or(Checksum(path), "no checksum"), pin)
	}
	return nil
}

// Checksum is the SHA-256 of a file in hexadecimal, "" if it cannot be read.
func Checksum(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = file.Close() }() // it was only read
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return ""
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// hostEnv are the variables of the host that every child may see. Proxies are
// not among them: their URLs hold passwords.
var hostEnv = []string{"PATH", "HOME", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR"}

// environ is the environment of the child: what the allow-list lets through,
// and the private directory for its temporary files, sockets among them.
func (s Spec) environ(dir string) []string {
	var env []string
	for _, name := range append(hostEnv, s.Env...) {
		if text, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+text)
		}
	}
	env = append(env, "TMPDIR="+dir)
	if runtime.GOOS == "windows" {
		env = append(env, "TMP="+dir, "TEMP="+dir)
	}
	return append(env, s.Set...)
}

// oneLine is text as one printable line of bounded length, for errors.
func oneLine(text string) string {
	const most = 300
	line := string(bytes.Join(bytes.Fields(bytes.ToValidUTF8([]byte(plain.Printable(text)), []byte("?"))), []byte(" ")))
	if runes := []rune(line); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return line
}
