package strictjson

import (
	"errors"
	"reflect"
	"strconv"
)

// number reads the number at the position. A malformed one is a fault and taken as a whole, with all that looks like
// part of it, so that the walk goes on behind it.
func (d *decoder) number() (token []byte, integer, ok bool) {
	start := d.pos
	end, integer, ok := numberEnd(d.data, start)
	if end < len(d.data) && inNumber(d.data[end]) {
		ok = false
		for end < len(d.data) && inNumber(d.data[end]) {
			end++
		}
	}
	token = d.data[start:end]
	d.pos = end
	if !ok {
		d.fault(start, "malformed number %q", clip(string(token)))
	}
	return token, integer, ok
}

// inNumber tells bytes that belong to a number that somebody meant, as 0x1F, 1_000 or 01.
func inNumber(c byte) bool { return isWord(c) || c == '+' || c == '-' || c == '.' }

// numberEnd follows the grammar of RFC 8259, section 6, from i as far as it goes.
func numberEnd(data []byte, i int) (end int, integer, ok bool) {
	if i < len(data) && data[i] == '-' {
		i++
	}
	switch n := digits(data, i); {
	case n == i:
		return i, true, false
	case data[i] == '0':
		i++
	default:
		i = n
	}
	integer = true
	if i < len(data) && data[i] == '.' {
		n := digits(data, i+1)
		if n == i+1 {
			return n, false, false
		}
		i, integer = n, false
	}
	if i < len(data) && data[i]|0x20 == 'e' {
		i++
		if i < len(data) && (data[i] == '+' || data[i] == '-') {
			i++
		}
		n := digits(data, i)
		return n, false, n > i
	}
	return i, integer, true
}

// digits returns the offset behind the digits at i.
func digits(data []byte, i int) int {
	for i < len(data) && '0' <= data[i] && data[i] <= '9' {
		i++
	}
	return i
}

// maxSafe is the largest integer that has a float64 of its own, with all below it (RFC 7493, section 2.2).
const maxSafe = 1<<53 - 1

const unsafeInteger = "%d is beyond 2^53-1, which not every reader of JSON keeps: it has to be a text"

func decodeInt(d *decoder, p *plan, v reflect.Value) {
	if token, at, ok := d.integer(); ok {
		n, err := strconv.ParseInt(string(token), 10, p.typ.Bits())
		if err != nil {
			d.outOfRange(at, token, p)
			return
		}
		if d.limits.SafeIntegers && (n > maxSafe || n < -maxSafe) {
			d.fault(at, unsafeInteger, n)
			return
		}
		v.SetInt(n)
	}
}

func decodeUint(d *decoder, p *plan, v reflect.Value) {
	if token, at, ok := d.integer(); ok {
		n, err := strconv.ParseUint(string(token), 10, p.typ.Bits())
		if err != nil {
			d.outOfRange(at, token, p)
			return
		}
		if d.limits.SafeIntegers && n > maxSafe {
			d.fault(at, unsafeInteger, n)
			return
		}
		v.SetUint(n)
	}
}

// integer reads a number without fraction and exponent.
func (d *decoder) integer() (token []byte, at int, ok bool) {
	at = d.pos
	if !d.want(kindNumber) {
		return nil, at, false
	}
	token, integer, ok := d.number()
	if ok && !integer {
		d.fault(at, "want integer, got %s", clip(string(token)))
	}
	return token, at, ok && integer
}

func decodeFloat(d *decoder, p *plan, v reflect.Value) {
	if !d.want(kindNumber) {
		return
	}
	if f, ok := d.float(p); ok {
		v.SetFloat(f)
	}
}

// float reads a number into the floating type of the plan.
func (d *decoder) float(p *plan) (f float64, ok bool) {
	at := d.pos
	token, _, ok := d.number()
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(token), p.typ.Bits())
	if errors.Is(err, strconv.ErrRange) {
		d.outOfRange(at, token, p)
		return 0, false
	}
	return f, true
}

// decodeNumber reads a json.Number, which is the text as written.
func decodeNumber(d *decoder, _ *plan, v reflect.Value) {
	if !d.want(kindNumber) {
		return
	}
	if token, _, ok := d.number(); ok {
		v.SetString(string(token))
	}
}

func (d *decoder) outOfRange(at int, token []byte, p *plan) {
	d.fault(at, "%s is out of range for %s", clip(string(token)), p.typ.Kind())
}
