package keep_test

import (
	"errors"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/internal/keep"
	"github.com/tidegate-go/tidegate/release/fact"
)

func add(t *testing.T, k *keep.Keeper, cursor string, size int, ids ...string) error {
	t.Helper()
	for _, id := range ids {
		k.Items().WorkItems = append(k.Items().WorkItems, fact.WorkItem{ID: id})
	}
	return k.Mark(cursor, size)
}

// What is thrown away after a crash is not counted.
func TestBytes(t *testing.T) {
	k := keep.Keeper{Shape: fact.WorkItemShape, Most: 10}
	half := keep.MaxBytes / 2
	for range 3 {
		if err := add(t, &k, "", half, "1"); err != nil {
			t.Fatal(err)
		}
		if !k.Rewind() {
			t.Fatal("no way back")
		}
	}
	if err := add(t, &k, "a", half, "1"); err != nil {
		t.Error(err)
	}
	k.Rewind()
	if err := add(t, &k, "", half, "2"); err != nil {
		t.Error(err)
	}
	if err := add(t, &k, "", 1, "3"); !errors.Is(err, keep.ErrFull) {
		t.Errorf("error %v above the limit", err)
	}
}

func TestTwice(t *testing.T) {
	tests := []struct {
		ids  []string
		most int
		kept string
		once bool
	}{
		{[]string{"1", "2", "3"}, 3, "123", true},
		{[]string{"1", "2", "1", "3"}, 3, "123", false},
		{[]string{"1", "2", "3"}, 2, "12", true},
		{[]string{"", "1", ""}, 3, "1", true}, // no id is no double
		{nil, 3, "", true},
	}
	for _, tt := range tests {
		k := keep.Keeper{Shape: fact.WorkItemShape, Most: tt.most}
		_ = add(t, &k, "", 1, tt.ids...) // full or not
		items, once := k.Kept()
		kept, empty := "", 0
		for _, item := range items.WorkItems {
			kept += item.ID
			if item.ID == "" {
				empty++
			}
		}
		if kept != tt.kept || once != tt.once || tt.ids != nil && tt.ids[0] == "" && empty != 2 {
			t.Errorf("%q: kept %q, once %v, %d without an id", tt.ids, kept, once, empty)
		}
	}
}

// The groups of one monitor are states of their own.
func TestGroupsAreToldApart(t *testing.T) {
	k := keep.Keeper{Shape: fact.StateShape, Most: 9}
	k.Items().States = []fact.State{{ID: "1", Group: "host:a"}, {ID: "1", Group: "host:b"}, {ID: "1"}, {ID: "2", Group: "host:a"}}
	_ = k.Mark("", 1)
	if items, once := k.Kept(); len(items.States) != 4 || !once {
		t.Errorf("kept %v, once %v", items.States, once)
	}
	k.Items().States = append(k.Items().States, fact.State{ID: "1", Group: "host:b"})
	if items, once := k.Kept(); len(items.States) != 4 || once {
		t.Errorf("kept %v, once %v", items.States, once)
	}
}
