package engines

import (
	"fmt"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
)

// CEL is one prepared program for each criterion of each environment. Signals
// are variables of their own, declared with their types: looking them up in a
// map of dynamic values is slower.
type CEL struct{ programs []cel.Program }

// NewCEL compiles the catalogue.
func NewCEL() (*CEL, error) {
	var options []cel.EnvOption
	for _, c := range Criteria {
		options = append(options, cel.Variable(c.Signal, c.celType()))
		if c.Population != "" {
			options = append(options, cel.Variable(c.Population, cel.DoubleType))
		}
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, err
	}
	var all CEL
	for range Environments {
		for _, c := range Criteria {
			ast, issues := env.Compile(c.cel())
			if issues.Err() != nil {
				return nil, fmt.Errorf("%s: %w", c.ID, issues.Err())
			}
			program, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.ID, err)
			}
			all.programs = append(all.programs, program)
		}
	}
	return &all, nil
}

// CELInput is the signals of each environment as CEL reads them.
type CELInput []cel.Activation

// NewCELInput prepares the signals, so that the conversion is not timed.
func NewCELInput(s Situation) (CELInput, error) {
	var in CELInput
	for _, env := range Environments {
		a, err := cel.NewActivation(s.Signals[env])
		if err != nil {
			return nil, err
		}
		in = append(in, a)
	}
	return in, nil
}

// Evaluate writes which criteria pass, environment by environment. A program
// that fails, as it does where a signal is missing, does not pass.
func (c *CEL) Evaluate(in CELInput, pass []bool) {
	for i := range pass {
		v, _, err := c.programs[i].Eval(in[i/len(Criteria)])
		said := false
		if err == nil {
			said, _ = v.Value().(bool)
		}
		pass[i] = said
	}
}

func (c *Criterion) celType() *cel.Type {
	switch c.Kind {
	case Granted:
		return cel.BoolType
	case OneOf:
		return cel.StringType
	default:
		return cel.DoubleType
	}
}

// cel is the criterion as an expression.
func (c *Criterion) cel() string {
	switch c.Kind {
	case AtMost, Fresh:
		return c.Signal + " <= " + double(c.High)
	case AtLeast:
		return c.Signal + " >= " + double(c.Low)
	case Within:
		return c.Signal + " >= " + double(c.Low) + " && " + c.Signal + " <= " + double(c.High)
	case Nought:
		if c.Population != "" {
			return c.Signal + " == 0.0 && " + c.Population + " > 0.0"
		}
		return c.Signal + " == 0.0"
	case Granted:
		return c.Signal
	default:
		return c.Signal + ` in ["` + strings.Join(c.Set, `", "`) + `"]`
	}
}

// double writes a number so that CEL does not take it for an integer.
func double(f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}
