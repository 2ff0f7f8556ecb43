package render

import (
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/packet"
)

// Rendering is what the rules of rendered packets look at.
type Rendering = rendering

// For the test of the rules themselves.
func Rules() []check.Rule[Rendering] { return rules() }

// NewRendering parses pages.
func NewRendering(pages Pages, p packet.Packet) Rendering { return *newRendering(pages, &p) }

// Judges is how many rules have a check.
func Judges() int { return len(budgetJudges) + len(markdownJudges) }
