package main

import (
	"encoding/json"
	"os"

	"github.com/tidegate-go/tidegate/comms/courier"
	"github.com/tidegate-go/tidegate/release/packet"
)

// journal keeps entries in a file, each in a line that is on the disk before the
// next step.
type journal struct{ *os.File }

func createJournal(name string) (journal, error) {
	f, err := os.Create(name)
	return journal{f}, err
}

// Record implements [courier.Journal].
func (j journal) Record(e courier.Entry) error {
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if _, err := j.Write(append(text, '\n')); err != nil {
		return err
	}
	return j.Sync()
}

// readJournal returns the entries of a file: what whoever is started again knows.
// A line that was cut off was never acknowledged, and is left out.
func readJournal(name string) ([]courier.Entry, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var all []courier.Entry
	for {
		i := indexLine(text)
		if i < 0 {
			return all, nil
		}
		var e courier.Entry
		if err := packet.Unmarshal(text[:i], &e); err != nil {
			return nil, err
		}
		all, text = append(all, e), text[i+1:]
	}
}

func indexLine(text []byte) int {
	for i, c := range text {
		if c == '\n' {
			return i
		}
	}
	return -1
}
