package packet

// voice is how a text speaks.
type voice uint8

const (
	silent     voice = iota // an id, a reference, a name of a machine's making
	prose                   // words that people read
	imperative              // words that tell somebody what to do, or what has to hold
	answers                 // the id of who answers for something: never left open
)

// voices says how every field of text speaks, by type and field. A field that
// is not listed is silent; a test lists those that are silent on purpose.
var voices = map[string]voice{
	"release.Overview.Name":       prose,
	"release.Overview.Objectives": prose,
	"release.Overview.OutOfScope": prose,
	"release.Negative.Reason":     prose,
	"release.Flag.Toggle":         imperative,
	"release.Flag.Default":        prose,
	"release.Flag.Kill":           imperative,
	"release.Condition.Metric":    prose,
	"release.SuccessMetric.Name":  prose,
	"release.ScopeItem.Title":     prose,

	"release.Dependency.Title":       prose,
	"release.Migration.Reversal":     imperative,
	"release.Migration.RestorePoint": prose,
	"release.Milestone.Title":        prose,
	"release.Milestone.Done":         imperative,
	"release.Buffer.Purpose":         prose,
	"release.Freeze.Reason":          prose,
	"release.Trigger.Action":         imperative,
	"release.Commitment.Text":        imperative,
	"release.Task.Text":              imperative,

	"release.Risk.Title":       prose,
	"release.Risk.Mitigation":  prose,
	"release.Risk.Contingency": prose,
	"release.Question.Text":    prose,
	"release.Question.Prompt":  prose,
	"release.Answer.Text":      prose,
	"release.Tool.Name":        prose,
	"release.Tool.Trigger":     prose,
	"release.Term.Meaning":     prose,
	"release.Policy.Name":      prose,

	"release.Role.Title":        prose,
	"release.Delegation.Reason": prose,

	"gates.Gate.NoSignOffs":  prose,
	"probe.Health.Muted":     prose,
	"gates.Capture.What":     prose,
	"gates.Capture.When":     prose,
	"gates.Criterion.Title":  imperative,
	"gates.Criterion.AnyAge": prose,
	"gates.Missing.Reason":   prose,
	"check.Grant.Reason":     prose,

	"notes.Note.Summary":          prose,
	"notes.Note.Benefits":         prose,
	"notes.Note.Remediation":      imperative,
	"notes.Note.Compliance":       prose,
	"notes.Change.Text":           prose,
	"notes.Change.ActionRequired": prose,
	"notes.Callout.Text":          prose,
	"notes.KnownIssue.Text":       prose,
	"notes.KnownIssue.Remedy":     prose,
	"notes.Link.Name":             prose,

	"comms.Message.Title":     prose,
	"comms.Message.Goal":      prose,
	"comms.Template.Subject":  prose,
	"comms.Template.Body":     prose,
	"comms.Placeholder.Value": prose,

	"compliance.Approval.Title":   prose,
	"compliance.Approval.Reason":  prose,
	"compliance.Emergency.Reason": prose,

	"release.Overview.Manager":        answers,
	"release.Overview.Deputy":         answers,
	"release.Component.Owner":         answers,
	"release.Flag.Owner":              answers,
	"release.Dependency.Owner":        answers,
	"release.Milestone.Owner":         answers,
	"release.Deployment.Owner":        answers,
	"release.Trigger.Owner":           answers,
	"release.Trigger.Delegate":        answers,
	"release.Escalation.Role":         answers,
	"release.Escalation.Delegate":     answers,
	"release.Commitment.Owner":        answers,
	"release.Task.Role":               answers,
	"release.Risk.Owner":              answers,
	"release.Question.Owner":          answers,
	"gates.Capture.By":                answers,
	"probe.Attestation.Role":          answers,
	"gates.SignOff.Role":              answers,
	"gates.SignOff.Delegate":          answers,
	"comms.Message.Sender":            answers,
	"comms.Message.Delegate":          answers,
	"comms.Level.Role":                answers,
	"comms.Level.Delegate":            answers,
	"compliance.Approval.Responsible": answers,
	"compliance.Approval.Delegate":    answers,
}
