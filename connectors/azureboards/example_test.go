package azureboards_test

import (
	"fmt"

	"github.com/tidegate-go/tidegate/connectors/azureboards"
)

// No critical bugs, out of the items of the release.
func ExampleCount() {
	release := azureboards.InIteration(`Shop\Release 2026.12`)
	all := azureboards.Count(release)
	critical := azureboards.Count(release + ` AND [Microsoft.VSTS.Common.Severity] = '1 - Critical'`).OutOf(all)
	fmt.Println(critical)
	population, ok := critical.Counted()
	fmt.Println(population == all, ok)
	// Output:
	// azureboards count {"where":"[System.IterationPath] UNDER 'Shop\\Release 2026.12' AND [Microsoft.VSTS.Common.Severity] = '1 - Critical'"}
	// true true
}

func ExampleItems() {
	fmt.Println(azureboards.Items(azureboards.InArea(`Shop\Web`)))
	// Output: azureboards items {"where":"[System.AreaPath] UNDER 'Shop\\Web'"}
}

// Work that stands in Jira too is one piece of work.
func ExampleLinkedTo() {
	fmt.Println(azureboards.LinkedTo(azureboards.Tagged("2026.12.0"), "acme.atlassian.net"))
	// Output: azureboards items {"linked":"acme.atlassian.net","where":"[System.Tags] CONTAINS '2026.12.0'"}
}

func ExampleIterations() {
	q := azureboards.Iterations("Checkout")
	fmt.Println(q, q.Yields.Shape)
	// Output: azureboards iterations {"team":"Checkout"} work-items
}

func ExampleBurndown() {
	left := azureboards.Burndown("Checkout")
	fmt.Println(left)
	fmt.Println(left.Counted())
	// Output:
	// azureboards burndown {"number":"unfinished","team":"Checkout"}
	// azureboards burndown {"number":"all","team":"Checkout"} true
}

func ExampleRemainingWork() {
	hours := azureboards.RemainingWork("Checkout")
	fmt.Println(hours, hours.Yields.Unit)
	// Output: azureboards burndown {"number":"remaining","team":"Checkout"} h
}

func ExampleInIteration() {
	fmt.Println(azureboards.InIteration(`Shop\Release 2026.12`))
	// Output: [System.IterationPath] UNDER 'Shop\Release 2026.12'
}

func ExampleInArea() {
	fmt.Println(azureboards.InArea(`Shop\Web`))
	// Output: [System.AreaPath] UNDER 'Shop\Web'
}

func ExampleTagged() {
	fmt.Println(azureboards.Tagged("customer-visible"))
	// Output: [System.Tags] CONTAINS 'customer-visible'
}

func ExampleQuote() {
	fmt.Println(azureboards.Quote(`Ada's area`))
	// Output: 'Ada''s area'
}
