package leak_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/leak"
)

// What the held-out half has to reach.
const (
	recallFloor    = 0.98
	precisionFloor = 0.90
	minHeldOut     = 100 // lines of each label: fewer say nothing
)

// terms is the context in which the lines of the corpus stand.
func terms() leak.Terms {
	return leak.Terms{
		Hosts:    []string{"example.com", "github.com", "apps.apple.com", "play.google.com", "www.rfc-editor.org", "developer.mozilla.org", "nvd.nist.gov"},
		Internal: []string{"corp.example.com", "int.example.net"}, Projects: []string{"REL", "PAY", "OPS", "CHG", "SEC", "INC", "CHK"},
		People: []leak.Name{{Name: "Barbara Kennel", Accounts: []string{"bkennel", "U04BK7Q2N"}}, {Name: "Alan Ruiz", Accounts: []string{"aruiz"}},
			{Name: "Grace Okafor", Accounts: []string{"gokafor"}}, {Name: "Priya Raman", Accounts: []string{"praman"}}, {Name: "Tomás Ferreira", Accounts: []string{"tferreira"}},
			{Name: "Mark Lindqvist", Accounts: []string{"mlindqvist"}}, {Name: "May Chen", Accounts: []string{"mchen"}}, {Name: "Wei Zhang"}},
		Systems:   []string{"pay-gw", "ledger-core", "Bifrost", "orderhub", "checkout-worker"},
		Embargoed: []string{"CVE-2026-41877", "CVE-2026-40012", "GHSA-7f3q-9x2m-4c8p"},
		Untold: []leak.Phrase{{Text: "See the gift card balance in the apps", Why: "is deferred"}, {Text: "Replace the fraud scoring vendor", Why: "is internal"},
			{Text: "Cut the price of express delivery in Norway", Why: "is internal"}},
	}
}

// line is one labelled line.
type line struct {
	number            int
	class, text, span string // no span: nothing is to be found
	heldOut           bool
}

func readCorpus(t *testing.T, file string, fields int) []line {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all []line
	seen := map[string]bool{}
	for raw := range strings.Lines(string(data)) {
		raw = strings.TrimSuffix(raw, "\n")
		f := strings.Split(raw, "\t")
		if len(f) != fields || seen[f[1]] {
			t.Fatalf("%s:%d: want %d fields and a new line: %q", file, len(all)+1, fields, raw)
		}
		seen[f[1]] = true
		sum := sha256.Sum256([]byte(f[1]))
		fill := maker{rand.New(rand.NewChaCha8(sum)), map[string]string{}}
		l := line{number: len(all) + 1, class: f[0], text: fill.fill(f[1]), heldOut: sum[0]&1 == 1}
		if fields == 3 {
			if l.span = fill.fill(f[2]); !strings.Contains(l.text, l.span) {
				t.Errorf("%s:%d: %q is not in the line", file, l.number, f[2])
			}
		}
		all = append(all, l)
	}
	return all
}

// maker fills in what a line names in braces: one value for one name.
type maker struct {
	random *rand.Rand
	made   map[string]string
}

var (
	blank  = regexp.MustCompile(`\{[a-z0-9-]+\}`)
	escape = regexp.MustCompile(`\\(?:n|u[0-9a-f]{4}|U[0-9a-f]{8})`)
)

func (m maker) fill(s string) string {
	s = escape.ReplaceAllStringFunc(s, func(e string) string {
		if e == `\n` {
			return "\n"
		}
		n, _ := strconv.ParseUint(e[2:], 16, 32)
		return string(rune(n))
	})
	return blank.ReplaceAllStringFunc(s, func(name string) string {
		name = strings.Trim(name, "{}")
		if _, ok := m.made[name]; !ok {
			v := m.value(name)
			if v == "" {
				return "{" + name + "}"
			}
			m.made[name] = v
		}
		return m.made[name]
	})
}

const (
	lower   = "abcdefghijklmnopqrstuvwxyz"
	upper   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digit   = "0123456789"
	hexa    = "0123456789abcdef"
	base62  = upper + lower + digit
	base64s = base62 + "+/"
	base64u = base62 + "-_"
)

func (m maker) of(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[m.random.IntN(len(alphabet))]
	}
	return string(b)
}

func (m maker) uuid() string {
	return m.of(hexa, 8) + "-" + m.of(hexa, 4) + "-4" + m.of(hexa, 3) + "-a" + m.of(hexa, 3) + "-" + m.of(hexa, 12)
}

func (m maker) jwt() string {
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	return part(`{"alg":"HS256","typ":"JWT"}`) + "." + part(`{"sub":"`+m.of(digit, 10)+`","iat":1760000000}`) + "." + m.of(base64u, 43)
}

