package render

import "github.com/tidegate-go/tidegate/gates"

// signOffs writes who has to sign, who did, and which answers do not count.
func (d *doc) signOffs(g *gates.Gate, decision *gates.Decision) {
	if g.NoSignOffs != "" {
		d.bullet(1)
		d.lit("Sign-off: none needed, ")
		d.text(g.NoSignOffs)
		d.end()
	} else if len(g.SignOffs) == 0 {
		d.bullet(1)
		d.lit("Sign-off: not given\n")
	}
	for i := range g.SignOffs {
		d.bullet(1)
		d.lit("Sign-off: ")
		d.signOff(&g.SignOffs[i], signature(decision.SignOffs, i, &g.SignOffs[i]))
		d.end()
	}
	d.refused(1, decision.Refused)
}

// refused writes one bullet for each approval that does not count.
func (d *doc) refused(level int, all []gates.Refused) {
	for i := range all {
		r := &all[i]
		d.bullet(level)
		d.lit("Not counted: approval ")
		d.text(r.Approval)
		d.lit(" by ")
		if r.Person != "" {
			d.person(r.Person)
			d.lit(", ")
		}
		d.text(r.Account)
		d.lit(": ")
		d.text(r.Code.Words())
		d.end()
	}
}

// signature finds the state of the sign-off at i, first where it is likely to be.
func signature(all []gates.Signature, i int, s *gates.SignOff) *gates.Signature {
	is := func(have *gates.Signature) bool { return have.Role == s.Role && have.Delegate == s.Delegate }
	if i < len(all) && is(&all[i]) {
		return &all[i]
	}
	for j := range all {
		if is(&all[j]) {
			return &all[j]
		}
	}
	return nil
}

func (d *doc) signOff(s *gates.SignOff, state *gates.Signature) {
	d.role(s.Role)
	d.lit(" / ")
	if s.Delegate == "" {
		d.lit("delegate ")
	}
	d.role(s.Delegate)
	d.lit(", ")
	if state == nil {
		d.number(max(s.Quorum, 1))
		d.lit(" needed, answers not given")
		return
	}
	d.number(len(state.By))
	d.lit(" of ")
	d.number(state.Need)
	separator := ": "
	for i := range state.By {
		by := &state.By[i]
		d.lit(separator)
		d.person(by.Person)
		d.lit(" ")
		if by.At.IsZero() {
			d.lit("at a time ")
		}
		d.moment(by.At)
		d.lit(" (")
		if by.Delegated {
			d.lit("delegated, ")
		}
		d.text(by.Approval)
		d.lit(")")
		separator = ", "
	}
}
