// Package keep holds the items of one list in bounded memory.
package keep

import (
	"errors"

	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

// MaxBytes is how much of one list is kept, by its size on the wire. The last
// batch is kept whole.
const MaxBytes = 64 << 20

// ErrFull says that more of the list is not kept.
var ErrFull = errors.New("enough items")

// Keeper keeps the items of a list of Shape: up to Most, and up to [MaxBytes].
type Keeper struct {
	Shape fact.Shape
	Most  int

	all, sure           wire.Items // sure: up to the last cursor
	allBytes, sureBytes int
}

// Items is where the next batch is added.
func (k *Keeper) Items() *wire.Items { return &k.all }

// Mark notes the end of a batch and its size. It returns [ErrFull] if that is enough.
func (k *Keeper) Mark(cursor string, size int) error {
	k.allBytes += size
	if cursor != "" {
		k.sure, k.sureBytes = k.all, k.allBytes
	}
	if k.all.Of(k.Shape) > k.Most || k.allBytes > MaxBytes {
		return ErrFull
	}
	return nil
}

// Rewind goes back to the last cursor, which always works.
func (k *Keeper) Rewind() bool {
	k.all, k.allBytes = k.sure, k.sureBytes
	return true
}

// Kept returns the items, each id once, and whether no id came twice: a list
// that shows an item twice has moved while it was read, and may lack another.
func (k *Keeper) Kept() (items wire.Items, once bool) {
	n := len(k.all.Duties) // they have no id
	n = min(n, k.Most)
	items.Duties = k.all.Duties[:n:n]
	once = distinct(&items.WorkItems, k.all.WorkItems, k.Most, func(i *fact.WorkItem) string { return i.ID })
	once = distinct(&items.Incidents, k.all.Incidents, k.Most, func(i *fact.Incident) string { return i.ID }) && once
	once = distinct(&items.Approvals, k.all.Approvals, k.Most, func(i *fact.Approval) string { return i.ID }) && once
	once = distinct(&items.Deployments, k.all.Deployments, k.Most, func(i *fact.Deployment) string { return i.ID }) && once
	once = distinct(&items.States, k.all.States, k.Most, stateID) && once
	return items, once
}

// stateID tells the groups of one monitor apart.
func stateID(s *fact.State) string {
	if s.Group == "" {
		return s.ID
	}
	return s.ID + "\x00" + s.Group
}

// distinct appends up to most items, of those with the same id the first. One
// without an id is like no other.
func distinct[T any](to *[]T, items []T, most int, id func(*T) string) (once bool) {
	once = true
	seen := make(map[string]bool, min(len(items), most))
	for i := range items {
		name := id(&items[i])
		if name != "" && seen[name] {
			once = false
			continue
		}
		if len(*to) == most {
			break
		}
		seen[name] = true
		*to = append(*to, items[i])
	}
	return once
}
