package comms

import "github.com/tidegate-go/tidegate/release/check"

// dutyRules are about the messages that every release owes.
func dutyRules() []check.Rule[Plan] {
	return []check.Rule[Plan]{
		{ID: "COM-009", Doc: "Engineering leadership gets a daily update through Slack on status, blockers and mitigations.",
			Bad:   func(p *Plan) { drop(p, func(m Message) bool { return !m.Trigger.Daily.IsZero() }) },
			Check: checkDaily},
		{ID: "COM-011", Doc: "During the deployment a war room is kept up with events, decisions and telemetry.",
			Bad:   func(p *Plan) { drop(p, func(m Message) bool { return m.Uses(WarRoom) }) },
			Check: checkWarRoom},
		{ID: "COM-016", Severity: check.Warning, Doc: "Every audience of the release notes, customers, support and leadership, is told something.",
			Bad: func(p *Plan) { drop(p, func(m Message) bool { return m.Reaches(Support) }) },
			Check: func(p *check.Pass[Plan]) {
				for _, a := range []Audience{Customers, Support, Leadership} {
					if len(where(p.Subject, func(m *Message) bool { return m.Reaches(a) })) == 0 {
						p.Report(check.Missing(messagesPath, "a message to "+a.String(), "notes that nobody sends are not read"))
					}
				}
			}},
	}
}

// where returns the indexes of the messages that match.
func where(p *Plan, match func(*Message) bool) []int {
	var found []int
	for i := range p.Messages {
		if match(&p.Messages[i]) {
			found = append(found, i)
		}
	}
	return found
}

// lacking returns findings for the topics that a message does not cover.
func lacking(at check.Path, covers func(Topic) bool, topics ...Topic) check.Findings {
	var fs check.Findings
	for _, t := range topics {
		if !covers(t) {
			fs = append(fs, check.Missing(at.Field("topics"), "the topic "+t.String(), ""))
		}
	}
	return fs
}

func checkDaily(p *check.Pass[Plan]) {
	updates := where(p.Subject, func(m *Message) bool { return !m.Trigger.Daily.IsZero() && m.Reaches(EngineeringLeadership) })
	if len(updates) == 0 {
		p.Report(check.Missing(messagesPath, "the daily update to engineering leadership", ""))
		return
	}
	var first check.Findings
	for n, i := range updates {
		m, at := &p.Subject.Messages[i], messagesPath.Index(i)
		fs := lacking(at, func(t Topic) bool { return m.Covers(t) }, Status, Blockers, Mitigations)
		if !m.Uses(Slack) {
			fs = append(fs, check.Missing(at.Field("channels"), "the Slack channel of engineering leadership", ""))
		}
		if len(fs) == 0 {
			return // one update that has everything is enough
		}
		if n == 0 {
			first = fs
		}
	}
	p.Report(first...)
}

func checkWarRoom(p *check.Pass[Plan]) {
	logs := where(p.Subject, func(m *Message) bool { return m.Phase == During && m.Uses(WarRoom) })
	if len(logs) == 0 {
		p.Report(check.Missing(messagesPath, "the war room of the deployment", "a message during the deployment through a war-room channel"))
		return
	}
	at, covered, live := messagesPath.Index(logs[0]), map[Topic]bool{}, false
	for _, i := range logs {
		m := &p.Subject.Messages[i]
		live = live || m.Cadence.Every > 0
		for _, t := range m.Topics {
			covered[t] = true
		}
	}
	p.Report(lacking(at, func(t Topic) bool { return covered[t] }, TimelineEvents, Decisions, Telemetry)...)
	if !live {
		p.Report(check.Missing(at.Field("cadence").Field("every"), "the interval of the war room", "a live channel is kept up until the window closes"))
	}
}
