package main

import (
	"fmt"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// kind is what sort of problem a file has; each is a rule of the report.
type kind int

const (
	unreadable  kind = iota // something that is there cannot be read
	absent                  // something that the plan or a gate needs is not there
	endless                 // begins and does not end
	contradicts             // said twice, and not alike
	unused                  // read, and not carried by the plan, the gates or the facts
)

var kindRules = []struct {
	id       string
	severity check.Severity
	doc      string
}{
	unreadable:  {"K8S-001", check.Error, "Everything that stands in the files can be read."},
	absent:      {"K8S-002", check.Error, "The files are there and state what plan and gates need."},
	endless:     {"K8S-003", check.Warning, "A freeze that begins has a row that ends it."},
	contradicts: {"K8S-004", check.Warning, "What the files say twice they say alike: weekday and date, deadline and UTC, title and version."},
	unused:      {"K8S-005", check.Info, "What the files say is carried by the plan, the gates or the facts."},
}

// problem is one thing that a file says badly or not at all. Line 0 is the
// file as a whole.
type problem struct {
	kind    kind
	file    string
	line    int
	message string
}

func (p problem) String() string {
	if p.line == 0 {
		return fmt.Sprintf("%s: %s", p.file, p.message)
	}
	return fmt.Sprintf("%s:%d: %s", p.file, p.line, p.message)
}

// problems gathers what is found in one file.
type problems struct {
	file string
	all  []problem
	lost bool // an entry could not be read and is not among what was
}

func (ps *problems) add(k kind, line int, format string, args ...any) {
	ps.all = append(ps.all, problem{k, ps.file, line, fmt.Sprintf(format, args...)})
}

// lose adds that an entry as a whole cannot be read, so that the facts of the
// file are not complete.
func (ps *problems) lose(line int, format string, args ...any) {
	ps.add(unreadable, line, format, args...)
	ps.lost = true
}

// fileRules are the rules of this example beside those of tidegate: one for
// each kind of problem, which the readers have found already.
func fileRules(found []problem) []check.Rule[packet.Packet] {
	rules := make([]check.Rule[packet.Packet], len(kindRules))
	for k, r := range kindRules {
		rules[k] = check.Rule[packet.Packet]{ID: r.id, Severity: r.severity, Doc: r.doc,
			Check: func(p *check.Pass[packet.Packet]) {
				for _, problem := range found {
					if problem.kind == kind(k) {
						p.Report(check.Finding{Message: problem.String()})
					}
				}
			}}
	}
	return rules
}
