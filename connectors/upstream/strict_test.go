package upstream_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/upstream"
)

type object struct {
	ID     int               `json:"id"`
	Sub    []object          `json:"sub"`
	Groups map[string]object `json:"groups"`
	More   map[string]any    `json:"more"`
}

func TestStrict(t *testing.T) {
	for text, says := range map[string]string{
		`{"id":1,"sub":[{"id":2}],"new":{"a":[1e999]}}`: "",
		`{"id":1,"errors":[],"error":null}`:             "",
		`{"id":1,"errors":{},"errorMessages":[ ]}`:      "",
		`{"more":{"error":"this is data"}}`:             "",
		`{"id":1,"id":2}`:                               "comes twice",
		`{"sub":[{"id":1,"id":2}]}`:                     "comes twice",
		`{"ID":1}`:                                      `"ID" is written in place of "id"`,
		`{"groups":{"ID":{"Id":1}}}`:                    "in place of",
		`{"id":1,"errors":["no"]}`:                      `it has errors: ["no"]`,
		`{"id":1,"error":"no"}`:                         `it has error: "no"`,
		`{"id":1,"errors":"no"}`:                        `it has errors: "no"`,
		`{"id":1,"Errors":"no"}`:                        "in place of",
		`[{"id":1}]`:                                    "no JSON object",
		`"all is well"`:                                 "no JSON object",
		`null`:                                          "no JSON object",
		`{"id":1e999}`:                                  "cannot unmarshal",
	} {
		var got upstream.Strict[object]
		err := json.Unmarshal([]byte(text), &got)
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", text, err, says)
		}
	}
}

func TestStrictList(t *testing.T) {
	var got upstream.Strict[[]object]
	if err := json.Unmarshal([]byte(`[{"id":1},{"id":2}]`), &got); err != nil || len(got.Is) != 2 {
		t.Errorf("%+v %v", got, err)
	}
	for _, text := range []string{`{"id":1}`, `null`, `[{"id":1,"id":2}]`, `[{"ID":1}]`} {
		if json.Unmarshal([]byte(text), &got) == nil {
			t.Errorf("%s is read", text)
		}
	}
}
