// Package value holds the small values that plans, facts, catalogs and packets
// are written in: lengths of time, calendar periods, numbers with units,
// moments as somebody wrote them, times of day, digests and links. Each has one
// exact text form, and the same bytes come back after decoding. A [Calendar] of
// working days is made of them.
//
//	Duration  exact length                PT1H30M                     ISO 8601
//	Period    calendar length             P7Y                         ISO 8601
//	Number    float64 that may be NaN     450, "NaN"                  JSON
//	Unit      unit of measure             ms, %, By, {count}/s        UCUM
//	Quantity  number with its unit        {"value":450,"unit":"ms"}   JSON
//	When      moment as written           2026-12-08T22:00:00-05:00[America/New_York]
//	                                                                  RFC 3339, RFC 9557
//	Clock     time of day                 09:30                       ISO 8601
//	Digest    content digest              sha256:9f86d081…            OCI image spec
//	Link      absolute URL as written     https://example.com/run/7   RFC 3986
//
// # What all of them share
//
// Every type but Calendar is comparable with ==. Text enters through ParseX(s)
// (X, error) and leaves through String; a [Clock] is its own text. All but
// Clock, [Number] and [Quantity], which are JSON of their own, implement
// [encoding.TextMarshaler] and [encoding.TextUnmarshaler]: what MarshalText writes, UnmarshalText reads, and
// a value that has no readable text form (an unknown unit, a zero When) fails
// to encode rather than to decode later. Empty text is never read.
//
// The zero value means "not given": IsZero is true, and the JSON option
// omitzero leaves the field out. JSON null leaves a text value as it was, which
// is encoding/json's rule and cannot be refused here; Number refuses it.
//
// What cannot be true can still be held, so that a rule can name it: 30
// February in a [When], an unknown code in a [Unit], 25:00 in a [Clock], an ftp
// address in a [Link]. Their Fault, Known and Valid methods tell.
//
// # Errors
//
// Parse errors are one lower-case line that names the offending value. Errors
// about a [When] wrap one of these, for errors.Is:
//
//   - [ErrNotGiven]: the When is zero
//   - [ErrInvalidDate]: no such day, month or year in the calendar
//   - [ErrInvalidTime]: no such time of day, such as 24:00:00 or second 60
//   - [ErrInvalidZone]: the zone tag is not an IANA name, or names a machine's own zone
//   - [ErrNotInstant]: a calendar day has no single instant
//   - [ErrNoOffset]: a local time without offset and zone
//   - [ErrNoZoneData]: this machine has no data for the zone
//   - [ErrOffsetMismatch]: the offset is not the zone's offset at that moment
//   - [ErrGap]: the zone's clocks skip that local time or day
//   - [ErrFold]: the zone's clocks show that local time twice
//
// # Zone data
//
// Zones are read with [time.LoadLocation], so from ZONEINFO, the system's
// database, GOROOT, or time/tzdata when the main program imports it. This
// package never imports it. Nothing else here looks outside its arguments.
package value
