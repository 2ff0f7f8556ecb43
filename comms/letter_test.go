package comms_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/comms"
)

func letter(k comms.ChannelKind, address, subject, body string) comms.Letter {
	return comms.Letter{Key: "k", Channel: comms.Channel{Kind: k, Address: address}, Subject: subject, Body: body}
}

func TestFit(t *testing.T) {
	const link = "https://wiki.example.com/all"
	slack := func(body string) comms.Letter { return letter(comms.Slack, "#room", "", body) }
	linked := func(l comms.Letter) comms.Letter { l.Link = link; return l }
	tests := []struct {
		name   string
		letter comms.Letter
		want   string // of the error; empty: it fits
		cut    bool
	}{
		{"short", slack("all is well"), "", false},
		{"all that Slack takes", slack(strings.Repeat("é", comms.MaxSlackText)), "", false},
		{"one more", slack(strings.Repeat("é", comms.MaxSlackText+1)), "the body has 40001 characters, slack takes 40000", false},
		{"one more, with a link", linked(slack(strings.Repeat("word ", comms.MaxSlackText/5) + "!")), "", true},
		{"escapes count", slack(strings.Repeat("&", comms.MaxSlackText/5+1)), "the body has 40005 characters", false},
		{"escapes that fit", slack(strings.Repeat("<", comms.MaxSlackText/4)), "", false},
		{"no word to cut at", linked(slack(strings.Repeat("x", comms.MaxSlackText+1))), "", true},
		{"a link that is none", func() comms.Letter { l := slack(strings.Repeat("x", 40001)); l.Link = "ftp:/"; return l }(), "no link", false},
		{"a summary of PagerDuty", letter(comms.PagerDuty, "svc", strings.Repeat("é", 1024), ""), "", false},
		{"a longer one is never cut", linked(letter(comms.PagerDuty, "svc", strings.Repeat("é", 1025), "")), "the subject has 1025 characters, pagerduty takes 1024", false},
		{"a mail's subject", letter(comms.Email, "a@example.com", strings.Repeat("s", 255), "b"), "", false},
		{"a longer one", linked(letter(comms.Email, "a@example.com", strings.Repeat("s", 256), "b")), "the subject has 256 characters, email takes 255", false},
		{"a header in the subject", letter(comms.Email, "a@example.com", "Hi\r\nBcc: all@example.com", "b"), "line break", false},
		{"a header in the address", letter(comms.Email, "a@example.com\r\nBcc: all@example.com", "Hi", "b"), "invisible", false},
		{"two recipients", letter(comms.Email, "a@example.com,b@example.com", "Hi", "b"), "no mail address", false},
		{"nothing", slack(" \n"), "says nothing", false},
		{"no UTF-8", slack("\xff"), "UTF-8", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.letter.Fit()
			switch {
			case tt.want != "":
				if err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("error %v, want %q", err, tt.want)
				}
			case err != nil:
				t.Error(err)
			case (got.Body != tt.letter.Body) != tt.cut:
				t.Errorf("cut is %t, want %t", !tt.cut, tt.cut)
			case tt.cut && utf8.RuneCountInString(got.Body) > comms.MaxSlackText:
				t.Errorf("what was cut has %d characters", utf8.RuneCountInString(got.Body))
			case tt.cut && utf8.RuneCountInString(got.Body) < comms.MaxSlackText-10:
				t.Errorf("it was cut to %d characters", utf8.RuneCountInString(got.Body))
			case tt.cut && (!strings.Contains(got.Body, "(Cut: ") || !strings.HasSuffix(got.Body, link+")")):
				t.Errorf("it is not said that it was cut: …%s", got.Body[len(got.Body)-90:])
			}
		})
	}
	var long *comms.TooLongError
	if _, err := slack(strings.Repeat("x", 50_000)).Fit(); !errors.As(err, &long) || long.Size != 50_000 || long.Limit != comms.MaxSlackText || long.Kind != comms.Slack {
		t.Errorf("%+v", long)
	}
}

// Whatever is fitted, the channel takes it, and what is missing is said.
func TestFitHolds(t *testing.T) {
	alphabet := []rune("ab &<>\n\t\x1b\u202eé\U0001f600`*_|")
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOfN(rapid.RuneFrom(alphabet), 1, 40, -1).Draw(t, "words")
		body := strings.Repeat(words, rapid.IntRange(1, 4000).Draw(t, "times"))
		k := rapid.SampledFrom([]comms.ChannelKind{comms.Slack, comms.WarRoom, comms.StatusPage, comms.PagerDuty}).Draw(t, "kind")
		address := map[comms.ChannelKind]string{comms.Slack: "#room", comms.WarRoom: "#room", comms.StatusPage: "https://status.example.com", comms.PagerDuty: "svc"}[k]
		l := letter(k, address, "About", body)
		l.Link = "https://wiki.example.com/all"
		fit, err := l.Fit()
		if err != nil {
			var long *comms.TooLongError
			if strings.TrimSpace(body) != "" && !errors.As(err, &long) {
				t.Fatal(err)
			}
			return
		}
		for _, r := range fit.Body {
			if r != '\n' && r != '\t' && (r < ' ' || r == '\u202e') {
				t.Fatalf("%U is in the body", r)
			}
		}
		n := utf8.RuneCountInString(escaped(k, fit.Body))
		if k == comms.Slack || k == comms.WarRoom {
			n += len("About\n")
		}
		if limit := k.Limits().Body; limit > 0 && n > limit {
			t.Fatalf("%d characters for %s, which takes %d", n, k, limit)
		}
		if again, err := fit.Fit(); err != nil || again != fit {
			t.Fatalf("what fits does not fit: %v", err)
		}
	})
}

func escaped(k comms.ChannelKind, s string) string {
	if k == comms.Slack || k == comms.WarRoom {
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
	}
	return s
}
