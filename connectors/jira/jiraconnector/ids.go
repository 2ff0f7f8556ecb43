package jiraconnector

import "strconv"

// idSet is a set of ids of issues. Those are numbers, which take a fraction of
// what their texts take: a list may have 100,000.
type idSet struct {
	numbers map[uint64]struct{}
	others  map[string]struct{}
}

// add adds an id and reports whether it is new.
func (s *idSet) add(id string) bool {
	before := s.len()
	if n, err := strconv.ParseUint(id, 10, 64); err == nil && strconv.FormatUint(n, 10) == id {
		if s.numbers == nil {
			s.numbers = map[uint64]struct{}{}
		}
		s.numbers[n] = struct{}{}
	} else {
		if s.others == nil {
			s.others = map[string]struct{}{}
		}
		s.others[id] = struct{}{}
	}
	return s.len() > before
}

func (s *idSet) len() int { return len(s.numbers) + len(s.others) }
