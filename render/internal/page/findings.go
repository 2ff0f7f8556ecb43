package page

import "github.com/tidegate-go/tidegate/release/check"

// findings writes what the report says, if there is one: counts, findings with
// errors first, those that a waiver covers, and rules that said nothing.
func (d *Doc) findings() {
	if d.report == nil {
		return
	}
	d.counts(d.report.Counts())
	if d.Level == lastResort {
		return
	}
	if d.Level > 1 {
		d.Gap()
		d.byRule("Errors: ", func(s check.Severity) bool { return s != check.Warning && s != check.Info })
		d.byRule("Warnings: ", func(s check.Severity) bool { return s == check.Warning })
		return
	}
	if len(d.report.Findings)+len(d.report.Waived) > 0 {
		d.Gap()
		d.Table("Severity", "Rule", "Path", "Message")
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
		d.Text(rules[i])
		if n := times[rules[i]]; n > 1 {
			d.Lit(" (")
			d.Number(n)
			d.Lit(")")
		}
	})
}

// counts writes one line. A profile or a report without rules proves nothing,
// which the line says.
func (d *Doc) counts(c check.Counts) {
	if d.report.Profile != "" {
		d.Lit("Profile: ")
		d.Text(d.report.Profile)
		d.Lit(". ")
	}
	if d.Level > 1 {
		d.Plural("Findings: ", c.Errors, " error")
		d.Plural(", ", c.Warnings, " warning")
		if c.NotEvaluated > 0 {
			d.Lit("; rules not evaluated: ")
			d.Number(c.NotEvaluated)
		}
		d.Lit(".\n")
		return
	}
	d.Plural("Findings: ", c.Errors, " error")
	d.Plural(", ", c.Warnings, " warning")
	d.Plural(", ", c.Infos, " info")
	d.Lit(", ")
	d.Number(c.Waived)
	d.Lit(" waived. Rules: ")
	d.Number(c.Passed)
	d.Lit(" passed, ")
	d.Number(c.Failed)
	d.Lit(" failed, ")
	d.Number(c.NotEvaluated)
	d.Lit(" not evaluated, ")
	d.Number(c.Off)
	d.Lit(" off.\n")
}

func (d *Doc) findingsOf(name string, is func(check.Severity) bool) {
	for i := range d.report.Findings {
		if f := &d.report.Findings[i]; is(f.Severity) {
			d.Cell()
			d.Lit(name)
			d.finding(f)
			d.Row()
		}
	}
}

// finding writes all cells but the first one.
func (d *Doc) finding(f *check.Finding) {
	d.Cell()
	d.Text(f.Rule)
	d.Cell()
	if f.Path == "" {
		d.Lit("packet")
	} else {
		d.Code(string(f.Path))
	}
	d.Cell()
	d.Text(f.Message)
	if d.Level > 0 {
		return
	}
	if f.Hint != "" {
		d.Lit("; ")
		d.Text(f.Hint)
	}
	separator := "; see "
	for _, other := range f.Related {
		d.Lit(separator)
		if other == "" {
			d.Lit("packet")
		} else {
			d.Code(string(other))
		}
		separator = ", "
	}
}

func (d *Doc) waived() {
	for i := range d.report.Waived {
		w := &d.report.Waived[i]
		d.Cell()
		d.Lit("waived")
		d.finding(&w.Finding)
		d.Lit("; waived by ")
		d.Person(w.By.Approver)
		d.Lit(" for ")
		d.Person(w.By.Requester)
		d.Lit(" until ")
		d.When(w.By.Expires)
		d.Lit(": ")
		if w.By.Reason == "" {
			d.Lit("reason ")
		}
		d.Text(w.By.Reason)
		d.Row()
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
			d.Gap()
			d.Lit(name)
			d.Lit(":\n\n")
			begun = true
		}
		d.Bullet(0)
		d.Start(r.Rule)
		d.Lit(": ")
		if r.Reason == "" {
			d.Lit("reason ")
		}
		d.Text(r.Reason)
		d.End()
	}
}
