package engines

import (
	"fmt"

	"github.com/tidegate-go/tidegate/internal/bench/measure"
)

// Names of the work.
const (
	EvaluateTidegate  = "EvaluateTidegate"
	EvaluateCriteria  = "EvaluateCriteria" // tidegate without sign-offs, which peers do not have
	EvaluateCEL       = "EvaluateCEL"
	EvaluateRegoData  = "EvaluateRegoData"
	EvaluateRegoRules = "EvaluateRegoRules"
)

// Sizes are how many copies of criteria, facts and approvals growth looks at.
var Sizes = []int{1, 10, 100, 1000}

// Growth names the evaluation of size copies.
func Growth(size int) string { return fmt.Sprintf("Growth%d", size) }

// Works are the evaluations, each of the same healthy situation.
func Works() []measure.Work {
	return []measure.Work{
		{Name: EvaluateTidegate, New: evaluate(1)},
		{Name: EvaluateCriteria, New: func() (func(), error) {
			catalog := Catalog(1)
			for i, g := range catalog.Gates {
				catalog.Gates[i] = g.WithoutSignOffs("only criteria are compared")
			}
			t := Prepare(catalog, Plan(1))
			facts := Healthy(t, 1).Facts
			return func() { t.Evaluate(facts) }, nil
		}},
		{Name: EvaluateCEL, New: func() (func(), error) {
			c, err := NewCEL()
			if err != nil {
				return nil, err
			}
			in, err := NewCELInput(Healthy(NewTidegate(1), 1))
			pass := make([]bool, len(Environments)*len(Criteria))
			return func() { c.Evaluate(in, pass) }, err
		}},
		{Name: EvaluateRegoData, New: evaluateRego(NewRegoData)},
		{Name: EvaluateRegoRules, New: evaluateRego(NewRegoRules)},
	}
}

// GrowthWorks are the evaluation of every size.
func GrowthWorks() []measure.Work {
	var works []measure.Work
	for _, size := range Sizes {
		works = append(works, measure.Work{Name: Growth(size), New: evaluate(size)})
	}
	return works
}

func evaluate(size int) func() (func(), error) {
	return func() (func(), error) {
		t := NewTidegate(size)
		facts := Healthy(t, size).Facts
		return func() { t.Evaluate(facts) }, nil
	}
}

func evaluateRego(prepare func() (*Rego, error)) func() (func(), error) {
	return func() (func(), error) {
		r, err := prepare()
		if err != nil {
			return nil, err
		}
		in, err := NewRegoInput(Healthy(NewTidegate(1), 1))
		return func() {
			if _, err := r.Evaluate(in); err != nil {
				panic(err)
			}
		}, err
	}
}
