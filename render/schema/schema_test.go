package schema_test

import (
	"encoding/json"
	"testing"

	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/internal/schemagen"
	"github.com/tidegate-go/tidegate/render/schema"
)

// The committed schema is what the types and their comments give.
func TestPacketIsCurrent(t *testing.T) {
	fresh, err := schemagen.Packet("../..")
	if err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, "packet.schema.json", fresh)
	again, err := schemagen.Packet("../..")
	if err != nil || string(again) != string(fresh) {
		t.Errorf("a second time it is another: %v", err)
	}
}

// Who reads the schema instead of the Go documentation is told what every type and field means.
func TestEverythingIsDescribed(t *testing.T) {
	type described struct{ Description string }
	var s struct {
		Defs map[string]struct {
			described
			Properties map[string]described
		} `json:"$defs"`
	}
	if err := json.Unmarshal(schema.Packet(), &s); err != nil || len(s.Defs) < 100 {
		t.Fatalf("%d definitions, %v", len(s.Defs), err)
	}
	for name, def := range s.Defs {
		if def.Description == "" {
			t.Errorf("%s has no description", name)
		}
		for field, p := range def.Properties {
			if p.Description == "" {
				t.Errorf("%s.%s has no description", name, field)
			}
		}
	}
}

func TestPacketIsACopy(t *testing.T) {
	clear(schema.Packet())
	if schema.Packet()[0] != '{' {
		t.Error("the caller has the embedded bytes")
	}
}
