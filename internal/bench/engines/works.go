package engines

import (
	"fmt"

	"github.com/tidegate-go/tidegate/internal/bench/measure"
)

// Names of the work.
const (
	EvaluateTidegate  = "EvaluateTidegate"
	EvaluateCEL       = "EvaluateCEL"
	EvaluateRegoData  = "EvaluateRegoData"
	EvaluateRegoRules = "EvaluateRegoRules"
)

// Sizes are how many copies of criteria, facts and approvals growth looks at.
var Sizes = []int{1, 10, 100, 1000}

// Growth names the evaluation of size copies.
func Growth(size int) string { return fmt.Sprintf("Growth%d", size) }

// Works returns the evaluations, each on the same healthy situation.
func Works() ([]measure.Work, error) {
	tidegate := NewTidegate(1)
	s := Healthy(tidegate, 1)
	program, err := NewCEL()
	if err != nil {
		return nil, err
	}
	signals, err := NewCELInput(s)
	if err != nil {
		return nil, err
	}
	input, err := NewRegoInput(s)
	if err != nil {
		return nil, err
	}
	works := []measure.Work{
		{Name: EvaluateTidegate, Do: func() { tidegate.Evaluate(s.Facts) }},
		{Name: EvaluateCEL, Do: func() {
			program.Evaluate(signals, make([]bool, len(Environments)*len(Criteria)))
		}},
	}
	for name, prepare := range map[string]func() (*Rego, error){EvaluateRegoData: NewRegoData, EvaluateRegoRules: NewRegoRules} {
		r, err := prepare()
		if err != nil {
			return nil, err
		}
		works = append(works, measure.Work{Name: name, Do: func() {
			if _, err := r.Evaluate(input); err != nil {
				panic(err)
			}
		}})
	}
	return works, nil
}

// GrowthWorks returns the evaluation of every size.
func GrowthWorks() []measure.Work {
	var works []measure.Work
	for _, size := range Sizes {
		tidegate := NewTidegate(size)
		s := Healthy(tidegate, size)
		works = append(works, measure.Work{Name: Growth(size), Do: func() { tidegate.Evaluate(s.Facts) }})
	}
	return works
}
