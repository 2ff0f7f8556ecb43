package page

import "github.com/tidegate-go/tidegate/release/check"

// findings writes what the report says, if there is one: counts, findings with
// errors first, those that a waiver covers, and rules that said nothing.
func (d *Doc) findings() {
	if d.report == nil {
		return
	}
	d.counts(d.report.Counts())
	if d.level > 1 {
		d.gap()
		d.byRule("Errors: ", func(s check.Severity) bool { return s != check.Warning && s != check.Info })
		d.byRule("Warnings: ", func(s check.Severity) bool { return s == check.Warning })
		return
	}
	if len(d.report.Findings)+len(d.report.Waived) > 0 {
		d.gap()
		d.table("Severity", "Rule", "Path", "Message")
		isError := func(s check.Severity) bool { return s != check.Warning && s != check.Info }
		d.findingsOf("error", isError)
		d.findingsOf("warning", func(s check.Severity) bool { return s == check.Warning })
		d.findingsOf("info", func(s check.Severity) bool { return s == check.Info })
		d.waived()
	}
	d.unevaluated()
}

// byRule writes how often each rule found something of one severity.
func (d *Doc) byRule(label string, is func(check.Severity) bool) {
	var rules []string
	times := map[string]int{}
	for i := range d.report.Findings {
		if f := &d.report.Findings[i]; is(f.Severity) {
			if times[f.Rule]++; times[f.Rule] == 1 {
				rules = append(rules, f.Rule)
			}
		}
	}
	d.facet(label, len(rules), func(i int) {
		d.text(rules[i])
		if n := times[rules[i]]; n > 1 {
			d.lit(" (")
			d.number(n)
			d.lit(")")
		}
	})
}

// counts writes one line. A profile or a report without rules proves nothing,
// which the line says.
func (d *Doc) counts(c check.Counts) {
	if d.report.Profile != "" {
		d.lit("Profile: ")
		d.text(d.report.Profile)
		d.lit(". ")
	}
	if d.level > 1 {
		d.plural("Findings: ", c.Errors, " error")
		d.plural(", ", c.Warnings, " warning")
		if c.NotEvaluated > 0 {
			d.lit("; rules not evaluated: ")
			d.number(c.NotEvaluated)
		}
		d.lit(".\n")
		return
	}
	d.plural("Findings: ", c.Errors, " error")
	d.plural(", ", c.Warnings, " warning")
	d.plural(", ", c.Infos, " info")
	d.lit(", ")
	d.number(c.Waived)
	d.lit(" waived. Rules: ")
	d.number(c.Passed)
	d.lit(" passed, ")
	d.number(c.Failed)
	d.lit(" failed, ")
	d.number(c.NotEvaluated)
	d.lit(" not evaluated, ")
	d.number(c.Off)
	d.lit(" off.\n")
}

func (d *Doc) plural(before string, n int, word string) {
	d.lit(before)
	d.number(n)
	d.lit(word)
	if n != 1 {
		d.lit("s")
	}
}

func (d *Doc) findingsOf(name string, is func(check.Severity) bool) {
	for i := range d.report.Findings {
		if f := &d.report.Findings[i]; is(f.Severity) {
			d.cell()
			d.lit(name)
			d.finding(f)
			d.row()
		}
	}
}

// finding writes all cells but the first one.
func (d *Doc) finding(f *check.Finding) {
	d.cell()
	d.text(f.Rule)
	d.cell()
	if f.Path == "" {
		d.lit("packet")
	} else {
		d.code(string(f.Path))
	}
	d.cell()
	d.text(f.Message)
	if d.level > 0 {
		return
	}
	if f.Hint != "" {
		d.lit("; ")
		d.text(f.Hint)
	}
	separator := "; see "
	for _, other := range f.Related {
		d.lit(separator)
		if other == "" {
			d.lit("packet")
		} else {
			d.code(string(other))
		}
		separator = ", "
	}
}

func (d *Doc) waived() {
	for i := range d.report.Waived {
		w := &d.report.Waived[i]
		d.cell()
		d.lit("waived")
		d.finding(&w.Finding)
		d.lit("; waived by ")
		d.person(w.By.Approver)
		d.lit(" for ")
		d.person(w.By.Requester)
		d.lit(" until ")
		d.when(w.By.Expires)
		d.lit(": ")
		if w.By.Reason == "" {
			d.lit("reason ")
		}
		d.text(w.By.Reason)
		d.row()
	}
}

// unevaluated lists the rules that proved nothing, and why.
func (d *Doc) unevaluated() {
	d.rules("Not evaluated", check.NotEvaluated)
	d.rules("Off", check.Off)
}

func (d *Doc) rules(name string, state check.State) {
	begun := false
	for i := range d.report.Rules {
		r := &d.report.Rules[i]
		if r.State != state {
			continue
		}
		if !begun {
			d.gap()
			d.lit(name)
			d.lit(":\n\n")
			begun = true
		}
		d.bullet(0)
		d.start(r.Rule)
		d.lit(": ")
		if r.Reason == "" {
			d.lit("reason ")
		}
		d.text(r.Reason)
		d.end()
	}
}
