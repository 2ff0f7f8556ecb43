package notes

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
)

// checkConflicts reports what was overtaken where it stands. What has become the
// draft's own words is none any more.
func checkConflicts(p *check.Pass[Packet]) {
	for i, c := range p.Subject.Conflicts {
		at, now, there := p.Subject.standing(c)
		if there && now == c.Now && (c.Field != "" || whole(c.List)) {
			continue
		}
		what := strings.TrimSpace(c.ID + " " + c.Field)
		if whole(c.List) {
			what = c.List
		}
		why := "was changed by hand, and the draft says something else since"
		if c.Field == "" && !whole(c.List) {
			why = "was changed by hand, and the draft has it no more"
		} else if !there {
			why = "was removed by hand, and the draft says something else since"
		}
		f := check.Invalid(at, what, why).WithRelated(check.Path("conflicts").Index(i))
		f.Hint = "read what the draft says now, change the text or settle the conflict"
		p.Report(f)
	}
}

// standing returns where in the packet a conflict is, and what stands there: the
// field, or else the list. An audience or a list that is none is the conflict's
// own fault.
func (p *Packet) standing(c Conflict) (at check.Path, text string, there bool) {
	n := p.note(c.Audience)
	i := slices.IndexFunc(parts(), func(l part) bool { return l.name == c.List })
	if n == nil || i < 0 {
		return "conflicts", "", false
	}
	l := parts()[i]
	at = path(c.Audience).Field(l.name)
	for j, e := range l.get(n) {
		if e.id != c.ID {
			continue
		}
		if whole(l.name) {
			return at, e.fields[0], true
		}
		at = at.Index(j)
		if k := slices.Index(l.fields, c.Field); k >= 0 {
			return at.Field(c.Field), e.fields[k], true
		}
		return at, "", true
	}
	return at, "", false
}
