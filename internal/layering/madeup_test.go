package layering_test

import (
	"strings"
	"testing"
)

// madeUp is a graph from lines "importer -> imported"; names of ours are relative and begin with ":", "(t)" before
// the importer makes it an import of its test files, "(x)" of its external test files, "(m)" makes it a main.
func madeUp(lines ...string) graph {
	g := graph{}
	full := func(name string) string {
		if name, ours := strings.CutPrefix(name, ":"); ours {
			return strings.TrimSuffix(module+"/"+name, "/.")
		}
		return name
	}
	for _, line := range lines {
		from, to, _ := strings.Cut(line, " -> ")
		kind := ""
		if strings.HasPrefix(from, "(") {
			kind, from = from[:3], from[3:]
		}
		p := pkg{ImportPath: full(from), Name: "p"}
		switch {
		case to == "":
		case kind == "(t)":
			p.TestImports = []string{full(to)}
		case kind == "(x)":
			p.XTestImports = []string{full(to)}
		default:
			p.Imports = []string{full(to)}
		}
		if kind == "(m)" {
			p.Name = "main"
		}
		g.merge(p)
	}
	return g
}

// expect fails unless there is exactly one violation that holds says, or none if says is empty.
func expect(t *testing.T, got []string, says string) {
	t.Helper()
	if says == "" && len(got) > 0 {
		t.Errorf("refused: %q", got)
	}
	if says != "" && (len(got) != 1 || !strings.Contains(got[0], says)) {
		t.Errorf("got %q, want one violation with %q", got, says)
	}
}

func TestMadeUpRooms(t *testing.T) {
	for _, tt := range []struct{ line, says string }{
		{":release/fact -> :release/value", ""},
		{":release/check -> :release/fact", ""},
		{":release/value -> :release/fact", "sideways on floor 0"},
		{":release -> :release/check", ""},
		{":release/check -> :release", "upward, from floor 0 to floor 1"},
		{":release -> :gates", "upward, from floor 1 to floor 2"},
		{":gates -> :release", ""},
		{":gates -> :notes", "sideways on floor 2"},
		{":gates -> :connectors", "sideways on floor 2"},
		{":compliance -> :compliance/evidence", "sideways on floor 2"},
		{":gates -> :release/packet", "upward, from floor 2 to floor 3"},
		{":release/packet -> :gates", ""},
		{":release/packet -> :render", "upward"},
		{":render/template -> :render", ""},
		{":render -> :render/template", "sideways on floor 4"},
		{":compliance/audit -> :render", ""},
		{":render -> :compliance/audit", "upward"},
		{":release/nouns -> fmt", "release/nouns has no place: add it to rooms in internal/layering/table_test.go"},
		{":gates/policies", "gates/policies has no place"},
		{":. -> :release", "not among what it may import"},
		{":gates -> :.", "only test files may"},
		{":connectors/jira -> :release/fact", ""},
		{":connectors/jira -> :release", "not among"},
		{":connectors/jira -> :connectors", "not among"},
		{":connectors/jira/jiraconnector -> :connectors", ""},
		{":connectors/jira/jiraconnector -> :connectors/jira", ""},
		{":connectors/jira/jiraconnector -> :connectors/datadog", "only connectors/datadog/..., examples/... and test files may"},
		{":connectors/jira/jiraconnector -> :gates", "not among"},
		{":connectors/jira/jiraconnector -> :connectors/upstream", ""},
		{":connectors/jira/jiraconnector -> :connectors/jira/jiratest", "only examples/... and test files may"},
		{":connectors/jira -> :connectors/upstream", "not among"},
		{":connectors/upstream -> :connectors/jira", "only connectors/jira/..., examples/... and test files may"},
		{":gates -> :connectors/upstream", "only connectors/..., examples/... and test files may"},
		{":notes -> :connectors/jira", "only connectors/jira/..., examples/... and test files may"},
		{"(x):notes -> :connectors/jira", ""},
		{":gates -> :gates/gatestest", "only examples/... and test files may"},
		{":gates/gatestest -> :gates", ""},
		{":gates/gatestest -> :render", "not among"},
		{":gates/gatestest -> :internal/golden", "only test files may"},
		{"(t):gates -> :internal/golden", ""},
		{"(t):gates -> :notes", "sideways"},
		{"(x):release -> :release/packet", ""},
		{":release/value -> :internal/strictjson", ""},
		{":internal/strictjson -> :release/value", ""},
		{":internal/strictjson -> :release", "not among"},
		{":internal/golden -> :release/value", "not among"},
		{":examples/quickstart -> :render", ""},
		{":gates -> :examples/quickstart", "only examples/... and test files may"},
	} {
		t.Run(tt.line, func(t *testing.T) { expect(t, checkRooms(madeUp(tt.line), rooms), tt.says) })
	}
}

