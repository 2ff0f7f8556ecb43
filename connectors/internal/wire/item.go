package wire

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Items are items of any kind, in the field of their kind.
type Items struct {
	WorkItems   []fact.WorkItem
	Incidents   []fact.Incident
	Duties      []fact.Duty
	Approvals   []fact.Approval
	Deployments []fact.Deployment
	States      []fact.State
}

// Len is the number of items.
func (s Items) Len() int {
	return len(s.WorkItems) + len(s.Incidents) + len(s.Duties) + len(s.Approvals) + len(s.Deployments) + len(s.States)
}

// Of returns the number of items that are of the given shape.
func (s Items) Of(shape fact.Shape) int {
	switch shape {
	case fact.WorkItemShape:
		return len(s.WorkItems)
	case fact.IncidentShape:
		return len(s.Incidents)
	case fact.DutyShape:
		return len(s.Duties)
	case fact.ApprovalShape:
		return len(s.Approvals)
	case fact.DeploymentShape:
		return len(s.Deployments)
	case fact.StateShape:
		return len(s.States)
	default:
		return 0
	}
}

// Encode returns the items of the given shape; items of another are a fault.
// Texts pass through clean, which may be nil.
func (s Items) Encode(shape fact.Shape, clean func(string) string) ([]*connectorv1.Item, error) {
	if n := s.Len(); n != s.Of(shape) {
		return nil, fmt.Errorf("%d items that are no %v, which was asked for", n-s.Of(shape), shape)
	}
	switch shape {
	case fact.WorkItemShape:
		return encode(s.WorkItems, encodeWorkItem, clean)
	case fact.IncidentShape:
		return encode(s.Incidents, encodeIncident, clean)
	case fact.DutyShape:
		return encode(s.Duties, encodeDuty, clean)
	case fact.ApprovalShape:
		return encode(s.Approvals, encodeApproval, clean)
	case fact.DeploymentShape:
		return encode(s.Deployments, encodeDeployment, clean)
	case fact.StateShape:
		return encode(s.States, encodeState, clean)
	default:
		return nil, nil
	}
}

func encode[T any](items []T, one func(*fields, *T) *connectorv1.Item, clean func(string) string) ([]*connectorv1.Item, error) {
	list := make([]*connectorv1.Item, len(items))
	for i := range items {
		f := fields{of: "item", clean: clean}
		list[i] = one(&f, &items[i])
		if f.err != nil {
			return nil, f.err
		}
	}
	return list, nil
}

// Decode appends the items to those of s. An item of another shape, or of a
// kind that is not known here, is a fault: what is skipped would be missing.
// Texts pass through clean, which may be nil.
func (s *Items) Decode(list []*connectorv1.Item, shape fact.Shape, clean func(string) string) error {
	f := fields{of: "item", clean: clean}
	s.grow(min(len(list), maxGrow), shape)
	for _, m := range list {
		if s.one(&f, m) != shape {
			return fmt.Errorf("item: an item that is no %v, which was asked for", shape)
		}
		if f.err != nil {
			return f.err
		}
	}
	return nil
}

// maxGrow is how many items are made room for before they are looked at.
const maxGrow = 1000

func (s *Items) grow(n int, shape fact.Shape) {
	switch shape {
	case fact.WorkItemShape:
		s.WorkItems = slices.Grow(s.WorkItems, n)
	case fact.IncidentShape:
		s.Incidents = slices.Grow(s.Incidents, n)
	case fact.DutyShape:
		s.Duties = slices.Grow(s.Duties, n)
	case fact.ApprovalShape:
		s.Approvals = slices.Grow(s.Approvals, n)
	case fact.DeploymentShape:
		s.Deployments = slices.Grow(s.Deployments, n)
	case fact.StateShape:
		s.States = slices.Grow(s.States, n)
	}
}

// one appends m and returns its shape.
func (s *Items) one(f *fields, m *connectorv1.Item) fact.Shape {
	switch m := m.GetItem().(type) {
	case *connectorv1.Item_WorkItem:
		s.WorkItems = append(s.WorkItems, decodeWorkItem(f, m.WorkItem))
		return fact.WorkItemShape
	case *connectorv1.Item_Incident:
		s.Incidents = append(s.Incidents, decodeIncident(f, m.Incident))
		return fact.IncidentShape
	case *connectorv1.Item_Duty:
		s.Duties = append(s.Duties, decodeDuty(f, m.Duty))
		return fact.DutyShape
	case *connectorv1.Item_Approval:
		s.Approvals = append(s.Approvals, decodeApproval(f, m.Approval))
		return fact.ApprovalShape
	case *connectorv1.Item_Deployment:
		s.Deployments = append(s.Deployments, decodeDeployment(f, m.Deployment))
		return fact.DeploymentShape
	case *connectorv1.Item_State:
		s.States = append(s.States, decodeState(f, m.State))
		return fact.StateShape
	default:
		return fact.NoShape
	}
}
