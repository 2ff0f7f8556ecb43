package check_test

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

type menu struct {
	Dish  string
	Price int
}

func rules() []check.Rule[menu] {
	return []check.Rule[menu]{{
		ID: "MENU-001", Doc: "A dish has a price.",
		Bad: func(m *menu) { m.Price = 0 },
		Check: func(p *check.Pass[menu]) {
			if p.Subject.Price == 0 {
				p.Report(check.Missing("price", "the price of "+p.Subject.Dish, "write what it costs"))
			}
		},
	}}
}

// A suite is a list of rules, and a report says what became of each.
func ExampleRun() {
	soup := menu{Dish: "soup"}
	report := check.Run(&soup, rules(), nil)
	for _, f := range report.Findings {
		fmt.Println(f)
	}
	fmt.Println(report.Rules[0].State, report.Err() != nil)
	// Output:
	// error MENU-001 price: the price of soup is missing
	// failed true
}

// A waiver covers one rule at one place, for a reason and for a time.
func ExampleRun_waiver() {
	soup := menu{Dish: "soup"}
	report := check.Run(&soup, rules(), &check.Options{
		Now: time.Date(2026, 12, 7, 12, 0, 0, 0, time.UTC),
		Waivers: []check.Waiver{{Rule: "MENU-001", Path: "price", Grant: check.Grant{
			Reason: "it is free today", Requester: "cook", Approver: "owner", Expires: value.Date(2026, 12, 8)}}},
	})
	fmt.Println(len(report.Findings), report.Waived[0].By.Reason)
	// Output: 0 it is free today
}

// A profile grades rules anew or switches them off, and says why.
func ExampleProfile() {
	soup := menu{Dish: "soup"}
	report := check.Run(&soup, rules(), &check.Options{Profile: check.Profile{Name: "tasting",
		Changes: []check.Adjustment{{Rule: "MENU-001", Off: true, Reason: "nothing is sold"}}}})
	fmt.Println(report.Rules[0].State, report.Rules[0].Reason)
	// Output: off nothing is sold
}

// Rules are tested by what they are made of.
func ExampleExamine() {
	blind := check.Rule[menu]{ID: "MENU-002", Doc: "A dish has a name.",
		Bad:   func(m *menu) { m.Dish = "" },
		Check: func(*check.Pass[menu]) {},
	}
	for _, err := range check.Examine(func() menu { return menu{"soup", 4} }, append(rules(), blind), nil) {
		fmt.Println(err)
	}
	// Output: rule MENU-002: its bad example is passed
}

// Rules of a part are rules of the whole.
func ExampleLift() {
	type inn struct{ Menu menu }
	open := inn{Menu: menu{Dish: "soup"}}
	lifted := check.Lift(rules(), "menu", func(i *inn) *menu { return &i.Menu })
	fmt.Println(check.Run(&open, lifted, nil).Findings[0].Path)
	// Output: menu.price
}

func ExampleMissing() {
	fmt.Println(check.Missing("plan.overview.version", "the version", "name the version that is released").Message)
	// Output: the version is missing
}

func ExampleInvalid() {
	fmt.Println(check.Invalid("plan.overview.version", "1 0", "contains white space").Message)
	// Output: "1 0": contains white space
}

func ExampleDuplicate() {
	f := check.Duplicate("plan.scope[2].id", "REL-101", "plan.scope[0].id")
	fmt.Println(f.Message, f.Related)
	// Output: "REL-101" stands at plan.scope[0].id already [plan.scope[0].id]
}

func ExampleUnresolved() {
	fmt.Println(check.Unresolved("plan.overview.manager", "boss", "a role of the directory").Message)
	// Output: "boss" is not a role of the directory
}

func ExampleOutOfOrder() {
	f := check.OutOfOrder("plan.overview.window.end", value.Date(2026, 12, 8), "is not after the start 2026-12-09", "plan.overview.window.start")
	fmt.Println(f.Message)
	// Output: "2026-12-08" is not after the start 2026-12-09
}

func ExamplePath() {
	p := check.Path("gates").Index(1).Field("criteria").Index(0)
	fmt.Println(p.Under("catalog"), p.Within("gates[1]"), p.Within("gates[10]"))
	// Output: catalog.gates[1].criteria[0] true false
}

// Findings are not an error; they make one if one of them blocks.
func ExampleFindings_Err() {
	fs := check.Findings{{Rule: "MENU-003", Severity: check.Warning, Message: "the soup is hot"}}
	fmt.Println(fs.Err() == nil)
	fs = append(fs, check.Finding{Rule: "MENU-001", Path: "price", Message: "the price is missing"})
	fmt.Println(fs.Err())
	// Output:
	// true
	// error MENU-001 price: the price is missing
}
