package engines

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// Rego is a prepared query for the set of what passes, as "env/id".
type Rego struct{ query rego.PreparedEvalQuery }

// NewRegoData prepares rules that read the catalogue as data: the limits can
// be changed without touching the code, as in tidegate. With the kind as an
// argument of the function, which OPA could index, it is slower by a twentieth.
func NewRegoData() (*Rego, error) {
	return newRego(regoData, rego.Store(inmem.NewFromObject(map[string]any{"catalogue": regoCatalogue()})))
}

// NewRegoRules prepares one rule for each criterion of each environment, its
// limit written into it.
func NewRegoRules() (*Rego, error) {
	var b strings.Builder
	b.WriteString("package release.gates\n\n")
	for _, env := range Environments {
		for _, c := range Criteria {
			fmt.Fprintf(&b, "pass contains %q if { %s }\n", env+"/"+c.ID, c.rego("input."+env))
		}
	}
	return newRego(b.String())
}

func newRego(module string, more ...func(*rego.Rego)) (*Rego, error) {
	options := append(more, rego.Query("data.release.gates.pass"), rego.Module("gates.rego", module))
	q, err := rego.New(options...).PrepareForEval(context.Background())
	return &Rego{q}, err
}

// NewRegoInput converts the signals, so that the conversion is not timed.
func NewRegoInput(s Situation) (ast.Value, error) { return ast.InterfaceToValue(s.Signals) }

// Evaluate returns the set of what passes.
func (r *Rego) Evaluate(in ast.Value) ([]any, error) {
	results, err := r.query.Eval(context.Background(), rego.EvalParsedInput(in))
	if err != nil {
		return nil, err
	}
	if len(results) != 1 {
		return nil, fmt.Errorf("rego gave %d results, want one", len(results))
	}
	set, _ := results[0].Expressions[0].Value.([]any)
	return set, nil
}

const regoData = `package release.gates

ok(c, s) if {
	c.kind == "at-most"
	s[c.signal] <= c.high
}

ok(c, s) if {
	c.kind == "fresh"
	s[c.signal] <= c.high
}

ok(c, s) if {
	c.kind == "at-least"
	s[c.signal] >= c.low
}

ok(c, s) if {
	c.kind == "within"
	s[c.signal] >= c.low
	s[c.signal] <= c.high
}

ok(c, s) if {
	c.kind == "nought"
	c.population == ""
	s[c.signal] == 0
}

ok(c, s) if {
	c.kind == "nought"
	s[c.signal] == 0
	s[c.population] > 0
}

ok(c, s) if {
	c.kind == "granted"
	s[c.signal] == true
}

ok(c, s) if {
	c.kind == "one-of"
	s[c.signal] in c.set
}

pass contains id if {
	some env, s in input
	some c in data.catalogue
	ok(c, s)
	id := concat("/", [env, c.id])
}
`

func regoCatalogue() []any {
	var list []any
	for _, c := range Criteria {
		set := []any{}
		for _, word := range c.Set {
			set = append(set, word)
		}
		list = append(list, map[string]any{"id": c.ID, "signal": c.Signal, "kind": string(c.Kind), "low": c.Low,
			"high": c.High, "set": set, "population": c.Population})
	}
	return list
}

// rego is the criterion as the body of a rule.
func (c *Criterion) rego(in string) string {
	signal := in + "." + c.Signal
	switch c.Kind {
	case AtMost, Fresh:
		return signal + " <= " + number(c.High)
	case AtLeast:
		return signal + " >= " + number(c.Low)
	case Within:
		return signal + " >= " + number(c.Low) + "; " + signal + " <= " + number(c.High)
	case Nought:
		if c.Population != "" {
			return signal + " == 0; " + in + "." + c.Population + " > 0"
		}
		return signal + " == 0"
	case Granted:
		return signal + " == true"
	default:
		return signal + ` in {"` + strings.Join(c.Set, `", "`) + `"}`
	}
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
