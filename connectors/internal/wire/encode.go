package wire

import (
	"math"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/release/fact"
)

func encodeWorkItem(f *fields, w *fact.WorkItem) *connectorv1.Item {
	f.of, f.id = "work item ", w.ID
	return &connectorv1.Item{Item: &connectorv1.Item_WorkItem{WorkItem: &connectorv1.WorkItem{
		Id:         f.text("id", w.ID),
		Title:      f.text("title", w.Title),
		Type:       f.text("type", w.Type),
		Status:     f.text("status", w.Status),
		Category:   connectorv1.Category(known(int32(w.Category), connectorv1.Category_name)),
		Priority:   f.text("priority", w.Priority),
		Assignee:   f.account("assignee", w.Assignee),
		Author:     f.account("author", w.Author),
		Labels:     f.texts("labels", w.Labels),
		Components: f.texts("components", w.Components),
		Updated:    f.stamp("updated", w.Updated),
		Link:       string(f.link(w.Link)),
		Note:       f.text("note", w.Note),
	}}}
}

func encodeIncident(f *fields, n *fact.Incident) *connectorv1.Item {
	f.of, f.id = "incident ", n.ID
	return &connectorv1.Item{Item: &connectorv1.Item_Incident{Incident: &connectorv1.Incident{
		Id:           f.text("id", n.ID),
		Title:        f.text("title", n.Title),
		Service:      f.text("service", n.Service),
		Urgency:      f.text("urgency", n.Urgency),
		Status:       f.text("status", n.Status),
		Opened:       f.stamp("opened", n.Opened),
		Acknowledged: f.stamp("acknowledged", n.Acknowledged),
		Resolved:     f.stamp("resolved", n.Resolved),
		Link:         string(f.link(n.Link)),
	}}}
}

func encodeDuty(f *fields, d *fact.Duty) *connectorv1.Item {
	f.of, f.id = "duty of ", d.Policy
	if d.Level < math.MinInt32 || d.Level > math.MaxInt32 {
		f.fault("level", "%d is no level", d.Level)
	}
	return &connectorv1.Item{Item: &connectorv1.Item_Duty{Duty: &connectorv1.Duty{
		Policy:  f.text("policy", d.Policy),
		Level:   int32(d.Level),
		Account: f.account("account", d.Account),
		From:    f.stamp("from", d.From),
		Until:   f.stamp("until", d.Until),
		Link:    string(f.link(d.Link)),
	}}}
}

func encodeApproval(f *fields, a *fact.Approval) *connectorv1.Item {
	f.of, f.id = "approval ", a.ID
	return &connectorv1.Item{Item: &connectorv1.Item_Approval{Approval: &connectorv1.Approval{
		Id:        f.text("id", a.ID),
		Title:     f.text("title", a.Title),
		Gate:      f.text("gate", a.Gate),
		Subject:   string(f.digest("subject", a.Subject)),
		Role:      f.text("role", a.Role),
		Account:   f.account("account", a.Account),
		Answer:    connectorv1.Answer(known(int32(a.Answer), connectorv1.Answer_name)),
		Requested: f.stamp("requested", a.Requested),
		At:        f.stamp("at", a.At),
		Expires:   f.stamp("expires", a.Expires),
		Comment:   f.text("comment", a.Comment),
		Link:      string(f.link(a.Link)),
	}}}
}

func encodeDeployment(f *fields, d *fact.Deployment) *connectorv1.Item {
	f.of, f.id = "deployment ", d.ID
	return &connectorv1.Item{Item: &connectorv1.Item_Deployment{Deployment: &connectorv1.Deployment{
		Id:          f.text("id", d.ID),
		Component:   f.text("component", d.Component),
		Version:     f.text("version", d.Version),
		Artifact:    string(f.digest("artifact", d.Artifact)),
		Environment: f.text("environment", d.Environment),
		Status:      f.text("status", d.Status),
		Account:     f.account("account", d.Account),
		Started:     f.stamp("started", d.Started),
		Finished:    f.stamp("finished", d.Finished),
		Link:        string(f.link(d.Link)),
	}}}
}

func encodeState(f *fields, s *fact.State) *connectorv1.Item {
	f.of, f.id = "state ", s.ID
	return &connectorv1.Item{Item: &connectorv1.Item_State{State: &connectorv1.State{
		Id:     f.text("id", s.ID),
		Title:  f.text("title", s.Title),
		Status: connectorv1.Health(known(int32(s.Status), connectorv1.Health_name)),
		Group:  f.text("group", s.Group),
		Since:  f.stamp("since", s.Since),
		Link:   string(f.link(s.Link)),
	}}}
}
