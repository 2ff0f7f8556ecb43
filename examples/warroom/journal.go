package main

import (
	"encoding/json"
	"os"

	"github.com/tidegate-go/tidegate/comms/courier"
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
