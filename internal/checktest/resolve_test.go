package checktest_test

import (
	"testing"

	"github.com/tidegate-go/tidegate/internal/checktest"
	"github.com/tidegate-go/tidegate/release/check"
)

type base struct {
	By string `json:"by,omitzero"`
}

type row struct {
	Name string `json:"name"`
	base
	untagged string
}

type table struct {
	Rows []row   `json:"rows,omitzero"`
	Grid [][]row `json:"grid"`
	Next *table  `json:"next"`
}

func TestResolve(t *testing.T) {
	good := table{Rows: []row{{Name: "a"}, {Name: "b", untagged: "c"}}, Grid: [][]row{nil, {{}}}, Next: &table{Rows: []row{{}}}}
	for path, want := range map[check.Path]bool{
		"": true, "rows": true, "rows[0]": true, "rows[1].name": true, "rows[1].by": true, "grid[1][0].by": true, "next.rows[0].name": true,
		"Rows": false, "rows[2]": false, "rows[-1]": false, "rows[x]": false, "rows.name": false, "rows[0].untagged": false, "rows[0].Name": false,
		"rows[0].name.x": false, "rows[0].base": false, "grid[0][0]": false, "next.next.rows": false, "row": false, ".rows": false,
	} {
		if err := checktest.Resolve(good, path); (err == nil) != want {
			t.Errorf("%q: %v, want resolved %v", path, err, want)
		}
		if err := checktest.Resolve(&good, path); (err == nil) != want {
			t.Errorf("%q through a pointer: %v, want resolved %v", path, err, want)
		}
	}
}
