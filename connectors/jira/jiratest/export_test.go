package jiratest

// Find is how many issues an expression finds.
func (s *Server) Find(jql string) (int, error) {
	found, err := s.state.find(jql, s.Now())
	return len(found), err
}
