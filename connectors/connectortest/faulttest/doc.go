// Package faulttest is the table of what can go wrong between a connector and
// its outside system, the same for every connector.
//
// [Run] tries each row by every way to ask: Check, and each query. A row says
// which diagnostic comes of it, that the person sees the cause in one line, that
// no secret is in it, that nothing becomes a number or a complete list, and how
// many requests it may take.
//
// What depends on the form of the vendor's answers, such as items that vanish
// between pages, is [Site.Own]: the rows are named here, so that none is
// forgotten.
package faulttest
