package evidence

import "github.com/tidegate-go/tidegate/compliance/evidence/internal/disk"

// On returns the options with another file system.
func (o Options) On(folder disk.FS) Options {
	o.folder = folder
	return o
}
