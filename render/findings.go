package render

import "github.com/tidegate-go/tidegate/release/check"

// findings writes what the report says, if there is one: counts, findings with
// errors first, those that a waiver covers, and rules that said nothing.
func (d *doc) findings() {
	if d.report == nil {
		return
	}
	d.section("Findings")
	d.counts(d.report.Counts())
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

// counts writes one line. A profile or a report without rules proves nothing,
// which the line says.
func (d *doc) counts(c check.Counts) {
	if d.report.Profile != "" {
		d.lit("Profile: ")
		d.text(d.report.Profile)
		d.lit(". ")
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

func (d *doc) plural(before string, n int, word string) {
	d.lit(before)
	d.number(n)
	d.lit(word)
	if n != 1 {
		d.lit("s")
	}
}

func (d *doc) findingsOf(name string, is func(check.Severity) bool) {
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
func (d *doc) finding(f *check.Finding) {
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

func (d *doc) waived() {
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
func (d *doc) unevaluated() {
	d.rules("Not evaluated", check.NotEvaluated)
	d.rules("Off", check.Off)
}

func (d *doc) rules(name string, state check.State) {
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
		d.b = appendStart(d.b, r.Rule)
		d.lit(": ")
		if r.Reason == "" {
			d.lit("reason ")
		}
		d.text(r.Reason)
		d.end()
	}
}
