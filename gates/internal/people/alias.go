package people

import "slices"

// join says that two people may be one human being under two names, since both
// claim one account, and with them whoever may be either.
func (p *Directory) join(a, b int) {
	if p.alias == nil {
		p.alias = make([]int, len(p.all))
		for i := range p.alias {
			p.alias[i] = i
		}
	}
	a, b = p.One(a), p.One(b)
	p.alias[max(a, b)] = min(a, b)
}

// One returns the first of the people who may be the person at this position.
func (p *Directory) One(at int) int {
	if p.alias == nil {
		return at
	}
	for p.alias[at] != at {
		at = p.alias[at]
	}
	return at
}

// Maybe reports whether two ids may be one human being. Who is not in the
// directory is only who they say.
func (p *Directory) Maybe(a, b string) bool {
	i, ok1 := p.known[a]
	j, ok2 := p.known[b]
	return a == b || ok1 && ok2 && p.One(i) == p.One(j)
}

// Among reports whether the person may be one of a sorted list of ids.
func (p *Directory) Among(person string, sorted []string) bool {
	if p.alias == nil {
		_, found := slices.BinarySearch(sorted, person)
		return found
	}
	return slices.ContainsFunc(sorted, func(other string) bool { return p.Maybe(person, other) })
}
