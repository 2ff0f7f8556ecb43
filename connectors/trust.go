package connectors

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/parent"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
)

// programPrefix begins the names of connectors' program files.
const programPrefix = "tidegate-connector-"

// trust finds out who vouches for the program, and looks whether it is the one:
// again at each start, but a wrong pin is a fault of the config also when
// nothing is started.
func (p *preparation) trust(file string) {
	in, l := p.in, p.in.launch
	switch {
	case l.Unpinned && (l.Pin != "" || l.Locked != "" || len(l.Files) > 0):
		p.fault("unpinned", "contradicts the pin")
	case l.Unpinned:
	case l.Pin != "" && l.Locked != "":
		p.fault("locked", "contradicts the pin")
	case l.Pin != "":
		in.pin = p.sum("pin", l.Pin)
	case p.lock == nil:
		p.fault("pin", "is required: the SHA-256 of the program, a lock that has it, or Unpinned")
	default:
		locked, digest, err := p.lock.find(cmp.Or(l.Locked, strings.TrimPrefix(file, programPrefix)), Platform())
		if err != nil {
			p.fault("command", "%v", err)
			break
		}
		in.locked, in.pin = &locked, p.sum("command", strings.TrimPrefix(string(digest), "sha256:"))
	}
	if in.pin == nil {
		return
	}
	p.verify("pin", in.path, in.pin)
	for _, path := range slices.Sorted(maps.Keys(l.Files)) {
		if sum := p.sum("files["+path+"]", l.Files[path]); sum != nil {
			in.files = append(in.files, process.File{Path: path, Pin: sum})
			p.verify("files["+path+"]", path, sum)
		}
	}
	for i, argument := range l.Command[1:] {
		_, listed := l.Files[argument]
		switch info, err := os.Stat(argument); {
		case err != nil || listed:
		case info.Mode().IsRegular():
			p.fault(fmt.Sprintf("command[%d]", i+1), "is a file that the pin does not cover; list it among the files")
		case info.IsDir() && isPath(argument) && !below(argument, l.Files):
			p.fault(fmt.Sprintf("command[%d]", i+1), "is a directory that the pin does not cover; list the files in it that are run among the files")
		}
	}
}

// isPath reports whether an argument is meant as a path: a word may be that of a
// directory by chance.
func isPath(argument string) bool {
	return strings.HasPrefix(argument, ".") || strings.ContainsAny(argument, `/\`)
}

// below reports whether one of the files is in the directory.
func below(dir string, files map[string]string) bool {
	for path := range files {
		if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}

// sum reads a SHA-256; it is nil if that is none.
func (p *preparation) sum(field, text string) []byte {
	sum, err := hex.DecodeString(text)
	if err != nil || len(sum) != sha256.Size {
		p.fault(field, "%q is not a SHA-256, 64 hexadecimal digits", clip(text))
		return nil
	}
	return sum
}

func (p *preparation) verify(field, path string, pin []byte) {
	if path == "" { // not found, which is said already
		return
	}
	if err := process.VerifyPin(path, pin); err != nil {
		p.fault(field, "%s", oneLine(err.Error()))
	}
}

// spec says how to start the program of the instance.
func (in *instance) spec() process.Spec {
	l := in.launch
	s := process.Spec{Path: in.path, Env: l.Env, Set: []string{parent.Variable + "=" + strconv.Itoa(os.Getpid())}}
	switch {
	case l.InProcess != nil:
	case l.Self != "":
		s.Trust = process.Self
		s.Set = append(s.Set, handshake.Variable+"="+l.Self)
	case l.Unpinned:
		s.Trust, s.Args = process.Unpinned, l.Command[1:]
	default:
		s.Pin, s.Files, s.Args = in.pin, in.files, l.Command[1:]
	}
	return s
}

// shares is equal for instances that may share a process.
func (in *instance) shares() string {
	l := in.launch
	return fmt.Sprintf("%q %q %x %x %t %q %q", in.path, l.Command, in.pin, in.files, l.Unpinned, l.Self, slices.Sorted(slices.Values(l.Env)))
}

// self is the path of the program that runs. On Linux the link in /proc leads
// to it even if another file has taken its place since.
func self() (string, error) {
	if runtime.GOOS == "linux" {
		const link = "/proc/self/exe"
		if _, err := os.Stat(link); err == nil {
			return link, nil
		}
	}
	return os.Executable()
}

// ownChecksum is that of the running program, computed once.
var ownChecksum = sync.OnceValue(func() string {
	path, err := self()
	if err != nil {
		return ""
	}
	return process.Checksum(path)
})
