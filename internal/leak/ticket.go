package leak

import (
	"regexp"
	"slices"
	"strings"
)

var (
	// workItem is how Azure Boards links a work item ("Link work items to GitHub
	// commits", learn.microsoft.com), recordRun how ServiceNow numbers its records.
	workItem  = regexp.MustCompile(`\bAB#\d+`)
	recordRun = regexp.MustCompile(`\b(?:CHG|INC|PRB|RITM|REQ|TASK|SCTASK|CTASK)\d{7,10}\b`)
	// advisory is an id of CVE or of the GitHub advisory database.
	advisory = regexp.MustCompile(`(?i)\b(?:CVE[-_ ]{0,3}\d{4}[-_ ]{0,3}\d{4,7}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3})\b`)
)

// public are prefixes of standards, formats, periods and series that look like
// projects of a tracker and are none.
var public = set("UTF UCS SHA MD CRC AES DES TDES RSA DSA ED ECDSA HS RS ES PS HMAC PBKDF BLAKE TLS SSL HTTP HTTPS SPDY IP IPV TCP UDP " +
	"RFC BCP STD ISO IEC IEEE ANSI DIN EN NIST FIPS SP ITU ETSI ECMA W WCAG ATAG PEP JEP JSR KEP RFD CVE CWE CVSS CAPEC OWASP GHSA PCI SOC HIPAA GDPR PSD " +
	"X P H CP WINDOWS WIN BASE EAN UPC GTIN ISBN ISSN QR CSS HTML ES JS XML USB HDMI DDR PCIE SATA RAID WPA WEP WIFI BT LTE NFC RS VGA " +
	"UTC GMT CET CEST EST EDT PST PDT Q FY CY H HY KW CW Q1 Q2 Q3 Q4 H1 H2 COVID SARS GPT CLAUDE LLAMA GEMINI ICD BCD IEE RGB RGBA " +
	"PHASE STEP PART TABLE FIGURE FIG CHAPTER SECTION APPENDIX LEVEL TIER TOP PAGE ROW SEAT LINE PRO PLAN AREA ROUTE TYPE MODEL CLASS GRADE")

// trackerNouns are what ids of trackers stand behind.
var trackerNouns = set("ticket tickets issue issues bug bugs story stories epic task tasks jira case incident incidents problem defect " +
	"fix fixes fixed fixing close closes closed resolve resolves resolved see ref refs reference cf per via of in by from to as for under duplicate duplicates reverts reverted revert " +
	"tracked track tracks mends implements delivers ships cherry-picked picked and or is")

// productNouns are what names of models stand behind.
var productNouns = set("the a an new our your type model series version with on plus than like and/or called named")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// tickets finds ids of trackers: of the projects that are known in any
// spelling, of others where they stand like one.
func (s *search) tickets() {
	text := s.view.text
	if !strings.ContainsAny(text, "0123456789") {
		return
	}
	last := false // the id before was one: "FIN-77 and FIN-78"
	longest := 0
	for at := 1; at < len(text); at++ {
		if !isDigit(text[at]) || strings.IndexByte("-_ ", text[at-1]) < 0 {
			continue
		}
		from, to := at-1, at
		for from > 0 && isAlnum(text[from-1]) {
			from--
		}
		for to < len(text) && isDigit(text[to]) {
			to++
		}
		if from < at-1 && isAlpha(text[from]) && at-1-from <= maxProject && to-at <= maxNumber {
			last = s.ticket(from, at-1, to, last)
		}
	}
	for i, run := 0, 0; i < len(text); i++ {
		if run++; !isDigit(text[i]) {
			run = 0
		}
		longest = max(longest, run)
	}
	if strings.Contains(text, "AB#") {
		s.every(workItem)
	}
	if longest >= 7 {
		s.every(recordRun)
	}
}

const (
	maxProject = 10 // letters of the key of a project, as Jira has it
	maxNumber  = 7  // digits of an id
)

// every adds all that a pattern of ids finds.
func (s *search) every(ids *regexp.Regexp) {
	for _, m := range ids.FindAllStringIndex(s.view.text, -1) {
		s.add(m[0], m[1], Ticket, anID)
	}
}

const anID = "is an id of a tracker"

// ticket looks at what has the form of an id, with its mark between project and
// number.
func (s *search) ticket(from, mark, to int, last bool) bool {
	text := s.view.text
	project, number := text[from:mark], text[mark+1:to]
	if from > 0 && (wordByte(text[from-1]) || text[from-1] == '-' || text[from-1] == '#') || to < len(text) && (wordByte(text[to]) || decimal(text, to)) {
		return false
	}
	capitals := project == strings.ToUpper(project)
	is := s.guard.projects[strings.ToUpper(project)] && (text[mark] != ' ' || capitals)
	is = is || text[mark] == '-' && capitals && !s.guard.terms.OnlyThese && s.foreign(project, number, from, to, last)
	if is {
		s.add(from, to, Ticket, anID)
	}
	return is
}

// decimal reports digits that go on behind a dot or a hyphen, as versions and
// ranges do.
func decimal(text string, to int) bool {
	return to+1 < len(text) && strings.IndexByte(".-:/", text[to]) >= 0 && isDigit(text[to+1])
}

// foreign reports whether an id of a project that nobody named is one of a
// tracker, by where it stands: behind a mark, at the beginning, or behind a
// word that goes before such ids.
func (s *search) foreign(project, number string, from, to int, last bool) bool {
	text := s.view.text
	series := strings.TrimRight(project, "0123456789") // "SHA" of SHA3-256
	if public[project] || len(series) >= 3 && public[series] || len(project) < 2 || s.inURL(from) {
		return false
	}
	if strings.HasPrefix(text[to:], "/") || strings.HasPrefix(text[to:], "-") || from > 0 && text[from-1] == '/' {
		return false
	}
	before := s.wordsBefore(from, 1)
	gap := strings.TrimRight(text[:from], " *_`\"")
	switch {
	case len(before) == 0 || gap == "" || strings.IndexByte("([{:;,\n>|–—", gap[len(gap)-1]) >= 0:
		return true
	case productNouns[before[0]]:
		return false
	case before[0] == "and" || before[0] == "or":
		return last
	case trackerNouns[before[0]]:
		return len(project) > 2 || len(number) > 1 // "to PO-4 areas"
	}
	return len(project) >= 3 && len(number) >= 3
}

// inURL reports a place within a run that has a scheme.
func (s *search) inURL(at int) bool {
	start := 1 + strings.LastIndexAny(s.view.text[:at], " \t\n<>\"'()[]`")
	return strings.Contains(s.view.text[start:at], "://")
}

// vulnerabilities finds those that are under embargo.
func (s *search) vulnerabilities() {
	if len(s.guard.cves) == 0 || !strings.Contains(s.view.lower, "cve") && !strings.Contains(s.view.lower, "ghsa") {
		return
	}
	for _, m := range advisory.FindAllStringIndex(s.view.text, -1) {
		if s.guard.cves[bare(s.view.text[m[0]:m[1]])] {
			s.add(m[0], m[1], Vulnerability, "is a vulnerability under embargo")
		}
	}
}

// bare returns an id without the marks in it, in upper case.
func bare(id string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if slices.Contains([]rune{'-', '_', ' ', '‐', '‑', '–'}, r) {
			return -1
		}
		return r
	}, strings.TrimSpace(id)))
}
