package release_test

import (
	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/release"
)

// everywhere calls visit with every place of a good plan, see
// [checktest.Everywhere].
func everywhere(visit func(p *release.Plan, at checktest.Place)) {
	p := goodPlan()
	checktest.Everywhere(&p, func(at checktest.Place) { visit(&p, at) })
}
