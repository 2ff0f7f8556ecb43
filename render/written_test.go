package render_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
)

// unwritten are the fields that no change of makes a difference to the page,
// each with the reason: a path, or the end of one.
var unwritten = map[string]string{
	"Schema":                              "names the format of the JSON",
	".Canary.Bad":                         "how samples are judged stands in the JSON",
	".Canary.Alpha":                       "how samples are judged stands in the JSON",
	".Canary.MinSamples":                  "how samples are judged stands in the JSON",
	".MaxGap":                             "how samples are judged stands in the JSON",
	".Canary.NaN":                         "how samples are judged stands in the JSON",
	".Canary.Outliers":                    "how samples are judged stands in the JSON",
	".Min":                                "how samples are judged stands in the JSON",
	".OnCall.Policy":                      "where on-call people come from; the page has their names",
	".OnCall.Level":                       "where on-call people come from; the page has their names",
	".Environments[].SignOffs[].Role":     "stands in the gates that inherit it",
	".Environments[].SignOffs[].Delegate": "stands in the gates that inherit it",
	".Customers.Changes[].ID":             "a key of the tracker says nothing to customers",
	".Customers.Changes[].Items[]":        "a key of the tracker says nothing to customers",
	".Custom.Params":                      "what exactly is asked is for the check; the page names the check",
	"Catalog.ClockSkew":                   "a tolerance of machines, which no reader acts on",
	".SignOffs[].Quorum":                  "the decision says how many are needed",
	"Decisions.Engine":                    "names the format of the JSON",
	"Decisions.DecidedAt":                 "the packet is as of that moment",
	"Decisions.Digests":                   "names bytes that are not on the page",
	".Gates[].Subject":                    "names what was approved, for machines",
	".Gates[].Environment":                "part of the gate's name",
	".Gates[].Kind":                       "part of the gate's name",
	".Gates[].ValidUntil":                 "only of a decision to go, which this one is not",
	".Barred[]":                           "the evidence log says who asked for the change and who deploys it",
	".Outcomes[].Limit":                   "stands in the criterion of the catalog",
	".Of[].Limit":                         "stands in the criterion of the catalog",
	".Outcomes[].Optional":                "stands in the criterion of the catalog",
	".Of[].Optional":                      "stands in the criterion of the catalog",
	".Results[]":                          "positions in the facts, for who replays the decision",
	".Reasons[].Verdict":                  "the gate's verdict is the worst of them",
	".Topic":                              "for rules: the task says what it is about",
	".Milestones[].Kind":                  "for rules: the title says what it is about",
	".Accounts[].ID":                      "who is who in other systems is for connectors",
	".Accounts[].System":                  "who is who in other systems is for connectors",
	".Components[].Commit":                "only where there is no version",
	".Components[].Owner":                 "for questions about the component, which the packet drafts",
	".Scope[].Authors[]":                  "bars them from approving, which the decision reports",
	".Scope[].Components[]":               "for rules: the title says what the item is about",
	".Confidential.Hosts[]":               "who reads the page knows it, and need not be told what to keep to themselves",
	".Confidential.Projects[]":            "who reads the page knows it, and need not be told what to keep to themselves",
	".Confidential.Systems[]":             "who reads the page knows it, and need not be told what to keep to themselves",
	".Confidential.Embargoed[]":           "under embargo: for the rule that guards the note to customers",
	".Confidential.Lawful[]":              "for the rule that guards the note to customers",
	".Drafted[].Audience":                 "what the last draft said is for the next one",
	".Drafted[].List":                     "what the last draft said is for the next one",
	".Drafted[].ID":                       "what the last draft said is for the next one",
	".Drafted[].Field":                    "what the last draft said is for the next one",
	".Drafted[].Text":                     "what the last draft said is for the next one",
	".Conflicts[].Audience":               "a finding says where it is",
	".Conflicts[].List":                   "a finding says where it is",
	".Conflicts[].ID":                     "a finding says where it is",
	".Conflicts[].Field":                  "a finding says where it is",
	".Conflicts[].Was":                    "for who settles it, with the packet before them",
	".Conflicts[].Now":                    "for who settles it, with the packet before them",
	".VersionPattern":                     "for rules: the version matches it or a finding says so",
}

// TestEveryFieldIsWritten changes every field of a packet that has something in
// all of them, one at a time, and wants another page for each.
func TestEveryFieldIsWritten(t *testing.T) {
	whole, report := everything()
	before := markdown(t, whole, &render.MarkdownOptions{Report: &report})
	used := map[string]bool{}
	leaves(reflect.ValueOf(&whole).Elem(), "", func(path string, leaf reflect.Value) {
		saved := reflect.New(leaf.Type()).Elem()
		saved.Set(leaf)
		if strings.Contains(path, deepGroup) {
			return
		}
		if change(leaf) && markdown(t, whole, &render.MarkdownOptions{Report: &report}) == before {
			if reason := listed(path, used); reason == "" {
				t.Errorf("%s is not written, and no reason is given", path)
			}
		}
		leaf.Set(saved)
	})
	for name := range unwritten {
		if !used[name] {
			t.Errorf("%s is written, or is no field any more", name)
		}
	}
}

// everything is a packet, and a report on it, with one element in every list
// and something in every field, in which references lead somewhere.
func everything() (packet.Packet, check.Report) {
	var p packet.Packet
	var report check.Report
	f := filler{func(string) string { return "text" }, func() int { return 1 }, false}
	f.fill(reflect.ValueOf(&p).Elem(), "packet", 6)
	f.fill(reflect.ValueOf(&report).Elem(), "report", 6)
	p.Decisions.Gates[0].Gate = p.Catalog.Gates[0].ID()
	return p, report
}

// deepGroup is where the page of a decision ends and the catalog's groups, which
// are not filled as deep, have ended before.
const deepGroup = ".Of[].Of[].Of[]."

// listed returns the reason why a field is not written.
func listed(path string, used map[string]bool) string {
	for name, reason := range unwritten {
		if path == name || strings.HasSuffix(path, name) || strings.HasPrefix(path, name+".") {
			used[name] = true
			return reason
		}
	}
	return ""
}

// leaves visits every leaf of a value that can be set.
func leaves(v reflect.Value, path string, visit func(string, reflect.Value)) {
	switch v.Interface().(type) {
	case fact.Query, fact.Ask:
		return // what exactly is asked is for connectors; the page says what is measured
	case time.Time, value.When, value.Quantity:
		visit(path, v)
		return
	case []gates.Criterion:
		if strings.Contains(path, "Criteria[]") {
			return // of a group: written as those of the gate are
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name := path
			if !f.Anonymous {
				name = strings.TrimPrefix(path+"."+f.Name, ".")
			}
			leaves(v.Field(i), name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), path+"[]", visit)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(v.Elem(), path, visit)
		}
	default:
		visit(path, v)
	}
}

// change gives a leaf another value; false: there is none.
func change(v reflect.Value) bool {
	switch x := v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(x.Add(time.Hour)))
		return true
	case value.When:
		v.Set(reflect.ValueOf(when("2027-01-01T00:00:00Z")))
		return true
	case value.Quantity:
		v.Set(reflect.ValueOf(value.Quantity{Value: x.Value + 2, Unit: x.Unit}))
		return true
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + " and more")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Uint8:
		v.SetUint(v.Uint() + 1)
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + int64(time.Hour))
	case reflect.Float64:
		v.SetFloat(v.Float() + 2)
	default:
		return false
	}
	return true
}
