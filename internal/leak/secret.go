package leak

import (
	"math"
	"regexp"
	"strings"
)

// shortest is how long the parts without white space are that can hold a
// secret, but for a password that a word announces.
const shortest = 16

// secrets finds what has the form of a secret, what is called one, and what is
// too random to be a word.
func (s *search) secrets() {
	text, lower := s.view.text, s.view.lower
	if hasLong(text, shortest) || strings.Contains(lower, "private key") {
		for i := range formats {
			if formats[i].hinted(lower) {
				s.format(i)
			}
		}
	}
	if !s.view.joined {
		s.assigned()
	}
	if hasLong(text, randomLen) {
		s.random()
	}
}

func hasLong(text string, least int) bool {
	run := 0
	for i := range len(text) {
		if text[i] <= ' ' {
			run = 0
		} else if run++; run >= least {
			return true
		}
	}
	return false
}

func (s *search) format(i int) {
	text := s.view.text
	for _, m := range compiled()[i].FindAllStringSubmatchIndex(text, -1) {
		from, to := m[0], m[1]
		if len(m) > 2 && m[2] >= 0 {
			from, to = m[2], m[3]
		}
		if value := text[from:to]; !sample(value) && (formats[i].valid == nil || formats[i].valid(value)) {
			s.add(from, to, Secret, "has the form of a "+formats[i].what)
		}
	}
}

// called finds the words that announce a secret.
var called = regexp.MustCompile(`(?i)(?:pass(?:word|wd|phrase|code)|pwd|secret|token|credentials?|` +
	`(?:api|access|app|application|account|private|signing|encryption|routing|integration|service|license|admin|master|deploy|sas)[ _-]?keys?|_key|[^a-z]key|auth)` +
	`[A-Za-z_]{0,20}["'` + "`" + `]?(\s*(?::=|=>|[:=]|\s(?:is|was|are)\s)\s*|\s+)["'` + "`" + `]?(?:Token token=)?([^\s"'` + "`" + `<>,;]{8,})`)

// assigned finds values that a word before them calls a secret.
func (s *search) assigned() {
	text := s.view.text
	if !announced(s.view.lower) {
		return
	}
	for from := 0; from < len(text); {
		m := called.FindStringSubmatchIndex(text[from:])
		if m == nil {
			return
		}
		value := strings.TrimRight(text[from+m[4]:from+m[5]], ".!?)]}")
		mark := strings.TrimSpace(text[from+m[2] : from+m[3]])
		if !aboutSecrets(text[from+m[0]:from+m[2]]) && !placeholder(value) && (secretive(value, mark != "") || isHex(value) && len(value) >= 32) {
			s.add(from+m[4], from+m[4]+len(value), Secret, "is called a secret")
		}
		from += m[4] // a value may announce the next one
	}
}

// aboutSecrets reports words that end in what secrets have: the name of one, its
// length, where it is kept.
func aboutSecrets(words string) bool {
	words = strings.ToLower(strings.TrimRight(words, "\"'`"))
	for _, about := range []string{"name", "ref", "id", "type", "length", "size", "min", "max", "ttl", "expiry", "expires", "url", "uri", "path", "file",
		"count", "limit", "policy", "prefix", "format"} {
		if strings.HasSuffix(words, about) {
			return true
		}
	}
	return false
}

