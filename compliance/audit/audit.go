package audit

import (
	"errors"
	"fmt"
	"io/fs"
	"math/bits"
	"slices"

	"github.com/tidegate-go/tidegate/compliance"
	"github.com/tidegate-go/tidegate/compliance/evidence"
	"github.com/tidegate-go/tidegate/gates"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Options are what a bundle cannot say about itself. Nil means the defaults.
type Options struct {
	// Key is the public key of the log, from elsewhere. Zero: the bundle's own is
	// taken, which whoever wrote the bundle anew has written too.
	Key evidence.PublicKey

	// Witness is an earlier signed checkpoint of the log that was kept out of the
	// writer's reach. Empty: there is none, and a log that was written anew as a
	// whole is not told from the first one.
	Witness string

	Engine string                     // that made the decisions, as in [gates.ReplayOptions]
	Custom map[string]gates.CheckFunc // the code of custom criteria, as it was
}

// Check audits a bundle: nothing but its bytes, the key and the witness. What is
// wrong is in the report; the error says that the bundle cannot be looked at,
// and wraps [ErrUnreadable].
func Check(b *Bundle, opts *Options) (Report, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	a := &audit{bundle: b, options: o, documents: map[string]recorded{}, wanted: map[string]int{}}
	a.packet()
	a.key()
	a.readWitness()
	if err := a.log(); err != nil {
		return Report{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	a.checkpoint()
	a.recorded()
	a.proofs()
	a.parts()
	a.replay()
	a.earlier()
	a.approvals()
	a.duties()
	a.controls()
	a.report.Holds = len(a.report.Problems) == 0
	return a.report, nil
}

// audit is the state of one Check.
type audit struct {
	bundle  *Bundle
	options Options
	report  Report

	read  bool // the packet was
	p     packet.Packet
	scope string
	pub   evidence.PublicKey

	faulty    bool // the log is
	head      evidence.Checkpoint
	witness   evidence.Checkpoint // zero: there is none
	roots     []evidence.Root
	documents map[string]recorded // the last record of each, by name
	replaced  []Recorded          // those before, if the digest is another
	wanted    map[string]int      // records that have to be there, and how often
	kinds     []compliance.SeenKind
}

// recorded is a record of a document.
type recorded struct {
	Recorded
	line string
}

func (a *audit) problem(code Code, file, format string, args ...any) {
	a.report.Problems = append(a.report.Problems, Problem{Code: code, File: file, Detail: fmt.Sprintf(format, args...)})
}

func (a *audit) open(format string, args ...any) {
	a.report.Open = append(a.report.Open, fmt.Sprintf(format, args...))
}

// packet reads the packet, and what has to be in the log because of it.
func (a *audit) packet() {
	for _, name := range slices.Concat(required, own) {
		if _, ok := a.bundle.files[name]; !ok {
			a.problem(Missing, name, "it is not in the bundle")
		}
	}
	text, ok := a.bundle.files[PacketFile]
	if !ok {
		return
	}
	p, err := packet.Decode(text)
	if err != nil {
		a.problem(Unread, PacketFile, "%v", err)
		return
	}
	a.read, a.p, a.scope = true, p, scopeOf(p.Plan)
	a.report.Release = p.Plan.Overview.Name + " " + p.Plan.Overview.Version
	a.expect()
}

// key says by which key the log is verified.
func (a *audit) key() {
	text, ok := a.bundle.files[KeyFile]
	own, err := evidence.ParsePublicKey(string(text))
	if ok && (err != nil || own.String()+"\n" != string(text)) {
		a.problem(Unread, KeyFile, "it is no public key of a log in its one form")
	}
	a.pub, a.report.Pinned = a.options.Key, !a.options.Key.IsZero()
	switch {
	case !a.report.Pinned:
		a.pub = own
		a.open("the key is unpinned: it was taken from the bundle itself, so that whoever wrote the bundle anew with another key is not seen")
	case ok && err == nil && own.String() != a.pub.String():
		a.problem(WrongKey, KeyFile, "the bundle is signed by %s, not by %s", own, a.pub)
	}
	a.report.Key = a.pub.String()
}

// log verifies the log, and notes what it has of this release.
func (a *audit) log() error {
	r, err := evidence.Verify(a.bundle.log, a.pub, &evidence.VerifyOptions{Visit: a.visit, Sizes: a.sizes()})
	if errors.Is(err, evidence.ErrNone) {
		a.problem(Missing, LogFolder, "there is no log")
		a.faulty = true
		return nil
	}
	if err != nil {
		return err
	}
	a.head = r.Head
	a.report.Size, a.report.Root, a.report.SignedAt, a.report.Backwards = r.Size, r.Head.Root, r.Head.At, r.Backwards
	for _, d := range r.Disposed {
		a.report.Disposed += d.Count
	}
	if damage, ok := errors.AsType[*evidence.DamageError](r.Err()); ok {
		a.faulty = true
		for _, f := range damage.Faults {
			a.report.Problems = append(a.report.Problems, Problem{LogDamaged, LogFolder + "/" + f.File, f.Code, f.String()})
		}
	}
	if r.MoreFaults > 0 {
		a.problem(LogDamaged, LogFolder, "%d faults more", r.MoreFaults)
	}
	a.roots = r.Roots
	return a.logFiles()
}

// logFiles wants the folder of the log to have its files and nothing else. What
// a log can do without while it is written, a bundle has to have.
func (a *audit) logFiles() error {
	entries, err := fs.ReadDir(a.bundle.log, ".")
	if err != nil {
		return err
	}
	hashes := int64(-1)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return err
		}
		switch name := e.Name(); {
		case name == "hashes":
			hashes = info.Size()
		case name == "lock":
			a.problem(Unrecorded, LogFolder+"/"+name, "only the folder of a log that is written has one")
		case info.Size() == 0:
			a.problem(Unrecorded, LogFolder+"/"+name, "nothing is in it")
		}
	}
	// A tree of n leaves has 2n-1 hashes, and the log keeps those of its full subtrees.
	want := 32 * (2*a.report.Size - int64(bits.OnesCount64(uint64(a.report.Size))))
	switch {
	case hashes < 0:
		a.problem(Missing, LogFolder+"/hashes", "it is not in the bundle")
	case hashes != want && !a.faulty:
		a.problem(LogDamaged, LogFolder+"/hashes", "it has %d bytes, those of %d records are %d", hashes, a.report.Size, want)
	}
	return nil
}

// checkpoint compares the bundle's checkpoint with the log's last.
func (a *audit) checkpoint() {
	text, ok := a.bundle.files[CheckpointFile]
	if ok && string(text) != a.head.Note {
		a.problem(Altered, CheckpointFile, "it is not the last checkpoint of the log")
	}
}
