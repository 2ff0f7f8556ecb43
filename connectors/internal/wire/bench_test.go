package wire_test

import (
	"strconv"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

func BenchmarkItems(b *testing.B) {
	var items wire.Items
	for i := range 100 {
		id := "SHOP-" + strconv.Itoa(i)
		items.WorkItems = append(items.WorkItems, fact.WorkItem{ID: id, Title: "The basket forgets what was in it", Type: "Bug", Status: "Open",
			Assignee: account, Author: account, Labels: []string{"a", "b"}, Updated: at, Link: value.Link("https://jira.example.com/browse/" + id)})
	}
	list, err := items.Encode(fact.WorkItemShape, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := items.Encode(fact.WorkItemShape, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var got wire.Items
			if err := got.Decode(list, fact.WorkItemShape, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
