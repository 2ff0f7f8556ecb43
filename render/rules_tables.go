package render

import (
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
	"github.com/tidegate-go/tidegate/render/internal/reading"
)

// full returns the table that has all items of a kind: in the annex if it has
// that part of the section, otherwise on the body. Nil: there is none.
func (r *rendering) full(i item) *reading.Table {
	for _, page := range []*reading.Page{r.annex, r.body} {
		for k := range page.Tables {
			if t := &page.Tables[k]; t.Section == i.section && t.Sub == i.below && len(t.Header) > 0 && t.Header[0] == i.table {
				return t
			}
		}
	}
	return nil
}

// tableKey tells the full tables apart.
type tableKey struct{ section, below, column string }

// checkTables compares the column of ids of each full table with the packet.
func checkTables(p *check.Pass[rendering]) {
	wanted := map[tableKey][]item{}
	var keys []tableKey
	for _, i := range items(p.Subject.packet) {
		if i.table == "" {
			continue
		}
		key := tableKey{i.section, i.below, i.table}
		if wanted[key] == nil {
			keys = append(keys, key)
		}
		wanted[key] = append(wanted[key], i)
	}
	for _, key := range keys {
		all := wanted[key]
		t := p.Subject.full(all[0])
		if t == nil {
			p.Report(check.Missing(all[0].path, "the full table of "+strings.TrimSpace(key.section+" "+key.below), ""))
			continue
		}
		got := make([]string, len(t.Rows))
		for i, row := range t.Rows {
			got[i] = row[0]
		}
		if key.section == decisionTitle {
			got = got[:min(len(got), len(all))] // rows of decisions about no gate of the catalog follow
		}
		if !slices.EqualFunc(got, all, heads) {
			p.Report(check.Invalid(all[0].path, strings.Join(got, ", "), "are the items of the full table of "+
				strings.TrimSpace(key.section+" "+key.below)+", and the packet has others"))
		}
	}
}

// heads reports whether the first cell of a row is that of an item: its id, which
// of a message its title may follow.
func heads(cell string, i item) bool {
	id := mdtext.Visible(i.id)
	return cell == id || i.section == commsTitle && strings.HasPrefix(cell, id+": ")
}

// checkCells compares the title beside an id, wherever a table has both.
func checkCells(p *check.Pass[rendering]) {
	titles := map[string]map[string]item{} // by section and id
	for _, i := range items(p.Subject.packet) {
		if i.title != "" {
			if titles[i.section] == nil {
				titles[i.section] = map[string]item{}
			}
			titles[i.section][mdtext.Visible(i.id)] = i
		}
	}
	p.Subject.each(func(name string, page *reading.Page) {
		for _, t := range page.Tables {
			if len(t.Header) < 2 || t.Header[0] != "ID" {
				continue
			}
			for _, row := range t.Rows {
				i, ok := titles[t.Section][row[0]]
				if ok && i.below == t.Sub && row[1] != mdtext.Visible(i.title) {
					p.Report(check.Invalid(i.path, row[1], "is what "+name+" has beside "+row[0]+", and the packet "+i.title))
				}
			}
		}
	})
}
