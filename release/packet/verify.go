package packet

import (
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// VerifyOptions is what the rules may look at beside the packet, and how their
// findings are graded. Nil is the zero VerifyOptions.
type VerifyOptions struct {
	Facts   *fact.Set      // nil: rules that need facts are not evaluated
	Now     time.Time      // zero: rules that need the clock are not evaluated
	Profile check.Profile  // zero: every rule at its own severity
	Waivers []check.Waiver // of findings; none is applied without Now
}

// Verify runs [Rules] over the packet. Paths in the report start at the packet.
func Verify(p Packet, opts *VerifyOptions) check.Report {
	if opts == nil {
		opts = new(VerifyOptions)
	}
	return check.Run(&p, Rules(), &check.Options{
		Now: opts.Now, Facts: opts.Facts, Profile: opts.Profile, Waivers: opts.Waivers,
	})
}
