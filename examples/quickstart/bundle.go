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

// bundle writes everything that an auditor needs into one folder, and returns
// the checkpoint that covers it. Keep that elsewhere.
func (d decided) bundle(ctx context.Context, dir string) (_ evidence.Checkpoint, err error) {
	l, err := openLog(dir)
	if err != nil {
		return evidence.Checkpoint{}, err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	p := d.packet
	before, err := documents([]named{{audit.PlanFile, p.Plan}, {audit.CatalogFile, p.Catalog}, {audit.FactsFile, d.facts},
		{audit.WaiversFile, p.Waivers}, {audit.DecisionsFile, p.Decisions}})
	if err != nil {
		return evidence.Checkpoint{}, err
	}
	after, err := documents([]named{{audit.ApprovalsFile, p.Compliance}, {audit.PacketFile, p}, {audit.PinsFile, d.pins()}})
	if err != nil {
		return evidence.Checkpoint{}, err
	}
	after = append(after, audit.Document{Name: audit.SchemaFile, Text: schema.Packet()},
		audit.Document{Name: "packet.md", Text: d.pages.Body}, audit.Document{Name: d.pages.AnnexName, Text: d.pages.Annex})
	if err := audit.Append(ctx, l, audit.DocumentRecords(p.Plan, after...)...); err != nil {
		return evidence.Checkpoint{}, err
	}
	dir = filepath.Join(dir, "bundle")
	if err := os.RemoveAll(dir); err != nil { // of a run before
		return evidence.Checkpoint{}, err
	}
	return audit.Write(dir, l, append(before, after...)...)
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
