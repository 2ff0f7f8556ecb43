// Package comms plans who tells whom what about a release, when, through which
// channels and in which words.
package comms
