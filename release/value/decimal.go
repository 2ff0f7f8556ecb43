package value

import "strconv"

// digits returns how many ASCII digits s starts with.
func digits(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

// billionths reads one to nine decimals: "25" is 250 000 000.
func billionths(decimals string) uint64 {
	n := uint64(0)
	for i := range 9 {
		n *= 10
		if i < len(decimals) {
			n += uint64(decimals[i] - '0')
		}
	}
	return n
}

// appendDecimal appends n/unit exactly, without trailing zeros. Unit is a power of ten.
func appendDecimal(out []byte, n, unit uint64) []byte {
	out = strconv.AppendUint(out, n/unit, 10)
	if n %= unit; n == 0 {
		return out
	}
	out = append(out, '.')
	for n > 0 {
		n *= 10
		out = append(out, '0'+byte(n/unit))
		n %= unit
	}
	return out
}

// appendPadded appends n, which is not negative, with at least width digits.
func appendPadded(out []byte, n, width int) []byte {
	text := strconv.Itoa(n)
	for range width - len(text) {
		out = append(out, '0')
	}
	return append(out, text...)
}
