// Package compliance keeps the evidence log of a release: which approvals it
// needs, which controls they satisfy, who gave them, and where the proof is kept.
package compliance
