// Package checks is the code that the catalogs of the examples name: who
// replays a decision needs the same code as who made it.
package checks

import (
	"fmt"
	"slices"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/fact"
)

// All returns the checks by name.
func All() map[string]gates.CheckFunc {
	return map[string]gates.CheckFunc{"artifacts-match": artifactsMatch}
}

// artifactsMatch passes when every component of the plan is deployed with the
// artifact that the plan names, to the byte.
func artifactsMatch(in gates.CheckInput) gates.Judgement {
	for _, c := range in.Plan.Overview.Components {
		deployed := slices.ContainsFunc(in.Results[0].Deployments, func(d fact.Deployment) bool {
			return d.Component == c.Name && d.Artifact == c.Artifact && d.Artifact.Valid()
		})
		if !deployed {
			return gates.Judgement{Outcome: gates.Fail, Detail: fmt.Sprintf("%s %s is not what is deployed", c.Name, c.Version)}
		}
	}
	return gates.Judgement{Outcome: gates.Pass}
}
