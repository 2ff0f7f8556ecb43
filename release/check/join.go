package check

// With returns the report with what another suite found in the same subject: the
// findings of both, and of a rule that both have judged the result that proves
// less. Neither report is changed.
func (r Report) With(other Report) Report {
	out := Report{Profile: r.Profile}
	if out.Profile == "" {
		out.Profile = other.Profile
	}
	out.Findings = append(append(out.Findings, r.Findings...), other.Findings...)
	out.Waived = append(append(out.Waived, r.Waived...), other.Waived...)
	at := make(map[string]int, len(r.Rules))
	for _, result := range append(append([]RuleResult{}, r.Rules...), other.Rules...) {
		i, ok := at[result.Rule]
		switch {
		case !ok:
			at[result.Rule] = len(out.Rules)
			out.Rules = append(out.Rules, result)
		case proof[min(result.State, Passed+1)] < proof[min(out.Rules[i].State, Passed+1)]:
			out.Rules[i] = result
		}
	}
	return out
}

// proof orders states by what they prove: a failure outweighs all, and a rule that
// was off or not evaluated one that passed. The last is of a state not known.
var proof = [...]int{Failed: 1, NotEvaluated: 2, Off: 3, Passed: 4, Passed + 1: 0}
