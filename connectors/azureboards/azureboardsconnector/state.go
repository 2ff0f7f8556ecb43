package azureboardsconnector

import (
	"strings"

	"github.com/tidegate-go/tidegate/release/fact"
)

// usual are the states of the processes that Azure Boards comes with, by the
// category that they are in: Basic, Agile, Scrum and CMMI ("How workflow states
// and state categories are used", learn.microsoft.com). Resolved is a category
// of its own there: work that is done and not verified is in progress here.
// Removed is left out: nobody did it.
var usual = States{
	ToDo:       []string{"New", "To Do", "Proposed", "Approved", "Design"},
	InProgress: []string{"Active", "Doing", "In Progress", "Committed", "Open", "Ready", "Resolved"},
	Done:       []string{"Closed", "Done", "Completed"},
}

type stateList struct {
	field    string
	category fact.Category
	names    []string
}

func (s States) lists() []stateList {
	return []stateList{{"toDo", fact.ToDo, s.ToDo}, {"inProgress", fact.InProgress, s.InProgress}, {"done", fact.Done, s.Done}}
}

// categories are all states that have one, in lower case.
func (s States) categories() map[string]fact.Category {
	all := map[string]fact.Category{}
	for _, states := range []States{usual, s} {
		for _, list := range states.lists() {
			for _, name := range list.names {
				all[strings.ToLower(name)] = list.category
			}
		}
	}
	return all
}

// category is what a state means; a state that is not known is unknown.
func (in *instance) category(state string) fact.Category {
	return in.categories[strings.ToLower(state)]
}
