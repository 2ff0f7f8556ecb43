// Command cmd reads from standard input what a reader of another language makes of
// pages, a line for each, and wants goldmark to read the same from the same files:
//
//	node internal/tools/markdown-it/read.js PAGE... | go run ./render/internal/agree/cmd [PACKET.json]
//
// With a packet, packet.md and annex.md beside it are its body and its annex, and
// what is read from them has to be what the packet says. It prints how much was
// compared, and fails with the differences, or if there was nothing to compare.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/agree"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "agree:", err)
		os.Exit(1)
	}
}

// totals are how much was compared.
type totals struct{ pages, headings, cells, differences int }

func run(args []string, in io.Reader, out, faults io.Writer) error {
	var sum totals
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var theirs agree.Reading
		if err := json.Unmarshal(lines.Bytes(), &theirs); err != nil {
			return fmt.Errorf("page %d: %w", sum.pages+1, err)
		}
		page, err := os.ReadFile(theirs.File)
		if err != nil {
			return err
		}
		sum.page(faults, theirs, reading.Read(page))
	}
	if err := lines.Err(); err != nil {
		return err
	}
	for _, file := range args {
		if err := sum.packet(faults, file); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "agree: %d pages, %d headings, %d cells, %d differences\n", sum.pages, sum.headings, sum.cells, sum.differences)
	switch {
	case err != nil:
		return err
	case sum.cells == 0:
		return errors.New("no cell was compared")
	case sum.differences > 0:
		return fmt.Errorf("%d differences", sum.differences)
	}
	return nil
}

// page compares two readings of one page.
func (s *totals) page(faults io.Writer, theirs agree.Reading, ours *reading.Page) {
	s.pages++
	s.headings += len(ours.Headings)
	for _, t := range ours.Tables {
		s.cells += len(t.Header) * (len(t.Rows) + 1)
	}
	s.report(faults, theirs.File, agree.Differences(ours, theirs))
}

// packet compares a packet with the pages beside it.
func (s *totals) packet(faults io.Writer, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	p, err := packet.Decode(text)
	if err != nil {
		return err
	}
	dir := filepath.Dir(file)
	body, err := os.ReadFile(filepath.Join(dir, "packet.md"))
	if err != nil {
		return err
	}
	annex, err := os.ReadFile(filepath.Join(dir, "annex.md"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	s.report(faults, file, agree.Packet(&p, body, annex))
	return nil
}

func (s *totals) report(faults io.Writer, file string, all []string) {
	s.differences += len(all)
	for _, d := range all {
		_, _ = fmt.Fprintf(faults, "%s: %s\n", file, d) // they are counted, whoever reads them
	}
}
