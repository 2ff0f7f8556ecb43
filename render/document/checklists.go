package document

import (
	"io"
	"slices"

	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/internal/page"
)

// Checklists writes the checklists alone, in one call of w.Write whose error it
// returns: how much is done, then the tasks of every phase and the rollback
// matrix, as the page of the packet has them in full.
func Checklists(w io.Writer, p packet.Packet) error {
	d := page.New(&p, nil)
	o := &p.Plan.Overview
	d.Heading("#")
	d.Lit("Checklists: ")
	d.Text(o.Name)
	d.Lit(" ")
	d.Text(o.Version)
	d.End()
	d.End()
	c := &p.Plan.Checklists
	done, all := 0, 0
	for _, t := range slices.Concat(c.PreRelease, c.Deployment, c.PostRelease, c.Rollback) {
		if all++; t.State.Done {
			done++
		}
	}
	d.Share("Done", done, all)
	d.Lit(" tasks. As of ")
	d.Moment(p.AsOf)
	d.Lit(".\n")
	d.Section("Checklist Suite")
	_, err := w.Write(d.B)
	return err
}
