package partial_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/partial"
	"github.com/tidegate-go/tidegate/release"
)

// plan is a release of four components in two regions.
func plan() release.Plan {
	p := release.NewPlan("atlas", "1").WithScope(
		release.ScopeItem{ID: "REL-1", Class: release.MustShip, Components: []string{"api"}},
		release.ScopeItem{ID: "REL-2", Class: release.MustShip, Components: []string{"web", "api"}},
		release.ScopeItem{ID: "REL-3", Class: release.Deferrable, Components: []string{"ios", "web"}},
		release.ScopeItem{ID: "REL-4", Components: []string{"ios"}},
		release.ScopeItem{ID: "REL-5", Class: release.Deferrable, Components: []string{"mail"}},
	).WithDependencies(
		release.Dependency{ID: "D1", Title: "ios 14 review", Components: []string{"ios"}, Needs: []string{"D2"}},
		release.Dependency{ID: "D2", Title: "store account", Components: []string{"ios"}},
		release.Dependency{ID: "D3", Title: "schema 7", Components: []string{"api", "ios"}, Needs: []string{"D4"}},
		release.Dependency{ID: "D4", Title: "snapshot", Components: []string{"ios"}},
		release.Dependency{ID: "D5", Title: "api", Kind: release.Upstream, Components: []string{"web"}},
	)
	for _, name := range []string{"api", "web", "ios", "mail"} {
		p.Overview.Components = append(p.Overview.Components, release.Component{Name: name})
	}
	p.Overview.Flags = []release.Flag{{Name: "f1", Components: []string{"ios"}}, {Name: "f2", Components: []string{"ios", "api"}}, {Name: "f3"}}
	p.Timeline.Windows = []release.Deployment{{ID: "W1", Region: "eu"}, {ID: "W2", Region: "us"}, {ID: "W3"}}
	return p
}

func TestWithoutComponent(t *testing.T) {
	tests := []struct {
		name string
		edit func(*release.Plan)
		want partial.Rest
	}{
		{"ios", nil, partial.Rest{Lost: []string{"REL-4"}, Dropped: []string{"REL-3"}, Notes: []string{"REL-3", "REL-4"},
			Entangled: []string{"web"}, Order: []string{"D4", "D5", "D3"}}},
		{"api", nil, partial.Rest{Lost: []string{"REL-1", "REL-2"}, Notes: []string{"REL-1", "REL-2"},
			Entangled: []string{"web"}, Stranded: []string{"web"}, Order: []string{"D2", "D4", "D5", "D1", "D3"}}},
		{"mail", func(p *release.Plan) { p.Scope[0].Components = nil }, partial.Rest{Dropped: []string{"REL-5"}, Unclear: []string{"REL-1"},
			Notes: []string{"REL-1", "REL-5"}, Order: []string{"D2", "D4", "D5", "D1", "D3"}}},
		{"mail", func(p *release.Plan) { p.Dependencies.Items[1].Needs = []string{"D1"} }, partial.Rest{Dropped: []string{"REL-5"},
			Notes: []string{"REL-5"}, Order: []string{"D4", "D5", "D3"}, Circular: []string{"D1", "D2"}}},
		{"mail", func(p *release.Plan) { p.Scope[0].Components = []string{"API"} }, partial.Rest{Dropped: []string{"REL-5"}, Unclear: []string{"REL-1"},
			Notes: []string{"REL-1", "REL-5"}, Order: []string{"D2", "D4", "D5", "D1", "D3"}}},
		{"mail", func(p *release.Plan) { // what web needs is what mail is in the end
			p.Dependencies.Items[1].Title, p.Dependencies.Items[1].Kind = "mail", release.Upstream
			p.Dependencies.Items[4].Needs = []string{"D1"}
		}, partial.Rest{Dropped: []string{"REL-5"}, Stranded: []string{"web", "ios"}, Notes: []string{"REL-5"}, Order: []string{"D2", "D4", "D1", "D3", "D5"}}},
		{"api", func(p *release.Plan) { p.Dependencies.Items[4].Components = nil }, partial.Rest{Lost: []string{"REL-1", "REL-2"}, Notes: []string{"REL-1", "REL-2"},
			Entangled: []string{"web"}, Stranded: []string{"web", "ios", "mail"}, Order: []string{"D2", "D4", "D5", "D1", "D3"}}},
	}
	for _, tt := range tests {
		p := plan()
		if tt.edit != nil {
			tt.edit(&p)
		}
		before := p.Clone()
		got, err := partial.WithoutComponent(p, tt.name)
		if err != nil {
			t.Fatal(err)
		}
		rest := got.Plan
		got.Plan = release.Plan{}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(before, p); diff != "" {
			t.Errorf("the plan is changed:\n%s", diff)
		}
		if len(rest.Overview.Components) != 3 {
			t.Errorf("%d components remain", len(rest.Overview.Components))
		}
	}
	if _, err := partial.WithoutComponent(plan(), "android"); err == nil {
		t.Error("a component that is not there is left behind")
	}
}

// What remains names nothing that is left behind.
func TestRemainingPlan(t *testing.T) {
	got, err := partial.WithoutComponent(plan(), "ios")
	if err != nil {
		t.Fatal(err)
	}
	flags := got.Plan.Overview.Flags
	want := []release.Flag{{Name: "f2", Components: []string{"api"}}, {Name: "f3"}}
	if diff := cmp.Diff(want, flags); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	for _, d := range got.Plan.Dependencies.Items {
		if d.ID == "D3" && !cmp.Equal(d.Components, []string{"api"}) || d.ID == "D4" && !cmp.Equal(d.Components, []string{"ios"}) {
			t.Errorf("%s is needed by %v", d.ID, d.Components)
		}
	}
}

func TestWithoutRegion(t *testing.T) {
	got, err := partial.WithoutRegion(plan(), "eu")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Lost)+len(got.Dropped) != 0 || len(got.Notes) != 5 || len(got.Plan.Timeline.Windows) != 2 || len(got.Plan.Scope) != 5 || len(got.Order) != 5 {
		t.Errorf("%+v", got)
	}
	last := plan()
	last.Timeline.Windows = last.Timeline.Windows[1:]
	got, err = partial.WithoutRegion(last, "us")
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(got.Lost, []string{"REL-1", "REL-2", "REL-4"}) || !cmp.Equal(got.Dropped, []string{"REL-3", "REL-5"}) || len(got.Plan.Scope) != 0 {
		t.Errorf("%+v", got)
	}
	if _, err := partial.WithoutRegion(plan(), "apac"); err == nil {
		t.Error("a region that is not there is left behind")
	}
}