func announced(lower string) bool {
	for _, word := range []string{"pass", "pwd", "secret", "token", "credential", "key", "auth"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// secretive reports whether a value is no word: letters and digits are mixed,
// and without a sign of assignment before it, it looks random as well.
func secretive(value string, marked bool) bool {
	c := classes(value)
	switch {
	case marked && len(value) >= randomLen && mixed(value):
		return true
	case c.digits == 0 || c.lower+c.upper == 0 && c.other == 0:
		return false
	case marked:
		return c.digits+c.other >= 2 && c.turns >= 2 || len(value) >= randomLen
	case len(value) >= randomLen:
		return mixed(value)
	default:
		return c.turns >= 4 && c.upper > 0 && c.lower > 0
	}
}

// sample reports a value that has a form and is filled with nothing: the
// examples of the AWS documentation end in EXAMPLE, others are masked.
func sample(value string) bool {
	return strings.HasSuffix(value, "EXAMPLE") || strings.HasSuffix(value, "EXAMPLEKEY") || strings.Contains(value, "<") || strings.Contains(value, "...") ||
		strings.Contains(strings.ToLower(value), "xxxxxx") || strings.Trim(value, value[:1]) == ""
}

// placeholder reports a value that stands for a secret: a variable, a call, a
// name in brackets, a mask.
func placeholder(value string) bool {
	lower := strings.ToLower(value)
	if strings.ContainsAny(value, "<>{}()[]$") && !strings.Contains(value, "-----BEGIN") {
		return true
	}
	for _, mark := range []string{"example", "xxxxxx", "****", "....", "your", "redacted", "placeholder", "changeme"} {
		if strings.Contains(lower, mark) {
			return true
		}
	}
	return strings.Trim(value, value[:1]) == ""
}

// class counts what a value is made of.
type class struct {
	lower, upper, digits, other int
	turns                       int // from one class to another
}

func classes(s string) class {
	var c class
	last := -1
	for i := range len(s) {
		now := 3
		switch b := s[i]; {
		case isDigit(b):
			now = 2
			c.digits++
		case isUpper(b):
			now = 1
			c.upper++
		case isAlpha(b):
			now = 0
			c.lower++
		default:
			c.other++
		}
		if last >= 0 && now != last {
			c.turns++
		}
		last = now
	}
	return c
}

const (
	randomLen  = 20   // bytes: shorter ones are random by chance
	longRandom = 32   // bytes: of random base64, one run in fifty has no more than one digit
	turning    = 0.34 // of the places between two letters: random base64 has 0.6, names in camel case 0.2 to 0.3
	worded     = 0.35 // of the letters: random base64 has a tenth in runs of four small ones, names in camel case half
	wordedLong = 0.5  // the same of a long run, which has more turns to tell it by
	bits       = 3.6  // of entropy for each letter: 20 random letters of base64 have 4.0 on the average
)

// randomRun is what a secret may be made of.
var randomRun = regexp.MustCompile(`[A-Za-z0-9+/_-]{20,}={0,2}`)

// random finds runs that no hand wrote: three classes of letters in a mixture
// that neither words nor names have. What is known to be public although it is
// random is none: pictures, digests.
func (s *search) random() {
	text := s.view.text
	for _, m := range randomRun.FindAllStringIndex(text, -1) {
		run := text[m[0]:m[1]]
		if !publicRandom(text[:m[0]], run) && looksRandom(run) {
			s.add(m[0], m[1], Secret, "is as random as a secret")
		}
	}
}

func looksRandom(run string) bool {
	if strings.Count(run, "/") > 3 || strings.Count(run, "-")+strings.Count(run, "_") > len(run)/6 || placeholder(run) {
		return false
	}
	c := classes(run)
	return mixed(run) && (c.digits > 1 || c.digits == 1 && len(run) >= longRandom)
}

// mixed reports that small and capital letters and digits alternate as those of
// words and names do not.
func mixed(run string) bool {
	letters := strings.Map(func(r rune) rune {
		if r < 0x80 && isAlnum(byte(r)) {
			return r
		}
		return -1
	}, run)
	share := worded
	if len(run) >= longRandom {
		share = wordedLong
	}
	c := classes(letters)
	return c.lower > 1 && c.upper > 1 && float64(c.turns) >= turning*float64(len(letters)) &&
		inWords(run) <= share*float64(len(run)) && entropy(run) >= bits
}

// inWords returns how many letters stand in runs of four small ones or more,
// as those of words do.
func inWords(s string) float64 {
	sum, run := 0, 0
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			run = 0
			continue
		}
		if run++; run == 4 {
			sum += 4
		} else if run > 4 {
			sum++
		}
	}
	return float64(sum)
}

// publicRandom reports what is random and public: data of a picture, a digest
// that is called one.
func publicRandom(before, run string) bool {
	for _, digest := range []string{"sha256-", "sha384-", "sha512-", "SHA256:", "h1:", "sha256:", "sha512:"} {
		if strings.HasSuffix(before, digest) || strings.HasPrefix(run, digest) {
			return true
		}
	}
	tail := strings.ToLower(before[max(0, len(before)-40):])
	for _, word := range []string{"hash is ", "hash ", "digest ", "digest is ", "checksum ", "checksum: ", "fingerprint ", "fingerprint is ", "integrity "} {
		if strings.HasSuffix(tail, word) {
			return true
		}
	}
	return strings.HasSuffix(tail, ";base64,") && strings.Contains(tail, "data:")
}

func isHex(s string) bool { return s != "" && strings.Trim(s, "0123456789abcdefABCDEF") == "" }

// entropy returns the bits for each byte that the frequencies of the bytes
// leave open (C. E. Shannon, A Mathematical Theory of Communication, 1948, §6).
func entropy(s string) float64 {
	var count [256]int
	for i := range len(s) {
		count[s[i]]++
	}
	sum := 0.0
	for _, n := range count {
		if n > 0 {
			p := float64(n) / float64(len(s))
			sum -= p * math.Log2(p)
		}
	}
	return sum
}
