// Package hosttest is what the tests of hosts share: a log in memory, a
// temporary directory of a test's own, and a count of all that a host may leave
// behind.
package hosttest
