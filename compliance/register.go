package compliance

import (
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/tidegate-go/tidegate/release"
)

// registerColumns are those of the register of approvals.
var registerColumns = []string{
	"ID", "Approval", "Gate", "Controls", "Policy clauses", "Responsible", "Delegate", "Status", "Answered by", "Name", "Answered at",
	"As delegate", "After the fact", "Reason", "Subject", "Evidence", "Evidence digest", "Evidence format", "Retention",
}

// WriteRegister writes the register of approvals for an auditor's spreadsheet:
// comma-separated values in UTF-8 as in RFC 4180, every cell in quotes, one line
// an approval in the log's order. Names are those of the directory.
//
// A spreadsheet takes a cell that begins with =, +, - or @ for a formula, and one
// that splits cells at semicolons or tabs takes what stands behind those for
// another cell. Such a character gets an apostrophe before it: nothing that
// somebody wrote into an approval is calculated.
func WriteRegister(w io.Writer, l Log, d release.Directory) error {
	var b strings.Builder
	writeRow(&b, registerColumns)
	for _, a := range l.Approvals {
		person, _ := d.Person(a.By)
		e, at := l.EvidenceOf(a), ""
		if !a.At.IsZero() {
			at = a.At.String()
		}
		retention := ""
		if !e.Retention.IsZero() {
			retention = e.Retention.String()
		}
		writeRow(&b, []string{
			a.ID, a.Title, a.Gate, strings.Join(a.Controls, " "), strings.Join(a.Clauses, " "), d.Title(a.Responsible), d.Title(a.Delegate),
			a.Status.String(), a.By, person.Name, at, strconv.FormatBool(a.ByDelegate), strconv.FormatBool(a.Retroactive), a.Reason,
			a.Subject.String(), string(e.Location), e.Digest.String(), e.Format, retention,
		})
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeRow(b *strings.Builder, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		b.WriteString(strings.ReplaceAll(defused(cell), `"`, `""`))
		b.WriteByte('"')
	}
	b.WriteString("\r\n")
}

// defused is a cell in which nothing is a formula: OWASP's list of the
// characters that begin one (CSV Injection), and their full-width forms, each
// behind an apostrophe where a cell may begin.
func defused(cell string) string {
	var b strings.Builder
	begins := true
	for _, c := range strings.ToValidUTF8(cell, "�") {
		switch {
		case strings.ContainsRune("=+-@＝＋－＠", c) && begins:
			b.WriteByte('\'')
			begins = false
		case strings.ContainsRune(",;|\t\r\n", c):
			begins = true
		case !unicode.IsSpace(c) && c != '"' && unicode.IsPrint(c):
			begins = false
		}
		switch {
		case c == '\t' || c == '\r' || c == '\n':
			b.WriteByte(' ')
		case unicode.IsControl(c): // nobody reads it, and some programs do
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
