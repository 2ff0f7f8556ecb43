package compliance

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

func evidenceRules() []check.Rule[Log] {
	return []check.Rule[Log]{
		{ID: "CMP-008", Doc: "The evidence of every approval has a place where it is kept.",
			Bad: func(l *Log) {
				l.Repository = ""
				for i := range l.Approvals {
					l.Approvals[i].Evidence.Location = ""
				}
			},
			Check: checkLocations},
		{ID: "CMP-010", Severity: check.Warning, Doc: "The evidence of an approval that is given has a digest.",
			Bad: func(l *Log) { l.Approvals[0].Status, l.Approvals[0].Evidence.Digest = Approved, "" },
			Check: perApproval(func(p *check.Pass[Log], at check.Path, a *Approval) {
				if at = at.Field("evidence").Field("digest"); a.Status == Approved && a.Evidence.Digest.IsZero() {
					p.Report(check.Missing(at, "the digest of the evidence of "+a.ID, ""))
				} else if !a.Evidence.Digest.IsZero() && !a.Evidence.Digest.Valid() {
					p.Report(check.Invalid(at, a.Evidence.Digest, "is no SHA-256 digest"))
				}
			})},
		{ID: "CMP-025", Doc: "A checkpoint of the evidence log names the log, how many records it covers, and their root.",
			Bad:   func(l *Log) { l.Checkpoint = Checkpoint{Log: "releases.example.com", Size: 1} },
			Check: checkCheckpoint},
	}
}

func checkCheckpoint(p *check.Pass[Log]) {
	c, at := p.Subject.Checkpoint, check.Path("checkpoint")
	if c.IsZero() {
		return // the log is kept in another way
	}
	if check.Blank(c.Log) {
		p.Report(check.Missing(at.Field("log"), "the name of the evidence log", ""))
	}
	if c.Size < 1 {
		p.Report(check.Invalid(at.Field("size"), c.Size, "covers nothing"))
	}
	if !c.Root.Valid() {
		p.Report(check.Missing(at.Field("root"), "the root of the records", "copy it from the checkpoint"))
	}
}

func checkLocations(p *check.Pass[Log]) {
	without := func(a Approval) bool { return a.Evidence.Location.IsZero() }
	if l := p.Subject.Repository; !l.IsZero() || len(p.Subject.Approvals) == 0 || slices.ContainsFunc(p.Subject.Approvals, without) {
		checkLocation(p, "repository", "the evidence repository", l)
	}
	for i, a := range p.Subject.Approvals {
		if !without(a) {
			checkLocation(p, approvalsPath.Index(i).Field("evidence").Field("location"), "", a.Evidence.Location)
		}
	}
}

func checkLocation(p *check.Pass[Log], at check.Path, what string, l value.Link) {
	if l.IsZero() {
		p.Report(check.Missing(at, what, "link the place where evidence is kept"))
	} else if err := l.Fault(); err != nil {
		p.Report(check.Unusable(at, err))
	} else if strings.HasPrefix(strings.ToLower(string(l)), "mailto:") {
		p.Report(check.Invalid(at, l, "is a mail address, where nothing is kept"))
	}
}
