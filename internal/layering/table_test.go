package layering_test

import "slices"

// module is the path of the root module; the tables name its packages relative to it, and the root package ".".
// A name that ends in "/..." also stands for everything below it; "..." alone stands for everything.
const module = "github.com/tidegate-go/tidegate"

// A room is the place of one package, or of a tree of packages.
//
// A package on a floor imports lower floors, and on its own floor only what has a lower order; floor 2 has no orders,
// so its packages never meet. A package beside the floors imports exactly what may lists. Test files of an external
// test package may look up: an Example shows the neighbours too.
type room struct {
	name  string
	floor int      // beside, or 0 to 5
	order int      // within a floor that has an inner order
	may   []string // beside only: packages of this module that it may import
	by    []string // beside only: who may import it; empty means test files only
	why   string
}

const beside = -1

var (
	ground     = []string{"release/value", "release/fact", "release/check"}
	helpers    = []string{"internal/strictjson", "internal/lexicon", "internal/enum", "internal/edits"}
	vendors    = []string{"jira", "azureboards", "datadog", "pagerduty"}
	systems    = []string{"linux", "darwin", "windows"} // imports under build constraints count too
	anything   = []string{"..."}
	pluginRPC  = []string{"github.com/hashicorp/go-plugin/...", "google.golang.org/grpc/...", "google.golang.org/protobuf/..."}
	sprig      = []string{"github.com/Masterminds/sprig/...", "github.com/go-task/slim-sprig/..."}
	goldmark   = []string{"github.com/yuin/goldmark/..."}
	queryRooms = perVendor(func(v string) string { return "connectors/" + v })
)

