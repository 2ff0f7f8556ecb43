package redact_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/connectors/internal/redact"
)

func TestForms(t *testing.T) {
	const secret = `p"4$s/w0rd +<é>`
	asJSON, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	r := redact.New(secret, "")
	for _, text := range []string{
		secret, "x" + secret + "y", url.QueryEscape(secret), url.PathEscape(secret), string(asJSON), fmt.Sprintf("%q", secret),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte("a:" + secret)), base64.StdEncoding.EncodeToString([]byte("ab:" + secret + "x")),
		base64.StdEncoding.EncodeToString([]byte("abc:" + secret + "xy")),
	} {
		if got := r.String(text); !strings.Contains(got, redact.Mark) || strings.Contains(got, secret) || !r.Found(text) {
			t.Errorf("String(%q) = %q", text, got)
		}
	}
	for _, text := range []string{"", "p", "nothing here"} {
		if got := r.String(text); got != text || r.Found(text) {
			t.Errorf("String(%q) = %q", text, got)
		}
	}
}

func TestLinesOfAKey(t *testing.T) {
	r := redact.New("-----BEGIN KEY-----\nMIIabcdefgh\nzz\n")
	if got := r.String("read MIIabcdefgh and zz"); got != "read [redacted] and zz" {
		t.Error(got)
	}
}

func TestNone(t *testing.T) {
	var none *redact.Redactor
	if none.String("x") != "x" || none.Found("x") || none.Longest() != 0 || redact.New().Found("x") {
		t.Error("a redactor without secrets changes text")
	}
	if got := redact.New("x", "xyz").String("a xyz x"); got != "a [redacted] [redacted]" {
		t.Error(got)
	}
}

// No secret survives, wherever it stands.
func TestNeverLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secrets := rapid.SliceOfN(rapid.StringMatching(`[a-c!]{1,6}`), 1, 4).Draw(t, "secrets")
		text := rapid.StringMatching(`[a-d!]{0,30}`).Draw(t, "text")
		out := strings.ReplaceAll(redact.New(secrets...).String(text), redact.Mark, "\x00")
		for _, s := range secrets {
			if strings.Contains(out, s) {
				t.Fatalf("%q is left of %q in %q", s, text, out)
			}
		}
	})
}

// Whoever is found by looking for each form is found, wherever it stands.
func TestFoundAnywhere(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("abc0=\"é")), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringOfN(rapid.RuneFrom([]rune("abc0=\"é")), 1, 20, -1).Draw(t, "secret")
		other := rapid.StringOfN(rapid.RuneFrom([]rune("abc0=\"é")), 0, 20, -1).Draw(t, "other")
		r := redact.New(secret, other)
		form := rapid.SampledFrom([]string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))}).Draw(t, "form")
		text := letters.Draw(t, "before") + form + letters.Draw(t, "after")
		if !r.Found(text) || strings.Contains(r.String(text), secret) && !strings.Contains(redact.Mark, secret) {
			t.Fatalf("Found(%q) = %t, String = %q", text, r.Found(text), r.String(text))
		}
		if plain := letters.Draw(t, "plain"); strings.Contains(plain, secret) && !r.Found(plain) {
			t.Fatalf("Found(%q) is false", plain)
		}
	})
}
