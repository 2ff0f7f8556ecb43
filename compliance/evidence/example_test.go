package evidence_test

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/release/value"
)

// folder is a new folder that done removes.
func folder() (dir string, done func()) {
	dir, err := os.MkdirTemp("", "evidence-")
	if err != nil {
		log.Fatal(err)
	}
	return dir, func() { _ = os.RemoveAll(dir) }
}

// Records are appended, signed, and verified with the public key alone.
func Example() {
	dir, done := folder()
	defer done()
	key, err := evidence.GenerateKey(filepath.Join(dir, "key.pem"))
	if err != nil {
		log.Fatal(err)
	}
	l, err := evidence.Create(filepath.Join(dir, "log"), evidence.Options{Origin: "releases.example.com/checkout", Key: key})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range []evidence.Record{
		{Kind: evidence.KindDocument, Name: "plan.json", Digest: value.Sum([]byte("the plan"))},
		{Kind: evidence.KindDecisions, Name: "production/entry", Body: json.RawMessage(`{"verdict":"go"}`)},
	} {
		if _, err := l.Append(context.Background(), r); err != nil {
			log.Fatal(err) // it is not acknowledged
		}
	}
	if err := l.Close(); err != nil {
		log.Fatal(err)
	}

	report, err := evidence.Verify(os.DirFS(filepath.Join(dir, "log")), l.Key(), &evidence.VerifyOptions{Visit: func(e evidence.Entry) error {
		fmt.Println(e.Number, e.Kind, e.Name)
		return nil
	}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Covered, "records are covered,", report.Err())
	// Output:
	// 0 document plan.json
	// 1 decisions production/entry
	// 2 records are covered, <nil>
}

// demo is a key that everybody may have.
var demo = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))

func noon() time.Time { return time.Date(2026, time.December, 8, 12, 0, 0, 0, time.UTC) }

func ExampleCreate() {
	dir, done := folder()
	defer done()
	l, err := evidence.Create(dir, evidence.Options{Origin: "example.com/log", Key: demo, Now: noon})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(l.Head().Note)
	fmt.Println(l.Close())
	// Output:
	// example.com/log
	// 0
	// 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
	// tidegate.evidence/1 2026-12-08T12:00:00Z
	//
	// — example.com/log Hd5FMcmORYe3ywDnT4yi5s+hvtH/eJBIs+uphBEUEHcwB1cSiWEie8nYEwfl+EV2IHow70lVvg4S7Temty0/AzXUYwA=
	// <nil>
}

// A writer that died in the middle of a record is followed by another.
func ExampleResume() {
	dir, done := folder()
	defer done()
	o := evidence.Options{Origin: "example.com/log", Key: demo, Now: noon}
	l, err := evidence.Create(dir, o)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := l.Append(context.Background(), evidence.Record{Kind: evidence.KindFacts}); err != nil {
		log.Fatal(err)
	}
	_ = l.Close()
	segment, err := os.OpenFile(filepath.Join(dir, "records-000000000000.jsonl"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		log.Fatal(err)
	}
	_, _ = segment.WriteString(`{"n":1,"at":"2026-12-`)
	_ = segment.Close()

	l, found, err := evidence.Resume(dir, o)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("next is record", found.From, "after", found.Dropped, "bytes that were no record")
	for _, f := range found.Faults {
		fmt.Println(f)
	}
	fmt.Println(l.Close())
	// Output:
	// next is record 1 after 21 bytes that were no record
	// records-000000000000.jsonl: record 1: torn: the line of 21 bytes has no end
	// <nil>
}

func ExampleNewPublicKey() {
	k, err := evidence.NewPublicKey("example.com/log", demo.Public())
	fmt.Println(k, err)
	// Output: example.com/log+1dde4531+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop <nil>
}

func ExampleParsePublicKey() {
	k, err := evidence.ParsePublicKey("example.com/log+1dde4531+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
	fmt.Println(k.Origin(), err)
	// Output: example.com/log <nil>
}

// Whoever has the line of a record, a checkpoint and a proof needs no log.
func ExampleInclusion() {
	dir, done := folder()
	defer done()
	l, err := evidence.Create(dir, evidence.Options{Origin: "example.com/log", Key: demo, Now: noon})
	if err != nil {
		log.Fatal(err)
	}
	for range 3 {
		if _, err := l.Append(context.Background(), evidence.Record{Kind: evidence.KindApproval}); err != nil {
			log.Fatal(err)
		}
	}
	head, err := l.Checkpoint()
	if err != nil {
		log.Fatal(err)
	}
	proof, err := l.ProveInclusion(1, head.Size)
	if err != nil {
		log.Fatal(err)
	}
	_ = l.Close()

	line := []byte(`{"n":1,"at":"2026-12-08T12:00:00Z","kind":"approval","crc":"de61e1f3"}`)
	fmt.Println(len(proof.Hashes), "hashes:", proof.Check(line, head))
	fmt.Println(proof.Check([]byte(`{"n":1,"at":"2026-12-07T12:00:00Z"}`), head) != nil)
	// Output:
	// 2 hashes: <nil>
	// true
}

// ExampleGenerateKey and ExampleLoadKey are one: what one stores, the other reads.
func ExampleGenerateKey() {
	dir, done := folder()
	defer done()
	file := filepath.Join(dir, "key.pem")
	if _, err := evidence.GenerateKey(file); err != nil {
		log.Fatal(err)
	}
	_, err := evidence.LoadKey(file)
	fmt.Println(err)
	_ = os.Chmod(file, 0o644)
	_, err = evidence.LoadKey(file)
	fmt.Println(err != nil)
	// Output:
	// <nil>
	// true
}