var rooms = slices.Concat([]room{
	{name: "release/value", floor: 0, order: 0, why: "values with an exact text form need nothing of ours"},
	{name: "release/fact", floor: 0, order: 1, why: "facts are made of values"},
	{name: "release/check", floor: 0, order: 2, why: "a rule may look at facts"},
	{name: "release", floor: 1, why: "the plan: every deliverable speaks its nouns, it knows none of them"},
	{name: "gates", floor: 2, why: "a deliverable"},
	{name: "notes", floor: 2, why: "a deliverable"},
	{name: "comms", floor: 2, why: "a deliverable"},
	{name: "compliance", floor: 2, why: "a deliverable"},
	{name: "compliance/evidence", floor: 2, why: "stores opaque records: it must not know what they mean"},
	{name: "connectors", floor: 2, why: "collects facts: it must not know what is decided on them"},
	{name: "release/packet", floor: 3, why: "holds all deliverables, so rules that need several stand here"},
	{name: "render", floor: 4, order: 0, why: "writes what it is given; nothing is decided here"},
	{name: "render/schema", floor: beside, by: anything, why: "one embedded file: who hands out the schema links nothing else"},
	{name: "render/template", floor: 4, order: 1, why: "users' templates: only who wants them links sprig"},
	{name: "render/document", floor: 4, order: 1, why: "documents made of parts of a packet: who prints the packet alone links none of them"},
	{name: "compliance/audit", floor: 5, why: "replays a whole bundle"},

	{name: ".", floor: beside, why: "documentation and Examples only: nobody imports it and it links nothing"},
	{name: "examples/...", floor: beside, may: anything, by: []string{"examples/..."}, why: "a user's program, outside of the house"},
	{name: "gates/gatestest", floor: beside, may: slices.Concat(ground, helpers, []string{"release", "gates", "gates/probe"}), by: []string{"examples/..."},
		why: "tests of a policy must link no more than the policy does"},
	{name: "gates/probe", floor: beside, may: slices.Concat(ground, helpers, []string{"release", "gates/internal/...", "internal/stats"}),
		by:  []string{"gates", "gates/gatestest", "release/packet", "render", "render/internal/criteria", "compliance/audit", "internal/sample", "internal/schemagen", "gates/internal/review", "examples/..."},
		why: "kinds of tests of a criterion: they know facts and the plan, and nothing of gates, sign-offs or decisions"},
	{name: "compliance/evidence/internal/...", floor: beside, by: []string{"compliance/evidence/..."},
		why: "the file system as a port: a log's files are nobody else's, and it knows no record"},
	{name: "internal/stats", floor: beside, by: []string{"gates/..."}, why: "numbers only: it knows nothing of ours"},
	{name: "gates/internal/review", floor: beside, may: slices.Concat(ground, []string{"gates/probe"}), by: []string{"gates"},
		why: "what gates of a stage have to test is told from kinds of tests and limits: it knows no gate, no sign-off and no decision"},
	{name: "gates/internal/...", floor: beside, may: slices.Concat(ground, helpers, []string{"release", "gates/internal/..."}), by: []string{"gates/..."},
		why: "what gates and its kinds of tests share: who is who, which result answers what, how a series is read"},
	{name: "connectors/connectortest/...", floor: beside, by: []string{"examples/...", "connectors/connectortest/..."},
		may: slices.Concat(ground, helpers, []string{"release", "connectors", "connectors/internal/...", "connectors/connectortest/...", "connectors/configfile"}),
		why: "the connectors' exam knows the contract, not the vendors"},
	{name: "connectors/internal/...", floor: beside, may: slices.Concat(ground, helpers, []string{"connectors/internal/..."}),
		by: []string{"connectors/..."}, why: "generated code and the wire stay behind the SDK"},
	{name: "render/internal/mdtext", floor: beside, may: []string{"release/value"}, by: []string{"render/..."},
		why: "text of users in Markdown is the same in every document, whatever it is about"},
	{name: "render/internal/pen", floor: beside, may: slices.Concat(ground, []string{"release", "render/internal/mdtext"}), by: []string{"render/..."},
		why: "what documents are made of knows moments, links and people, and no deliverable"},
	{name: "render/internal/criteria", floor: beside, by: []string{"render/..."},
		may: slices.Concat(ground, []string{"release", "gates", "gates/probe", "render/internal/pen"}),
		why: "criteria in words know gates alone"},
	{name: "render/internal/page", floor: beside, by: []string{"render/..."},
		may: slices.Concat(ground, []string{"release", "gates", "gates/probe", "notes", "comms", "compliance", "release/packet", "render/internal/mdtext", "render/internal/pen",
			"render/internal/criteria", "render/internal/fit"}),
		why: "the parts of a packet at every level, for whoever puts a document together"},
	{name: "render/internal/fit", floor: beside, by: []string{"render/..."}, why: "choosing levels is arithmetic on words: it knows nothing of what is written"},
	{name: "render/internal/pagetest", floor: beside, why: "one judge of lines for every page: only tests use it"},
	{name: "render/internal/reading", floor: beside, may: []string{"render/internal/mdtext"}, by: []string{"render/..."},
		why: "reads pages back with somebody else's parser: it must not know what was to be written"},
	{name: "render/internal/agree", floor: beside, may: []string{"release", "gates", "release/packet", "render/internal/mdtext", "render/internal/reading"},
		by: []string{"render/internal/agree/cmd"}, why: "says where readers of a page, and the packet, differ: tests and CI only use it"},
	{name: "render/internal/agree/cmd", floor: beside, may: []string{"release/packet", "render", "render/internal/agree", "render/internal/reading"},
		why: "what CI runs on the pages that another reader has read"},
	{name: "internal/strictjson", floor: beside, may: slices.Concat(ground, helpers), by: anything, why: "decoding is the same on every floor"},
	{name: "internal/lexicon", floor: beside, may: slices.Concat(ground, helpers), by: anything, why: "words are the same on every floor"},
	{name: "internal/enum", floor: beside, may: slices.Concat(ground, helpers), by: anything, why: "enumerations have one text form on every floor"},
	{name: "internal/leak", floor: beside, may: []string{"internal/enum"}, by: []string{"notes"},
		why: "what looks like a leak is told from the text and a list of names: it knows no plan, no note and no fact"},
	{name: "internal/edits", floor: beside, by: anything, why: "how near two words are is the same on every floor"},
	{name: "internal/jsondiff", floor: beside, may: ground, by: anything,
		why: "where two documents differ is the same on every floor, and is no business of what they say"},
	{name: "internal/partial", floor: beside, may: slices.Concat(ground, []string{"release", "internal/toposort"}), by: []string{"gates"},
		why: "what a plan is without one part is arithmetic on the plan; what that means for its gates is for gates"},
	{name: "internal/toposort", floor: beside, by: anything, why: "an order of positions knows nothing of what is ordered"},
	{name: "internal/lists", floor: beside, by: anything, why: "a list of copies knows nothing of what is copied"},
	{name: "internal/zones", floor: beside, may: ground, by: anything, why: "a machine without zones is the same on every floor"},
	{name: "internal/golden", floor: beside, why: "registers the -update flag: in a shipped package it would be every user's flag"},
	{name: "internal/forktest", floor: beside, why: "one proof for every type that copies share no memory: reflection that only tests need"},
	{name: "internal/checktest", floor: beside, may: []string{"release/check"}, why: "one way to read findings and to follow their paths: reflection that only tests need"},
	{name: "internal/sample", floor: beside, may: anything, why: "one good release for the tests of every package: test files only import it"},
	{name: "internal/schemagen", floor: beside, may: anything, why: "reflects on the types of every package; what it makes is committed, so tests only link it"},
	{name: "internal/layering", floor: beside, why: "tests only"},
	{name: "internal/outside", floor: beside, why: "tests only: it builds a module that is not this one"},
	{name: "connectors/upstream", floor: beside, may: []string{"connectors", "connectors/internal/..."}, by: []string{"connectors/...", "examples/..."},
		why: "HTTP for connectors, ours and others': it knows the diagnostics and secrets of the contract, no vendor and no fact"},
	{name: "connectors/recording", floor: beside, may: slices.Concat(ground, helpers, []string{"connectors"}), by: []string{"examples/..."},
		why: "who records or replays answers knows what crosses the boundary, and neither the wire nor what is decided"},
	{name: "connectors/configfile", floor: beside, may: slices.Concat(ground, helpers, []string{"connectors"}),
		by:  []string{"connectors/connectortest/...", "examples/..."},
		why: "a host that configures its fleet in Go reads no files and resolves no references"},
	{name: "connectors/connectortest/standin", floor: beside, by: []string{"examples/...", "connectors/..."},
		why: "what stand-ins have in common is HTTP: a stand-in that knew the contract would share a connector's mistakes"},
	{name: "connectors/connectortest/faulttest", floor: beside, by: []string{"connectors/..."},
		may: slices.Concat(ground, []string{"connectors", "connectors/internal/...", "connectors/upstream", "connectors/connectortest/standin"}),
		why: "one table of faults for every connector: it knows the contract and stand-ins, and no vendor"},
	{name: "comms/courier", floor: beside, may: slices.Concat(ground, []string{"release", "comms"}), by: []string{"comms/commstest", "examples/..."},
		why: "sends through a port: it knows the plan of communications, and no channel"},
	{name: "comms/commstest", floor: beside, may: slices.Concat(ground, []string{"release", "comms", "comms/courier"}), by: []string{"examples/..."},
		why: "stands in for channels: it knows no more than who sends"},
	{name: "comms/...", floor: beside, may: slices.Concat(ground, []string{"comms", "comms/internal/..."}), by: []string{"examples/..."},
		why: "one channel each: whoever plans what is said links no network"},
	{name: "comms/internal/post", floor: beside, may: []string{"comms"}, by: []string{"comms/..."},
		why: "calls that tell no secret are the same for every channel that is called by HTTP"},
}, perVendor(func(v string) room {
	return room{name: "connectors/" + v + "/" + v + "test", floor: beside, may: []string{"connectors/connectortest/standin"},
		by: []string{"examples/..."}, why: "a stand-in that shared code with the connector would share its mistakes"}
}), perVendor(func(v string) room {
	return room{name: "connectors/" + v, floor: beside, may: []string{"release/value", "release/fact"},
		by:  []string{"connectors/" + v + "/...", "examples/..."},
		why: "query constructors: a policy binary links no HTTP and no plugin, so the config is with the implementation"}
}), perVendor(func(v string) room {
	return room{name: "connectors/" + v + "/...", floor: beside, by: []string{"connectors/" + v + "/...", "examples/..."},
		may: slices.Concat(ground, helpers, []string{"release", "connectors", "connectors/internal/...", "connectors/upstream", "connectors/" + v + "/..."}),
		why: "an implementation knows the contract and its own queries, never another vendor's"}
}))