// value makes a value of a format as its issuer documents it; "" if the name is
// none.
func (m maker) value(name string) string {
	if cut, how, ok := strings.Cut(name, "-split"); ok && how == "" {
		v := m.value(map[string]string{"aws-id": "aws-id", "github": "github-classic", "jwt": "jwt"}[cut])
		return v[:len(v)/2] + "\n" + v[len(v)/2:]
	}
	switch name {
	case "aws-id":
		return "AKIA" + m.of(upper+"234567", 16)
	case "aws-id-zero-width":
		return "AK\u200bIA" + m.of(upper+"234567", 8) + "\u2060" + m.of(upper+"234567", 8)
	case "github-classic":
		return "ghp_" + m.of(base62, 36)
	case "github-escaped":
		return `ghp\_` + m.of(base62, 36)
	case "github-tagged":
		return "gh<i></i>p_" + m.of(base62, 36)
	case "github-fine":
		return "github_pat_" + m.of(base62, 22) + "_" + m.of(base62, 59)
	case "gitlab":
		return "glpat-" + m.of(base64u, 20)
	case "slack-bot":
		return "xoxb-" + m.of(digit, 12) + "-" + m.of(digit, 13) + "-" + m.of(base62, 24)
	case "slack-hook":
		return "https://hooks.slack.com/services/T" + m.of(upper+digit, 8) + "/B" + m.of(upper+digit, 10) + "/" + m.of(base62, 24)
	case "pagerduty-routing", "datadog-api", "md5":
		return m.of(hexa, 32)
	case "pagerduty-api":
		return m.of(base64u, 18) + m.of(digit, 2)
	case "datadog-app", "sha1":
		return m.of(hexa, 40)
	case "atlassian":
		return "ATATT3xFfGF0" + m.of(base64u, 171) + "=" + m.of(upper[:6]+digit, 8)
	case "azure-pat-long":
		return m.of(base62, 76) + "AZDO" + m.of(base62, 4)
	case "azure-storage":
		return m.of(base64s, 86) + "=="
	case "azure-client":
		return m.of(base62, 3) + "8Q~" + m.of(base64u+".~", 33) + m.of(base62, 1)
	case "jwt":
		return m.jwt()
	case "pem":
		return "-----BEGIN RSA PRIVATE KEY-----\n" + m.of(base64s, 64) + "\n" + m.of(base64s, 64) + "\n-----END RSA PRIVATE KEY-----"
	case "openssh":
		return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + m.of(base64s, 70) + "\n-----END OPENSSH PRIVATE KEY-----"
	case "google-api":
		return "AIza" + m.of(base64u, 35)
	case "google-oauth":
		return "GOCSPX-" + m.of(base64u, 28)
	case "stripe-live":
		return "sk_live_" + m.of(base62, 24)
	case "stripe-restricted":
		return "rk_live_" + m.of(base62, 40)
	case "stripe-hook":
		return "whsec_" + m.of(base62, 32)
	case "npm":
		return "npm_" + m.of(base62, 36)
	case "pypi":
		return "pypi-AgEIcHlwaS5vcmc" + m.of(base64u, 120)
	case "sendgrid":
		return "SG." + m.of(base64u, 22) + "." + m.of(base64u, 43)
	case "twilio":
		return "SK" + m.of(hexa, 32)
	case "telegram":
		return m.of(digit[1:], 10) + ":AA" + m.of(base64u, 33)
	case "openai":
		return "sk-proj-" + m.of(base62, 48)
	case "anthropic":
		return "sk-ant-api03-" + m.of(base64u, 93) + "AA"
	case "vault":
		return "hvs." + m.of(base62, 24)
	case "grafana":
		return "glsa_" + m.of(base62, 32) + "_" + m.of(hexa, 8)
	case "docker":
		return "dckr_pat_" + m.of(base62, 27)
	case "digitalocean":
		return "dop_v1_" + m.of(hexa, 64)
	case "terraform":
		return m.of(base62, 14) + ".atlasv1." + m.of(base62, 67)
	case "shopify":
		return "shpat_" + m.of(hexa, 32)
	case "databricks":
		return "dapi" + m.of(hexa, 32)
	case "newrelic":
		return m.of(hexa, 36) + "NRAL"
	case "linear":
		return "lin_api_" + m.of(base62, 40)
	case "mailgun":
		return "key-" + m.of(hexa, 32)
	case "rubygems":
		return "rubygems_" + m.of(hexa, 48)
	case "teams-hook":
		return "https://acme.webhook.office.com/webhookb2/" + m.uuid() + "@" + m.uuid() + "/IncomingWebhook/" + m.of(hexa, 32) + "/" + m.uuid()
	case "age":
		return "AGE-SECRET-KEY-1" + m.of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)
	case "sas":
		return m.of(base62, 20) + "%2B" + m.of(base62, 20) + "%3D"
	case "basic":
		return base64.StdEncoding.EncodeToString([]byte("deploy:" + m.of(base62, 14)))
	case "password":
		return m.of(upper, 1) + m.of(lower, 5) + m.of(digit, 2) + m.of("!*_-+", 1) + m.of(base62, 3) + m.of(digit, 1)
	case "random32":
		return m.of(base62, 32)
	case "random40":
		return m.of(base62, 40)
	case "random68":
		return m.of(base64u, 68)
	case "aws-secret":
		return m.of(base64s, 40)
	case "hex64key", "sha256":
		return m.of(hexa, 64)
	case "hex7", "hex12", "hex24":
		n, _ := strconv.Atoi(name[3:])
		return m.of(hexa, n)
	case "sri384":
		return m.of(base64s, 64)
	case "sri512":
		return m.of(base64s, 86) + "=="
	case "b64-43", "b64-120", "b64-200":
		n, _ := strconv.Atoi(name[4:])
		return m.of(base64s, n)
	case "uuid":
		return m.uuid()
	case "ulid":
		return "01J" + m.of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23)
	}
	return ""
}

