package value_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/release/value"
)

// fuzzText checks that parse never panics and that what it reads is the same after String, and
// after MarshalText and UnmarshalText.
func fuzzText[T interface {
	comparable
	String() string
}](f *testing.F, parse func(string) (T, error), seeds ...string) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := parse(s)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Fatalf("error of several lines: %v", err)
			}
			return
		}
		if back, err := parse(v.String()); err != nil || back != v {
			t.Fatalf("%q is %s, which is %s (%v)", s, v, back, err)
		}
		var back T
		if err := json.Unmarshal(must(json.Marshal(v)), &back); err != nil || back != v {
			t.Fatalf("%q is %s, in JSON %s (%v)", s, v, back, err)
		}
	})
}

func FuzzParseDuration(f *testing.F) {
	fuzzText(f, value.ParseDuration, "PT15M", "-PT1H30M0.25S", "PT2562047H47M16.854775807S", "P1D", "PT0.5H")
}

func FuzzParsePeriod(f *testing.F) {
	fuzzText(f, value.ParsePeriod, "P7Y", "P1Y6M10D", "P2W", "P9999999D", "PT1H")
}

func FuzzParseUnit(f *testing.F) {
	fuzzText(f, value.ParseUnit, "ms", "%", "{count}/s", "MB", "percents", "µs")
}

func FuzzParseDigest(f *testing.F) {
	fuzzText(f, value.ParseDigest, string(value.Sum(nil)), "sha512:00", "sha256:")
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"0", "-0", "1e21", "1e-7", "5e-324", "NaN", "-Infinity", "1e999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := value.ParseNumber(s)
		if err != nil {
			return
		}
		if back, err := value.ParseNumber(n.String()); err != nil || !back.Equal(n) || back.String() != n.String() {
			t.Fatalf("%q is %s, which is %s (%v)", s, n, back, err)
		}
		if n.IsFinite() != json.Valid([]byte(s)) {
			t.Fatalf("%q is no JSON", s)
		}
	})
}

func FuzzParseQuantity(f *testing.F) {
	for _, seed := range []string{"450 ms", "0.5%", "0.5 %", "31", "0.995 1", "NaN By", "1e9 {count}/s"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := value.ParseQuantity(s)
		if err != nil {
			return
		}
		back, err := value.ParseQuantity(q.String())
		if err != nil || back.String() != q.String() || back.Unit != q.Unit || !back.Value.Equal(q.Value) {
			t.Fatalf("%q is %s, which is %s (%v)", s, q, back, err)
		}
		for _, u := range value.Units() {
			q.In(u)
		}
	})
}

// What ParseWhen reads, String writes to the same bytes, and judging it never panics.
func FuzzParseWhen(f *testing.F) {
	for _, seed := range []string{
		"2026-12-08T22:00:00-05:00[America/New_York]", "2026-12-08T22:00:00.250Z", "2026-12-08", "2026-02-04[AoE]",
		"2026-12-08[Europe/Berlin]", "2026-02-30T24:00:60-00:00", "0000-00-00", "9999-12-31T23:59:59.999999999+23:59",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := value.ParseWhen(s)
		if err != nil {
			return
		}
		if w.String() != s || string(must(w.MarshalText())) != s {
			t.Fatalf("%q came back as %q", s, w)
		}
		start, end, err := w.Interval()
		if err == nil && (end.Before(start) || w.Fault() != nil) {
			t.Fatalf("%q: %v to %v, fault %v", s, start, end, w.Fault())
		}
		if at, err := w.Instant(); err == nil && !at.Equal(start) {
			t.Fatalf("%q: %v is not %v", s, at, start)
		}
	})
}

// reference is a superset of CommonMark's entity and numeric character references.
var reference = regexp.MustCompile(`&#?[0-9A-Za-z]+;`)

// An Href ends neither a Markdown destination nor an attribute, holds no character reference, and
// leads to the same host.
func FuzzParseLink(f *testing.F) {
	for _, seed := range []string{
		"https://example.com/a(b)?c=<d>&copy;#e", "http://[::1]:80/[x]", "mailto:a@example.com?subject=x;y", "ftp://a", "https://u:p@h",
		"https://example.com/\u202e", "HTTPS://EXAMPLE.com:443?&#39;",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := value.ParseLink(s)
		if err != nil {
			if value.Link(s).Href() != "" {
				t.Fatalf("%q has a fault and an href", s)
			}
			return
		}
		href := l.Href()
		if l.String() != s || href == "" || strings.ContainsAny(href, " \t\n\"'<>()`|\\*") {
			t.Fatalf("%q has the href %q", s, href)
		}
		if reference.MatchString(href) {
			t.Fatalf("%q has a character reference in %q", s, href)
		}
		from, to := must(url.Parse(s)), must(url.Parse(href))
		if from.Host != to.Host || from.Scheme != to.Scheme || from.Path != to.Path || to.User != nil {
			t.Fatalf("%q leads to %q", s, href)
		}
	})
}
