package checks_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/examples/internal/checks"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func TestArtifactsMatch(t *testing.T) {
	api, other := value.Sum([]byte("api")), value.Sum([]byte("other"))
	plan := release.Plan{Overview: release.Overview{Components: []release.Component{{Name: "api", Version: "1", Artifact: api}}}}
	deployed := func(component string, artifact value.Digest) []fact.Result {
		return []fact.Result{{Deployments: []fact.Deployment{{Component: component, Artifact: artifact}}}}
	}
	for name, tt := range map[string]struct {
		results []fact.Result
		want    gates.Outcome
	}{
		"the artifact":      {deployed("api", api), gates.Pass},
		"another artifact":  {deployed("api", other), gates.Fail},
		"another component": {deployed("web", api), gates.Fail},
		"nothing":           {[]fact.Result{{}}, gates.Fail},
	} {
		if got := checks.All()["artifacts-match"](gates.CheckInput{Plan: plan, Results: tt.results}); got.Outcome != tt.want {
			t.Errorf("%s: %s, want %s", name, got.Outcome, tt.want)
		}
	}
	plan.Overview.Components[0].Artifact = ""
	if got := checks.All()["artifacts-match"](gates.CheckInput{Plan: plan, Results: deployed("api", "")}); got.Outcome != gates.Fail {
		t.Error("a component without an artifact is what is deployed")
	}
}
