package value

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// Quantity is a number with its unit. In JSON it is an object, {"value":450,"unit":"ms"}, with the
// unit left out when none is given; the text of String is for people and for ParseQuantity.
//
// There is no comparison: bring both to one unit with [Quantity.In], then compare the numbers.
type Quantity struct {
	Value Number `json:"value"`         // NaN and infinities can stand here; rules refuse them
	Unit  Unit   `json:"unit,omitzero"` // a code of UCUM; empty: none is given, which converts into nothing
}

// ParseQuantity reads a number as [ParseNumber] does, one space, and the code of a known unit:
// "450 ms", "1.5 GiBy", "0.995 1". The space before % may be left out, and a number alone counts
// things: "31" has the unit [Count].
func ParseQuantity(s string) (Quantity, error) {
	number, code, spaced := strings.Cut(s, " ")
	if !spaced {
		code = string(Count)
		if before, ok := strings.CutSuffix(number, "%"); ok {
			number, code = before, string(Percent)
		}
	}
	v, err := ParseNumber(number)
	if err != nil {
		return Quantity{}, fmt.Errorf("quantity %s: want a number, a space and a unit, as in \"450 ms\": %w", quote(s), err)
	}
	u, err := ParseUnit(code)
	if err != nil {
		return Quantity{}, fmt.Errorf("quantity %s: %w", quote(s), err)
	}
	return Quantity{v, u}, nil
}

// In returns q's number in the unit u. It is false, with NaN, unless both units are known and of
// one dimension; the unit that a quantity already has is no exception, so that an unknown unit
// does not pass unseen.
//
// The conversion is that of the number's shortest decimal text: 0.07 of ratio is exactly 7 % and
// 1.1 s exactly 1100 ms, where floating-point multiplication gives 7.000000000000001 and
// 1100.0000000000002. Only the result is rounded, once, to the nearest float64. NaN and the
// infinities stay what they are.
func (q Quantity) In(u Unit) (Number, bool) {
	from, known := q.Unit.scale()
	to, target := u.scale()
	if !known || !target || from.dimension != to.dimension {
		return Number(math.NaN()), false
	}
	if from.size == to.size || !q.Value.IsFinite() || q.Value == 0 {
		return q.Value, true
	}
	if v, ok := scaleWhole(float64(q.Value), from.size, to.size); ok {
		return Number(v), true
	}
	ratio := big.NewRat(int64(from.size), int64(to.size))
	exact, ok := new(big.Rat).SetString(q.Value.String())
	if !ok { // A finite number's text is always a rational.
		return Number(math.NaN()), false
	}
	v, _ := exact.Mul(exact, ratio).Float64()
	return Number(v), true
}

// scaleWhole is the fast way for whole numbers and sizes that divide each other: the product is
// exact, and the quotient of two exact floats is rounded once. 1<<53 is where floats stop holding
// every whole number.
func scaleWhole(v float64, from, to uint64) (float64, bool) {
	if v != math.Trunc(v) || math.Abs(v) >= 1<<53 {
		return 0, false
	}
	if to%from == 0 {
		return v / float64(to/from), true
	}
	if product := v * float64(from/to); from%to == 0 && math.Abs(product) < 1<<53 {
		return product, true
	}
	return 0, false
}

// IsZero reports whether neither number nor unit is given. Nought of a unit is not zero.
func (q Quantity) IsZero() bool { return q.Unit == "" && q.Value == 0 }

// String returns the text that [ParseQuantity] reads: "450 ms", "0.5%", "31", "0.995 1". A
// quantity without unit prints its number alone and so reads back as a count; one with an unknown
// unit does not read back.
func (q Quantity) String() string {
	switch q.Unit {
	case "", Count:
		return q.Value.String()
	case Percent:
		return q.Value.String() + "%"
	}
	return q.Value.String() + " " + string(q.Unit)
}

// Human returns the quantity for a document: "450 ms", "0.5%", "31", "0.995", "12/s", "1.5 GiB".
func (q Quantity) Human() string {
	label := q.Unit.Human()
	if label == "" || label == "%" || label[0] == '/' {
		return q.Value.String() + label
	}
	return q.Value.String() + " " + label
}
