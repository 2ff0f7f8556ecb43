package strictjson_test

import (
	"fmt"

	"github.com/tidegate-go/tidegate/internal/strictjson"
)

func ExampleDecode() {
	type gate struct {
		Name     string `json:"name"`
		Criteria []struct {
			Limit int `json:"limit"`
		} `json:"criteria"`
	}
	const input = `{
  "nmae": "beta",
  "criteria": [
    {"limit": 3, "limit": 4},
    {"limit": "none"}
  ]
}`
	var g gate
	fmt.Println(strictjson.Decode([]byte(input), &g, nil))
	// Output:
	// 2:3: nmae: unknown field "nmae", did you mean "name"?
	// 4:18: criteria[0].limit: duplicate key "limit"
	// 5:15: criteria[1].limit: want number, got string
}

func ExampleEncode() {
	out, err := strictjson.Encode(map[string]any{"rule": "a < b", "tags": []string{"x"}})
	fmt.Printf("%s%v\n", out, err)
	_, err = strictjson.Encode(map[string]any{"tags": []string{"x", "\xff"}})
	fmt.Println(err)
	// Output:
	// {
	//   "rule": "a < b",
	//   "tags": [
	//     "x"
	//   ]
	// }
	// <nil>
	// encode map[string]interface {}: tags[1]: invalid UTF-8 in "\xff"
}
