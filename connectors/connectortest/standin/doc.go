// Package standin is what stand-ins for outside systems have in common: a
// server on the loopback interface that notes what arrives, fails on request,
// keeps a rate limit and tells the time by a clock of the test's.
//
// What a stand-in answers when nothing is wrong is the vendor's own matter:
// [Start] takes a handler for that. A stand-in shares nothing with the connector
// that it is asked by, and so none of its mistakes.
package standin