// score is how the guard did on some lines.
type score struct{ lines, leaks, found, flagged, right int }

func (s score) recall() float64    { return float64(s.found) / max(1, float64(s.leaks)) }
func (s score) precision() float64 { return float64(s.right) / max(1, float64(s.flagged)) }

func (s score) String() string {
	if s.leaks == 0 {
		return fmt.Sprintf("lines %3d, false findings %d", s.lines, s.flagged)
	}
	return fmt.Sprintf("leaks %3d, found %3d, recall %.3f; findings %3d, right %3d, precision %.3f",
		s.leaks, s.found, s.recall(), s.flagged, s.right, s.precision())
}

// judge counts a line. A finding is right if it overlaps the span; a leak is
// found if one does. Every finding elsewhere counts against the guard.
func (s *score) judge(l line, found []leak.Found) (right bool) {
	start := strings.Index(l.text, l.span)
	right = l.span == ""
	s.lines++
	s.flagged += len(found)
	for _, f := range found {
		if l.span == "" || f.End <= start || f.Start >= start+len(l.span) {
			right = false
			continue
		}
		s.right++
	}
	if l.span == "" {
		return right
	}
	s.leaks++
	hit := false
	for _, f := range found {
		hit = hit || f.Start < start+len(l.span) && f.End > start
	}
	if hit {
		s.found++
	}
	return hit && s.right >= 0
}

// The guard finds what the labels say: on the half that it was tuned on and on
// the later lines, whose faults are printed, and on the held-out half, whose
// faults are only counted.
func TestCorpus(t *testing.T) {
	var halves [2][]line
	for _, l := range append(readCorpus(t, "leaks.tsv", 3), readCorpus(t, "lawful.tsv", 2)...) {
		half := 0
		if l.heldOut {
			half = 1
		}
		halves[half] = append(halves[half], l)
	}
	later := append(readCorpus(t, "later-leaks.tsv", 3), readCorpus(t, "later-lawful.tsv", 2)...)
	t.Run("tuning half", func(t *testing.T) { measure(t, halves[0], floors{recallFloor, precisionFloor, minHeldOut}, true) })
	t.Run("held-out half", func(t *testing.T) { measure(t, halves[1], floors{recallFloor, precisionFloor, minHeldOut}, false) })
	t.Run("later lines", func(t *testing.T) { measure(t, later, floors{0.95, precisionFloor, 40}, true) })
}

// floors are what lines have to reach: recall, precision, and how many leaks and
// lawful lines there are.
type floors struct {
	recall, precision float64
	lines             int
}

func measure(t *testing.T, lines []line, want floors, show bool) {
	t.Helper()
	guard := leak.New(terms())
	var all score
	classes, order := map[string]*score{}, []string{}
	for _, l := range lines {
		name := l.class
		if l.span == "" {
			name += " (lawful)"
		}
		if classes[name] == nil {
			classes[name] = new(score)
			order = append(order, name)
		}
		found := guard.Find(l.text)
		all.judge(l, found)
		if right := classes[name].judge(l, found); !right && show {
			t.Logf("line %d, %s: %q: %s", l.number, name, l.text, places(l.text, found))
		}
	}
	for _, name := range order {
		t.Logf("%-24s %s", name, classes[name])
	}
	t.Logf("%-24s %s", "all", all)
	if all.recall() < want.recall || all.precision() < want.precision {
		t.Errorf("recall %.3f, want %.2f; precision %.3f, want %.2f", all.recall(), want.recall, all.precision(), want.precision)
	}
	if lawful := all.lines - all.leaks; all.leaks < want.lines || lawful < want.lines {
		t.Errorf("%d leaks and %d lawful lines, want %d of each", all.leaks, lawful, want.lines)
	}
	if secrets := classes["secret"]; secrets == nil || secrets.found != secrets.leaks {
		t.Errorf("planted secrets: %s", secrets)
	}
}

func places(text string, found []leak.Found) string {
	var list []string
	for _, f := range found {
		list = append(list, fmt.Sprintf("%s %q %s", f.Kind, text[f.Start:f.End], f.Why))
	}
	return strings.Join(list, "; ")
}
