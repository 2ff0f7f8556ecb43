package evidence

import "github.com/tidegate-go/tidegate/compliance/evidence/internal/disk"

// On returns the options with another file system.
func (o Options) On(folder disk.FS) Options {
	o.folder = folder
	return o
}

// VerifyOn is Verify of a folder that is none of the operating system's.
func VerifyOn(folder disk.FS, key PublicKey, visit func(Entry) error) (Report, error) {
	s := &scan{source: writable{folder}, key: key, visit: visit}
	err := s.run()
	return s.report, err
}
