// Package peerpb is the service of the raw gRPC peer. To generate it again, in
// this folder:
//
//	go tool -modfile=../../tools/proto/go.mod buf generate
package peerpb
