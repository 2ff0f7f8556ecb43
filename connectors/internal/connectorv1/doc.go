// Package connectorv1 is generated from
// connectors/proto/tidegate/connector/v1/connector.proto: .ci/run generate.
package connectorv1
