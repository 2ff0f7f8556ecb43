// Package document writes the documents that are made of parts of a packet: the
// release notes of one audience, the checklists, one paragraph for a chat, the
// mail that asks for a sign-off, and what changed between two packets; and those
// of a release that is [Running]: the daily update, the escalation of a blocker, the
// log of the war room and the summary afterwards.
//
// Like package render it writes what it is given and decides nothing: what the
// packet does not say is "not given", the same packet gives the same bytes, and a
// verdict is never better than that of the packet's page. Text of users stays
// text, as the comment of package render says; only a [value.Link] without a fault
// is a link. Pages are GitHub Flavored Markdown with one heading of level one.
// The paragraph for a chat and the body of a mail are Markdown too. Who sends it
// to a place that reads something else, such as Slack, converts it for that place.
//
// # Messages
//
// [Compose] makes the letter of an instant of a [comms.Schedule]: the template of the
// message, filled with what is known, or else the document of its topics as [Plain]
// text. [CheckTemplates] says when the plan is built which template could not be
// filled. Signals and success metrics are judged as gates judge them: what nobody
// can see is said to be blind or unknown.
//
// # Customers
//
// The note to customers names no ids of work and no people, unless its authors
// wrote them, links only to https and mailto, and has what code hosts look for in
// a page defused: @name, #12, owner/repo#12, GH-12, !12, &12 and hashes of commits
// stand in code spans. So it can be the text of a release on a code host.
//
// # Errors
//
// [*AudienceError]: there is no note to that audience. [*GateError]: nobody can be
// asked to sign the gate off. [*BlockerError]: no event opens that blocker. [Changes] and [Diff] fail as [packet.Encode] fails.
// Every other error is that of the writer.
package document
