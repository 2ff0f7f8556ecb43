// Package pagerdutytest is a stand-in for PagerDuty on the loopback interface,
// for tests and examples. It keeps services, incidents, escalation policies with
// shifts, maintenance windows and change events, answers the calls that the
// connector makes in PagerDuty's own form, and fails on request.
//
// It is as strict as PagerDuty: without date_range=all or since it shows the
// incidents of a month only, it pages by offset up to 10,000 items, and it
// forgets the acknowledgements of what is resolved. Its key is one of the account
// and may not ask /users/me.
package pagerdutytest
