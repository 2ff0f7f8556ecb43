package pen

import (
	"github.com/tidegate-go/tidegate/release/value"
	"github.com/tidegate-go/tidegate/render/internal/mdtext"
)

// Link appends a link that shows its own address.
func (p *Pen) Link(l value.Link) {
	const scheme = "https://"
	shown := string(l)
	if len(shown) > len(scheme) && shown[:len(scheme)] == scheme {
		shown = shown[len(scheme):]
	}
	p.Values++
	p.B = mdtext.AppendLink(p.B, shown, l)
}

// Links appends links that show their own addresses.
func (p *Pen) Links(all []value.Link) {
	if len(all) == 0 {
		p.NotGiven()
	}
	for i, l := range all {
		if i > 0 {
			p.Lit(", ")
		}
		p.Link(l)
	}
}

// Linked appends a name that links to l, and beside the name a link that is
// given and has a fault.
func (p *Pen) Linked(name string, l value.Link) {
	switch {
	case l.IsZero():
		p.Text(name)
	default:
		if href := l.Href(); href != "" {
			p.Values++
			p.B = mdtext.AppendHref(p.B, name, href)
			return
		}
		p.Text(name)
		p.Lit(" (faulty link ")
		p.Text(l.Redacted())
		p.Lit(")")
	}
}
