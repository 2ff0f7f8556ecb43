package evidence_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/tidegate-go/tidegate/compliance/evidence/internal/disk"
)

var errPower = errors.New("the power is off")

// sector is what a disk writes at once. Real ones are larger; small ones tear more.
const sector = 64

// powerDisk is a disk in memory that can lose power at any write point: a write,
// a sync, a cut, a new or a removed name. What was not synced is then there or
// not, sector by sector, in any order.
type powerDisk struct {
	mu      sync.Mutex
	rng     *rand.Rand
	left    int                         // write points until the power fails; below 0: it does not
	fault   func(op, name string) error // what goes wrong at a write point; nil: nothing
	off     bool
	locked  bool
	names   map[string]*node // as the running system sees them
	durable map[string]*node // as they are after a restart
}

type node struct {
	data   []byte // as the running system sees it
	synced []byte
}

func newPowerDisk(seed uint64) *powerDisk {
	return &powerDisk{rng: rand.New(rand.NewPCG(seed, 1)), left: -1, names: map[string]*node{}, durable: map[string]*node{}}
}

// point passes one write point. The power may fail before it or in the middle.
func (d *powerDisk) point(op, name string) (partly bool, err error) {
	if d.off {
		return false, errPower
	}
	if d.fault != nil {
		if err := d.fault(op, name); err != nil {
			return errors.Is(err, errPartly), err
		}
	}
	if d.left--; d.left == -1 {
		d.off = true
		return d.rng.IntN(2) == 0, errPower
	}
	d.left = max(d.left, -2)
	return false, nil
}

// errPartly marks a fault after which part of a write is there.
var errPartly = errors.New("partly")

// restart is the disk after the power came back.
func (d *powerDisk) restart() {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := maps.Clone(d.durable)
	for _, name := range slices.Sorted(maps.Keys(d.names)) {
		if _, ok := all[name]; !ok && d.rng.IntN(2) == 0 {
			all[name] = d.names[name] // the name was written, but not synced
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if d.names[name] == nil && d.rng.IntN(2) == 0 {
			delete(all, name) // it was removed, but that was not synced
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		n := all[name]
		n.data = d.survivor(n)
		n.synced = slices.Clone(n.data)
	}
	d.names, d.durable = all, maps.Clone(all)
	d.off, d.locked, d.left = false, false, -1
}

// survivor is what is left of a file.
func (d *powerDisk) survivor(n *node) []byte {
	if len(n.data) < len(n.synced) { // a cut that may have been made durable
		if d.rng.IntN(2) == 0 {
			return slices.Clone(n.synced)
		}
		return slices.Clone(n.data)
	}
	out := slices.Clone(n.synced)
	length := len(n.synced) + d.rng.IntN(len(n.data)-len(n.synced)+1)
	if d.rng.IntN(3) == 0 {
		length = len(n.data)
	}
	for at := len(out); at < length; at = len(out) {
		end := min((at/sector+1)*sector, length)
		switch d.rng.IntN(4) {
		case 0:
			out = append(out, make([]byte, end-at)...)
		case 1:
			for range end - at {
				out = append(out, byte(d.rng.IntN(256)))
			}
		default:
			out = append(out, n.data[at:end]...)
		}
	}
	return out
}

func (d *powerDisk) Lock(string) (io.Closer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.locked {
		return nil, disk.ErrLocked
	}
	d.locked = true
	return unlocker{d}, nil
}

type unlocker struct{ *powerDisk }

func (u unlocker) Close() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.locked = false
	return nil
}

func (d *powerDisk) List() ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.names)), nil
}

func (d *powerDisk) Open(name string) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, ok := d.names[name]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return &openFile{d: d, name: name, n: n}, nil
}

func (d *powerDisk) Append(name string) (disk.File, error) { return d.Open(name) }

func (d *powerDisk) Create(name string) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.point("create", name); err != nil {
		return nil, err
	}
	if d.names[name] != nil {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrExist)
	}
	d.names[name] = new(node)
	return &openFile{d: d, name: name, n: d.names[name]}, nil
}

func (d *powerDisk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.point("remove", name); err != nil {
		return err
	}
	delete(d.names, name)
	return nil
}

func (d *powerDisk) Sync() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.point("sync folder", ""); err != nil {
		return err
	}
	d.durable = maps.Clone(d.names)
	return nil
}

type openFile struct {
	d    *powerDisk
	name string
	n    *node
	read int
}

func (f *openFile) Read(b []byte) (int, error) {
	n, err := f.ReadAt(b, int64(f.read))
	if f.read += n; n > 0 {
		err = nil
	}
	return n, err
}

func (f *openFile) ReadAt(b []byte, at int64) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	n := copy(b, f.n.data[min(at, int64(len(f.n.data))):])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *openFile) Write(b []byte) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	partly, err := f.d.point("write", f.name)
	if err != nil {
		n := 0
		if partly {
			n = f.d.rng.IntN(len(b) + 1)
			f.n.data = append(f.n.data, b[:n]...)
		}
		if errors.Is(err, errShort) {
			return n, nil
		}
		return n, err
	}
	f.n.data = append(f.n.data, b...)
	return len(b), nil
}

// errShort marks a write that writes less and says nothing.
var errShort = fmt.Errorf("short: %w", errPartly)

func (f *openFile) Sync() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	partly, err := f.d.point("sync", f.name)
	switch {
	case errors.Is(err, errPower) && partly, err == nil:
		f.n.synced = slices.Clone(f.n.data) // it was durable, and nobody heard of it
	case !errors.Is(err, errPower): // an error of the disk: what was to be synced is forgotten
		f.n.data = f.d.survivor(f.n)
	}
	return err
}

func (f *openFile) Truncate(size int64) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if _, err := f.d.point("cut", f.name); err != nil {
		return err
	}
	f.n.data = slices.Clone(f.n.data[:min(size, int64(len(f.n.data)))])
	return nil
}

func (f *openFile) Size() (int64, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	return int64(len(f.n.data)), nil
}

func (f *openFile) Close() error { return nil }
