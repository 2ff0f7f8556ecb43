package packet

import (
	"slices"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
)

// VerifyOptions is what the rules may look at beside the packet, and how their
// findings are graded. Nil is the zero VerifyOptions.
type VerifyOptions struct {
	Facts   *fact.Set      // nil: rules that need facts are not evaluated
	Now     time.Time      // zero: rules that need the clock are not evaluated
	Log     *comms.Log     // nil: rules that need what was said are not evaluated
	Profile check.Profile  // zero: every rule at its own severity
	Waivers []check.Waiver // of findings; none is applied without Now

	Rules []check.Rule[Packet] // the host's own, run beside [Rules]
}

// Verify runs [Rules], and those of the options, over the packet. Paths in the
// report start at the packet.
func Verify(p Packet, opts *VerifyOptions) check.Report {
	if opts == nil {
		opts = new(VerifyOptions)
	}
	var extra []any
	if opts.Log != nil {
		extra = append(extra, opts.Log)
	}
	// Those that look at what the others have found stand last.
	rules := slices.Concat(firstRules(), opts.Rules, lastRules())
	return check.Run(&p, rules, &check.Options{
		Now: opts.Now, Facts: opts.Facts, Profile: opts.Profile, Waivers: opts.Waivers, Extra: extra,
	})
}
