package upstream

import (
	"errors"
	"fmt"

	"github.com/tidegate-go/tidegate/connectors"
)

// Faults collects what cannot be right in the settings of a connector. The zero
// value has none.
type Faults struct{ all []error }

// Need notes, unless ok, that the field at path cannot be right: a
// [*connectors.Diagnostic] with code invalid-config and a text that begins with
// the path. The text repeats no secret: the caller sees to it.
func (f *Faults) Need(ok bool, path, format string, args ...any) {
	if !ok {
		f.all = append(f.all, &connectors.Diagnostic{
			Code: connectors.CodeInvalidConfig, Origin: connectors.FromConfig, Path: path,
			Summary: path + ": " + fmt.Sprintf(format, args...),
		})
	}
}

// Err joins what was noted; nil if nothing was.
func (f *Faults) Err() error { return errors.Join(f.all...) }
