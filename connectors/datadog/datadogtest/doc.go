// Package datadogtest is a stand-in for Datadog on the loopback interface, for
// tests and examples. It keeps metrics, monitors, downtimes, objectives and test
// results, answers the calls that the connector makes in Datadog's own form, and
// fails on request.
//
// A metric query is known by its whole text, as [Server.SetMetric] was given it,
// and has no data otherwise. Formulas are numbers and the names of queries with
// + - * / and brackets. Whatever else it is asked it refuses with status 400, so
// a test never passes on what was not understood.
//
// Paths, parameters and bodies are those of Datadog's API v1 and v2. Keys and
// the scopes of the application key are checked as Datadog does it: /validate
// looks at the API key alone.
package datadogtest
