package main

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/value"
)

// The freezes that have a phase of their own, in the words of the timeline.
const (
	enhancementsFreeze = "enhancements freeze"
	codeFreeze         = "code freeze"
	testFreeze         = "test freeze"
	docsFreeze         = "docs freeze"
)

// schedule is the rows that plan and gates are built on; nil where the
// timeline does not have one.
type schedule struct {
	begin        *row // of the release cycle
	enhancements *row // freeze
	code         *row // freeze
	docsOpen     *row // placeholders of documentation are due
	docs         *row // freeze
	release      *row
	thaw         *row
	last         *row // of the whole cycle
	freezes      []*freezeRows
}

// freezeRows is one freeze from row to row; until is nil where no row ends it.
type freezeRows struct {
	name        string
	from, until *row
}

func (r *readme) schedule() schedule {
	s := schedule{
		begin:    r.find("the start of the release cycle", func(w *row) bool { return w.event() == "start of release cycle" }),
		docsOpen: r.find("the deadline of documentation placeholders", isDocsOpen),
		release:  r.find("the release", func(w *row) bool { return w.version() != "" }),
		thaw:     r.find("Thaw", func(w *row) bool { return w.event() == "thaw" }),
	}
	var names []string
	for _, w := range r.timeline {
		names = append(names, w.begins()...)
	}
	for _, name := range []string{enhancementsFreeze, codeFreeze, docsFreeze} {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for i, name := range names {
		if slices.Index(names, name) == i {
			r.addFreeze(&s, name)
		}
	}
	s.last = r.lastRow()
	return s
}

func isDocsOpen(w *row) bool {
	what := strings.ToLower(w.what)
	return strings.HasPrefix(what, "docs deadline") && strings.Contains(what, "placeholder")
}

func (r *readme) addFreeze(s *schedule, name string) {
	from := r.find("the begin of "+name, func(w *row) bool { return slices.Contains(w.begins(), name) })
	switch name {
	case enhancementsFreeze:
		s.enhancements = from
	case codeFreeze:
		s.code = from
	case docsFreeze:
		s.docs = from
	}
	if from == nil {
		return
	}
	var until *row
	for _, w := range r.timeline {
		if w.readable && slices.Contains(w.ends(), name) {
			until = w
		}
	}
	if until == nil {
		r.add(endless, from.line, "%s begins and no row says when it ends: the plan cannot carry it as a freeze", name)
	}
	s.freezes = append(s.freezes, &freezeRows{name, from, until})
}

// find returns the one row that is meant. Several that give one date are as
// good as one; several that do not are as good as none.
func (r *readme) find(what string, is func(*row) bool) *row {
	if !r.present {
		return nil
	}
	var found *row
	for _, w := range r.timeline {
		switch {
		case !is(w):
		case !w.readable:
			return nil // reported where it stands
		case found == nil:
			found = w
		case found.dated.at != w.dated.at:
			r.add(contradicts, w.line, "a second row for %s, which line %d gives as %s: neither is used", what, found.line, found.when)
			return nil
		}
	}
	if found == nil {
		r.add(absent, 0, "the timeline has no row for %s", what)
	}
	return found
}

// lastRow returns the row that is over last.
func (r *readme) lastRow() *row {
	var last *row
	for _, w := range r.timeline {
		if !w.readable || w.what == "" {
			continue
		}
		if last == nil {
			last = w
			continue
		}
		if order, err := last.end().Compare(w.end()); err == nil && order == value.Before {
			last = w
		} else if err == nil && order == value.Overlaps && last.end().DateString() < w.end().DateString() {
			last = w
		}
	}
	return last
}

// end is when what the row says is over.
func (r *row) end() value.When {
	if !r.dated.until.IsZero() {
		return r.dated.until
	}
	return r.dated.at
}

// moment returns when the row happens. Of a row that is not there nobody knows.
func (r *row) moment() value.When {
	if r == nil {
		return value.When{}
	}
	return r.dated.at
}
