// Package wire turns facts into messages of the contract and back.
//
// Both ways refuse what the other side could only misread: text that is not
// UTF-8, a moment outside of the years 1 to 9999, a link or digest that no
// document can hold. An enum number that this version does not know becomes
// zero, the strict value. A moment that is not set is the zero time, so a set
// one that equals the zero time is refused: it would turn "expired long ago"
// into "does not expire".
package wire
