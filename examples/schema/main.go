// Command schema prints the JSON Schema of a release packet, for editors,
// validators and generators of code in other languages:
//
//	go run ./examples/schema > packet.schema.json
package main

import (
	"log"
	"os"

	"github.com/tidegate-go/tidegate/render/schema"
)

func main() {
	if _, err := os.Stdout.Write(schema.Packet()); err != nil {
		log.Fatal(err)
	}
}
