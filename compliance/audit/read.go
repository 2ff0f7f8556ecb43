package audit

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// Limits of what is read into memory. The log of a folder is streamed, that of
// an archive is not.
const (
	maxDocument = 64 << 20
	maxArchive  = 512 << 20
	maxFiles    = 10_000
)

// Open opens a bundle: a folder, or an archive in the format of tar(1).
func Open(name string) (*Bundle, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if info.IsDir() {
		return OpenFolder(name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	return ReadArchive(f)
}

// OpenFolder opens a bundle that is a folder. It reads nothing outside of it:
// links, devices and other folders than that of the log are an [ErrUnreadable].
func OpenFolder(dir string) (*Bundle, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	b := &Bundle{files: map[string][]byte{}, close: root.Close}
	if err := b.readFolder(root.FS()); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %w", ErrUnreadable, err), root.Close())
	}
	return b, nil
}

func (b *Bundle) readFolder(folder fs.FS) error {
	seen, total := 0, int64(0)
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (name == "." || name == LogFolder) {
			return nil
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s: want a file, not %s", name, d.Type())
		}
		if seen++; seen > maxFiles {
			return fmt.Errorf("more than %d files", maxFiles)
		}
		if path.Dir(name) == LogFolder {
			return nil // it is streamed later
		}
		f, err := folder.Open(name)
		if err != nil {
			return err
		}
		text, err := readLimited(f, name, min(maxDocument, maxArchive-total))
		b.files[name] = text
		total += int64(len(text))
		return errors.Join(err, f.Close())
	})
	if err != nil {
		return err
	}
	b.log, err = fs.Sub(folder, LogFolder)
	return err
}

// ReadArchive reads a bundle that is an archive in the format of tar(1), all of
// it into memory. Nothing is unpacked. An archive with links, devices, names
// that lead outside, a name twice, or more than 512 MiB is an [ErrUnreadable].
// Its files may be in a folder of their own.
func ReadArchive(r io.Reader) (*Bundle, error) {
	files, err := readArchive(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	b := &Bundle{files: map[string][]byte{}}
	log := memory{}
	for name, text := range unwrapped(files) {
		switch folder, file, inside := strings.Cut(name, "/"); {
		case !inside:
			b.files[name] = text
		case folder == LogFolder && !strings.Contains(file, "/"):
			log[file] = text
		default:
			return nil, fmt.Errorf("%w: %s: a bundle has no folder but %s", ErrUnreadable, name, LogFolder)
		}
	}
	b.log = log
	return b, nil
}

func readArchive(r io.Reader) (map[string][]byte, error) {
	files := map[string][]byte{}
	archive, left := tar.NewReader(r), int64(maxArchive)
	for entries := 0; ; entries++ {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if entries >= maxFiles {
			return nil, fmt.Errorf("more than %d files", maxFiles)
		}
		name := strings.TrimPrefix(strings.TrimSuffix(h.Name, "/"), "./")
		switch {
		case h.Typeflag == tar.TypeDir && (name == "." || name == "" || fs.ValidPath(name)):
			continue
		case h.Typeflag != tar.TypeReg:
			return nil, fmt.Errorf("%q: want a file, not an entry of type %q", h.Name, h.Typeflag)
		case !fs.ValidPath(name) || strings.ContainsAny(name, `\:`):
			return nil, fmt.Errorf("%q: the name leads elsewhere", h.Name)
		case contains(files, name):
			return nil, fmt.Errorf("%q stands twice", h.Name)
		case h.Size > left:
			return nil, fmt.Errorf("%q: larger than %d bytes, which is what is left", h.Name, left)
		}
		text, err := readLimited(archive, name, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(text))
		files[name] = text
	}
}

func contains(files map[string][]byte, name string) bool {
	_, ok := files[name]
	return ok
}

// unwrapped returns the files without the one folder that they are all in, if
// they are and it is not the log's.
func unwrapped(files map[string][]byte) map[string][]byte {
	common := ""
	for name := range files {
		folder, _, inside := strings.Cut(name, "/")
		if !inside || common != "" && folder != common {
			return files
		}
		common = folder
	}
	out := make(map[string][]byte, len(files))
	for name, text := range files {
		out[strings.TrimPrefix(name, common+"/")] = text
	}
	return out
}

func readLimited(r io.Reader, name string, limit int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(text)) > limit {
		err = fmt.Errorf("%s: larger than %d bytes, which is what is left", name, limit)
	}
	return text, err
}
