package main

import (
	"bytes"
	"os/exec"
	"testing"

	"github.com/tidegate-go/tidegate/render/schema"
)

// The program prints the schema, byte for byte and nothing else.
func TestPrints(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "run", ".")
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	if !bytes.Equal(out, schema.Packet()) {
		t.Errorf("printed %d bytes, want the %d of the schema", len(out), len(schema.Packet()))
	}
}
