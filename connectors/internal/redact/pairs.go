package redact

// pairs are the two-byte pieces that secrets begin with. Nearly every text has
// no secret, and most are seen not to by a glance at every n-th pair: a form
// whose first n+1 bytes are in the set has one of them wherever it stands. (The
// idea is that of S. Wu and U. Manber, A fast algorithm for multi-pattern
// searching, 1994.)
type pairs [1 << 16 / 64]uint64

func (p *pairs) add(form string) {
	for i := 1; i < len(form); i++ {
		n := uint(form[i-1])<<8 | uint(form[i])
		p[n/64] |= 1 << (n % 64)
	}
}

// touch reports whether one of the pairs at 0, n, 2n, … of s is in the set.
func (p *pairs) touch(s string, n int) bool {
	for i := 0; i+1 < len(s); i += n {
		n := uint(s[i])<<8 | uint(s[i+1])
		if p[n/64]&(1<<(n%64)) != 0 {
			return true
		}
	}
	return false
}
