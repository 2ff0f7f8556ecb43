package configfile_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/configfile"
	"github.com/tidegate-go/tidegate/release/value"
)

const token = "s3cr3t/t0ken"

// write writes a file with exactly the given mode.
func write(t *testing.T, path, text string, mode os.FileMode) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TEST_TOKEN", token)
	write(t, filepath.Join(dir, "key"), token+"\r\n", 0o440)
	write(t, filepath.Join(dir, "lock.json"), `{"version": 1, "programs": [{"name": "jira", "version": "1.0.0", "files": [{"platform": "linux/amd64", "digest": "`+string(value.Sum(nil))+`"}]}]}`, 0o644)
	path := write(t, filepath.Join(dir, "tidegate.json"), `{
		"lock": "lock.json", "queryTimeout": "PT5S", "collectTimeout": "PT1M30S", "maxItems": 7,
		"connectors": [
			{"name": "a", "command": ["bin/tidegate-connector-jira", "-v"], "pin": "00", "files": {"x.js": "11"}, "settings": {"site": "x"},
			 "secrets": {"token": "env:TEST_TOKEN", "auth.key": "file:key"}, "env": ["LANGUAGE"],
			 "rateLimits": [{"name": "search", "kinds": ["count"], "perSecond": 0.5, "burst": 2}], "upstream": "acme", "alone": true},
			{"command": ["tidegate-connector-jira"], "locked": "jira"},
			{"self": "jira", "secrets": {"token": "file:`+filepath.ToSlash(filepath.Join(dir, "key"))+`"}},
			{"command": ["/bin/true"], "unpinned": true}
		]}`, 0o664)
	got, err := configfile.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	secret := connectors.NewSecret(token)
	lock := connectors.Lock{}.With("jira", "1.0.0", "linux/amd64", value.Sum(nil))
	want := connectors.Config{Lock: &lock, QueryTimeout: 5 * time.Second, CollectTimeout: 90 * time.Second, MaxItems: 7, Connectors: []connectors.Launch{
		{Name: "a", Command: []string{filepath.Join(dir, "bin/tidegate-connector-jira"), "-v"}, Pin: "00", Files: map[string]string{"x.js": "11"}, Settings: []byte(`{"site": "x"}`),
			Secrets: map[string]connectors.Secret{"token": secret, "auth.key": secret}, Env: []string{"LANGUAGE"},
			RateLimits: []connectors.RateLimit{{Name: "search", Kinds: []string{"count"}, PerSecond: 0.5, Burst: 2}}, Upstream: "acme", Alone: true},
		{Command: []string{"tidegate-connector-jira"}, Locked: "jira", Secrets: map[string]connectors.Secret{}},
		{Self: "jira", Secrets: map[string]connectors.Secret{"token": secret}},
		{Command: []string{"/bin/true"}, Unpinned: true, Secrets: map[string]connectors.Secret{}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if text := fmt.Sprintf("%+v %#v", got, got); strings.Contains(text, token) {
		t.Error("the config prints a secret")
	}
}

// Every fault is said at once, with its place, and no text has a secret.
func TestFaults(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TEST_EMPTY", "")
	write(t, filepath.Join(dir, "empty"), "\n", 0o600)
	write(t, filepath.Join(dir, "large"), strings.Repeat("x", 1<<17), 0o600)
	write(t, filepath.Join(dir, "lock.json"), `{"version": 3}`, 0o600)
	for text, wants := range map[string][]string{
		`{"lock": "lock.json", "connectors": [{"self": "a", "secrets": {"a": "env:TEST_NOWHERE", "b": "env:TEST_EMPTY", "c": "` + token + `",
			"d": "file:nowhere", "e": "file:empty", "f": "file:large", "g": "file:.", "h": "env:", "i": "file:", "j": ""}}]}`: {
			"lock: the file lock.json is none: lock: version: 3", "connectors[0].secrets.a: the environment has no variable TEST_NOWHERE",
			"secrets.b: the variable TEST_EMPTY is empty", "secrets.c: is no reference", "secrets.d: the file nowhere no such file", "secrets.e: the file empty is empty",
			"secrets.f: the file large is larger than 65536 bytes", "secrets.g: the file . is no regular file", "secrets.h: is no reference", "secrets.i: is no reference", "secrets.j: is no reference",
		},
		`{"lock": "gone.json", "connectors": []}`:                                          {"lock: the file gone.json no such file"},
		`{"connectors": [{"secrets": {"a": ` + token + `}}]}`:                              {"connectors[0].secrets.a: is no reference"},
		`{"connectors": [{"secrets": {"a": 12345678, "a": "env:X"}}]}`:                     {"connectors[0].secrets.a: is no reference", "duplicate key"},
		`{"connectors": [{"secrets": {"a": "` + token + `\x"}}], "queryTimeout": "30s"}`:   {"connectors[0].secrets.a: is no reference", "queryTimeout"},
		`{"connectors": [{"secrets": "` + token + `", "nmae": "x"}]}`:                      {"connectors[0].secrets: is no reference", `unknown field "nmae"`},
		`{"connectors": [{"settings": {"a": 1, "a": 2}, "rateLimits": [{"burst": "x"}]}]}`: {"connectors[0].settings", "connectors[0].rateLimits[0].burst"},
		`{"maxItems": 1.5`: {"maxItems", "unexpected end"},
	} {
		_, err := configfile.Decode([]byte(text), dir)
		if err == nil {
			t.Errorf("%s: no fault", text)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("the error lacks %q:\n%v", want, err)
			}
		}
		if strings.Contains(err.Error(), "s3cr3t") || strings.Contains(err.Error(), "12345678") {
			t.Errorf("the error has a secret:\n%v", err)
		}
	}
}

func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no modes")
	}
	dir := t.TempDir()
	config := filepath.Join(dir, "config.json")
	key, lock := filepath.Join(dir, "key"), filepath.Join(dir, "lock.json")
	for _, tc := range []struct {
		config, key, lock os.FileMode
		want              string
	}{
		{0o600, 0o600, 0o600, ""},
		{0o664, 0o440, 0o644, ""},
		{0o666, 0o600, 0o600, "has the mode 0666; take away 0002: chmod 0664"},
		{0o600, 0o604, 0o600, "secrets.token: the file key has the mode 0604; take away 0004: chmod 0600"},
		{0o600, 0o660, 0o600, "secrets.token: the file key has the mode 0660; take away 0020: chmod 0640"},
		{0o600, 0o600, 0o602, "lock: the file lock.json has the mode 0602"},
	} {
		write(t, config, `{"lock": "lock.json", "connectors": [{"self": "a", "secrets": {"token": "file:key"}}]}`, tc.config)
		write(t, key, token, tc.key)
		write(t, lock, `{"version": 1}`, tc.lock)
		_, err := configfile.Read(config)
		if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
			t.Errorf("modes %o, %o, %o: %v, want %q", tc.config, tc.key, tc.lock, err, tc.want)
		}
	}
	if err := os.Symlink(key, filepath.Join(dir, "link")); err != nil { // as Kubernetes mounts secrets
		t.Fatal(err)
	}
	write(t, key, token, 0o600)
	c, err := configfile.Decode([]byte(`{"connectors": [{"self": "a", "secrets": {"token": "file:link"}}]}`), dir)
	if err != nil || c.Connectors[0].Secrets["token"].Reveal() != token {
		t.Error(err)
	}
}

