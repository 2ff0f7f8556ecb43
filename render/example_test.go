package render_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
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
	if err := render.Markdown(&page, p, nil); err != nil {
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

// What does not fit on the body is in the annex.
func ExampleFit() {
	p := sample.Packet()
	pages, err := render.Fit(p, nil)
	if err != nil {
		fmt.Println(err)
	}
	report := render.Check(pages, p, nil)
	fmt.Println(pages.Words.Visible <= render.DefaultMax, pages.AnnexName, report.Counts().Errors)
	body := string(pages.Body)
	_, matrix, _ := strings.Cut(body, "## [Dependency Matrix]")
	_, list, _ := strings.Cut(matrix, "\n- ")
	ready, _, _ := strings.Cut(list, "\n")
	fmt.Println(ready)
	// Output:
	// true annex.md 0
	// Ready: 5 of 5 (D1 Mobile lead, D2 Ada, D3 Lead developer, D4 SRE lead, D5 Lead developer)
}

// A packet that cannot be told in so many words is an error that says what costs
// them, and its pages are there all the same.
func ExampleBudgetError() {
	pages, err := render.Fit(sample.Packet(), &render.MarkdownOptions{Words: render.Budget{Min: 100, Max: 500}})
	if over, ok := errors.AsType[*render.BudgetError](err); ok {
		fmt.Println(over.Words > over.Max, over.Bill[1].Section, len(pages.Body) > 0)
	}
	// Output: true Decision true
}

func ExampleCountWords() {
	page := "| Window | Rollback |\n| --- | --- |\n| 2026-12-08T22:00:00-05:00 | [RB-88](https://runbooks.example.com/88), 15 minutes |\n"
	fmt.Printf("%+v\n", render.CountWords([]byte(page)))
	// Output: {Visible:6 Segments:13}
}

// A page that somebody has changed no longer agrees with its packet.
func ExampleCheck() {
	p := sample.Packet()
	pages, err := render.Fit(p, nil)
	if err != nil {
		fmt.Println(err)
	}
	pages.Body = bytes.Replace(pages.Body, []byte("Ready: 5 of 5"), []byte("Ready: 4 of 5"), 1)
	for _, f := range render.Check(pages, p, nil).Findings {
		fmt.Println(f)
	}
	// Output: error BUD-004 (packet): "Ready: 4 of 5": is on the body below Dependency Matrix, and the packet counts otherwise
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
