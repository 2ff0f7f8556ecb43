package wire

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/internal/bench/peerpb"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

const (
	// Payload is the size of the messages of a unary call, each way.
	Payload = 200

	// Items is how many items a list has, batchSize how many a message.
	Items     = 100_000
	batchSize = 100

	name  = "bench" // of the connector and its instance
	echo  = "echo"
	works = "works"
	text  = "text"  // the parameter of echo
	count = "count" // the parameter of works
)

var now = time.Date(2025, time.December, 1, 12, 0, 0, 0, time.UTC)

// Padding that brings messages to the size of Payload; a test holds it to that.
var (
	asked    = strings.Repeat("a", 159)
	answered = value.Link("https://bench.example.com/" + strings.Repeat("b", 133))
)

const source = "Bench"

// Number is the unary question; different suffixes make different questions.
func Number(suffix string) fact.Query {
	return fact.NewQuery(name, echo, fact.Number(value.Count)).With(text, asked[len(suffix):]+suffix)
}

// List is the question for so many items.
func List(items int) fact.Query {
	return fact.NewQuery(name, works, fact.WorkItems()).With(count, strconv.Itoa(items))
}

// MeasureRequest is the unary question to the peer.
func MeasureRequest(q fact.Query) *peerpb.MeasureRequest {
	return &peerpb.MeasureRequest{Instance: name, Queries: []*peerpb.Query{peerQuery(q)}}
}

// ListRequest is the question for items to the peer.
func ListRequest(q fact.Query) *peerpb.ListRequest {
	return &peerpb.ListRequest{Instance: name, Query: peerQuery(q)}
}

func peerQuery(q fact.Query) *peerpb.Query {
	return &peerpb.Query{Kind: q.Kind, Params: string(q.Params), Shape: int32(q.Yields.Shape), Unit: string(q.Yields.Unit)}
}

// title and link make an item about 490 bytes long.
var (
	title = "Receipts by e-mail in every language of the shop, also for guests; " + strings.Repeat("and so that everybody can read them; ", 5)
	link  = value.Link("https://jira.example.com/browse/" + strings.Repeat("checkout-", 5))
)

func item(i int) fact.WorkItem {
	n := strconv.Itoa(1_000_000 + i)
	return fact.WorkItem{
		ID: "CHK-" + n, Title: title, Type: "Story", Status: "In Review", Category: fact.InProgress, Priority: "High",
		Assignee: fact.Account{System: "jira", ID: "5b10ac8d82e05b22cc7d4ef5"},
		Author:   fact.Account{System: "jira", ID: "5b10a2844c20165700ede21g"},
		Labels:   []string{"checkout", "release-blocker"}, Components: []string{"receipts"},
		Updated: now, Link: link + value.Link(n),
	}
}

// cursor names the page that begins with an item.
func cursor(i int) string { return "page-" + strconv.Itoa(i) }

// counted is how many items the parameters ask for.
func counted(params string) (int, error) {
	var p worksParams
	if err := json.Unmarshal([]byte(params), &p); err != nil {
		return 0, err
	}
	return strconv.Atoi(p.Count)
}

// peerItem is the same item as a gRPC program would make it, without a detour.
func peerItem(i int) *peerpb.Item {
	n := strconv.Itoa(1_000_000 + i)
	return &peerpb.Item{Item: &peerpb.Item_WorkItem{WorkItem: &peerpb.WorkItem{
		Id: "CHK-" + n, Title: title, Type: "Story", Status: "In Review", Category: int32(fact.InProgress), Priority: "High",
		Assignee: &peerpb.Account{System: "jira", Id: "5b10ac8d82e05b22cc7d4ef5"},
		Author:   &peerpb.Account{System: "jira", Id: "5b10a2844c20165700ede21g"},
		Labels:   []string{"checkout", "release-blocker"}, Components: []string{"receipts"},
		Updated: timestamppb.New(now), Link: string(link) + n,
	}}}
}
