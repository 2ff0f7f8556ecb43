package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render"
)

// snapshot is what monitors and approvers answered. It is the same as the
// output of the generator in snapshot_test.go.
//
//go:embed facts.json
var snapshot []byte

// decidedAt is the moment of the decision, and seenAt the one two minutes
// before at which every source was asked.
var (
	decidedAt = time.Date(2026, time.December, 8, 16, 30, 0, 0, time.UTC)
	seenAt    = decidedAt.Add(-2 * time.Minute)
)

// decided is everything that one run came to.
type decided struct {
	asked   asked
	facts   fact.Set
	changes []release.Change // of the plan, by the facts
	packet  packet.Packet
	report  check.Report
	pages   render.Pages
}

// decide collects the facts and judges them; see [judge].
func decide(ctx context.Context, outside *systems, timeout time.Duration, dir string) (decided, error) {
	live, err := ask(ctx, outside, timeout, asking())
	if err != nil {
		return decided{}, err
	}
	return judge(ctx, live, dir)
}

// asking is the questions of the gates, the plan and the notes, each once.
func asking() []fact.Query {
	return fact.MergeQueries(catalog().Queries(), plan().Queries(), mapping().Queries())
}

// judge brings the plan up to date with the facts, drafts the notes, decides
// every gate, records who signed, writes all of it to the evidence log of a
// folder, verifies the packet, fits it on its pages and judges these too.
func judge(ctx context.Context, live asked, dir string) (decided, error) {
	var stored fact.Set
	if err := packet.Unmarshal(snapshot, &stored); err != nil {
		return decided{}, fmt.Errorf("facts.json: %w", err)
	}
	prepared := gates.Prepare(catalog())
	facts := stored.WithResults(live.facts.Results...)
	current, changes := release.Refresh(plan(), facts)
	p := packet.New(current, catalog()).WithWaivers(waivers()...).
		WithNotes(drafted(current, facts)).WithComms(communication()).WithCompliance(register())
	digests, err := digestsOf(p, facts)
	if err != nil {
		return decided{}, err
	}
	p = p.WithDecisions(prepared.Evaluate(gates.Input{
		Plan: p.Plan, Facts: facts, Now: decidedAt, Subjects: packet.Subjects(p),
		Waivers: p.Waivers, Digests: digests,
	}))
	p, err = logged(ctx, dir, packet.Record(p), facts)
	if err != nil {
		return decided{}, fmt.Errorf("evidence log: %w", err)
	}
	report := packet.Verify(p, &packet.VerifyOptions{Facts: &facts, Now: decidedAt})
	pages, err := render.Fit(p, &render.MarkdownOptions{Report: &report})
	if long := new(render.BudgetError); err != nil && !errors.As(err, &long) {
		return decided{}, err // pages that are too long are written, and say so
	}
	report = report.With(render.Check(pages, p, &check.Options{Now: decidedAt}))
	return decided{live, facts, changes, p, report, pages}, nil
}

// digestsOf names the bytes that the files of this run will have.
func digestsOf(p packet.Packet, facts fact.Set) (gates.Digests, error) {
	var texts [3][]byte
	for i, v := range []any{p.Plan, facts, p.Waivers} {
		text, err := packet.Marshal(v)
		if err != nil {
			return gates.Digests{}, err
		}
		texts[i] = text
	}
	return gates.Digests{Plan: value.Sum(texts[0]), Facts: value.Sum(texts[1]), Waivers: value.Sum(texts[2])}, nil
}

// write stores the documents and returns their names in order.
func (d decided) write(dir string) ([]string, error) {
	var names []string
	for _, doc := range []struct {
		name string
		v    any
	}{
		{"plan.json", d.packet.Plan}, {"catalog.json", d.packet.Catalog}, {"facts.json", d.facts},
		{"waivers.json", d.packet.Waivers}, {"decisions.json", d.packet.Decisions}, {"packet.json", d.packet},
	} {
		text, err := packet.Marshal(doc.v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", doc.name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, doc.name), text, 0o644); err != nil {
			return nil, err
		}
		names = append(names, doc.name)
	}
	for _, page := range []struct {
		name string
		text []byte
	}{{"packet.md", d.pages.Body}, {d.pages.AnnexName, d.pages.Annex}} {
		if err := os.WriteFile(filepath.Join(dir, page.name), page.text, 0o644); err != nil {
			return nil, err
		}
		names = append(names, page.name)
	}
	return names, nil
}

// summarise prints the decision and what stands in the way, gate by gate.
func (d decided) summarise(out io.Writer, dir string, files []string, audited audit.Report) error {
	w := new(bytes.Buffer)
	o := d.packet.Plan.Overview
	fmt.Fprintf(w, "%s %s at %s: %s\n\n", o.Name, o.Version, decidedAt.Format(time.RFC3339), packet.Verdict(d.packet, d.report))
	for _, g := range d.packet.Decisions.Gates {
		fmt.Fprintf(w, "%-18s %s", g.Gate, g.Verdict)
		if g.Verdict == gates.Go {
			fmt.Fprintf(w, " until %s", g.ValidUntil.Format(time.RFC3339))
		}
		fmt.Fprintln(w)
		for i, because := range g.Because() {
			fmt.Fprintf(w, "  %s: %s\n", g.Reasons[i].Verdict, because)
		}
	}
	c := d.report.Counts()
	fmt.Fprintf(w, "\nverification: %d errors, %d warnings; %d rules passed, %d not evaluated\n", c.Errors, c.Warnings, c.Passed, c.NotEvaluated)
	for _, f := range d.report.Findings {
		fmt.Fprintf(w, "  %s\n", f)
	}
	fmt.Fprintf(w, "\npacket: %d words on its body, of at most %d; the annex has the rest\n", d.pages.Words.Visible, d.pages.Budget.Max)
	fmt.Fprintln(w, "\nthe plan, as the facts have it now:")
	for _, c := range d.changes {
		fmt.Fprintf(w, "  %s\n", c)
	}
	if open := packet.Questions(d.packet); len(open) > 0 {
		fmt.Fprintln(w, "\nnot in the register of open issues yet:")
		for _, q := range open {
			fmt.Fprintf(w, "  %s\n", q.Text)
		}
	}
	fmt.Fprintln(w, "\nconnectors:")
	for i, c := range d.asked.status {
		fmt.Fprintf(w, "  %s: %s %s, pin %s, %d calls, %d requests\n", c.Name, c.Connector, c.Version, c.Pin, c.Calls, d.asked.requests[i])
	}
	fmt.Fprintln(w, "\ncriteria, and the evidence behind them:")
	if err := audited.WriteControls(w); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nevidence: %d records by %s, root %s\n", audited.Size, audited.Key, audited.Root)
	fmt.Fprintf(w, "\nfiles in %s:\n", dir)
	for _, name := range files {
		fmt.Fprintf(w, "  %s\n", name)
	}
	fmt.Fprintf(w, "  bundle: all of it with its evidence, for go run ./examples/audit\n")
	_, err := out.Write(w.Bytes())
	return err
}
