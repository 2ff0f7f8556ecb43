// Command judges holds the JSON Schema of the packet to what the decoder does, by validators of others: its tests ask
// github.com/santhosh-tekuri/jsonschema, and what it prints is for ajv, in internal/tools/ajv.
//
// It is a module of its own, so that the library's users do not have its validator in their go.sum.
package main
