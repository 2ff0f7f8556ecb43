// Package strictjson decodes JSON documents that people write by hand and machines judge, and encodes them.
//
// [Decode] reports every fault of a document with its line, column and path, not only the first, and refuses what
// encoding/json lets pass: unknown fields, keys in another case, duplicate keys, null, invalid UTF-8, lone surrogates,
// arrays of another length than the Go array. Whatever it accepts, encoding/json accepts too, with an equal value. It
// walks the bytes once, beside a plan of the Go type that is made once and kept.
//
// [Encode] is the one encoder of the module, so that equal values give equal bytes.
package strictjson
