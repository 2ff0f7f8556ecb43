// Package redact strikes secrets out of texts.
package redact

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Mark stands in the place of every secret.
const Mark = "[redacted]"

// Redactor strikes out a fixed set of secrets. A nil Redactor knows none.
type Redactor struct {
	forms    []string // longest first
	shortest int
	replacer *strings.Replacer
	pairs    pairs
}

// New returns a redactor of the secrets and of the forms that they take on the
// way: escaped for a URL or JSON, in base64 alone or as a part of something
// longer (as in basic authentication), and line by line.
func New(secrets ...string) *Redactor {
	set := map[string]bool{}
	for _, s := range secrets {
		for _, form := range formsOf(s) {
			set[form] = true
		}
	}
	delete(set, "")
	if len(set) == 0 {
		return nil
	}
	forms := slices.SortedFunc(maps.Keys(set), func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	replaced := make([]string, 0, 2*len(forms))
	for _, form := range forms {
		replaced = append(replaced, form, Mark)
	}
	r := &Redactor{forms: forms, shortest: len(forms[len(forms)-1]), replacer: strings.NewReplacer(replaced...)}
	for _, form := range forms {
		r.pairs.add(form[:r.shortest])
	}
	return r
}

// String returns s without the secrets.
func (r *Redactor) String(s string) string {
	if !r.Found(s) {
		return s
	}
	return r.replacer.Replace(s)
}

// Found reports whether a secret is in s.
func (r *Redactor) Found(s string) bool {
	if r == nil || len(s) < r.shortest || r.shortest > 1 && !r.pairs.touch(s, r.shortest-1) {
		return false
	}
	return slices.ContainsFunc(r.forms, func(form string) bool { return strings.Contains(s, form) })
}

// Longest is the length of the longest form, in bytes: who cuts a text into
// pieces has to let them overlap by one less.
func (r *Redactor) Longest() int {
	if r == nil {
		return 0
	}
	return len(r.forms[0])
}

const (
	minLine = 8 // bytes: a shorter line of a key file is no secret by itself
	minPart = 8 // base64 digits: fewer would be found by chance
)

func formsOf(secret string) []string {
	if secret == "" {
		return nil
	}
	forms := variants(secret)
	for line := range strings.Lines(secret) {
		if line = strings.TrimSpace(line); len(line) >= minLine && line != secret {
			forms = append(forms, variants(line)...)
		}
	}
	return forms
}

func variants(s string) []string {
	asGo := strconv.Quote(s)
	forms := []string{s, url.QueryEscape(s), url.PathEscape(s), asGo[1 : len(asGo)-1]}
	if quoted, err := json.Marshal(s); err == nil {
		forms = append(forms, string(quoted[1:len(quoted)-1]))
	}
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		forms = append(forms, enc.EncodeToString([]byte(s)), enc.WithPadding(base64.NoPadding).EncodeToString([]byte(s)))
		forms = append(forms, parts(enc, s)...)
	}
	return forms
}

// parts returns what base64 makes of s behind 0, 1 or 2 bytes modulo 3, without
// the digits at both ends that depend on its neighbours.
func parts(enc *base64.Encoding, s string) []string {
	var list []string
	for before := range 3 {
		digits := enc.WithPadding(base64.NoPadding).EncodeToString([]byte(strings.Repeat("\x00", before) + s))
		from := (before*8 + 5) / 6
		until := (before + len(s)) * 8 / 6
		if until-from >= minPart {
			list = append(list, digits[from:until])
		}
	}
	return list
}
