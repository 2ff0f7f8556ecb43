// Package partial takes a component or a region out of a plan.
package partial

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/toposort"
	"github.com/tidegate-go/tidegate/release"
)

// Rest is what remains of a plan, and what of it that touches. Its fields are
// those of gates.Partial.
type Rest struct {
	Plan      release.Plan
	Lost      []string
	Dropped   []string
	Unclear   []string
	Notes     []string
	Entangled []string
	Stranded  []string
	Order     []string
	Circular  []string
}

// WithoutComponent returns the plan without the named component. Items of which
// it is a part go with it; so do flags and dependencies that nothing else needs.
func WithoutComponent(plan release.Plan, name string) (Rest, error) {
	is := func(c release.Component) bool { return c.Name == name }
	r := Rest{Plan: plan.Clone()}
	if !slices.ContainsFunc(plan.Overview.Components, is) {
		return r, fmt.Errorf("the plan has no component %q", name)
	}
	r.Plan.Overview.Components = slices.DeleteFunc(r.Plan.Overview.Components, is)
	unknown := func(component string) bool {
		return !slices.ContainsFunc(plan.Overview.Components, func(c release.Component) bool { return c.Name == component })
	}
	carried := map[string]bool{} // components that carry work of what does not ship
	r.Plan.Scope = slices.DeleteFunc(r.Plan.Scope, func(item release.ScopeItem) bool {
		switch {
		case slices.Contains(item.Components, name):
		case len(item.Components) == 0, slices.ContainsFunc(item.Components, unknown):
			r.Unclear = append(r.Unclear, item.ID)
			r.Notes = append(r.Notes, item.ID)
			return false
		default:
			return false
		}
		r.leave(item)
		for _, c := range item.Components {
			carried[c] = true
		}
		return true
	})
	r.Plan.Overview.Flags = slices.DeleteFunc(r.Plan.Overview.Flags, func(f release.Flag) bool { return only(f.Components, name) })
	for i := range r.Plan.Overview.Flags {
		forget(&r.Plan.Overview.Flags[i].Components, name)
	}
	r.dropDependencies(name)
	for i := range r.Plan.Dependencies.Items {
		forget(&r.Plan.Dependencies.Items[i].Components, name)
	}
	for _, c := range r.Plan.Overview.Components {
		if carried[c.Name] {
			r.Entangled = append(r.Entangled, c.Name)
		}
	}
	r.strand(name)
	r.arrange()
	return r, nil
}

// WithoutRegion returns the plan without the named region. Work is not lost with
// it, but its notes are about fewer customers; with the last region all of it is.
func WithoutRegion(plan release.Plan, region string) (Rest, error) {
	in := func(d release.Deployment) bool { return d.Region == region }
	r := Rest{Plan: plan.Clone()}
	if !slices.ContainsFunc(plan.Timeline.Windows, in) {
		return r, fmt.Errorf("the plan has no deployment window of region %q", region)
	}
	r.Plan.Timeline.Windows = slices.DeleteFunc(r.Plan.Timeline.Windows, in)
	if slices.ContainsFunc(r.Plan.Timeline.Windows, func(d release.Deployment) bool { return d.Region != "" }) {
		for _, item := range r.Plan.Scope {
			r.Notes = append(r.Notes, item.ID)
		}
	} else {
		for _, item := range r.Plan.Scope {
			r.leave(item)
		}
		r.Plan.Scope = nil
	}
	r.arrange()
	return r, nil
}

// leave writes down an item that does not ship. Nobody knows whether the release
// may leave without one that has no class.
func (r *Rest) leave(item release.ScopeItem) {
	r.Notes = append(r.Notes, item.ID)
	if item.Class == release.Deferrable {
		r.Dropped = append(r.Dropped, item.ID)
	} else {
		r.Lost = append(r.Lost, item.ID)
	}
}

// only reports whether the list has this name and no other.
func only(list []string, name string) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(s string) bool { return s != name })
}

// forget takes a name out of a list of several; a list of this one stays, since
// an empty one would mean every component.
func forget(list *[]string, name string) {
	if !only(*list, name) {
		*list = slices.DeleteFunc(*list, func(s string) bool { return s == name })
	}
}

// dropDependencies takes out what only the named component needs, unless what
// remains needs it in turn.
func (r *Rest) dropDependencies(name string) {
	items := r.Plan.Dependencies.Items
	keep := make(map[string]bool, len(items))
	var mark func(release.Dependency)
	mark = func(d release.Dependency) {
		if keep[d.ID] {
			return
		}
		keep[d.ID] = true
		for _, other := range items {
			if slices.Contains(d.Needs, other.ID) {
				mark(other)
			}
		}
	}
	for _, d := range items {
		if !only(d.Components, name) {
			mark(d)
		}
	}
	r.Plan.Dependencies.Items = slices.DeleteFunc(items, func(d release.Dependency) bool { return !keep[d.ID] })
}

// strand finds the components that depend on the one that is left behind: a
// dependency on a service names it, or needs one that does.
func (r *Rest) strand(name string) {
	items := r.Plan.Dependencies.Items
	lost := map[string]bool{} // dependencies, by id
	for more := true; more; {
		more = false
		for _, d := range items {
			named := d.Kind == release.Upstream && (strings.EqualFold(d.ID, name) || strings.EqualFold(strings.TrimSpace(d.Title), name))
			if !lost[d.ID] && (named || slices.ContainsFunc(d.Needs, func(id string) bool { return lost[id] })) {
				lost[d.ID], more = true, true
			}
		}
	}
	for _, c := range r.Plan.Overview.Components {
		if slices.ContainsFunc(items, func(d release.Dependency) bool {
			return lost[d.ID] && (len(d.Components) == 0 || slices.Contains(d.Components, c.Name))
		}) {
			r.Stranded = append(r.Stranded, c.Name)
		}
	}
}

// arrange puts the dependencies that remain in order.
func (r *Rest) arrange() {
	items := r.Plan.Dependencies.Items
	position := make(map[string]int, len(items))
	for i, d := range items {
		position[d.ID] = i
	}
	order, circular := toposort.Sort(len(items), func(i int) []int {
		var needs []int
		for _, id := range items[i].Needs {
			if j, ok := position[id]; ok {
				needs = append(needs, j)
			}
		}
		return needs
	})
	for _, i := range order {
		r.Order = append(r.Order, items[i].ID)
	}
	for _, i := range circular {
		r.Circular = append(r.Circular, items[i].ID)
	}
}
