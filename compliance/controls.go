package compliance

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/internal/enum"
)

// Control is one criterion of a framework, with what it is about in our own
// words: the criteria themselves belong to those who publish them.
type Control struct {
	ID        string    // as the framework writes it: "CC8.1"
	Framework Framework // where it is from
	Topic     string    // what it is about, in a few words
}

// Framework is where a control comes from.
type Framework uint8

// The frameworks.
const (
	UnknownFramework Framework = iota
	SOC2                       // AICPA's Trust Services Criteria of 2017, by which SOC 2 reports are made
	NIST80053                  // NIST SP 800-53 revision 5
)

var frameworkNames = []string{"unknown", "SOC 2", "NIST 800-53"}

// String returns the framework's name as documents write it.
func (f Framework) String() string { return enum.String("framework", frameworkNames, f) }

// Controls returns every control whose id an [Approval] may name: the 61
// criteria of SOC 2, and those of NIST 800-53 that a release touches.
//
// The ids of SOC 2 are those listed in strongdm/comply
// (themes/comply-soc2/standards/TSC-2017.yml, Apache-2.0). The ids of NIST are
// those of the families CM, IR and AU in the moderate baseline of
// usnistgov/oscal-content (CC0), without AU-10, which it leaves to the high
// one, and CP-9, CP-10, RA-8 and SA-10 of the whole catalogue.
func Controls() []Control { return slices.Concat(soc2, nist) }

// FindControl returns the control with the given id, exactly as it is written
// in the framework.
func FindControl(id string) (Control, bool) {
	for _, list := range [][]Control{soc2, nist} {
		if i := slices.IndexFunc(list, func(c Control) bool { return c.ID == id }); i >= 0 {
			return list[i], true
		}
	}
	return Control{}, false
}

// near returns the ids that id may have meant, at most three: the same letters
// in another case or spacing, else those of its family that differ in one
// place, else those that do in any.
func near(id string) []string {
	if len(id) > 12 {
		return nil // no id is that long
	}
	plain := strings.ToUpper(strings.Join(strings.Fields(id), ""))
	if c, ok := FindControl(plain); ok {
		return []string{c.ID}
	}
	var family, others []string
	for _, c := range Controls() {
		if !oneEdit(plain, c.ID) {
			continue
		}
		if stem(c.ID) == stem(plain) {
			family = append(family, c.ID)
		} else {
			others = append(others, c.ID)
		}
	}
	found := family
	if len(found) == 0 {
		found = others
	}
	return found[:min(len(found), 3)]
}

// stem is an id up to its last dot or hyphen: "CC8".
func stem(id string) string { return id[:max(strings.LastIndexAny(id, ".-"), 0)] }

// oneEdit reports whether two texts differ in one byte that is changed, added
// or taken away.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
