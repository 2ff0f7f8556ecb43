// Package contract holds the connectors to the vendors' own descriptions of
// their APIs (OpenAPI 3).
//
// [Load] reads a description and [Between] puts it between a connector and its
// stand-in: every request that the connector sends and every body that it is
// given has to be valid. A description is wrong in places; [Known] errors are
// listed with their reason, and one that no longer shows fails the test.
//
// The tests in prism_test.go ask the other way round: Prism, a mock server of
// somebody else's, makes its answers out of the same descriptions.
//
// The descriptions are the vendors' and not part of this repository; one of
// them has no licence. They lie in the folder shared beside the repository, or
// in the one that TIDEGATE_SHARED names. Without them the tests are skipped and
// say so.
package contract
