// Package sample is one release in which no rule finds anything, complete in
// every part: the good example that tests of every package break and fork.
// Each call makes it anew.
package sample
