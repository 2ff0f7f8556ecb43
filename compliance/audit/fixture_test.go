package audit_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/compliance/audit"
	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/internal/sample"
	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/schema"
)

const origin = "releases.example.com/checkout"

// seeded is a key for tests: everybody may have it.
func seeded(seed byte) ed25519.PrivateKey {
	b := make([]byte, ed25519.SeedSize)
	b[0] = seed
	return ed25519.NewKeyFromSeed(b)
}

func public(seed byte) evidence.PublicKey {
	k, err := evidence.NewPublicKey(origin, seeded(seed).Public())
	if err != nil {
		panic(err)
	}
	return k
}

// situation is how a bundle comes to be.
type situation struct {
	seed   byte                              // of the key
	clock  time.Time                         // of the log
	change func(packet.Packet) packet.Packet // before it is decided
	before int                               // records that were in the log already
}

// made is a bundle with the checkpoints of its log.
type made struct {
	dir          string
	early, final evidence.Checkpoint
}

// bundled makes the bundle of the good release in a folder.
func bundled(ctx context.Context, dir string, s situation) (m made, err error) {
	if s.clock.IsZero() {
		s.clock = sample.Open
	}
	l, err := evidence.Create(filepath.Join(dir, "evidence"), evidence.Options{Origin: origin, Key: seeded(s.seed), Now: func() time.Time { return s.clock }})
	if err != nil {
		return m, err
	}
	defer func() { _ = l.Close() }()
	return written(ctx, dir, l, s)
}

// written makes the bundle from a log.
func written(ctx context.Context, dir string, l *evidence.Log, s situation) (m made, err error) {
	for i := range s.before {
		if _, err := l.Append(ctx, evidence.Record{Kind: evidence.KindMessage, Name: fmt.Sprintf("daily update %d", i)}); err != nil {
			return m, err
		}
	}
	p := sample.Packet()
	if s.change != nil {
		p = s.change(p)
	}
	facts := sample.Facts(p.Plan, p.Catalog, sample.Open)
	before, err := documents(audit.PlanFile, p.Plan, audit.CatalogFile, p.Catalog, audit.FactsFile, facts, audit.WaiversFile, p.Waivers)
	if err != nil {
		return m, err
	}
	p = packet.Record(p.WithDecisions(gates.Evaluate(p.Catalog, gates.Input{
		Plan: p.Plan, Facts: facts, Now: sample.Open, Barred: []string{"ken", "margaret"}, Subjects: packet.Subjects(p), Waivers: p.Waivers, Custom: sample.Checks(),
		Digests: gates.Digests{Plan: value.Sum(before[0].Text), Facts: value.Sum(before[2].Text), Waivers: value.Sum(before[3].Text)},
	})))
	decisions, err := documents(audit.DecisionsFile, p.Decisions)
	if err != nil {
		return m, err
	}
	before = append(before, decisions...)
	records, err := audit.Records(p, facts)
	if err != nil {
		return m, err
	}
	if err := audit.Append(ctx, l, append(records, audit.DocumentRecords(p.Plan, before...)...)...); err != nil {
		return m, err
	}
	if m.early, err = l.Checkpoint(); err != nil {
		return m, err
	}
	p = p.WithCompliance(p.Compliance.WithCheckpoint(compliance.Checkpoint{Log: m.early.Origin, Size: int(m.early.Size), Root: m.early.Root}))
	after, err := documents(audit.ApprovalsFile, p.Compliance, audit.PacketFile, p, audit.PinsFile, []string{"none"})
	if err != nil {
		return m, err
	}
	after = append(after, audit.Document{Name: audit.SchemaFile, Text: schema.Packet()},
		audit.Document{Name: "packet.md", Text: []byte("# The packet\n")}, audit.Document{Name: "annex.md", Text: []byte("# The annex\n")})
	if err := audit.Append(ctx, l, audit.DocumentRecords(p.Plan, after...)...); err != nil {
		return m, err
	}
	m.dir = filepath.Join(dir, "bundle")
	m.final, err = audit.Write(m.dir, l, append(before, after...)...)
	return m, err
}

// documents are values by the names of their files.
func documents(named ...any) ([]audit.Document, error) {
	var docs []audit.Document
	for i := 0; i < len(named); i += 2 {
		text, err := packet.Marshal(named[i+1])
		if err != nil {
			return nil, err
		}
		docs = append(docs, audit.Document{Name: named[i].(string), Text: text})
	}
	return docs, nil
}

func good(t *testing.T) made {
	t.Helper()
	m, err := bundled(t.Context(), t.TempDir(), situation{seed: 1, before: 5})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// audited audits a folder or an archive.
func audited(name string, o audit.Options) (audit.Report, error) {
	o.Custom = sample.Checks()
	b, err := audit.Open(name)
	if err != nil {
		return audit.Report{}, err
	}
	defer func() { _ = b.Close() }()
	return audit.Check(b, &o)
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
