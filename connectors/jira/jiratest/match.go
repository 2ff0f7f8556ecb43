package jiratest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// find returns the visible issues that match, in their order.
func (st *state) find(jql string, now time.Time) ([]int, error) {
	e, err := parseJQL(jql)
	if err != nil {
		return nil, err
	}
	for _, c := range e.clauses {
		if err := st.known(c); err != nil {
			return nil, err
		}
	}
	var found []int
	for n, one := range st.issues {
		if st.hidden[one.project()] {
			continue
		}
		ok := true
		for _, c := range e.clauses {
			if ok, err = matches(one, c, now); err != nil {
				return nil, err
			} else if !ok {
				break
			}
		}
		if ok {
			found = append(found, n)
		}
	}
	if e.order != "" {
		slices.SortStableFunc(found, func(a, b int) int { return byKey(st.issues[a].Key, st.issues[b].Key) })
		if e.down {
			slices.Reverse(found)
		}
	}
	return found, nil
}

func byKey(a, b string) int {
	pa, na, _ := strings.Cut(a, "-")
	pb, nb, _ := strings.Cut(b, "-")
	ia, _ := strconv.Atoi(na)
	ib, _ := strconv.Atoi(nb)
	return cmp.Or(cmp.Compare(pa, pb), cmp.Compare(ia, ib))
}

// known refuses fields and values that do not exist, as Jira does.
func (st *state) known(c clause) error {
	dated := c.field == "created" || c.field == "updated"
	if compares := c.op == ">=" || c.op == "<="; compares != dated {
		return fmt.Errorf("the operator '%s' is not supported by the '%s' field", c.op, c.field)
	}
	if _, ok := (Issue{}).field(c.field); !ok && !dated {
		return fmt.Errorf("Field '%s' does not exist or you do not have permission to view it.", c.field) //nolint:staticcheck // Jira's words
	}
	for _, v := range c.values {
		exists := true
		switch c.field {
		case "project":
			exists = st.project(v)
		case "fixversion":
			exists = slices.ContainsFunc(st.versions, func(have Version) bool { return have.Name == v && !st.hidden[have.Project] })
		}
		if !exists {
			return fmt.Errorf("The value '%s' does not exist for the field '%s'.", v, c.field) //nolint:staticcheck // Jira's words
		}
	}
	return nil
}

// field returns the texts that a field compares with; false if there is no such field.
func (i Issue) field(name string) ([]string, bool) {
	switch name {
	case "project":
		return []string{i.project()}, true
	case "key", "issuekey":
		return []string{i.Key}, true
	case "issuetype", "type":
		return []string{i.Type}, true
	case "status":
		return []string{i.Status}, true
	case "statuscategory":
		return []string{categoryNames[i.Category], i.Category}, true
	case "priority":
		return []string{i.Priority}, true
	case "severity":
		return texts(i.Severity), true
	case "resolution":
		return []string{cmp.Or(i.Resolution, "Unresolved")}, true
	case "fixversion":
		return i.FixVersions, true
	case "labels":
		return i.Labels, true
	case "component":
		return i.Components, true
	case "assignee":
		return texts(i.Assignee), true
	case "reporter":
		return texts(i.Reporter), true
	case "sprint":
		return []string{strconv.FormatInt(i.Sprint, 10)}, true
	}
	return nil, false
}

func texts(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// matches follows Jira: != and not in leave out issues that have no value.
func matches(i Issue, c clause, now time.Time) (bool, error) {
	switch c.field {
	case "created":
		return dated(i.Created, c, now)
	case "updated":
		return dated(i.Updated, c, now)
	}
	have, _ := i.field(c.field)
	among := slices.ContainsFunc(have, func(h string) bool {
		return slices.ContainsFunc(c.values, func(v string) bool { return strings.EqualFold(h, v) })
	})
	if c.op == "!=" || c.op == "not in" {
		return !among && len(have) > 0, nil
	}
	return among, nil
}

// dated compares with a date or with a relative one, such as -1d.
func dated(t time.Time, c clause, now time.Time) (bool, error) {
	text := c.values[0]
	limit, err := time.Parse(time.DateOnly, text)
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		var n int
		n, err = strconv.Atoi(days)
		limit = now.AddDate(0, 0, n)
	}
	if err != nil {
		return false, fmt.Errorf("Date value '%s' for field '%s' is invalid.", text, c.field) //nolint:staticcheck // Jira's words
	}
	if c.op == ">=" {
		return !t.Before(limit), nil
	}
	return !t.After(limit), nil
}
