package main

import (
	"fmt"
	"strings"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/packet"
)

// A Case is a document, and what has to be said of it: by the decoder, and by validators that have the schema. Where
// the two differ, why says which of the named reasons it is.
type Case struct {
	Name    string
	Text    string
	Decodes bool
	Valid   bool
	Why     string
}

// Why decoder and schema may differ.
const (
	fine = "" // they do not

	// Only the decoder refuses.
	twice    = "validators are given one value for each key"
	bytes8   = "validators are given text that was repaired when it was read"
	spelling = "1.0 is an integer of JSON Schema and of no Go integer"
	lengths  = "a pattern has no arithmetic: lengths of time and periods have limits"

	// Only the schema refuses: what is read so that a rule can name it.
	oneTest = "how many tests a criterion has is a finding of a rule"
	noClock = "a time of day that is none is a finding of a rule"
	noURI   = "a faulty link is a finding of a rule"
)

// change is a case made from the good packet, or from the one with everything.
type change struct {
	name, old, new string
	decodes, valid bool
	why            string
}

const (
	yes = true
	no  = false
)

// changes of the packet with everything; old stands in it.
var changes = []change{
	{"a field that is unknown", `"plan": {`, `"plan": {"bogus": 1,`, no, no, fine},
	{"a field in another case", `"asOf": `, `"asof": `, no, no, fine},
	{"a field that is always written is missing", `"catalog": {`, `"notes": {`, no, no, fine},
	{"a wrong type: number for text", `"version": "text of string"`, `"version": 1`, no, no, fine},
	{"a wrong type: text for number", `"need": 3`, `"need": "3"`, no, no, fine},
	{"a wrong type: text for boolean", `"delegated": true`, `"delegated": "true"`, no, no, fine},
	{"a wrong type: object for list", `"waivers": [`, `"waivers": {}, "approvals": [`, no, no, fine},
	{"null", `"version": "text of string"`, `"version": null`, no, no, fine},
	{"null in parameters", `"jql": "type = Bug"`, `"jql": null`, no, no, fine},

	{"another schema", `"tidegate.packet/1"`, `"tidegate.packet/2"`, no, no, fine},
	{"a newer minor schema", `"tidegate.packet/1"`, `"tidegate.packet/1.1"`, no, no, fine},
	{"an enumeration's unknown name", `"verdict": "no-go"`, `"verdict": "maybe"`, no, no, fine},
	{"an enumeration's name in another case", `"verdict": "no-go"`, `"verdict": "No-Go"`, no, no, fine},
	{"an enumeration as a number", `"verdict": "no-go"`, `"verdict": 1`, no, no, fine},
	{"an enumeration's other name", `"verdict": "no-go"`, `"verdict": "go"`, yes, yes, fine},
	{"an unknown test", `"atMost": {`, `"atMots": {`, no, no, fine},
	{"a criterion with two tests", `"optional": true`, `"optional": true, "approved": {"query": {"connector": "x", "kind": "y", "yields": {"shape": "approvals"}}}`, yes, no, oneTest},
	{"a unit that is unknown", `"unit": "ms"`, `"unit": "msec"`, no, no, fine},
	{"an aggregate", `"aggregate": "p99.9"`, `"aggregate": "p5"`, yes, yes, fine},
	{"an aggregate that is none", `"aggregate": "p99.9"`, `"aggregate": "p100"`, no, no, fine},
	{"an aggregate written otherwise", `"aggregate": "p99.9"`, `"aggregate": "p99.90"`, no, no, fine},

	{"a duration with all parts", `"within": "PT1H30M0.25S"`, `"within": "-PT0100H00M1.5S"`, yes, yes, fine},
	{"a duration in words", `"within": "PT1H30M0.25S"`, `"within": "15m"`, no, no, fine},
	{"a duration of days", `"within": "PT1H30M0.25S"`, `"within": "P1D"`, no, no, fine},
	{"a duration with nothing", `"within": "PT1H30M0.25S"`, `"within": "PT"`, no, no, fine},
	{"a duration in the wrong order", `"within": "PT1H30M0.25S"`, `"within": "PT1M1H"`, no, no, fine},
	{"a duration with decimals of hours", `"within": "PT1H30M0.25S"`, `"within": "PT0.5H"`, no, no, fine},
	{"a duration of 300 years", `"within": "PT1H30M0.25S"`, `"within": "PT2628000H"`, no, yes, lengths},
	{"a period with all parts", `"retention": "P7Y1D"`, `"retention": "P1Y02M3D"`, yes, yes, fine},
	{"a period of weeks", `"retention": "P7Y1D"`, `"retention": "P6W"`, yes, yes, fine},
	{"a period of hours", `"retention": "P7Y1D"`, `"retention": "PT1H"`, no, no, fine},
	{"a period of weeks and days", `"retention": "P7Y1D"`, `"retention": "P1W1D"`, no, no, fine},
	{"a negative period", `"retention": "P7Y1D"`, `"retention": "-P7Y"`, no, no, fine},
	{"a period of 8 digits", `"retention": "P7Y1D"`, `"retention": "P12345678D"`, no, no, fine},
	{"a period of too many weeks", `"retention": "P7Y1D"`, `"retention": "P9999999W"`, no, yes, lengths},

	{"a day", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08"`, yes, yes, fine},
	{"a deadline", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08[AoE]"`, yes, yes, fine},
	{"a local time", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08T16:30:00.5"`, yes, yes, fine},
	{"a day that is none, which a rule names", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-02-30"`, yes, yes, fine},
	{"a zone with a sign", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08[Etc/GMT+12]"`, yes, yes, fine},
	{"a date in words", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "8 December"`, no, no, fine},
	{"a time without seconds", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08T16:30Z"`, no, no, fine},
	{"an offset that is none", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08T16:30:00+24:00"`, no, no, fine},
	{"a deadline in lower case", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08[aoe]"`, no, no, fine},
	{"a deadline with a time", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08T16:30:00[AoE]"`, no, no, fine},
	{"a zone of dots", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08[../zone]"`, no, no, fine},
	{"two zones", `"codeFreeze": "2026-12-08T16:30:00Z[Europe/Berlin]"`, `"codeFreeze": "2026-12-08[A][B]"`, no, no, fine},
	{"a moment in UTC", `"asOf": "2026-12-08T16:30:00.25-05:00"`, `"asOf": "2026-12-08T16:30:00Z"`, yes, yes, fine},
	{"a moment on 30 February", `"asOf": "2026-12-08T16:30:00.25-05:00"`, `"asOf": "2026-02-30T16:30:00Z"`, no, no, fine},
	{"a moment in a leap second", `"asOf": "2026-12-08T16:30:00.25-05:00"`, `"asOf": "2016-12-31T23:59:60Z"`, no, no, fine},
	{"a moment without offset", `"asOf": "2026-12-08T16:30:00.25-05:00"`, `"asOf": "2026-12-08T16:30:00"`, no, no, fine},
	{"a moment in lower case", `"asOf": "2026-12-08T16:30:00.25-05:00"`, `"asOf": "2026-12-08t16:30:00z"`, no, no, fine},
	{"a moment with a zone", `"asOf": "2026-12-08T16:30:00.25-05:00"`, `"asOf": "2026-12-08T16:30:00Z[Europe/Berlin]"`, no, no, fine},
	{"a time of day that is none", `"workFrom": "09:30"`, `"workFrom": "24:00"`, yes, no, noClock},

	{"a digest in upper case", `"artifact": "sha256:e`, `"artifact": "sha256:E`, no, no, fine},
	{"a digest of another algorithm", `"artifact": "sha256:`, `"artifact": "sha512:`, no, no, fine},
	{"a digest that is too long", `"artifact": "sha256:`, `"artifact": "sha256:0`, no, no, fine},
	{"a link without a scheme", `"repository": "https://example.com/a?b=c#d"`, `"repository": "example.com a"`, yes, no, noURI},
	{"a link with a control character", `"repository": "https://example.com/a?b=c#d"`, `"repository": "https://example.com/\u0001"`, no, no, fine},
	{"an empty link", `"repository": "https://example.com/a?b=c#d"`, `"repository": ""`, no, no, fine},

	{"not a number", `"value": 1.5`, `"value": "NaN"`, yes, yes, fine},
	{"infinity", `"value": 1.5`, `"value": "-Infinity"`, yes, yes, fine},
	{"a number as text", `"value": 1.5`, `"value": "1.5"`, no, no, fine},
	{"a number with an exponent", `"value": 1.5`, `"value": -1.5E+300`, yes, yes, fine},
	{"a number beyond float64", `"value": 1.5`, `"value": 1e999`, no, no, fine},
	{"the largest integer", `"need": 3`, `"need": 9007199254740991`, yes, yes, fine},
	{"an integer beyond 2^53-1", `"need": 3`, `"need": 9007199254740992`, no, no, fine},
	{"an integer below -2^53+1", `"need": 3`, `"need": -9007199254740992`, no, no, fine},
	{"an integer with a fraction", `"need": 3`, `"need": 3.5`, no, no, fine},
	{"an integer with a zero fraction", `"need": 3`, `"need": 3.0`, no, yes, spelling},
	{"an integer with an exponent", `"need": 3`, `"need": 3e2`, no, yes, spelling},

	{"a key twice", `"version": "text of string"`, `"version": "a", "version": "b"`, no, yes, twice},
	{"a key twice in parameters", `"jql": "type = Bug"`, `"jql": "a", "jql": "b"`, no, yes, twice},
	{"half of a surrogate pair", `"version": "text of string"`, `"version": "\ud800"`, no, yes, bytes8},
}

// cases returns all documents.
func cases() ([]Case, error) {
	full, err := packet.Encode(everything())
	if err != nil {
		return nil, err
	}
	good, err := packet.Encode(sample.Packet())
	if err != nil {
		return nil, err
	}
	bare, err := packet.Encode(packet.New(sample.Plan(), sample.Catalog()))
	if err != nil {
		return nil, err
	}
	all := []Case{
		{"everything", string(full), yes, yes, fine}, {"the sample", string(good), yes, yes, fine}, {"undecided", string(bare), yes, yes, fine},
		{"an empty object", "{}", no, no, fine}, {"a list", "[]", no, no, fine}, {"a text", `"packet"`, no, no, fine}, {"null alone", "null", no, no, fine},
		{"the least", `{"schema": "tidegate.packet/1", "plan": {"overview": {"name": "", "version": ""}}, "catalog": {}}`, yes, yes, fine},
	}
	for _, c := range changes {
		text := strings.Replace(string(full), c.old, c.new, 1)
		if text == string(full) {
			return nil, fmt.Errorf("%s: the packet does not have %s", c.name, c.old)
		}
		all = append(all, Case{c.name, text, c.decodes, c.valid, c.why})
	}
	return all, nil
}
