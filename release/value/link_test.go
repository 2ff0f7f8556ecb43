package value_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/release/value"
)

func TestLinkHref(t *testing.T) {
	for text, want := range map[string]string{
		"https://example.com":                        "https://example.com",
		"https://example.com/a_b/~c?x=1&y=2#frag":    "https://example.com/a_b/~c?x=1&y=2#frag",
		"HTTPS://Example.com:8443/":                  "HTTPS://Example.com:8443/",
		"http://[2001:db8::1]:80/a[0]":               "http://[2001:db8::1]:80/a%5B0%5D",
		"https://medium.com/@user/post?mail=a@b":     "https://medium.com/@user/post?mail=a@b",
		"https://example.com/wiki/Go_(game)":         "https://example.com/wiki/Go_%28game%29",
		`https://example.com/?q=<b>"x"|'y'` + "`z`":  "https://example.com/?q=%3Cb%3E%22x%22%7C%27y%27%60z%60",
		"https://example.com/?a=1&copy;=2;b":         "https://example.com/?a=1&copy%3B=2;b",
		"https://example.com/?a&#39;":                "https://example.com/?a&#39%3B",
		"https://example.com/größe":                  "https://example.com/gr%C3%B6%C3%9Fe",
		"https://example.com/a%20b":                  "https://example.com/a%20b",
		"mailto:release@example.com?subject=Go%20up": "mailto:release@example.com?subject=Go%20up",
	} {
		l, err := value.ParseLink(text)
		if err != nil {
			t.Error(err)
			continue
		}
		if l.String() != text || l.Href() != want {
			t.Errorf("%s: got %s and %s, want %s", text, l, l.Href(), want)
		}
	}
}

func TestLinkFault(t *testing.T) {
	for text, want := range map[string]string{
		"":                              `link "": is empty`,
		"example.com/run":               `link "example.com/run": is not absolute, want https://`,
		"/run/7":                        `link "/run/7": is not absolute, want https://`,
		"//example.com/run":             `link "//example.com/run": is not absolute, want https://`,
		"ftp://example.com":             `link "ftp://example.com": scheme "ftp" is not taken, use https, http or mailto`,
		"javascript:alert(1)":           `link "javascript:alert(1)": scheme "javascript" is not taken, use https, http or mailto`,
		"https:///run":                  `link "https:///run": has no host, want https://host/path`,
		"https://:443/run":              `link "https://:443/run": has no host, want https://host/path`,
		"https:example.com":             `link "https:example.com": has no host, want https://host/path`,
		"https://example.com/a b":       `link "https://example.com/a b": has a space, write %20`,
		"https://example.com/a\u00a0b":  `link "https://example.com/a\u00a0b": has a space, write %20`,
		"https://example.com/\u202efdp": `link "https://example.com/\u202efdp": has the invisible character U+202E`,
		"https://example.com/a\nb":      `link "https://example.com/a\nb": has the control character U+000A`,
		"https://example.com\\@evil":    `link "…@evil": has a backslash, which browsers read as a slash, write %5C`,
		"https://example.com/\xff":      `link "https://example.com/\xff": is not UTF-8`,
		"https://example.com/%zz":       `link "https://example.com/%zz": is no URL`,
		"https://example.com:x/":        `link "https://example.com:x/": is no URL`,
		"https://u:secret@example.com/": `link "…@example.com/": has a user, who does not belong in a link`,
		"https://u:sec/ret@example.com": `link "…@example.com": is no URL`,
		"https://exämple.com/":          `link "https://exämple.com/": host "exämple.com" has the character 'ä', want ASCII (xn--… for other scripts)`,
		"https://exa(mple.com/":         `link "https://exa(mple.com/": host "exa(mple.com" has the character '(', want ASCII (xn--… for other scripts)`,
		"mailto:":                       `link "mailto:": has no address, want mailto:name@host`,
		"mailto://a@example.com":        `link "mailto://a@example.com": has no address, want mailto:name@host`,
		"mailto:@example.com":           `link "mailto:@example.com": has no address, want mailto:name@host`,
	} {
		l := value.Link(text)
		if got := errorText(l.Fault()); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		if l.Href() != "" {
			t.Errorf("%q has the href %s", text, l.Href())
		}
		if _, err := value.ParseLink(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	if got := errorText(value.Link("https://example.com/" + strings.Repeat("a", 8000)).Fault()); !strings.HasSuffix(got, "…: is longer than 8000 bytes") {
		t.Error(got)
	}
}

// A bad link decodes, so that a rule can report it; what no text should hold does not.
// What is taken for a plain link has no fault by the whole examination, and is its
// own destination.
func TestPlainLink(t *testing.T) {
	plain := 0
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`(https://|http://|HTTPS://|//)?[a-zB0-9._/-]{0,9}[a-z./:@?#%;&=\[\]~\\ é]?[a-z0-9./-]{0,9}`).Draw(t, "link")
		if !value.PlainLink(s) {
			return
		}
		plain++
		if err := value.LinkFaultOf(s); err != nil || value.Link(s).Href() != s {
			t.Errorf("%q: %v, leads to %q", s, err, value.Link(s).Href())
		}
	})
	if plain == 0 {
		t.Error("no link was plain")
	}
	for _, s := range []string{"", "https://", "https:///a", "http://a", "https://a:1", "https://a?b", "https://u@a", "https://a/%2", "https://a/b c", "https://é",
		"https://" + strings.Repeat("a", 8000)} {
		if value.PlainLink(s) {
			t.Errorf("%q is taken for a plain link", s)
		}
	}
}

func TestLinkJSON(t *testing.T) {
	for text, ok := range map[string]bool{
		`"ftp://example.com/a b"`: true, `"see the wiki"`: true, `"https://u:p@example.com"`: true,
		`""`: false, `"https://example.com/\n"`: false, `"https://example.com/\u0085"`: false,
	} {
		var l value.Link
		if err := json.Unmarshal([]byte(text), &l); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
		if !ok {
			continue
		}
		if back := string(must(json.Marshal(l))); back != text {
			t.Errorf("%s came back as %s", text, back)
		}
	}
	if err := new(value.Link).UnmarshalText([]byte("https://a\xff")); err == nil {
		t.Error("invalid UTF-8 was read")
	}
}

func TestDigest(t *testing.T) {
	// FIPS 180-4's example "abc" (csrc.nist.gov, SHA256.pdf).
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	d := value.Sum([]byte("abc"))
	if d != "sha256:"+abc || !d.Valid() || d.Short() != "ba7816bf8f01" {
		t.Error(d, d.Valid(), d.Short())
	}
	if got, err := value.ParseDigest(string(d)); got != d || err != nil {
		t.Error(got, err)
	}
	for text, want := range map[string]string{
		"":                               "is empty",
		abc:                              "want sha256: and 64 hexadecimal digits",
		"sha512:" + abc:                  `algorithm "sha512" is not taken, use sha256`,
		"SHA256:" + abc:                  `algorithm "SHA256" is not taken, use sha256`,
		"sha256:abc":                     "want 64 hexadecimal digits, got 3 bytes",
		"sha256:" + strings.ToUpper(abc): "hexadecimal digits are lower-case here",
		"sha256:" + abc[:63] + "g":       "'g' is no hexadecimal digit",
	} {
		_, err := value.ParseDigest(text)
		if got := errorText(err); got != `digest "`+text+`": `+want {
			t.Errorf("got %s, want …%s", got, want)
		}
		bad := value.Digest(text)
		if _, err := bad.MarshalText(); err == nil || bad.Valid() || bad.Short() != "" {
			t.Errorf("%q passes", text)
		}
	}
}
