package connectors

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/value"
)

// LockVersion is the version of the lock file's form that this module writes
// and reads.
const LockVersion = 1

// Lock is which programs may be started: the content of a lock file, which is
// reviewed and versioned beside the config. A program of another file, name or
// version than the lock has is not started.
type Lock struct {
	Version  int             `json:"version"` // [LockVersion]
	Programs []LockedProgram `json:"programs,omitzero"`
}

// LockedProgram is one connector's program in one version.
type LockedProgram struct {
	Name    string       `json:"name"`    // as the connector describes itself
	Version string       `json:"version"` // as the connector describes itself
	Files   []LockedFile `json:"files"`
}

// LockedFile is the program's file for one platform.
type LockedFile struct {
	Platform string       `json:"platform"` // GOOS/GOARCH, as in "linux/amd64"
	Digest   value.Digest `json:"digest"`   // SHA-256 of the file
}

// Platform is the one that this program runs on, as a lock names it.
func Platform() string { return runtime.GOOS + "/" + runtime.GOARCH }

// ParseLock reads a lock file. The error lists every fault with its place.
func ParseLock(data []byte) (Lock, error) {
	var l Lock
	if err := strictjson.Decode(data, &l, nil); err != nil {
		return Lock{}, fmt.Errorf("lock: %w", err)
	}
	if err := l.Validate(); err != nil {
		return Lock{}, err
	}
	return l, nil
}

// FileDigest is the digest of a program's file, for a lock.
func FileDigest(path string) (value.Digest, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("lock: %w", err)
	}
	_ = file.Close() // it was only looked for, for the error
	sum := process.Checksum(path)
	if sum == "" {
		return "", fmt.Errorf("lock: %s cannot be read", path)
	}
	return value.Digest("sha256:" + sum), nil
}

// With returns the lock with one program's file added or replaced. Files of
// another version of the program go.
func (l Lock) With(name, version, platform string, digest value.Digest) Lock {
	p := LockedProgram{Name: name, Version: version}
	programs := make([]LockedProgram, 0, len(l.Programs)+1)
	for _, other := range l.Programs {
		if other.Name != name {
			other.Files = slices.Clone(other.Files)
			programs = append(programs, other)
		} else if other.Version == version {
			p.Files = slices.DeleteFunc(slices.Clone(other.Files), func(f LockedFile) bool { return f.Platform == platform })
		}
	}
	p.Files = append(p.Files, LockedFile{platform, digest})
	slices.SortFunc(p.Files, func(a, b LockedFile) int { return strings.Compare(a.Platform, b.Platform) })
	programs = append(programs, p)
	slices.SortFunc(programs, func(a, b LockedProgram) int { return strings.Compare(a.Name, b.Name) })
	return Lock{cmp.Or(l.Version, LockVersion), programs}
}

// Validate returns everything that is wrong with the lock, each with its place.
func (l Lock) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("lock: "+format, args...)) }
	if l.Version != LockVersion {
		fault("version: %d is not read here, want %d", l.Version, LockVersion)
	}
	names := map[string]bool{}
	for i, p := range l.Programs {
		at := fmt.Sprintf("programs[%d]", i)
		switch {
		case !namePattern.MatchString(p.Name):
			fault("%s.name: %q does not match %s", at, clip(p.Name), namePattern)
		case names[p.Name]:
			fault("%s.name: %q is there already", at, p.Name)
		}
		names[p.Name] = true
		if p.Version == "" {
			fault("%s.version: is missing", at)
		}
		if len(p.Files) == 0 {
			fault("%s.files: are missing", at)
		}
		platforms := map[string]bool{}
		for j, f := range p.Files {
			at := fmt.Sprintf("%s.files[%d]", at, j)
			system, machine, _ := strings.Cut(f.Platform, "/")
			switch {
			case system == "" || machine == "" || strings.ContainsAny(machine, "/ "):
				fault("%s.platform: %q is no GOOS/GOARCH", at, clip(f.Platform))
			case platforms[f.Platform]:
				fault("%s.platform: %q is there already", at, f.Platform)
			}
			platforms[f.Platform] = true
			if _, err := value.ParseDigest(string(f.Digest)); err != nil {
				fault("%s.digest: %v", at, err)
			}
		}
	}
	return errors.Join(faults...)
}

// find returns the program and its file's digest for the platform.
func (l Lock) find(name, platform string) (LockedProgram, value.Digest, error) {
	i := slices.IndexFunc(l.Programs, func(p LockedProgram) bool { return p.Name == name })
	if i < 0 {
		return LockedProgram{}, "", fmt.Errorf("the lock has no program %q", clip(name))
	}
	p := l.Programs[i]
	var platforms []string
	for _, f := range p.Files {
		if f.Platform == platform {
			return p, f.Digest, nil
		}
		platforms = append(platforms, f.Platform)
	}
	return p, "", fmt.Errorf("the lock has no file of %s %s for %s, only for %s", p.Name, clip(p.Version), platform, strings.Join(platforms, ", "))
}

// same returns an error unless a connector that describes itself is the locked one.
func (p LockedProgram) same(about Description) error {
	if p.Name == about.Name && p.Version == about.Version {
		return nil
	}
	return &Diagnostic{Code: CodeInvalidConfig, Path: "command", Origin: FromConfig,
		Summary: fmt.Sprintf("the lock has %s %s, the program says that it is %s %s", p.Name, clip(p.Version), clip(about.Name), clip(about.Version))}
}
