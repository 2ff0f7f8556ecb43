package check

import "strconv"

// Path is where a finding is, as a chain of JSON field names and indexes from
// the root of a packet: "catalog.gates[1].criteria[0].limit". The empty path
// is the root itself. Paths are comparable and safe as map keys.
type Path string

// Field returns the path of the named JSON field below p.
func (p Path) Field(name string) Path {
	if p == "" {
		return Path(name)
	}
	return p + "." + Path(name)
}

// Index returns the path of element i of the list at p.
func (p Path) Index(i int) Path {
	return p + Path("["+strconv.Itoa(i)+"]")
}

// Under returns p as seen from the parent of its root: "owner" under "plan" is
// "plan.owner".
func (p Path) Under(parent Path) Path {
	switch {
	case p == "":
		return parent
	case parent == "", p[0] == '[':
		return parent + p
	default:
		return parent + "." + p
	}
}

// Within reports whether p is root or lies below it. Everything lies within
// the empty path.
func (p Path) Within(root Path) bool {
	if root == "" || p == root {
		return true
	}
	n := len(root)
	return len(p) > n && p[:n] == root && (p[n] == '.' || p[n] == '[')
}
