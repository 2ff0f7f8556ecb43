package compliance

import (
	"strings"

	"github.com/tidegate-go/tidegate/release"
)

// PersonOf returns the id of the person whom a text names: by their id, or by an
// account that is theirs alone, as "system:id" or the account's id by itself. A
// text that names nobody of the directory comes back without white space around
// it: two of the same are one, whoever that is.
func PersonOf(d release.Directory, text string) string {
	text = strings.TrimSpace(text)
	if _, ok := d.Person(text); ok || text == "" {
		return text
	}
	found := ""
	for _, p := range d.People {
		for _, a := range p.Accounts {
			if a.ID != text && a.String() != text {
				continue
			}
			if found != "" && found != p.ID {
				return text // two people's: nobody knows
			}
			found = p.ID
		}
	}
	if found == "" {
		return text
	}
	return found
}
