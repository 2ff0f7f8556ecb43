// Package engines writes one catalogue, four environments by ten criteria, for
// tidegate, CEL and Rego, and lets each judge the same situation.
//
// It is the same question and not the same work. tidegate is given facts with
// unit, age and completeness, approvals and a directory, and comes to
// decisions with reasons, sign-offs and an end of validity. The peers are given
// what is left of that once somebody else has checked it: one number, bool or
// text for each signal, nothing where the fact cannot be used. They come to one
// bool for each criterion. Every choice that is open is made in their favour:
// their input is converted beforehand, and of several ways to write the
// catalogue the fastest that we found is measured.
package engines
