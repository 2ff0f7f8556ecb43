package connectors_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

var someDigest = value.Sum(nil)

func TestLockWith(t *testing.T) {
	l := connectors.Lock{}.With("jira", "1.0.0", "linux/arm64", someDigest).With("datadog", "0.1.0", "linux/amd64", someDigest)
	old := l.With("jira", "1.0.0", "linux/amd64", someDigest)
	want := connectors.Lock{Version: 1, Programs: []connectors.LockedProgram{
		{Name: "datadog", Version: "0.1.0", Files: []connectors.LockedFile{{Platform: "linux/amd64", Digest: someDigest}}},
		{Name: "jira", Version: "1.0.0", Files: []connectors.LockedFile{{Platform: "linux/amd64", Digest: someDigest}, {Platform: "linux/arm64", Digest: someDigest}}},
	}}
	if diff := cmp.Diff(want, old); diff != "" {
		t.Error(diff)
	}
	other := value.Sum([]byte("x"))
	if got := old.With("jira", "1.0.0", "linux/amd64", other).Programs[1].Files; len(got) != 2 || got[0].Digest != other {
		t.Errorf("%v", got)
	}
	if got := old.With("jira", "1.1.0", "darwin/arm64", other).Programs[1]; got.Version != "1.1.0" || len(got.Files) != 1 {
		t.Errorf("files of another version are left: %v", got)
	}
	if diff := cmp.Diff(want, old); diff != "" {
		t.Errorf("a lock was changed by its copies: %s", diff)
	}
	text, err := strictjson.Encode(old)
	if err != nil {
		t.Fatal(err)
	}
	back, err := connectors.ParseLock(text)
	if diff := cmp.Diff(old, back); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestLockFaults(t *testing.T) {
	err := connectors.Lock{Version: 2, Programs: []connectors.LockedProgram{
		{Name: "Jira"},
		{Name: "a", Version: "1", Files: []connectors.LockedFile{{Platform: "linux", Digest: "md5:00"}, {Platform: "linux/amd64", Digest: someDigest}, {Platform: "linux/amd64"}}},
		{Name: "a", Version: "1", Files: []connectors.LockedFile{{Platform: "linux/amd64/v2", Digest: value.Digest(strings.ToUpper(string(someDigest)))}}},
	}}.Validate()
	if err == nil {
		t.Fatal("it is a lock")
	}
	for _, want := range []string{
		"lock: version: 2 is not read here", `programs[0].name: "Jira"`, "programs[0].version: is missing", "programs[0].files: are missing", `programs[1].files[0].platform: "linux"`,
		"programs[1].files[0].digest: ", `programs[1].files[2].platform: "linux/amd64" is there already`, "programs[1].files[2].digest: ",
		`programs[2].name: "a" is there already`, "programs[2].files[0].platform", "programs[2].files[0].digest",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q:\n%v", want, err)
		}
	}
	for text, want := range map[string]string{
		`{"version": 1, "programms": []}`: "programms",
		`{"version": 2}`:                  "version: 2",
		`{"version": 1, "programs": [{"name": "a", "version": "1", "files": [{"platform": "linux/amd64", "digest": "md5:0"}]}]}`: "programs[0].files[0].digest",
	} {
		if _, err := connectors.ParseLock([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// locked is a config whose shop is a program of its own, and a lock that has it.
func locked(t *testing.T, s *system, path string) connectors.Config {
	t.Helper()
	digest, err := connectors.FileDigest(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TIDEGATE_CONNECTOR", "shop") // the host passes it to programs of its own only
	lock := connectors.Lock{}.With("shop", "1.2.3", connectors.Platform(), digest)
	return connectors.Config{Lock: &lock, Connectors: []connectors.Launch{
		{Name: "eu", Command: []string{path}, Locked: "shop", Settings: shopConfig{Site: s.URL}, Env: []string{"TIDEGATE_CONNECTOR"}}}}
}

// Which program answered is in every result, whatever it says of itself.
func TestProvenance(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/401": says(401, "no")})
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pinned := locked(t, s, self)
	digest := pinned.Lock.Programs[0].Files[0].Digest
	unpinned := pinned
	unpinned.Connectors = []connectors.Launch{{Name: "eu", Command: []string{self}, Unpinned: true, Settings: shopConfig{Site: s.URL}, Env: []string{"TIDEGATE_CONNECTOR"}}}
	own := unpinned
	own.Connectors = []connectors.Launch{{Name: "eu", Self: "shop", Settings: shopConfig{Site: s.URL}}}
	here := own
	here.Connectors = []connectors.Launch{{Name: "eu", InProcess: shop{}, Settings: shopConfig{Site: s.URL}}}
	for name, tc := range map[string]struct {
		config connectors.Config
		want   fact.Program
		named  []string
	}{
		"pinned":     {pinned, fact.Program{Trust: fact.Pinned, Name: "shop", Version: "1.2.3", Digest: digest}, nil},
		"unpinned":   {unpinned, fact.Program{Trust: fact.Unpinned, Name: "shop", Version: "1.2.3"}, []string{"eu"}},
		"self":       {own, fact.Program{Trust: fact.Own, Name: "shop", Version: "1.2.3"}, nil},
		"in process": {here, fact.Program{Trust: fact.Own, Name: "shop", Version: "1.2.3"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			f := start(t, tc.config)
			set := f.Collect(t.Context(), []fact.Query{at("eu", number("/x")), at("eu", number("/401")), at("nobody", number("/x"))})
			for _, r := range set.Results {
				want := tc.want
				if r.Query.Connector == "nobody" {
					want = fact.Program{}
				}
				if diff := cmp.Diff(want, r.Program); diff != "" {
					t.Errorf("%v: %s", r.Query, diff)
				}
			}
			if diff := cmp.Diff(tc.named, set.Unpinned()); diff != "" {
				t.Error(diff)
			}
			if got := f.Status()[0].Trust; got != tc.want.Trust {
				t.Errorf("status: %v", got)
			}
		})
	}
}

// A program that is not in the lock, in another version or for another platform, is not started.
func TestLockRefuses(t *testing.T) {
	hosttest.Private(t)
	s := serve(t, nil)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(data, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := locked(t, s, self)
	for want, change := range map[string]func(*connectors.Config){
		"the lock has shop 2.0.0, the program says that it is shop 1.2.3": func(c *connectors.Config) { c.Lock.Programs[0].Version = "2.0.0" },
		"the lock has store 1.2.3, the program says that it is shop 1.2.3": func(c *connectors.Config) {
			c.Lock.Programs[0].Name, c.Connectors[0].Locked = "store", "store"
		},
		`connectors[0].command: the lock has no program "` + strings.TrimSuffix(filepath.Base(self), ".exe"): func(c *connectors.Config) { c.Connectors[0].Locked = "" },
		"connectors[0].command: the lock has no file of shop 1.2.3 for " + connectors.Platform() + ", only for plan9/riscv64": func(c *connectors.Config) {
			c.Lock.Programs[0].Files[0].Platform = "plan9/riscv64"
		},
		"connectors[0].pin: the program's checksum is not the pinned one":      func(c *connectors.Config) { c.Lock.Programs[0].Files[0].Digest = someDigest },
		"connectors[0].locked: contradicts the pin":                            func(c *connectors.Config) { c.Connectors[0].Pin = process.Checksum(self) },
		"connectors[0].unpinned: contradicts the pin":                          func(c *connectors.Config) { c.Connectors[0].Unpinned = true },
		"lock: lock: version: 7":                                               func(c *connectors.Config) { c.Lock.Version = 7 },
		"connectors[0].pin: is required":                                       func(c *connectors.Config) { c.Lock = nil },
		"connectors[0].command[1]: is a file that the pin does not cover":      func(c *connectors.Config) { c.Connectors[0].Command = []string{self, data} },
		"connectors[0].command[1]: is a directory that the pin does not cover": func(c *connectors.Config) { c.Connectors[0].Command = []string{self, filepath.Dir(data)} },
		"connectors[0].command[2]: is a directory that the pin does not cover": func(c *connectors.Config) {
			c.Connectors[0].Command, c.Connectors[0].Files = []string{self, "word", "."}, map[string]string{data: process.Checksum(data)}
		},
		"connectors[0].files[" + data + "]: the program's checksum": func(c *connectors.Config) {
			c.Connectors[0].Command, c.Connectors[0].Files = []string{self, data}, map[string]string{data: strings.Repeat("00", 32)}
		},
	} {
		c := good
		lock := good.Lock.With("other", "1", connectors.Platform(), someDigest) // a copy
		lock.Programs = lock.Programs[1:]
		c.Lock, c.Connectors = &lock, append([]connectors.Launch{}, good.Connectors...)
		change(&c)
		f, err := connectors.Open(t.Context(), c)
		if err == nil {
			f.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	good.Connectors[0].Command = []string{self, data, filepath.Dir(data), "testdata"} // a word, which is a directory here by chance
	good.Connectors[0].Files = map[string]string{data: process.Checksum(data)}
	f := start(t, good)
	answered(t, one(t, f, at("eu", number("/x"))), 7)
}

// The lock is looked at before every start, not only before the first.
func TestSwappedBetweenStarts(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that runs cannot be replaced")
	}
	s := serve(t, nil)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tidegate-connector-shop")
	clone(t, self, path, "")
	c := locked(t, s, path)
	c.Connectors[0].Locked = "" // the name of the file
	f := start(t, c)
	answered(t, one(t, f, at("eu", number("/x"))), 7)
	clone(t, self, path, "one byte more")
	kill(t, f)
	failed(t, one(t, f, at("eu", number("/y"))), connectors.CodeInvalidConfig, "the program's checksum is not the pinned one")
	if s.count("/y") != 0 {
		t.Error("another program was asked")
	}
}

// A link is followed at every start: what it leads to now has to be the locked
// program, wherever it led before.
func TestLinkIsFollowedAtEveryStart(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links are for administrators")
	}
	s := serve(t, nil)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	link, other := filepath.Join(dir, "tidegate-connector-shop"), filepath.Join(dir, "other")
	clone(t, self, other, "one byte more")
	lead := func(to string) {
		t.Helper()
		_ = os.Remove(link) // the first time there is none
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	lead(self)
	c := locked(t, s, link)
	c.Connectors[0].Locked = ""
	f := start(t, c)
	answered(t, one(t, f, at("eu", number("/x"))), 7)
	lead(other)
	kill(t, f)
	failed(t, one(t, f, at("eu", number("/y"))), connectors.CodeInvalidConfig, "the program's checksum is not the pinned one")
	if s.count("/y") != 0 {
		t.Error("another program was asked")
	}
	if _, err := connectors.Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), "the program's checksum is not the pinned one") {
		t.Errorf("opened anew: %v", err)
	}
}

// Who puts a program of the same name in front in PATH takes nothing over, not
// even when the right one was found before and has died.
func TestNameIsNotTakenOverInThePath(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a program is found by its extension there")
	}
	s := serve(t, nil)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const name = "tidegate-connector-shop"
	good, bad := t.TempDir(), t.TempDir()
	clone(t, self, filepath.Join(good, name), "")
	clone(t, self, filepath.Join(bad, name), "one byte more")
	c := locked(t, s, filepath.Join(good, name))
	c.Connectors[0].Command = []string{name}
	c.Connectors[0].Locked = ""
	t.Setenv("PATH", good)
	f := start(t, c)
	answered(t, one(t, f, at("eu", number("/x"))), 7)
	t.Setenv("PATH", bad+string(os.PathListSeparator)+good)
	kill(t, f)
	answered(t, one(t, f, at("eu", number("/y"))), 7) // the path that was found first stays
	if _, err := connectors.Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), "the program's checksum is not the pinned one") {
		t.Errorf("the one in front is opened: %v", err)
	}
}

// kill ends the process of the only instance.
func kill(t *testing.T, f *connectors.Fleet) {
	t.Helper()
	process, err := os.FindProcess(f.Status()[0].Pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// clone puts a copy of a program, with something more at its end, in the place of another.
func clone(t *testing.T, from, to, more string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to+".new", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o700)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(out, io.MultiReader(in, strings.NewReader(more)))
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(to+".new", to); err != nil {
		t.Fatal(err)
	}
}

// A lock file is written by whoever releases a connector, and reviewed.
func ExampleLock_With() {
	lock := connectors.Lock{}.With("github", "0.3.0", "linux/amd64", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
	lock = lock.With("github", "0.3.0", "darwin/arm64", "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
	for _, file := range lock.Programs[0].Files {
		fmt.Println(file.Platform, file.Digest)
	}
	// Output:
	// darwin/arm64 sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
	// linux/amd64 sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
}

func ExampleParseLock() {
	_, err := connectors.ParseLock([]byte(`{"version": 1, "programs": [{"name": "github", "version": "0.3.0", "files": []}]}`))
	fmt.Println(err)
	// Output: lock: programs[0].files: are missing
}
