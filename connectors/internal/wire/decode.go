package wire

import (
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func decodeWorkItem(f *fields, m *connectorv1.WorkItem) fact.WorkItem {
	f.of, f.id = "work item ", m.GetId()
	return fact.WorkItem{
		ID:         f.text("id", m.GetId()),
		Title:      f.text("title", m.GetTitle()),
		Type:       f.text("type", m.GetType()),
		Status:     f.text("status", m.GetStatus()),
		Category:   fact.Category(known(int32(m.GetCategory()), connectorv1.Category_name)),
		Priority:   f.text("priority", m.GetPriority()),
		Assignee:   f.person("assignee", m.GetAssignee()),
		Author:     f.person("author", m.GetAuthor()),
		Labels:     f.texts("labels", m.GetLabels()),
		Components: f.texts("components", m.GetComponents()),
		Updated:    f.time("updated", m.GetUpdated()),
		Link:       f.link(value.Link(m.GetLink())),
		Note:       f.text("note", m.GetNote()),
	}
}

func decodeIncident(f *fields, m *connectorv1.Incident) fact.Incident {
	f.of, f.id = "incident ", m.GetId()
	return fact.Incident{
		ID:           f.text("id", m.GetId()),
		Title:        f.text("title", m.GetTitle()),
		Service:      f.text("service", m.GetService()),
		Urgency:      f.text("urgency", m.GetUrgency()),
		Status:       f.text("status", m.GetStatus()),
		Opened:       f.time("opened", m.GetOpened()),
		Acknowledged: f.time("acknowledged", m.GetAcknowledged()),
		Resolved:     f.time("resolved", m.GetResolved()),
		Link:         f.link(value.Link(m.GetLink())),
	}
}

func decodeDuty(f *fields, m *connectorv1.Duty) fact.Duty {
	f.of, f.id = "duty of ", m.GetPolicy()
	return fact.Duty{
		Policy:  f.text("policy", m.GetPolicy()),
		Level:   int(m.GetLevel()),
		Account: f.person("account", m.GetAccount()),
		From:    f.time("from", m.GetFrom()),
		Until:   f.time("until", m.GetUntil()),
		Link:    f.link(value.Link(m.GetLink())),
	}
}

func decodeApproval(f *fields, m *connectorv1.Approval) fact.Approval {
	f.of, f.id = "approval ", m.GetId()
	return fact.Approval{
		ID:        f.text("id", m.GetId()),
		Title:     f.text("title", m.GetTitle()),
		Gate:      f.text("gate", m.GetGate()),
		Subject:   f.digest("subject", value.Digest(m.GetSubject())),
		Role:      f.text("role", m.GetRole()),
		Account:   f.person("account", m.GetAccount()),
		Answer:    fact.Answered(known(int32(m.GetAnswer()), connectorv1.Answer_name)),
		Requested: f.time("requested", m.GetRequested()),
		At:        f.time("at", m.GetAt()),
		Expires:   f.time("expires", m.GetExpires()),
		Comment:   f.text("comment", m.GetComment()),
		Link:      f.link(value.Link(m.GetLink())),
	}
}

func decodeDeployment(f *fields, m *connectorv1.Deployment) fact.Deployment {
	f.of, f.id = "deployment ", m.GetId()
	return fact.Deployment{
		ID:          f.text("id", m.GetId()),
		Component:   f.text("component", m.GetComponent()),
		Version:     f.text("version", m.GetVersion()),
		Artifact:    f.digest("artifact", value.Digest(m.GetArtifact())),
		Environment: f.text("environment", m.GetEnvironment()),
		Status:      f.text("status", m.GetStatus()),
		Account:     f.person("account", m.GetAccount()),
		Started:     f.time("started", m.GetStarted()),
		Finished:    f.time("finished", m.GetFinished()),
		Link:        f.link(value.Link(m.GetLink())),
	}
}

func decodeState(f *fields, m *connectorv1.State) fact.State {
	f.of, f.id = "state ", m.GetId()
	return fact.State{
		ID:     f.text("id", m.GetId()),
		Title:  f.text("title", m.GetTitle()),
		Status: fact.Health(known(int32(m.GetStatus()), connectorv1.Health_name)),
		Group:  f.text("group", m.GetGroup()),
		Since:  f.time("since", m.GetSince()),
		Link:   f.link(value.Link(m.GetLink())),
	}
}
