package packet_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/packet"
)

// silent are the fields of text that nobody reads as words: ids, references,
// names that systems give, and all of the decisions, which are the machine's.
var silent = []string{
	"packet.Packet.Schema",
	"release.Overview.Version", "release.Overview.Zone",
	"release.Component.Name", "release.Component.Version", "release.Component.Commit",
	"release.Negative.By", "release.Flag.Name", "release.Flag.System", "release.Flag.Components",
	"release.Impact.ID", "release.SuccessMetric.Source", "fact.Ask.Connector", "fact.Ask.Kind",
	"release.ScopeItem.ID", "release.ScopeItem.Status", "release.ScopeItem.Components", "release.ScopeItem.Authors",
	"release.Dependency.ID", "release.Dependency.NeededBy", "release.Dependency.Risk", "release.Dependency.Needs",
	"release.Dependency.Components", "release.Dependency.Tracker", "release.Dependency.Flag",
	"release.Milestone.ID", "release.Source.Document", "release.Source.Text",
	"release.Deployment.ID", "release.Deployment.Environment", "release.Deployment.Region",
	"release.Buffer.ID", "release.Freeze.ID", "release.Freeze.Environments", "release.Trigger.ID",
	"release.Commitment.ID",
	"release.Task.ID", "release.Task.Components", "release.Task.Gate", "release.TaskState.By",
	"release.Risk.ID", "release.Risk.Theme", "release.Answer.By",
	"release.Tool.System", "release.Term.Term", "release.Policy.VersionPattern", "release.Policy.LinkHosts",
	"release.Confidential.Hosts", "release.Confidential.Projects", "release.Confidential.Systems", "release.Confidential.Embargoed",
	"release.Confidential.Lawful",
	"release.Person.ID", "release.Person.Name", "release.Role.ID", "release.Role.Holders", "release.Delegation.To",
	"fact.Account.System", "fact.Account.ID",
	"gates.Gate.Environment", "gates.Gate.Tooling", "gates.Criterion.ID",
	"gates.Custom.Name", "gates.Environment.Name", "gates.Capture.Format", "release.OnCall.Policy", "probe.Match.Label", "probe.Match.Status",
	"probe.Match.Answer", "probe.Deployed.Environment", "probe.Deployed.Components", "probe.Deployed.Succeeded", "probe.Deployed.Failed",
	"notes.Change.ID", "notes.Change.Items", "notes.Callout.Risk", "notes.KnownIssue.ID", "notes.Gap.About", "notes.Gap.Reason",
	"notes.Statement.List", "notes.Statement.ID", "notes.Statement.Field", "notes.Statement.Text",
	"notes.Conflict.List", "notes.Conflict.ID", "notes.Conflict.Field", "notes.Conflict.Was", "notes.Conflict.Now",
	"comms.Message.ID", "comms.Message.Template", "comms.Channel.Address", "comms.Template.ID", "comms.Placeholder.Name",
	"compliance.Log.Requester", "compliance.Log.Deployers", "compliance.Approval.ID", "compliance.Approval.Gate", "compliance.Approval.Controls",
	"compliance.Approval.Clauses", "compliance.Approval.By", "compliance.Evidence.Format", "compliance.Assessment.Reference", "compliance.Assessment.By",
	"compliance.Checkpoint.Log", "compliance.Emergency.By", "compliance.Emergency.ReviewBy",
	"gates.Waiver.Gate", "gates.Waiver.Criterion", "gates.Waiver.Freeze", "check.Grant.Requester", "check.Grant.Approver",
}

// Every field of text speaks, or is silent on purpose.
func TestEveryTextHasAVoice(t *testing.T) {
	var unheard []string
	fields(reflect.TypeFor[packet.Packet](), map[reflect.Type]bool{}, func(name string) {
		if !packet.Speaks(name) && !slices.Contains(silent, name) {
			unheard = append(unheard, name)
		}
		if packet.Speaks(name) && slices.Contains(silent, name) {
			t.Errorf("%s speaks and is silent", name)
		}
	})
	for _, name := range unheard {
		t.Errorf("%s neither speaks nor is silent on purpose", name)
	}
}

// fields visits every field of text that a packet reaches, the decisions apart.
func fields(t reflect.Type, seen map[reflect.Type]bool, visit func(string)) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] || t.String() == "gates.Decisions" {
		return
	}
	seen[t] = true
	for f := range t.Fields() {
		element := f.Type
		for element.Kind() == reflect.Slice || element.Kind() == reflect.Pointer {
			element = element.Elem()
		}
		switch {
		case !f.IsExported():
		case element == reflect.TypeFor[string]():
			visit(t.String() + "." + f.Name)
		default:
			fields(element, seen, visit)
		}
	}
}

// Paths of texts are those of the JSON, and texts come in its order.
func TestTexts(t *testing.T) {
	p := packet.New(sample.Plan(), goodCatalog())
	texts := packet.Texts(p)
	byPath := map[string]packet.Text{}
	for _, text := range texts {
		if _, twice := byPath[string(text.Path)]; twice {
			t.Errorf("%s twice", text.Path)
		}
		if strings.Contains(string(text.Path), "..") || text.Text == "" {
			t.Errorf("got %+v", text)
		}
		byPath[string(text.Path)] = text
	}
	for path, want := range map[string]string{
		"plan.overview.objectives[1]":                   p.Plan.Overview.Objectives[1],
		"plan.overview.impact[1].metric":                p.Plan.Overview.Impact[1].Metric,
		"plan.dependencies.none[0].reason":              p.Plan.Dependencies.None[0].Reason,
		"plan.dependencies.items[1].migration.reversal": p.Plan.Dependencies.Items[1].Migration.Reversal,
		"plan.checklists.rollback[2].text":              p.Plan.Checklists.Rollback[2].Text,
		"plan.questions.items[1].answer.text":           p.Plan.Questions.Items[1].Answer.Text,
	} {
		if byPath[path].Text != want {
			t.Errorf("%s = %q, want %q", path, byPath[path].Text, want)
		}
	}
	if !byPath["plan.checklists.deployment[0].text"].Imperative || byPath["plan.risks[0].title"].Imperative {
		t.Error("a task is an order, and a risk is none")
	}
}
