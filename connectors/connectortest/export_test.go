package connectortest

// Cases are the names of all cases, in the order of the exam.
func Cases() []string {
	var all []string
	for _, c := range clauses {
		all = append(all, c.name)
	}
	return all
}
