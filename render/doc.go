// Package render writes a packet for people, as Markdown, and for programs, as
// JSON.
//
// It writes what it is given and decides nothing. What the packet does not say
// is printed as "not given"; nothing is filled in. The same packet gives the
// same bytes.
//
// # Markdown
//
// [Markdown] writes GitHub Flavored Markdown: the decision first, then the
// overview, freezes, gates by environment, waivers, people and findings. One
// heading of level one, levels that step by one, tables whose rows all have
// as many cells as the header.
//
// Moments are RFC 3339. A [value.When] stands as somebody wrote it, with its
// own offset; its zone tag is left out where it is the operating zone, which
// the second line of the page names, and a date or an offset still tells the
// moment. A time.Time stands in the operating zone, and in UTC where that zone
// is not given or the machine does not know it, which the page then says.
//
// # Text of users
//
// Every string of a packet is text, never markup. It is escaped for the place
// where it stands, so that a reader of the rendered page sees the string with
// these replacements and no others:
//
//   - white space at the ends is cut, and every other run of white space, line
//     breaks included, is one space;
//   - a character that cannot be seen (controls, bidirectional overrides,
//     zero-width and blank characters) is written as {U+202E};
//   - a byte that is not UTF-8 is written as U+FFFD, the replacement character;
//   - the empty text is "not given".
//
// URLs, www. names, e-mail addresses and @mentions inside text do not become
// links: the first two are escaped with a backslash, the @ of the others stands
// in a code span, which also keeps a page from notifying people. A link comes
// from a [value.Link] alone; one with a fault is printed as text. Issue numbers
// such as #12, which GitHub looks for in the finished page, stay as they are.
//
// # JSON
//
// [JSON] writes what [packet.Encode] returns.
package render
