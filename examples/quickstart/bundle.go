package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/schema"
)

// openLog opens the evidence log of a folder, new or resumed. Its key is no
// secret and its clock stands still, so that every run gives the same bytes:
// yours has evidence.LoadKey or a device, and the time.
func openLog(dir string) (*evidence.Log, error) {
	o := evidence.Options{
		Origin: "releases.example.com/meridian",
		Key:    ed25519.NewKeyFromSeed([]byte("tidegate quickstart: no secret..")),
		Now:    func() time.Time { return decidedAt },
	}
	l, _, err := evidence.Resume(filepath.Join(dir, "evidence"), o)
	if errors.Is(err, evidence.ErrNone) {
		return evidence.Create(filepath.Join(dir, "evidence"), o)
	}
	return l, err
}

// logged writes down what the packet rests on, and returns it with the
// checkpoint of the log as it is then.
func logged(ctx context.Context, dir string, p packet.Packet, facts fact.Set) (_ packet.Packet, err error) {
	l, err := openLog(dir)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	docs, err := documents([]named{{audit.PlanFile, p.Plan}, {audit.CatalogFile, p.Catalog}, {audit.FactsFile, facts},
		{audit.WaiversFile, p.Waivers}, {audit.DecisionsFile, p.Decisions}})
	if err != nil {
		return p, err
	}
	records, err := audit.Records(p, facts)
	if err != nil {
		return p, err
	}
	if err := audit.Append(ctx, l, append(records, audit.DocumentRecords(p.Plan, docs...)...)...); err != nil {
		return p, err
	}
	c, err := l.Checkpoint()
	return p.WithCompliance(p.Compliance.WithCheckpoint(compliance.Checkpoint{Log: c.Origin, Size: int(c.Size), Root: c.Root})), err
}

// bundle writes everything that an auditor needs into one folder, and audits
// it. The checkpoint of the report is to be kept elsewhere.
func (d decided) bundle(ctx context.Context, dir string) (audit.Report, error) {
	key, err := d.writeBundle(ctx, dir)
	if err != nil {
		return audit.Report{}, err
	}
	b, err := audit.Open(filepath.Join(dir, "bundle"))
	if err != nil {
		return audit.Report{}, err
	}
	report, err := audit.Check(b, &audit.Options{Key: key})
	if err == nil && !report.Holds {
		err = fmt.Errorf("it does not hold: %v", report.Problems)
	}
	return report, errors.Join(err, b.Close())
}

// writeBundle writes the bundle and returns the public key of its log.
func (d decided) writeBundle(ctx context.Context, dir string) (_ evidence.PublicKey, err error) {
	l, err := openLog(dir)
	if err != nil {
		return evidence.PublicKey{}, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	p := d.packet
	before, err := documents([]named{{audit.PlanFile, p.Plan}, {audit.CatalogFile, p.Catalog}, {audit.FactsFile, d.facts},
		{audit.WaiversFile, p.Waivers}, {audit.DecisionsFile, p.Decisions}})
	if err != nil {
		return evidence.PublicKey{}, err
	}
	after, err := documents([]named{{audit.ApprovalsFile, p.Compliance}, {audit.PacketFile, p}, {audit.PinsFile, d.pins()}, {audit.ControlsFile, claims()}})
	if err != nil {
		return evidence.PublicKey{}, err
	}
	after = append(after, audit.Document{Name: audit.SchemaFile, Text: schema.Packet()},
		audit.Document{Name: "packet.md", Text: d.pages.Body}, audit.Document{Name: d.pages.AnnexName, Text: d.pages.Annex})
	if err := audit.Append(ctx, l, audit.DocumentRecords(p.Plan, after...)...); err != nil {
		return evidence.PublicKey{}, err
	}
	dir = filepath.Join(dir, "bundle")
	if err := os.RemoveAll(dir); err != nil { // of a run before
		return evidence.PublicKey{}, err
	}
	_, err = audit.Write(dir, l, append(before, after...)...)
	return l.Key(), err
}

// claims are the criteria that the release meets by more than its approvals,
// which name theirs themselves.
func claims() []compliance.Claim {
	return []compliance.Claim{
		compliance.NewClaim("CC2.2", "Those who work on it are told before, in and after the window.").WithKinds("message"),
		compliance.NewClaim("CC3.4", "What may upset the service is assessed in the plan, and its gates test it.").WithGates("qa/entry", "staging/entry"),
		compliance.NewClaim("CC6.8", "Only programs that are known answer, and only tested components go on.").WithKinds("connector").WithGates("qa/exit"),
		compliance.NewClaim("CC7.2", "Staging is measured before production, and production before it is left.").WithGates("staging/exit", "production/exit"),
		compliance.NewClaim("CC8.1", "No environment is entered or left without its gate.").WithKinds("facts", "decisions", "approval").
			WithGates("development/exit", "qa/exit", "staging/exit", "production/entry"),
	}
}

// pin is which program answered as which connector.
type pin struct {
	Name      string `json:"name"`
	Connector string `json:"connector"`
	Version   string `json:"version"`
	Pin       string `json:"pin"`
}

func (d decided) pins() []pin {
	var all []pin
	for _, c := range d.asked.status {
		all = append(all, pin{c.Name, c.Connector, c.Version, fmt.Sprint(c.Pin)})
	}
	return all
}

type named struct {
	name string
	v    any
}

func documents(parts []named) ([]audit.Document, error) {
	var docs []audit.Document
	for _, part := range parts {
		text, err := packet.Marshal(part.v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
		docs = append(docs, audit.Document{Name: part.name, Text: text})
	}
	return docs, nil
}
