package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// The files of a release folder.
const (
	readmeFile     = "README.md"
	teamFile       = "release-team.md"
	exceptionsFile = "exceptions.yaml"
	notesFile      = "release-notes-draft.json"
)

var fileNames = []string{readmeFile, teamFile, exceptionsFile, notesFile}

// folder is what the four files say. A file that is not there is present in
// none of them and a problem of the folder.
type folder struct {
	problems
	readme     *readme
	team       *team
	exceptions *exceptions
	notes      *releaseNotes
	schedule   schedule
}

func newFolder() *folder {
	return &folder{readme: &readme{problems: problems{file: readmeFile}}, team: &team{}, exceptions: &exceptions{}, notes: &releaseNotes{}}
}

// readFolder reads the files. The error lists every file that cannot be read
// at all; a file that is not there is a problem and no error, unless none is.
func readFolder(ctx context.Context, dir string, progress io.Writer) (*folder, error) {
	f := newFolder()
	var faults []error
	missing := 0
	for _, name := range fileNames {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		source, err := os.ReadFile(filepath.Join(dir, name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing++
			say(progress, "%s is not there\n", name)
			f.all = append(f.all, problem{kind: absent, file: name, message: name + " is not there"})
			continue
		case err == nil && !utf8.Valid(source):
			err = fmt.Errorf("%s:%d: is not UTF-8", name, badLine(source))
		case err == nil:
			err = f.parse(name, source)
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		say(progress, "read %s, %d bytes\n", name, len(source))
	}
	if missing == len(fileNames) {
		return nil, fmt.Errorf("%s is no release folder: it holds none of %s", dir, strings.Join(fileNames, ", "))
	}
	f.schedule = f.readme.schedule()
	return f, errors.Join(faults...)
}

func (f *folder) parse(name string, source []byte) (err error) {
	switch name {
	case readmeFile:
		f.readme = readReadme(source)
	case teamFile:
		f.team = readTeam(source)
	case exceptionsFile:
		f.exceptions, err = readExceptions(source)
	case notesFile:
		f.notes, err = readNotes(source)
	}
	return err
}

// found returns the problems of all files, file by file. It comes last: that
// title and release disagree shows only when the plan is built.
func (f *folder) found() []problem {
	all := slices.Concat(f.all, f.readme.all, f.team.all, f.exceptions.all, f.notes.all)
	for _, unread := range []struct {
		file   string
		fields map[string]int
	}{{exceptionsFile, f.exceptions.unknown}, {notesFile, f.notes.unknown}} {
		if fields := counts(unread.fields); fields != "" {
			all = append(all, problem{kind: unused, file: unread.file, message: "fields that are not read: " + fields})
		}
	}
	return all
}

// counts lists names with how often each was met, sorted.
func counts(of map[string]int) string {
	var all []string
	for name, n := range of {
		all = append(all, fmt.Sprintf("%s (%d)", name, n))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// badLine returns the line of the first byte that is not UTF-8.
func badLine(source []byte) int {
	for at := 0; at < len(source); {
		r, size := utf8.DecodeRune(source[at:])
		if r == utf8.RuneError && size == 1 {
			return lineOf(source, int64(at))
		}
		at += size
	}
	return 0
}
