package document_test

import (
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/notes"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/document"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

var hostile = []string{
	"- [ ] task", "# heading", "1. one", "> quote", "+ plus", "=== ", "a|b\\|c", "`code` ``", "*a* _b_ ~~c~~", "<b>x</b><!-- y -->", "[a](http://x.example)",
	"![i](https://x.example/i.png)", "&amp; &lt", "https://x.example www.x.example a@x.example", "@team ping", "#12 GH-12 octo/repo#7 !9 deadbeef1",
	"\u202eright\u2066to\u200bleft", "a\nb\r\n\r\n# c", "a\tb\x00c\x1b[31m", "[^1]: note", ": definition", "@#12 `#1` \\#3", "||", "\\",
}

// everywhere sets every text of people in a value, but not the names of
// environments, which make the ids of gates.
func everywhere(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(s)
		}
	case reflect.Slice:
		for i := range v.Len() {
			everywhere(v.Index(i), s)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			everywhere(v.Elem(), s)
		}
	case reflect.Struct:
		switch v.Interface().(type) {
		case fact.Query, gates.Environment:
			return
		}
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; v.Field(i).CanSet() && name != "Environment" && name != "Gate" && name != "Schema" && name != "NoSignOffs" {
				everywhere(v.Field(i), s)
			}
		}
	default:
	}
}

// TestHostileText writes every document of a packet in which every text of people
// is hostile. A reader of each sees the text itself and nothing that it would like
// to be.
func TestHostileText(t *testing.T) {
	for _, s := range hostile {
		p := sample.Packet()
		everywhere(reflect.ValueOf(&p).Elem(), s)
		_, body := mail(t, p, "production/entry")
		pages := map[string]string{
			"customers":  note(t, p, notes.Customers),
			"support":    note(t, p, notes.Support),
			"leadership": note(t, p, notes.Leadership),
			"checklists": write(t, func(w io.Writer) error { return document.Checklists(w, p) }),
			"sign-off":   body,
			"diff":       write(t, func(w io.Writer) error { return document.Diff(w, sample.Packet(), p) }),
		}
		for name, page := range pages {
			t.Run(name+" "+s, func(t *testing.T) {
				wellFormed(t, page)
				seen, links := read(t, page)
				if !strings.Contains(seen, mdtext.Visible(s)) {
					t.Errorf("%q is not read on\n%s", mdtext.Visible(s), seen)
				}
				for _, l := range links {
					if strings.Contains(l, "x.example") {
						t.Errorf("a link leads to %s", l)
					}
				}
			})
		}
		chat := document.Chat(p)
		if seen, links := read(t, chat); strings.Contains(strings.TrimSpace(seen), "\n") || len(links) > 0 || utf8.RuneCountInString(chat) > document.MaxChat {
			t.Errorf("%q in a chat: %q", s, chat)
		}
		if subject, _, _ := document.SignOffRequest(p, "production/entry"); strings.ContainsAny(subject, "\r\n\x00") {
			t.Errorf("%q in a subject line: %q", s, subject)
		}
	}
}

// TestCodeHosts looks for what a code host finds in a finished page: references
// outside of code.
func TestCodeHosts(t *testing.T) {
	for _, text := range []string{
		"fixes #12", "#12", "see GH-12 and gh-7", "octo/repo#12", "mr !33", "by @team/one", "as of deadbee and 0123456789abcdef0123456789abcdef01234567",
		"@#12", "`#1`", "\\#3", "#1#2", "#1 !2@me GH-3", "(GH-4)", "a_b_#5", "epic &9", "R&9;", "&#38;12",
	} {
		p := packet.Packet{}
		p.Notes.Customers = notes.NewNote(text, notes.Change{Text: text, Link: "https://example.com/issues/#12"}, notes.Change{Text: text})
		page := note(t, p, notes.Customers)
		wellFormed(t, page)
		seen, links := read(t, page)
		if n := strings.Count(seen, mdtext.Visible(text)); n != 3 {
			t.Errorf("%q is read %d times on\n%s", text, n, page)
		}
		if len(links) != 1 || links[0] != "https://example.com/issues/#12" {
			t.Errorf("%q: links %v", text, links)
		}
		if found := references(page); found != nil {
			t.Errorf("%q: a code host finds %q in\n%s", text, found, page)
		}
	}
}
