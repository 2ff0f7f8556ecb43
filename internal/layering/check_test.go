package layering_test

import (
	"fmt"
	"slices"
	"strings"
)

// place is the room of a package: the one with its very name, else the longest tree that holds it.
func place(rooms []room, name string) (room, bool) {
	var best room
	for _, r := range rooms {
		if r.name == name {
			return r, true
		}
		if match(r.name, name) && len(r.name) > len(best.name) {
			best = r
		}
	}
	return best, best.name != ""
}

// checkRooms reports packages without a room and imports against the floors.
func checkRooms(g graph, rooms []room) []string {
	var bad []string
	for _, p := range g.sorted() {
		name, ours := rel(p.ImportPath)
		if !ours {
			continue
		}
		from, ok := place(rooms, name)
		if !ok {
			bad = append(bad, fmt.Sprintf("%s has no place: add it to rooms in internal/layering/table_test.go, with a why", name))
			continue
		}
		// Files of an external test package may look up; those of the package itself may not.
		for _, path := range p.Imports {
			bad = append(bad, checkImport(rooms, from, name, path, false)...)
		}
		for _, path := range p.TestImports {
			bad = append(bad, checkImport(rooms, from, name, path, true)...)
		}
	}
	return bad
}

func checkImport(rooms []room, from room, name, path string, test bool) []string {
	target, ours := rel(path)
	to, placed := place(rooms, target)
	if !ours || !placed || target == name { // a target without a place is reported as itself
		return nil
	}
	fault := func(why string) []string {
		return []string{fmt.Sprintf("%s imports %s: %s; %s: %s; %s: %s", name, target, why, from.name, from.why, to.name, to.why)}
	}
	if to.floor == beside && !test && !matchAny(to.by, name) {
		return fault("only " + who(to.by) + " may")
	}
	if test && to.floor == beside && len(to.by) == 0 {
		return nil // a test helper
	}
	switch {
	case from.floor == beside:
		if !matchAny(from.may, target) {
			return fault("not among what it may import")
		}
	case to.floor > from.floor:
		return fault(fmt.Sprintf("upward, from floor %d to floor %d", from.floor, to.floor))
	case to.floor == from.floor && to.order >= from.order:
		return fault(fmt.Sprintf("sideways on floor %d", from.floor))
	}
	return nil
}

func who(by []string) string {
	if len(by) == 0 {
		return "test files"
	}
	return strings.Join(by, ", ") + " and test files"
}

// checkNever reports direct imports that a row bans.
func checkNever(g graph, row never) []string {
	var bad []string
	for _, p := range g.sorted() {
		name, ours := rel(p.ImportPath)
		if !ours || matchAny(row.except, name) || row.main && p.Name == "main" || len(row.in) > 0 && !matchAny(row.in, name) {
			continue
		}
		imports := p.Imports
		if row.tests {
			imports = slices.Concat(p.Imports, p.TestImports, p.XTestImports)
		}
		for _, path := range imports {
			if matchAny(row.what, path) {
				bad = append(bad, fmt.Sprintf("%s imports %s: %s", name, path, row.why))
			}
		}
	}
	return bad
}

// checkReach reports banned packages of g, which holds a set of packages with all their dependencies, and the
// shortest way from one of ours to each.
func checkReach(g graph, row reach) []string {
	var bad []string
	for _, p := range g.sorted() {
		if matchAny(row.banned, p.ImportPath) {
			bad = append(bad, fmt.Sprintf("%s: %s", strings.Join(way(g, p.ImportPath), " → "), row.why))
		}
	}
	return bad
}

// way is the shortest chain of imports from one of our packages to target.
func way(g graph, target string) []string {
	next := map[string]string{target: ""} // towards target
	for queue := []string{target}; len(queue) > 0; queue = queue[1:] {
		if _, ours := rel(queue[0]); ours {
			var chain []string
			for at := queue[0]; at != ""; at = next[at] {
				chain = append(chain, at)
			}
			return chain
		}
		for _, p := range g.sorted() {
			if _, seen := next[p.ImportPath]; !seen && slices.Contains(p.Imports, queue[0]) {
				next[p.ImportPath] = queue[0]
				queue = append(queue, p.ImportPath)
			}
		}
	}
	return []string{target}
}