func TestReadSettings(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TEST_TOKEN", token)
	path := write(t, filepath.Join(dir, "jira.json"), `{"settings": {"site": "x"}, "secrets": {"token": "env:TEST_TOKEN"}}`, 0o600)
	s, err := configfile.ReadSettings(path)
	if err != nil || string(s.JSON) != `{"site": "x"}` || s.Secrets["token"].Reveal() != token {
		t.Errorf("%s, %v", s.JSON, err)
	}
	s, err = configfile.ReadSettings(write(t, path, `{}`, 0o600))
	if err != nil || string(s.JSON) != `{}` || len(s.Secrets) != 0 {
		t.Errorf("%s, %v", s.JSON, err)
	}
	for text, want := range map[string]string{
		`{"secrets": {"token": "` + token + `"}}`:    "secrets.token: is no reference",
		`{"secrets": {"token": ` + token + `}}`:      "secrets.token: is no reference",
		`{"secrets": {"token": "env:TEST_NO"}}`:      "secrets.token: the environment has no variable TEST_NO",
		`{"settings": {}, "token": "` + token + `"}`: `unknown field "token"`,
	} {
		_, err := configfile.ReadSettings(write(t, path, text, 0o600))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, read := range []func(string) error{
		func(p string) error { _, err := configfile.ReadSettings(p); return err },
		func(p string) error { _, err := configfile.Read(p); return err },
	} {
		if err := read(filepath.Join(dir, "gone")); !errors.Is(err, os.ErrNotExist) || strings.Count(err.Error(), "gone") != 1 {
			t.Error(err)
		}
		if err := read(write(t, path, strings.Repeat(" ", 2<<20), 0o600)); err == nil || !strings.Contains(err.Error(), "is larger than") {
			t.Error(err)
		}
	}
}

// A config is read as a whole or not at all, and no secret of it is empty.
func FuzzDecode(f *testing.F) {
	f.Add(`{"connectors": [{"secrets": {"a": hunter2-t0ken}}]}`)
	f.Add(`{"connectors": [{"secrets": {"a": "hunter2-t0ken\x"}}]}`)
	f.Add(`{"connectors": [{"secrets": {"a": ["hunter2-t0ken"]}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := configfile.Decode([]byte(text), "testdata")
		if err != nil {
			if len(c.Connectors) != 0 {
				t.Error("an error, and a config")
			}
			return
		}
		for _, l := range c.Connectors {
			for name, secret := range l.Secrets {
				if secret.IsZero() {
					t.Errorf("%s is empty", name)
				}
			}
		}
	})
}
