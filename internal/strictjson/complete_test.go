package strictjson_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// rung has fields that are always written, in an embedded struct and below lists too.
type rung struct {
	step
	Name  string `json:"name"`
	Limit int64  `json:"limit"`
	Size  uint64 `json:"size,omitempty"`
	Up    []rung `json:"up,omitzero"`
	Down  *rung  `json:"down,omitzero"`
}

type step struct {
	ID string `json:"id"`
}

func TestComplete(t *testing.T) {
	tests := []struct {
		name, input string
		want        []string // nil: accepted
	}{
		{"all", `{"id": "", "name": "", "limit": 0}`, nil},
		{"all, below too", `{"id": "", "name": "", "limit": 0, "up": [{"id": "", "name": "", "limit": 1, "down": {"id": "", "name": "", "limit": 0}}]}`, nil},
		{"nothing", `{}`, []string{`1:1: id: field "id" is missing`, `1:1: name: field "name" is missing`, `1:1: limit: field "limit" is missing`}},
		{"below", `{"id": "", "name": "", "limit": 0, "up": [{"id": "", "limit": 0}], "down": {"id": "a", "name": "b"}}`,
			[]string{`1:43: up[0].name: field "name" is missing`, `1:76: down.limit: field "limit" is missing`}},
		{"a key that may be meant for it", `{"id": "", "nme": "", "limit": 0}`, []string{`1:12: nme: unknown field "nme", did you mean "name"?`}},
		{"a faulty value is there", `{"id": "", "name": 1, "limit": 0}`, []string{`1:20: name: want string, got number`}},
		{"half", `{"id": ""`, []string{`1:10: unexpected end of input, want a comma or }`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, lines(strictjson.Decode([]byte(test.input), new(rung), &strictjson.Options{Complete: true}))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if err := strictjson.Decode([]byte(`{}`), new(rung), nil); err != nil {
		t.Errorf("without the option: %v", err)
	}
}

func TestSafeIntegers(t *testing.T) {
	const complaint = " is beyond 2^53-1, which not every reader of JSON keeps: it has to be a text"
	tests := []struct {
		input string
		want  []string
	}{
		{`{"limit": 9007199254740991, "size": 9007199254740991}`, nil},
		{`{"limit": -9007199254740991}`, nil},
		{`{"limit": 9007199254740992}`, []string{"1:11: limit: 9007199254740992" + complaint}},
		{`{"limit": -9007199254740992}`, []string{"1:11: limit: -9007199254740992" + complaint}},
		{`{"size": 9007199254740993}`, []string{"1:10: size: 9007199254740993" + complaint}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, lines(strictjson.Decode([]byte(test.input), new(rung), &strictjson.Options{SafeIntegers: true}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.input, diff)
		}
		if err := strictjson.Decode([]byte(test.input), new(rung), nil); err != nil {
			t.Errorf("%s without the option: %v", test.input, err)
		}
	}
}

func lines(err error) []string {
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}
