package strictjson

import (
	"strings"

	"github.com/tidegate-go/tidegate/internal/edits"
)

// suggest ends the message about an unknown field with the field that was probably meant, if there is one.
func (p *plan) suggest(name string) string {
	best, distance := "", max(1, min(len(name)/3, 3))+1
	if len(name) > maxQuoted {
		return ""
	}
	for _, f := range p.fields {
		if n := edits.Distance(strings.ToLower(name), strings.ToLower(f.name), distance); n < distance {
			best, distance = f.name, n
		}
	}
	if best == "" {
		return ""
	}
	return ", did you mean \"" + best + "\"?"
}
