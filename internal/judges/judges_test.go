package main

import (
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/tidegate-go/tidegate/release/packet"
	"github.com/tidegate-go/tidegate/render/schema"
)

// compiled returns the schema as the validator has it, formats asserted.
func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(schema.Packet())))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("packet.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("packet.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// verdict is what the validator says of a document.
func verdict(s *jsonschema.Schema, text string) error {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return s.Validate(doc)
}

func TestCases(t *testing.T) {
	s := compiled(t)
	all, err := cases()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			if seen[c.Name] {
				t.Error("there are two cases of this name")
			}
			seen[c.Name] = true
			if _, err := packet.Decode([]byte(c.Text)); (err == nil) != c.Decodes {
				t.Errorf("Decode: %v, want it accepted: %v", err, c.Decodes)
			}
			if err := verdict(s, c.Text); (err == nil) != c.Valid {
				t.Errorf("schema: %v, want it valid: %v", err, c.Valid)
			}
			if (c.Decodes != c.Valid) != (c.Why != "") {
				t.Errorf("decoded %v, valid %v, and the reason is %q", c.Decodes, c.Valid, c.Why)
			}
		})
	}
}
