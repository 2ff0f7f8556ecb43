package audit

import (
	"errors"
	"io/fs"
	"maps"
	"slices"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// Names of the files of a bundle. A bundle may have more documents, such as the
// pages of the packet; all are told by the records of the log.
const (
	PlanFile      = "plan.json"
	CatalogFile   = "catalog.json"
	FactsFile     = "facts.json"
	WaiversFile   = "waivers.json" // null if there are none
	DecisionsFile = "decisions.json"
	ApprovalsFile = "approvals.json" // the compliance log of the packet
	PacketFile    = "packet.json"
	SchemaFile    = "schema.json" // of the packet
	PinsFile      = "pins.json"   // of the connectors

	CheckpointFile = "checkpoint"
	ProofsFile     = "proofs.json"
	KeyFile        = "key"
	LogFolder      = "log"
)

// required are the documents without which a bundle proves nothing.
var required = []string{PlanFile, CatalogFile, FactsFile, WaiversFile, DecisionsFile, ApprovalsFile, PacketFile, SchemaFile, PinsFile}

// own are the files that no record of the log names: they prove the log.
var own = []string{CheckpointFile, ProofsFile, KeyFile}

// Document is one document of a bundle, as it is stored.
type Document struct {
	Name string // of its file
	Text []byte
}

// ErrUnreadable means that a bundle cannot be looked at: there is none, it has
// files that a bundle never has, or it is larger than it may be.
var ErrUnreadable = errors.New("the bundle cannot be read")

// Bundle is an opened bundle. Its documents are in memory, the log of a folder
// is not.
type Bundle struct {
	files map[string][]byte // outside of the log
	log   fs.FS
	close func() error
}

// Close lets go of the folder of the bundle.
func (b *Bundle) Close() error {
	if b.close == nil {
		return nil
	}
	return b.close()
}

// Names returns the names of all files outside of the log, in order.
func (b *Bundle) Names() []string { return slices.Sorted(maps.Keys(b.files)) }

// decode reads a document strictly. One that is not there is an error too.
func (b *Bundle) decode(name string, into any) error {
	text, ok := b.files[name]
	if !ok {
		return fs.ErrNotExist
	}
	return strictjson.Decode(text, into, nil)
}
