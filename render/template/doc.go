// Package template lets a host write parts of a packet in its own words: a
// section of the page, the whole page, or a message, by text/template.
//
//	t, err := template.Parse("risks", `{{range .Plan.Risks}}- {{.Title}}: {{.Mitigation}}
//	{{end}}`, nil)
//
// [Parse] reads a template whose dot is a [Page]; [Template.Execute] writes a
// document of its own, and [Fit] puts templates in the place of sections of the
// page that package render writes. [ParseMessage] reads one for a message.
//
// # What is checked before anything runs
//
// Every field, method and function that a template names is looked up in the
// types of the packet: a field that is not there, a range over what is no list,
// a value that has no text, a comparison of unlike things, a template that calls
// itself or is never called. All faults are listed in one [*ParseError], each
// with template, line and column.
//
// # Text stays text
//
// What an action prints is escaped, so that a reader of the page sees the string
// of the packet with the replacements that package render names. Nothing turns
// a value into Markdown: only the template's own text and [Functions] that make
// some, such as link and table, are. An action inside of code, HTML or the
// address of a link, where nothing can be escaped, is a fault; and after a run the
// page is parsed, and each value has to be found in it as it was.
//
// # What a run may take
//
// The bodies of range and template, calls of functions and bytes written are
// counted, and a run that passes a limit ends with a [*LimitError]. There is no
// clock, environment, randomness, network or file: the same packet gives the
// same bytes. Of the functions of github.com/Masterminds/sprig those are here
// that are proven pure; [Refused] says why others are not.
//
// # What is written
//
// The page is tidied (no white space at the ends of lines, no two empty lines in
// a row, one line feed at the end) and judged: raw HTML, images, links to
// anything but http, https, mailto or the page itself, levels of headings that
// skip one, rows of a table that do not have the cells of its header are an
// [*OutputError], and nothing is written.
package template
