package document

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/value"
)

// Names of members that hold who answers for something, and those that hold a
// limit or are all of one.
var (
	ownerNames = []string{"owner", "manager", "deputy", "delegate", "responsible", "role", "by", "holders", "to",
		"approver", "requester", "person", "addressee"}
	thresholdNames = []string{"limit", "warn", "low", "high", "min", "minSamples", "need", "most", "least", "objective",
		"maxAge", "maxGap", "clockSkew", "quorum", "target", "rollbackSLA", "maxRollback", "within", "beyond"}
	scopePaths = []check.Path{"plan.scope", "plan.overview.components", "plan.overview.objectives", "plan.overview.outOfScope"}
)

// kindOf tells what a change is about by the last names of its path and, for
// dates, by the values.
func kindOf(path check.Path, from, to string) ChangeKind {
	names := strings.FieldsFunc(string(path), func(r rune) bool { return r == '.' || r == '[' })
	names = slices.DeleteFunc(names, func(s string) bool { return strings.HasSuffix(s, "]") })
	last := ""
	if len(names) > 0 {
		last = names[len(names)-1]
	}
	switch {
	case last == "verdict":
		return VerdictChange
	case path.Within("decisions") && slices.Contains(names, "outcomes"):
		return OutcomeChange
	case dated(from) || dated(to):
		return DateChange
	case slices.Contains(ownerNames, last):
		return OwnerChange
	case slices.ContainsFunc(names, func(s string) bool { return slices.Contains(thresholdNames, s) }):
		return ThresholdChange
	case slices.ContainsFunc(scopePaths, path.Within):
		return ScopeChange
	default:
		return OtherChange
	}
}

// dated reports whether a value is a date or a moment.
func dated(text string) bool {
	var s string
	if json.Unmarshal([]byte(text), &s) != nil {
		return false
	}
	if _, err := value.ParseWhen(s); err == nil {
		return true
	}
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil
}
