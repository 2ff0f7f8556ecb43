package packet

import "github.com/tidegate-go/tidegate/release/check"

// RenderedRule declares a rule that is judged on the bytes of a rendered packet,
// by package render, which has its check.
type RenderedRule struct {
	ID       string         // stable: waivers and profiles key on it
	Severity check.Severity // of its findings
	Doc      string         // one sentence: what has to hold
	// Also says that a rule of the same id is judged on the packet itself: the
	// page is held to the same thing.
	Also bool
}

// RenderedRules returns the rules of rendered packets, in the order in which they
// are judged.
func RenderedRules() []RenderedRule {
	return []RenderedRule{
		{ID: "BUD-001", Doc: "The body has as many words as its budget allows, by the declared counter."},
		{ID: "BUD-002", Doc: "Every item of the packet is on the body or in the annex."},
		{ID: "BUD-003", Doc: "What decides the release is on the body: gates, pending dependencies and approvals, blocking issues, rollback, flags, thresholds."},
		{ID: "BUD-004", Doc: "Counts on the body are those of the packet."},
		{ID: "BUD-005", Doc: "The body links to the annex and has its digest, and links into it lead to headings."},
		{ID: "BUD-006", Severity: check.Warning, Doc: "Nothing is repeated to reach the least number of words, and no words are joined to stay below the most."},
		{ID: "MD-001", Doc: "Headings begin with the only one of level 1 and step by one level."},
		{ID: "MD-002", Doc: "Every row of a table has as many cells as its header."},
		{ID: "MD-003", Doc: "Cells read back as the text that the packet has."},
		{ID: "MD-004", Doc: "No item of a list is empty."},
		{ID: "MD-005", Doc: "Lists are marked with hyphens."},
		{ID: "MD-006", Severity: check.Warning, Doc: "Blank lines stand around headings, tables and lists."},
		{ID: "MD-007", Doc: "No two headings below the same heading are called the same."},
		{ID: "MD-008", Doc: "Every link has a text and leads somewhere, and no bare address is a link."},
		{ID: "MD-009", Severity: check.Warning, Doc: "No text in brackets reads as a reference of a link."},
		{ID: "MD-010", Doc: "Tables in full have the items of the packet, all of them, in its order."},
		{ID: "CHK-003", Doc: "Tasks are written \"- [ ]\" or \"- [x]\"."},
		{ID: "RSK-005", Doc: "Every flag of the overview, and every flag that a dependency names, is on the body.", Also: true},
		{ID: "TIME-001", Doc: "Dates and times are written as RFC 3339 has them.", Also: true},
		{ID: "TIME-002", Doc: "The body names the operating time zone, an IANA name.", Also: true},
	}
}
