package compliance_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/release/check"
)

// The criteria of 2017 by series: how many each has.
func TestControls(t *testing.T) {
	series := map[string]int{"CC1": 5, "CC2": 3, "CC3": 4, "CC4": 2, "CC5": 3, "CC6": 8, "CC7": 5, "CC8": 1, "CC9": 2, "A1": 3, "C1": 2, "PI1": 5,
		"P1": 1, "P2": 1, "P3": 2, "P4": 3, "P5": 2, "P6": 7, "P7": 1, "P8": 1,
		"CM": 12, "IR": 8, "AU": 11, "CP": 2, "RA": 1, "SA": 1}
	forms := map[compliance.Framework]*regexp.Regexp{compliance.SOC2: regexp.MustCompile(`^(CC|A|C|PI|P)\d\.\d$`), compliance.NIST80053: regexp.MustCompile(`^[A-Z]{2}-\d+$`)}
	got, seen, soc2 := map[string]int{}, map[string]bool{}, 0
	for _, c := range compliance.Controls() {
		if seen[c.ID] {
			t.Errorf("%s stands twice", c.ID)
		}
		seen[c.ID] = true
		if form := forms[c.Framework]; form == nil || !form.MatchString(c.ID) {
			t.Errorf("%s is no id of %s", c.ID, c.Framework)
		}
		if c.Framework == compliance.SOC2 {
			soc2++
		}
		if n := len(strings.Fields(c.Topic)); n < 3 || n > 16 || strings.ContainsAny(c.Topic, ".\n") {
			t.Errorf("%s: %q is no line in short words", c.ID, c.Topic)
		}
		if found, ok := compliance.FindControl(c.ID); !ok || found != c {
			t.Errorf("%s is found as %v", c.ID, found)
		}
		got[c.ID[:strings.LastIndexAny(c.ID, ".-")]]++
	}
	if diff := cmp.Diff(series, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if soc2 != 61 {
		t.Errorf("SOC 2 has %d criteria, want 61", soc2)
	}
	compliance.Controls()[0].ID = "CC8.1" // the caller's copy
	if c := compliance.Controls()[0]; c.ID != "CC1.1" {
		t.Errorf("the catalogue can be changed: %v", c)
	}
}

func TestNearControls(t *testing.T) {
	for id, want := range map[string]string{
		"CC8.4": "did you mean CC8.1?", "CC8.11": "did you mean CC8.1?", "CC81": "did you mean CC8.1?", "cc 8.1": "did you mean CC8.1?", "CC6.9": "did you mean CC6.1 or CC6.2 or CC6.3?",
		"CM3": "did you mean CM-3?", "cm-3": "did you mean CM-3?", "CM-13": "did you mean CM-1 or CM-3 or CM-10?", "AU-10": "did you mean AU-1 or AU-11 or AU-12?",
		"": "", "ISO 27001": "", "change management": "", "CC8.1 and everything that comes after it": "",
	} {
		l := good()
		l.Approvals[0].Controls = append(l.Approvals[0].Controls, id)
		var hints []string
		for _, f := range l.Validate() {
			if f.Rule == "CMP-002" && f.Path == check.Path("approvals[0].controls[2]") {
				hints = append(hints, f.Hint)
			}
		}
		if diff := cmp.Diff([]string{want}, hints); diff != "" {
			t.Errorf("%q (-want +got):\n%s", id, diff)
		}
	}
}
