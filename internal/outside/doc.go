// Package outside tests the module as its users have it: from another module.
//
// A package of this repository may import internal packages without noticing.
// The module below testdata cannot: it stands in a temporary folder, has a
// go.mod of its own, and compiles and runs a policy, the policy's tests, a host
// that decides with it, and a connector with a host that asks it. Its files end
// in ".txt" so that no tool takes them for files of this module.
package outside
