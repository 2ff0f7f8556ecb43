package audit_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/compliance/audit"
)

// archived is the bundle as an archive, with a prefix before each name.
func archived(t *testing.T, dir, prefix string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if prefix != "" {
		if err := w.WriteHeader(&tar.Header{Name: prefix, Typeflag: tar.TypeDir, Mode: 0o755}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range files(t, dir) {
		text := read(t, dir, name)
		if err := w.WriteHeader(&tar.Header{Name: prefix + name, Typeflag: tar.TypeReg, Size: int64(len(text)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "bundle.tar")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// An archive gives the same report as its folder, however tar was called.
func TestArchive(t *testing.T) {
	m := good(t)
	o := audit.Options{Key: public(1), Witness: m.early.Note}
	want, err := audited(m.dir, o)
	if err != nil || !want.Holds {
		t.Fatalf("%v, %v", want.Problems, err)
	}
	for _, prefix := range []string{"", "./", "bundle/", "./bundle/"} {
		got, err := audited(archived(t, m.dir, prefix), o)
		if err != nil {
			t.Fatalf("%q: %v", prefix, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-folder +archive):\n%s", prefix, diff)
		}
	}
}

func TestHostileArchives(t *testing.T) {
	file := func(name string) tar.Header { return tar.Header{Name: name, Typeflag: tar.TypeReg, Size: 1} }
	tests := []struct {
		name    string
		entries []tar.Header
		want    string
	}{
		{"a name that leads up", []tar.Header{file("../plan.json")}, "leads elsewhere"},
		{"a name that leads up from within", []tar.Header{file("log/../../plan.json")}, "leads elsewhere"},
		{"a name from the root", []tar.Header{file("/etc/passwd")}, "leads elsewhere"},
		{"a name of Windows", []tar.Header{file(`c:\plan.json`)}, "leads elsewhere"},
		{"a symbolic link", []tar.Header{{Name: "plan.json", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}}, "want a file"},
		{"a hard link", []tar.Header{{Name: "plan.json", Typeflag: tar.TypeLink, Linkname: "/etc/passwd"}}, "want a file"},
		{"a device", []tar.Header{{Name: "plan.json", Typeflag: tar.TypeChar}}, "want a file"},
		{"a pipe", []tar.Header{{Name: "plan.json", Typeflag: tar.TypeFifo}}, "want a file"},
		{"a folder outside", []tar.Header{{Name: "../x/", Typeflag: tar.TypeDir}}, "want a file"},
		{"a name twice", []tar.Header{file("plan.json"), file("plan.json")}, "stands twice"},
		{"an empty file twice", []tar.Header{{Name: "plan.json", Typeflag: tar.TypeReg}, file("plan.json")}, "stands twice"},
		{"a name twice, written in two ways", []tar.Header{file("plan.json"), file("./plan.json")}, "stands twice"},
		{"another folder", []tar.Header{file("plan.json"), file("more/plan.json")}, "no folder but log"},
		{"a folder in the log", []tar.Header{file("plan.json"), file("log/a/b")}, "no folder but log"},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		for _, h := range tt.entries {
			if err := w.WriteHeader(&h); err != nil {
				t.Fatal(err)
			}
			if h.Size > 0 {
				_, _ = w.Write([]byte("x"))
			}
		}
		_ = w.Close()
		if _, err := audit.ReadArchive(&b); !errors.Is(err, audit.ErrUnreadable) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, err := audit.ReadArchive(strings.NewReader(strings.Repeat("no archive ", 100))); !errors.Is(err, audit.ErrUnreadable) {
		t.Errorf("no archive: %v", err)
	}
	cut := read(t, filepath.Dir(archived(t, good(t).dir, "")), "bundle.tar")
	if _, err := audit.ReadArchive(bytes.NewReader(cut[:len(cut)/2])); !errors.Is(err, audit.ErrUnreadable) {
		t.Errorf("half of an archive: %v", err)
	}
}

// A file that says to be larger than memory is refused before it is read.
func TestHugeArchive(t *testing.T) {
	var head bytes.Buffer
	w := tar.NewWriter(&head)
	if err := w.WriteHeader(&tar.Header{Name: "plan.json", Typeflag: tar.TypeReg, Size: 1 << 40}); err != nil {
		t.Fatal(err)
	}
	_, err := audit.ReadArchive(&head)
	if !errors.Is(err, audit.ErrUnreadable) || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("%v", err)
	}
}

// Whatever an archive has, reading it does not panic, and nothing in it is
// taken for a bundle that holds.
func FuzzReadArchive(f *testing.F) {
	m, err := bundled(f.Context(), f.TempDir(), situation{seed: 1})
	if err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.AddFS(os.DirFS(m.dir)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		bundle, err := audit.ReadArchive(bytes.NewReader(data))
		if err != nil {
			return
		}
		r, err := audit.Check(bundle, &audit.Options{Key: public(3)}) // the key of nobody
		if err == nil && r.Holds {
			t.Error("it holds")
		}
	})
}
