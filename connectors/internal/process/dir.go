package process

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

const dirPrefix = "tidegate-"

// maxSocketDir is the longest directory whose sockets have a valid name: the
// kernel's limit is 104 bytes, and go-plugin adds two names of up to 20 bytes.
const maxSocketDir = 104 - 2*22

// privateDir makes a directory that only this user can enter. Its name says
// whose it is, so that those of hosts that were killed can be cleared away.
func privateDir() (string, error) {
	base := os.TempDir()
	prefix := dirPrefix + strconv.Itoa(os.Getpid()) + "-" + namespace() + "-"
	if runtime.GOOS != "windows" && len(filepath.Join(base, prefix+"0123456789")) > maxSocketDir {
		base = "/tmp"
	}
	sweep(base)
	dir, err := os.MkdirTemp(base, prefix)
	if err != nil {
		return "", fmt.Errorf("directory for the socket: %w", err)
	}
	return dir, nil
}

// namespace tells the process ids of one container from those of another that
// shares the directory. It is "0" where there are none.
func namespace() string {
	link, err := os.Readlink("/proc/self/ns/pid") // such as "pid:[4026531836]"
	if err != nil {
		return "0"
	}
	n, err := strconv.ParseUint(strings.Trim(link, "pid:[]"), 10, 64)
	if err != nil {
		return "0"
	}
	return strconv.FormatUint(n, 36)
}

// sweep removes this user's directories of hosts that are gone. What it cannot
// remove stays: it is no reason not to start.
func sweep(base string) {
	entries, err := os.ReadDir(base)
	if err != nil {
		return
	}
	for _, entry := range entries {
		rest, ours := strings.CutPrefix(entry.Name(), dirPrefix)
		parts := strings.Split(rest, "-")
		if !ours || !entry.IsDir() || len(parts) != 3 || parts[1] != namespace() {
			continue
		}
		info, err := entry.Info()
		if pid, bad := strconv.Atoi(parts[0]); err == nil && bad == nil && pid > 0 && owned(info) && dead(pid) {
			_ = os.RemoveAll(filepath.Join(base, entry.Name()))
		}
	}
}
