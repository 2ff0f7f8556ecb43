package audit

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/compliance/evidence"
)

// ControlsFile is the document of a bundle that claims criteria: a list of
// [compliance.Claim]. A bundle need not have it.
const ControlsFile = "controls.json"

// count counts a record of this release, for the criteria that rest on it.
func (a *audit) count(e evidence.Entry) {
	if !a.read || !strings.HasPrefix(e.Name, a.scope) {
		return
	}
	i := slices.IndexFunc(a.kinds, func(k compliance.SeenKind) bool { return k.Kind == string(e.Kind) })
	if i < 0 {
		a.kinds = append(a.kinds, compliance.SeenKind{Kind: string(e.Kind)})
		i = len(a.kinds) - 1
	}
	a.kinds[i].Records++
}

// controls makes the matrix of criteria. Gates count that follow from their
// evidence, and records of a log in which nothing is wrong.
func (a *audit) controls() {
	if !a.read {
		return
	}
	var claims []compliance.Claim
	if err := a.bundle.decode(ControlsFile, &claims); err != nil && !errors.Is(err, fs.ErrNotExist) {
		a.problem(Unread, ControlsFile, "%v", err)
	}
	var seen compliance.Seen
	for _, d := range a.report.Decisions {
		seen.Gates = append(seen.Gates, compliance.SeenGate{ID: d.Gate, Verdict: d.Verdict.String()})
	}
	if !a.faulty {
		seen.Kinds = a.kinds
	}
	a.report.Controls = compliance.Cover(a.p.Compliance, claims, seen)
}

// duties wants those who wrote, asked for or deploy the change to be other
// people than those whose approval counts, by whichever account they came.
func (a *audit) duties() {
	if !a.read {
		return
	}
	d := a.p.Plan.Directory
	barred := map[string]string{}
	bar := func(ids []string, what string) {
		for _, id := range ids {
			if id = compliance.PersonOf(d, id); id != "" && barred[id] == "" {
				barred[id] = what
			}
		}
	}
	bar(a.p.Plan.Authors(), "wrote part of the change")
	bar([]string{a.p.Compliance.Requester}, "asked for it")
	bar(a.p.Compliance.Deployers, "deploys it")
	for _, approval := range a.report.Approvals {
		if what := barred[compliance.PersonOf(d, approval.Person)]; what != "" && approval.Status != compliance.Rejected {
			a.problem(DutiesMixed, ApprovalsFile, "%s was %s by %s, who %s", approval.What, approval.Status, approval.Person, what)
		}
	}
}

// WriteRegister writes the register of approvals of the bundle; see
// [compliance.WriteRegister].
func (b *Bundle) WriteRegister(w io.Writer) error {
	p, err := packetOf([]Document{{PacketFile, b.files[PacketFile]}})
	if err != nil {
		return err
	}
	return compliance.WriteRegister(w, p.Compliance, p.Plan.Directory)
}
