package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"github.com/tidegate-go/tidegate/render/schema"
)

// main prints the schema and the cases as one JSON document, and adds the packets in the files that it is given, which
// have to be valid.
func main() {
	all, err := cases()
	if err != nil {
		log.Fatal(err)
	}
	for _, file := range os.Args[1:] {
		text, err := os.ReadFile(file)
		if err != nil {
			log.Fatal(err)
		}
		all = append(all, Case{Name: file, Text: string(text), Decodes: true, Valid: true})
	}
	out, err := json.Marshal(struct {
		Schema json.RawMessage
		Cases  []Case
	}{schema.Packet(), all})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(out))
}
