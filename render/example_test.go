package render_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
)

// A gate that nobody has decided holds, and the page says so.
func ExampleMarkdown() {
	latency := fact.NewQuery("datadog", "metric", fact.Number(value.Milliseconds)).With("query", "p95:checkout.latency")
	p := packet.New(
		release.NewPlan("Atlas", "2026.12.0"),
		gates.NewCatalog(gates.Exit("staging", gates.AtMost("p95", latency, 450).SustainedFor(30*time.Minute)).
			WithSignOffs(gates.SignOff{Role: "sre-lead", Delegate: "sre-on-call"})),
	)
	var page strings.Builder
	if err := render.Markdown(&page, p, &render.MarkdownOptions{Words: render.Budget{Unlimited: true}}); err != nil {
		fmt.Println(err)
	}
	decision, _, _ := strings.Cut(page.String(), "## Release Overview")
	_, catalog, _ := strings.Cut(page.String(), "### ")
	catalog, _, _ = strings.Cut(catalog, "## ")
	fmt.Print(decision, "### ", catalog)
	// Output:
	// # Release Packet: Atlas 2026.12.0
	//
	// As of not given. Operating time zone: not given, moments are in UTC. Verdict: **Hold**, not verified.
	//
	// ## Decision
	//
	// | Gate | Verdict | Valid until | Blocked by |
	// | --- | --- | --- | --- |
	// | staging/exit | **Hold** | none | not decided |
	//
	// ### staging (production)
	//
	// - Entry: not given
	// - Exit: **Hold**, not decided
	//   - p95 ≤ 450 ms for 30 minutes: **Unknown**, not assessed
	//   - Sign-off: sre-lead (not in the directory) / sre-on-call (not in the directory), 1 needed, answers not given
	//   - Evidence: not given; tooling: not given; dashboards: not given
}

func ExampleJSON() {
	if err := render.JSON(os.Stdout, packet.New(release.NewPlan("Atlas", "2026.12.0"), gates.Catalog{})); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	//   "schema": "tidegate.packet/1",
	//   "plan": {
	//     "overview": {
	//       "name": "Atlas",
	//       "version": "2026.12.0"
	//     }
	//   },
	//   "catalog": {}
	// }
}
