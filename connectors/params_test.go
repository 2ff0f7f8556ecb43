package connectors_test

import (
	"errors"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
)

func TestDecodeParams(t *testing.T) {
	type nested struct {
		Depth int `json:"depth"`
	}
	type params struct {
		Path string `json:"path"`
		Most int    `json:"most,omitzero"`
		In   nested `json:"in,omitzero"`
	}
	tests := []struct {
		name string
		text fact.Params
		into any
		path string // of the only fault; "" if there is none
	}{
		{"there", `{"path":"/x"}`, &params{}, ""},
		{"there, and zero", `{"path":""}`, &params{}, ""},
		{"missing", `{"most":3}`, &params{}, "path"},
		{"missing, whatever stood there before", `{"most":3}`, &params{Path: "default"}, "path"},
		{"there, over what stood there before", `{"path":"/x"}`, &params{Path: "default"}, ""},
		{"nested and zero", `{"in":{"depth":0},"path":"/x"}`, &params{}, ""},
		{"nested and missing", `{"in":{},"path":"/x"}`, &params{}, "in.depth"},
		{"none", "", &params{}, "path"},
		{"unknown", `{"path":"/x","where":"?"}`, &params{}, "where"},
	}
	query := func(text fact.Params) fact.Query {
		q := number("")
		q.Params = text
		return q
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := connectors.DecodeParams(query(tt.text), tt.into)
			var d *connectors.Diagnostic
			if got := errors.As(err, &d); got != (tt.path != "") || got && (d.Path != tt.path || d.Code != connectors.CodeInvalidQuery) {
				t.Errorf("error %v, want one at %q", err, tt.path)
			}
		})
	}
	for _, into := range []any{nil, params{}, (*params)(nil)} {
		if err := connectors.DecodeParams(query(`{"path":"/x"}`), into); err == nil {
			t.Errorf("decoded into %#v", into)
		}
	}
}