// A never bans direct imports everywhere but in the excepted packages.
type never struct {
	id     string
	what   []string
	in     []string // only these packages; empty means all
	except []string
	tests  bool // test files too
	main   bool // package main is excepted
	why    string
}

var nevers = []never{
	{id: "rpc", what: pluginRPC, except: []string{"connectors/..."}, tests: true,
		why: "go-plugin and gRPC are the connectors' business: types of theirs elsewhere would pin every user to them"},
	{id: "query", what: slices.Concat(pluginRPC, []string{"net/http/..."}), in: queryRooms, tests: true,
		why: "a policy that names a query must not link what answers it: net/http alone is megabytes"},
	{id: "testing", what: []string{"testing/..."},
		except: []string{"*test", "connectors/connectortest/cmd/...", "internal/golden"},
		why: "testing registers flags in every program that links it; *test packages and connectortest/cmd are test tools, " +
			"and golden is a helper that only test files import"},
	{id: "tzdata", what: []string{"time/tzdata"}, main: true,
		why: "which zone data a program carries is for its main to say: a library would add it to everybody's"},
	{id: "sprig", what: sprig, except: []string{"render/template"}, tests: true,
		why: "template functions are a large dependency that plain Markdown does not need"},
}

// A reach bans packages from all that the patterns link, directly or not.
type reach struct {
	id       string
	patterns []string
	banned   []string
	why      string
}

