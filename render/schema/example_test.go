package schema_test

import (
	"encoding/json"
	"fmt"

	"github.com/tidegate-go/tidegate/render/schema"
)

// A program that is not in Go finds in the schema what may stand in a packet.
func ExamplePacket() {
	var s struct {
		ID   string `json:"$id"`
		Defs map[string]struct {
			Description string   `json:"description"`
			Enum        []string `json:"enum"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(schema.Packet(), &s); err != nil {
		panic(err)
	}
	fmt.Println(s.ID)
	fmt.Println(s.Defs["gates.Verdict"].Description)
	fmt.Println(s.Defs["gates.Verdict"].Enum)
	// Output:
	// https://github.com/tidegate-go/tidegate/tidegate.packet/1
	// Verdict is what a gate says. The zero value is Hold.
	// [hold no-go go]
}
