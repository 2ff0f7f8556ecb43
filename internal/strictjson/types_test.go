package strictjson_test

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// base and deep are embedded, so that the flattening is in every test.
type base struct {
	ID   string `json:"id,omitzero"`
	Kind string `json:"kind,omitzero"` // hidden by everything.Kind
}

type Deep struct {
	Note string `json:"note,omitzero"`
}

// everything has a field of each supported sort.
type everything struct {
	base
	*Deep
	Kind    string              `json:"kind,omitzero"`
	Name    string              `json:"name,omitzero"`
	Limit   int                 `json:"limit,omitzero"`
	Small   int8                `json:"small,omitzero"`
	Count   uint16              `json:"count,omitzero"`
	Ratio   float64             `json:"ratio,omitzero"`
	Half    float32             `json:"half,omitzero"`
	On      bool                `json:"on,omitzero"`
	Next    *everything         `json:"next,omitzero"`
	List    []everything        `json:"list,omitzero"`
	Pair    *[2]int             `json:"pair,omitzero"`
	Labels  map[string]string   `json:"labels,omitzero"`
	Levels  map[severity][]bool `json:"levels,omitzero"`
	Level   severity            `json:"level,omitzero"`
	Ladder  []severity          `json:"ladder,omitzero"`
	Any     any                 `json:"any,omitzero"`
	Raw     json.RawMessage     `json:"raw,omitzero"`
	Number  json.Number         `json:"number,omitzero"`
	Bytes   []byte              `json:"bytes,omitzero"`
	When    time.Time           `json:"when,omitzero"`
	Wait    *wait               `json:"wait,omitzero"`
	Own     *own                `json:"own,omitzero"`
	Skipped string              `json:"-"`
	Plain   string              `json:",omitempty"`
	hidden  string
}

// wait decodes itself by this package.
type wait struct {
	Days int `json:"days"`
}

func (w *wait) UnmarshalJSON(data []byte) error {
	type bare wait
	return strictjson.Decode(data, (*bare)(w), nil)
}

// own refuses whatever it is given.
type own struct{}

func (*own) UnmarshalJSON([]byte) error { return errors.New("first line\nsecond line\n") }
