package packet

// voice is how a text speaks.
type voice uint8

const (
	silent     voice = iota // an id, a reference, a name of a machine's making
	prose                   // words that people read
	imperative              // words that tell somebody what to do, or what has to hold
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
	"gates.Criterion.Title":  imperative,
	"gates.Criterion.AnyAge": prose,
	"gates.Missing.Reason":   prose,
	"check.Grant.Reason":     prose,
}