func TestMadeUpNever(t *testing.T) {
	const (
		plugin   = "github.com/hashicorp/go-plugin"
		grpc     = "google.golang.org/grpc/codes"
		protobuf = "google.golang.org/protobuf/proto"
	)
	for _, tt := range []struct{ id, line, says string }{
		{"rpc", ":gates -> " + plugin, "pin every user"},
		{"rpc", ":render -> " + grpc, "google.golang.org/grpc/codes"},
		{"rpc", "(x):release/packet -> " + protobuf, "pin every user"},
		{"rpc", ":connectors -> " + plugin, ""},
		{"rpc", ":connectors/jira/jiraconnector -> " + grpc, ""},
		{"rpc", ":gates -> google.golang.org/grpcx", ""},
		{"query", ":connectors/jira -> net/http", "must not link"},
		{"query", ":connectors/datadog -> " + protobuf, "must not link"},
		{"query", "(t):connectors/pagerduty -> net/http/httptest", "must not link"},
		{"query", ":connectors/azureboards/azureboardsconnector -> net/http", ""},
		{"testing", ":gates -> testing", "registers flags"},
		{"testing", ":render -> testing/fstest", "registers flags"},
		{"testing", "(t):gates -> testing", ""},
		{"testing", ":gates/gatestest -> testing", ""},
		{"testing", ":connectors/connectortest/cmd/check -> testing", ""},
		{"testing", ":connectors/jira/cmd/tidegate-connector-jira -> testing", "registers flags"},
		{"testing", ":internal/golden -> testing", ""},
		{"tzdata", ":release/value -> time/tzdata", "for its main to say"},
		{"tzdata", "(m):examples/quickstart -> time/tzdata", ""},
		{"sprig", ":render -> github.com/Masterminds/sprig/v3", "large dependency"},
		{"sprig", ":gates -> github.com/go-task/slim-sprig/v3", "large dependency"},
		{"sprig", ":render/template -> github.com/Masterminds/sprig/v3", ""},
	} {
		t.Run(tt.id+" "+tt.line, func(t *testing.T) {
			found := false
			for _, row := range nevers {
				if row.id == tt.id {
					found = true
					expect(t, checkNever(madeUp(tt.line), row), tt.says)
				}
			}
			if !found {
				t.Errorf("no row %q", tt.id)
			}
		})
	}
}

func TestMadeUpReach(t *testing.T) {
	g := madeUp(":gates -> example.com/client", "example.com/client -> net", "example.com/client -> net/http",
		":gates -> fmt", "net/http -> net", "net", "fmt")
	for _, row := range reaches {
		switch row.id {
		case "policy":
			expect(t, checkReach(g, row), module+"/gates → example.com/client → net/http: a platform team's policy")
		default:
			expect(t, checkReach(g, row), "")
		}
		for _, banned := range row.banned {
			path := strings.TrimSuffix(banned, "/...")
			expect(t, checkReach(madeUp(":gates -> "+path, path), row), row.why)
		}
	}
}

func TestMadeUpRepository(t *testing.T) {
	expect(t, checkTopLevel([]string{".ci/run", "gates/doc.go", "go.mod"}), "")
	expect(t, checkTopLevel([]string{"cmd/a/main.go", "cmd/b/main.go"}), "cmd: not at the top level")

	expect(t, checkSizes(map[string]int{"a/b.go": maxLines, "a/b_test.go": maxTestLines}), "")
	expect(t, checkSizes(map[string]int{"a/b.go": maxLines + 1}), "a/b.go: 301 lines, at most 300")
	expect(t, checkSizes(map[string]int{"a/b_test.go": maxTestLines + 1}), "a/b_test.go: 601 lines, at most 600")
	many := map[string]int{}
	for i := range maxFiles + 1 {
		many["a/"+strings.Repeat("b", i+1)+".go"] = 1
	}
	expect(t, checkSizes(many), "a: 21 files, at most 20")

	for _, tt := range []struct{ line, says string }{
		{"see https://example.com/root/page", ""},
		{"a/work/b ./home/x", ""},
		{"in /wo" + "rk/main", "names a folder of one machine"},
		{`"/ro` + `ot/go/pkg"`, "names a folder of one machine"},
		{"file:///Us" + "ers/me", "names a folder of one machine"},
		{"/ho" + "me/me/x", "names a folder of one machine"},
	} {
		expect(t, checkMachinePath("f", []byte("first\n"+tt.line+"\n")), tt.says)
	}
}

func TestMadeUpGoMod(t *testing.T) {
	mod := func(require, old, path string) goMod {
		var m goMod
		if require != "" {
			m.Require = []struct{ Path string }{{require}}
		}
		if old != "" {
			m.Replace = append(m.Replace, struct{ Old, New struct{ Path string } }{struct{ Path string }{old}, struct{ Path string }{path}})
		}
		return m
	}
	expect(t, checkGoMod(".", mod("example.com/a", "", "")), "")
	expect(t, checkGoMod(".", mod("", "example.com/a", "../a")), "users of the module would not get it")
	expect(t, checkGoMod("internal/bench", mod(module, module, "../..")), "")
	expect(t, checkGoMod("internal/tools", mod("example.com/a", "", "")), "")
	expect(t, checkGoMod("internal/bench", mod(module, "", "")), "must replace it by ../..")
	expect(t, checkGoMod("internal/bench", mod("", module, "/src/tidegate")), "only the root, by ../..")
	expect(t, checkGoMod("internal/bench", mod("", "example.com/a", "../..")), "only the root, by ../..")
}

func TestMadeUpDocumented(t *testing.T) {
	g := madeUp(":gates", ":internal/enum", "(m):examples/quickstart")
	shown := map[string]bool{module + "/gates": true}
	for path, p := range g {
		p.Doc = "Package p."
		g[path] = p
	}
	expect(t, checkDocumented(g, shown), "")
	expect(t, checkDocumented(g, nil), "gates has no Example")
	for path, p := range g {
		p.Doc = ""
		g[path] = p
	}
	delete(g, module+"/examples/quickstart")
	expect(t, checkDocumented(g, shown), "gates has no package comment")
}
