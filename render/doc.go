// Package render writes a packet for people, as Markdown, and for programs, as
// JSON.
//
// It writes what it is given and decides nothing. What the packet does not say
// is printed as "not given"; nothing is filled in. The same packet gives the
// same bytes.
//
// # Pages
//
// [Fit] makes two pages of GitHub Flavored Markdown: a body, which reads alone and
// has between 500 and 1000 words, and an annex, which has in full what the body
// gives in short. The decision stands first, then the nine deliverables, tooling,
// waivers, people, terms, policy and findings. One heading of level one, levels that
// step by one, tables whose rows all have as many cells as the header.
//
// Each part of a page is known at levels: level 0 is everything; level 1 says the
// same in fewer columns; level 2 groups what is done or ready and counts it with
// its ids; the levels above name it, or leave it to the annex. The last level, for a
// page that is still too long, counts what is long and decides nothing: open
// milestones, issues that do not block, changes that require action, findings. A
// title of a section of which the annex has more is a link to it. What decides the release is on every
// body: the verdict of each gate and what blocks it, dependencies that are not
// ready with risk, mitigation and contingency, approvals with responsible and
// delegate, blocking issues, the rollback SLA and matrix, flags with toggle and kill
// step, thresholds of customer impact. Nothing is cut off and nothing is made up:
// a packet that cannot have so many words is a [*BudgetError] with the bill of
// each section, the suggested trains, or the fields that say nothing.
//
// [CountWords] is the counter of the budget. [Check] judges finished pages, ours or
// changed by others, on their parsed bytes.
//
// # Text
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
// from a [value.Link] alone: http, https or mailto, with its address encoded; one
// with a fault is printed as text. Three things are left to who publishes a page.
// Issue numbers such as #12, which code hosts look for in the finished page, stay
// as they are but in the notes to customers. A renderer that
// looks for addresses in text when it has parsed the page, as remark does, makes
// links of those that people wrote, to what they show. And names such as :rocket:
// and mathematics between dollar signs, which GitHub draws, are not Markdown.
//
// # JSON
//
// [JSON] writes what [packet.Encode] returns.
//
// # Errors
//
// [*BudgetError] is the one error that a host branches on.
package render
