package comms_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/comms"
)

func TestParseText(t *testing.T) {
	words := func(s string) comms.Part { return comms.Part{Words: s} }
	gap := func(s string) comms.Part { return comms.Part{Name: s} }
	tests := []struct {
		text string
		want comms.Text
	}{
		{"", nil},
		{"no gap", comms.Text{words("no gap")}},
		{"{a}", comms.Text{gap("a")}},
		{"{a}{b_2}", comms.Text{gap("a"), gap("b_2")}},
		{"From {start} to {end}.", comms.Text{words("From "), gap("start"), words(" to "), gap("end"), words(".")}},
		{"{{a}}", comms.Text{words("{a}")}},
		{"{{{a}}}", comms.Text{words("{"), gap("a"), words("}")}},
		{"}}{{", comms.Text{words("}{")}},
		{"ü {a} \u2028\n", comms.Text{words("ü "), gap("a"), words(" \u2028\n")}},
	}
	for _, tt := range tests {
		got, err := comms.ParseText(tt.text)
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
		if got.String() != tt.text {
			t.Errorf("%q is written as %q", tt.text, got.String())
		}
	}
}

func TestParseTextRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"{":          "byte 1: { is not closed",
		"say {":      "byte 5: { is not closed",
		"{a":         "byte 1: { is not closed",
		"{a{b}":      "byte 1: { is not closed",
		"}":          "byte 1: } closes nothing",
		"{a}}":       "byte 4: } closes nothing",
		"{}":         "byte 1: the name is empty",
		"{A}":        `byte 1: "A" is no name`,
		"{a b}":      `byte 1: "a b" is no name`,
		"{1}":        `byte 1: "1" is no name`,
		"{_a}":       `byte 1: "_a" is no name`,
		"{ä}":        `byte 1: "ä" is no name`,
		"ok {a-b}":   `byte 4: "a-b" is no name`,
		"{{{a}} x":   "byte 6: } closes nothing",
		"bad \xff {": "not UTF-8",
	} {
		got, err := comms.ParseText(text)
		if err == nil || !strings.Contains(err.Error(), want) || got != nil {
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
}

func TestNames(t *testing.T) {
	text, err := comms.ParseText("{b} {a} {b} {{c}}")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b", "a"}, text.Names()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFill(t *testing.T) {
	template := comms.NewTemplate("t", "{version}: {symptom}", "{symptom} since {since}, {{next}} {version}").WithPlaceholders(
		comms.Placeholder{Name: "version", Type: comms.TextValue, Value: "2026.12.0"},
		comms.Placeholder{Name: "symptom", Type: comms.TextValue}, comms.Placeholder{Name: "since", Type: comms.TimeValue})
	values := func(pairs ...string) func(string) (string, bool) {
		return func(name string) (string, bool) {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1], true
				}
			}
			return "", false
		}
	}
	const since = "2026-12-09T03:10:00Z"
	subject, body, err := template.Fill(values("symptom", "Cards {since} fail", "since", since, "version", "9.9.9"))
	if err != nil || subject != "2026.12.0: Cards {since} fail" || body != "Cards {since} fail since 2026-12-09T03:10:00Z, {next} 2026.12.0" {
		t.Errorf("%q, %q, %v", subject, body, err)
	}
	tests := []struct {
		name     string
		template comms.Template
		values   func(string) (string, bool)
		want     string
	}{
		{"a value is missing", template, values("since", since), `placeholder "symptom" has no value`},
		{"a value is blank", template, values("symptom", " ", "since", since), `placeholder "symptom": " "`},
		{"a value does not fit", template, values("symptom", "x", "since", "now"), `placeholder "since": `},
		{"a subject of two lines", template, values("symptom", "x\r\nBcc: all", "since", since), "the subject has a line break"},
		{"a gap without placeholder", comms.NewTemplate("t", "", "{eta}"), values("eta", "x"), `gap "eta" has no placeholder`},
		{"a text that cannot be read", comms.NewTemplate("t", "{", "}"), values(), "byte 1: { is not closed"},
		{"all at once", template, values(), `placeholder "since" has no value`},
	}
	for _, tt := range tests {
		subject, body, err := tt.template.Fill(tt.values)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), `template "t": `) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
		if subject != "" || body != "" {
			t.Errorf("%s: fails and gives %q, %q", tt.name, subject, body)
		}
	}
}

func TestValueTypes(t *testing.T) {
	all := []comms.ValueType{comms.TextValue, comms.TimeValue, comms.DurationValue, comms.PercentValue, comms.NumberValue, comms.LinkValue}
	for text, want := range map[string][]comms.ValueType{
		"words of\ntwo lines":        {comms.TextValue},
		"2026-12-08T22:00:00-05:00":  {comms.TextValue, comms.TimeValue},
		"2026-12-08":                 {comms.TextValue, comms.TimeValue},
		"2026-02-30":                 {comms.TextValue},
		"2026-12-08T22:00:00":        {comms.TextValue},
		"PT15M":                      {comms.TextValue, comms.DurationValue},
		"15 minutes":                 {comms.TextValue},
		"1.5%":                       {comms.TextValue, comms.PercentValue},
		"-0.5%":                      {comms.TextValue, comms.PercentValue},
		"1.5 %":                      {comms.TextValue},
		"%":                          {comms.TextValue},
		"NaN%":                       {comms.TextValue},
		"12":                         {comms.TextValue, comms.NumberValue},
		"NaN":                        {comms.TextValue},
		"Infinity":                   {comms.TextValue},
		"https://status.example.com": {comms.TextValue, comms.LinkValue},
		"status.example.com":         {comms.TextValue},
		"https://user:password@status.example.com": {comms.TextValue},
		"\xff": nil, "": nil, " \n": nil,
	} {
		var got []comms.ValueType
		for _, v := range all {
			if v.Check(text) == nil {
				got = append(got, v)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	for _, none := range []comms.ValueType{comms.NoType, 99} {
		if none.Check("x") == nil {
			t.Errorf("a value of %s fits", none)
		}
	}
}

// What is read is written as it was, whatever it is; a filled text has what the gaps got and no other gap.
func FuzzParseText(f *testing.F) {
	for _, s := range []string{"", "{a}", "{{", "}}", "{{{a}}}", "{a", "a}", "{}", "{A}", "\xff", "{a_1}{b} {{c}}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := comms.ParseText(s)
		if err != nil {
			if text != nil {
				t.Fatalf("%q: fails and gives %v", s, text)
			}
			return
		}
		if text.String() != s {
			t.Fatalf("%q is written as %q", s, text.String())
		}
		template := comms.NewTemplate("t", "", s)
		for _, name := range text.Names() {
			template = template.WithPlaceholders(comms.Placeholder{Name: name, Type: comms.TextValue})
		}
		_, body, err := template.Fill(func(string) (string, bool) { return "{x}", true })
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		want := 0
		for _, p := range text {
			if want += strings.Count(p.Words, "{x}"); p.Name != "" {
				want++
			}
		}
		if got := strings.Count(body, "{x}"); got < want {
			t.Fatalf("%q: %d of %d gaps filled in %q", s, got, want, body)
		}
	})
}