var reaches = []reach{
	{id: "policy", patterns: []string{"./release/...", "./gates", "./notes", "./comms", "./connectors/jira", "./connectors/azureboards", "./connectors/datadog", "./connectors/pagerduty", "./examples/policytest"},
		banned: slices.Concat(pluginRPC, goldmark, sprig, []string{"net/http/..."}),
		why:    "a platform team's policy and its tests stay small and cannot reach the network"},
	{id: "paper", patterns: []string{"./render/...", "./compliance/..."}, banned: pluginRPC,
		why: "what prints or audits a packet works offline and needs no plugin host"},
	{id: "schema", patterns: []string{"./render", "./render/schema"},
		banned: []string{"github.com/invopop/jsonschema/...", "go/parser"},
		why:    "the schema is made once and embedded: who prints a packet needs no reflector and no sources"},
	{id: "markdown", patterns: []string{"./render"}, banned: sprig,
		why: "sprig is linked by who imports render/template, not by everybody who prints"},
}

// What may lie at the top level, beside dot files.
var topLevel = []string{
	"release", "gates", "notes", "comms", "compliance", "render", "connectors", "examples", "internal",
	"doc.go", "example_test.go", // the root package: documentation and Examples
	"go.mod", "go.sum", "README.md", "LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md",
}

const (
	maxLines     = 300 // of a hand-written Go file; longer ones hold several nouns
	maxTestLines = 600 // of a test file: tables are long, and cutting one helps nobody
	maxFiles     = 20  // hand-written, non-test Go files of a package
)

func perVendor[T any](f func(vendor string) T) []T {
	var all []T
	for _, v := range vendors {
		all = append(all, f(v))
	}
	return all
}
