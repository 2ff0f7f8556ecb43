package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/packet"
)

// proofs are what a bundle proves apart from its log: each document, so that it
// can be handed on alone, and that the checkpoint in the packet is an earlier
// one of the same log.
type proofs struct {
	Documents []documentProof      `json:"documents,omitzero"`
	Packet    evidence.Consistency `json:"packet,omitzero"` // from the packet's checkpoint to the bundle's
}

// documentProof proves that the digest of a document is in the log.
type documentProof struct {
	Name  string             `json:"name"`  // of the document's file
	Line  string             `json:"line"`  // of its record, as it is stored
	Proof evidence.Inclusion `json:"proof"` // that the line is in the log
}

// Write writes a bundle into a folder, which is made and must not have files of
// a bundle yet: the documents, a copy of the log with its checkpoint, the proofs
// and the public key. Records of the documents and of the packet have to be in
// the log already; what is not is found by [Check], not here.
func Write(dir string, l *evidence.Log, docs ...Document) (evidence.Checkpoint, error) {
	p, err := packetOf(docs)
	if err != nil {
		return evidence.Checkpoint{}, err
	}
	logDir := filepath.Join(dir, LogFolder)
	if err := os.MkdirAll(logDir, 0o750); err != nil {
		return evidence.Checkpoint{}, err
	}
	head, err := l.Copy(func(name string) (io.WriteCloser, error) {
		return os.OpenFile(filepath.Join(logDir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	})
	if err != nil {
		return evidence.Checkpoint{}, err
	}
	proofs, err := prove(os.DirFS(logDir), l, head, p, docs)
	if err != nil {
		return evidence.Checkpoint{}, err
	}
	text, err := strictjson.Encode(proofs)
	if err != nil {
		return evidence.Checkpoint{}, err
	}
	files := slices.Concat(docs, []Document{{CheckpointFile, []byte(head.Note)}, {ProofsFile, text}, {KeyFile, []byte(l.Key().String() + "\n")}})
	for _, d := range files {
		if err := create(filepath.Join(dir, filepath.Base(d.Name)), d.Text); err != nil {
			return evidence.Checkpoint{}, err
		}
	}
	return head, nil
}

func create(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

func packetOf(docs []Document) (packet.Packet, error) {
	i := slices.IndexFunc(docs, func(d Document) bool { return d.Name == PacketFile })
	if i < 0 {
		return packet.Packet{}, fmt.Errorf("%s: %w", PacketFile, fs.ErrNotExist)
	}
	p, err := packet.Decode(docs[i].Text)
	if err != nil {
		return packet.Packet{}, fmt.Errorf("%s: %w", PacketFile, err)
	}
	return p, nil
}

// prove makes the proofs from a copy of the log.
func prove(folder fs.FS, l *evidence.Log, head evidence.Checkpoint, p packet.Packet, docs []Document) (proofs, error) {
	scope, lines := scopeOf(p.Plan), map[string]documentProof{}
	report, err := evidence.Verify(folder, l.Key(), &evidence.VerifyOptions{Visit: func(e evidence.Entry) error {
		if name, ok := strings.CutPrefix(e.Name, scope); ok && e.Kind == evidence.KindDocument {
			lines[name] = documentProof{Name: name, Line: string(e.Line), Proof: evidence.Inclusion{Number: e.Number}}
		}
		return nil
	}})
	if err = errors.Join(err, report.Err()); err != nil {
		return proofs{}, err
	}
	var all proofs
	for _, d := range docs {
		proof, ok := lines[d.Name]
		if !ok {
			return proofs{}, fmt.Errorf("%s: the log has no record of it", d.Name)
		}
		if proof.Proof, err = l.ProveInclusion(proof.Proof.Number, head.Size); err != nil {
			return proofs{}, err
		}
		all.Documents = append(all.Documents, proof)
	}
	if c := p.Compliance.Checkpoint; !c.IsZero() {
		all.Packet, err = l.ProveConsistency(int64(c.Size), head.Size)
	}
	return all, err
}

// oneLine is JSON without line breaks between its parts.
func oneLine(text []byte) (json.RawMessage, error) {
	var b bytes.Buffer
	err := json.Compact(&b, text)
	return b.Bytes(), err
}
