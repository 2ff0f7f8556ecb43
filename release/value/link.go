package value

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLink is the longest link taken, in bytes: what RFC 9110 §4.1 asks every recipient to support.
const maxLink = 8000

// Link is an absolute URL (RFC 3986) as written: https, http or mailto, with a host or an address,
// without user and password (a secret may hide there, and a host be faked), spaces, control and
// invisible characters. [ParseLink] checks all that. A Link set in Go, or decoded, may be
// anything, so that a rule can report it with its path: see [Link.Fault].
type Link string

// ParseLink returns s as a link if it has no fault.
func ParseLink(s string) (Link, error) {
	if err := Link(s).Fault(); err != nil {
		return "", err
	}
	return Link(s), nil
}

// Fault says what is wrong with the link. The error leaves out what may be a user and password.
func (l Link) Fault() error {
	if err := linkFault(string(l)); err != nil {
		return fmt.Errorf("link %s: %w", quoteLink(string(l)), err)
	}
	return nil
}

// Redacted returns the link as documents may show it: as written, but without what stands before
// its last @, which may be a user and password. A mail address stays whole.
func (l Link) Redacted() string {
	s := string(l)
	mail := len(s) >= len("mailto:") && strings.EqualFold(s[:len("mailto:")], "mailto:")
	if at := strings.LastIndexByte(s, '@'); at >= 0 && !mail {
		return "…" + s[at:]
	}
	return s
}

func quoteLink(s string) string { return quote(Link(s).Redacted()) }

func linkFault(s string) error {
	if plainLink(s) {
		return nil
	}
	return linkFaultOf(s)
}

// plainLink reports whether s is https, a host of letters, digits, dots, hyphens and
// underscores, and a path of these and slashes: what most links are, and what
// nothing can be wrong with. Pages ask it of every link that they write.
func plainLink(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok || rest == "" || rest[0] == '/' || len(s) > maxLink {
		return false
	}
	for i := range len(rest) {
		c := rest[i]
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' || c == '/'
		if !plain {
			return false
		}
	}
	return true
}

func linkFaultOf(s string) error {
	if s == "" {
		return errors.New("is empty")
	}
	if len(s) > maxLink {
		return fmt.Errorf("is longer than %d bytes", maxLink)
	}
	if err := linkText(s); err != nil {
		return err
	}
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			return errors.New("has a space, write %20")
		case !unicode.IsGraphic(r):
			return fmt.Errorf("has the invisible character %U", r)
		case r == '\\':
			return errors.New(`has a backslash, which browsers read as a slash, write %5C`)
		}
	}
	u, err := url.Parse(s)
	if err != nil {
		return errors.New("is no URL") // The error of package url would repeat a password.
	}
	switch u.Scheme {
	case "https", "http":
		return hostFault(u)
	case "mailto":
		return mailFault(u)
	case "":
		return errors.New("is not absolute, want https://")
	}
	return fmt.Errorf("scheme %s is not taken, use https, http or mailto", quote(u.Scheme))
}

// linkText refuses what no text file should hold: invalid UTF-8 and control characters.
func linkText(s string) error {
	if !utf8.ValidString(s) {
		return errors.New("is not UTF-8")
	}
	if i := strings.IndexFunc(s, unicode.IsControl); i >= 0 {
		return fmt.Errorf("has the control character %U", []rune(s[i:])[0])
	}
	return nil
}

// hostFault wants letters, digits, dots, hyphens and underscores, or an IPv6 address in brackets,
// so that what looks like a host is one: a name of another script has to be in its ASCII form
// (RFC 5890).
func hostFault(u *url.URL) error {
	host := u.Hostname()
	switch {
	case u.Opaque != "" || host == "":
		return fmt.Errorf("has no host, want %s://host/path", u.Scheme)
	case u.User != nil:
		return errors.New("has a user, who does not belong in a link")
	}
	for _, r := range host {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._:", r) {
			continue
		}
		return fmt.Errorf("host %s has the character %q, want ASCII (xn--… for other scripts)", quote(host), r)
	}
	return nil
}

// mailFault wants something before and after an @ (RFC 6068), not an address that delivers.
func mailFault(u *url.URL) error {
	user, host, ok := strings.Cut(u.Opaque, "@")
	if !ok || user == "" || host == "" {
		return errors.New("has no address, want mailto:name@host")
	}
	return nil
}

// Href returns the link for the destination of a Markdown link or the value of an HTML attribute,
// or "" if it has a fault. Other bytes than RFC 3986 has, and those that could end a destination,
// a table cell, a code span or a quoted attribute, are percent-encoded; a & is left, so a writer
// of HTML escapes it as it escapes any attribute. The semicolon of what would be an HTML character
// reference is encoded, so that Markdown does not decode it.
func (l Link) Href() string {
	if l.Fault() != nil {
		return ""
	}
	s := string(l)
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf || !hrefByte(byte(r)) }) < 0 {
		return s
	}
	// The brackets of an IPv6 address stay; hostFault saw to the rest of the host.
	host := strings.IndexByte(s, ']')
	if host >= 0 && !strings.HasPrefix(s[strings.IndexByte(s, ':')+1:], "//[") {
		host = -1
	}
	out := make([]byte, 0, len(s)+16)
	for i := range len(s) {
		c := s[i]
		if hrefByte(c) || (c == '[' || c == ']') && i <= host || c == ';' && !endsReference(s[:i]) {
			out = append(out, c)
			continue
		}
		out = fmt.Appendf(out, "%%%02X", c)
	}
	return string(out)
}

// hrefByte reports whether c is safe in every place that Href is for. From RFC 3986's characters '
// ( ) * [ ] are left out, and ; is left to the caller. A percent sign begins an escape, as
// url.Parse has checked for the path.
func hrefByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		strings.IndexByte("-._~:/?#@!$&+,=%", c) >= 0
}

// endsReference reports whether s ends in & and a name or number, to which a semicolon would make a
// character reference.
func endsReference(s string) bool {
	name := strings.TrimRightFunc(s, func(r rune) bool {
		return r == '#' || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
	})
	return strings.HasSuffix(name, "&") && len(name) < len(s)
}

// IsZero reports whether no link is given.
func (l Link) IsZero() bool { return l == "" }

// String returns the link as written.
func (l Link) String() string { return string(l) }

// MarshalText writes the link as written, also one with a fault. It fails for the empty link, for
// control characters and for what is not UTF-8.
func (l Link) MarshalText() ([]byte, error) {
	if err := readableLink(string(l)); err != nil {
		return nil, err
	}
	return []byte(l), nil
}

// UnmarshalText reads any text but the empty one, control characters and what is not UTF-8. A bad
// link is a finding for a rule, which knows its path and its neighbours, not a decoding error that
// hides the rest of the document.
func (l *Link) UnmarshalText(text []byte) error {
	if err := readableLink(string(text)); err != nil {
		return err
	}
	*l = Link(text)
	return nil
}

func readableLink(s string) error {
	err := linkText(s)
	if s == "" {
		err = errors.New("is empty")
	}
	if err != nil {
		return fmt.Errorf("link %s: %w", quoteLink(s), err)
	}
	return nil
}
