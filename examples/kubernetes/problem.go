package main

import (
	"fmt"
	"slices"

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
	wrongDay                // a weekday that is not that of its date: a rule of the catalogue
)

var kindRules = []struct {
	id       string
	severity check.Severity
	doc      string
}{
	unreadable:  {"K8S-001", check.Error, "Everything that stands in the files can be read."},
	absent:      {"K8S-002", check.Error, "The files are there and state what plan and gates need."},
	endless:     {"K8S-003", check.Warning, "A freeze that begins has a row that ends it."},
	contradicts: {"K8S-004", check.Warning, "What the files say twice they say alike: number and ordinal, title and version, person and account."},
	unused:      {"K8S-005", check.Info, "What the files say is carried by the packet or the facts."},
	wrongDay:    {"MS-014", check.Error, "A weekday in the timeline is that of the date beside it."},
}

// problem is one thing that a file says badly or not at all. Line 0 is the
// file as a whole.
type problem struct {
	kind    kind
	file    string
	line    int
	message string
	at      check.Path // in the packet; empty: what the packet has nothing of
}

func (p problem) String() string {
	if p.line == 0 {
		return fmt.Sprintf("%s: %s", p.file, p.message)
	}
	return fmt.Sprintf("%s:%d: %s", p.file, p.line, p.message)
}

// finding is the problem as a rule reports it. Where the packet has the place, it
// has the file and the line as well.
func (p problem) finding() check.Finding {
	if p.at != "" {
		return check.Finding{Path: p.at, Message: p.message}
	}
	return check.Finding{Message: p.String()}
}

// problems gathers what is found in one file.
type problems struct {
	file string
	all  []problem
	lost bool // an entry could not be read and is not among what was
}

func (ps *problems) add(k kind, line int, format string, args ...any) {
	ps.all = append(ps.all, problem{kind: k, file: ps.file, line: line, message: fmt.Sprintf(format, args...)})
}

// lose adds that an entry as a whole cannot be read, so that the facts of the
// file are not complete.
func (ps *problems) lose(line int, format string, args ...any) {
	ps.add(unreadable, line, format, args...)
	ps.lost = true
}

// withFiles returns the report with what the files have wrong: a rule for each
// kind of problem, which the readers have found already. One that the packet has
// a rule for is found by both.
func withFiles(r check.Report, p *packet.Packet, found []problem) check.Report {
	var rules []check.Rule[packet.Packet]
	for k, r := range kindRules {
		rules = append(rules, check.Rule[packet.Packet]{ID: r.id, Severity: r.severity, Doc: r.doc,
			Check: func(p *check.Pass[packet.Packet]) {
				for _, problem := range found {
					if problem.kind == kind(k) {
						p.Report(problem.finding())
					}
				}
			}})
	}
	own := check.Run(p, rules, nil)
	r.Findings = append(r.Findings, own.Findings...)
	for _, result := range own.Rules {
		i := slices.IndexFunc(r.Rules, func(of check.RuleResult) bool { return of.Rule == result.Rule })
		if i < 0 {
			r.Rules = append(r.Rules, result)
		} else if result.State == check.Failed {
			r.Rules[i] = result
		}
	}
	return r
}
