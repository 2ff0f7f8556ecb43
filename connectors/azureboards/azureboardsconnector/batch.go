package azureboardsconnector

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// itemFields are the fields that a work item is made of.
var itemFields = []string{"System.Id", "System.Title", "System.WorkItemType", "System.State", "System.AssignedTo", "System.CreatedBy",
	"System.Tags", "System.AreaPath", "System.ChangedDate", "Microsoft.VSTS.Common.Priority"}

// workFields are those that a burn-down reads.
var workFields = []string{"System.Id", "System.State", remainingWork}

const remainingWork = "Microsoft.VSTS.Scheduling.RemainingWork"

// batchBody is what POST wit/workitemsbatch takes (WorkItemBatchGetRequest).
// Fields and $expand exclude each other.
type batchBody struct {
	IDs         []int64  `json:"ids"`
	Fields      []string `json:"fields,omitempty"`
	Expand      string   `json:"$expand,omitempty"`
	AsOf        string   `json:"asOf,omitempty"`
	ErrorPolicy string   `json:"errorPolicy"`
}

// batchAnswer is what it answers. An item that is left out is null or absent.
type batchAnswer struct {
	Count *int        `json:"count"`
	Value []*workItem `json:"value"`
}

// workItem is what of an item is read (WorkItem).
type workItem struct {
	ID        int64      `json:"id"`
	Fields    *fields    `json:"fields"`
	Relations []relation `json:"relations"`
}

type fields struct {
	Title     string          `json:"System.Title"`
	Type      string          `json:"System.WorkItemType"`
	State     string          `json:"System.State"`
	Assigned  json.RawMessage `json:"System.AssignedTo"`
	Created   json.RawMessage `json:"System.CreatedBy"`
	Tags      string          `json:"System.Tags"`
	Area      string          `json:"System.AreaPath"`
	Changed   any             `json:"System.ChangedDate"`
	Priority  any             `json:"Microsoft.VSTS.Common.Priority"`
	Remaining any             `json:"Microsoft.VSTS.Scheduling.RemainingWork"`
}

type relation struct {
	Rel string `json:"rel"`
	URL string `json:"url"`
}

// load reads at most 200 items, in the order of ids. Those that are hidden from
// the account, or deleted, are missing, and complete is false.
func (in *instance) load(ctx context.Context, ids []int64, body batchBody, onWait func(time.Duration) error) (items []*workItem, complete bool, got upstream.Answer, err error) {
	// With "fail" one item that may not be read takes all others with it.
	body.IDs, body.ErrorPolicy = ids, "omit"
	var answer upstream.Strict[batchAnswer]
	got, err = in.client.Do(ctx, in.post("/_apis/wit/workitemsbatch", body).OnWait(onWait), &answer)
	if err != nil {
		return nil, false, got, about("", err)
	}
	list := answer.Is.Value
	if list == nil {
		return nil, false, got, upstream.BadAnswer(got, "wit/workitemsbatch: answer has no array of work items")
	}
	if n := answer.Is.Count; n != nil && *n > len(list) {
		return nil, false, got, upstream.BadAnswer(got, "wit/workitemsbatch: answer counts %d work items and has %d", *n, len(list))
	}
	asked := make(map[int64]bool, len(ids))
	for _, id := range ids {
		asked[id] = true
	}
	byID := make(map[int64]*workItem, len(list))
	for _, item := range list {
		switch {
		case item == nil:
			continue // left out
		case !asked[item.ID]:
			return nil, false, got, upstream.BadAnswer(got, "wit/workitemsbatch: answer has work item %d, which was not asked for", item.ID)
		case byID[item.ID] != nil:
			return nil, false, got, upstream.BadAnswer(got, "wit/workitemsbatch: answer has work item %d twice", item.ID)
		case item.Fields == nil:
			return nil, false, got, upstream.BadAnswer(got, "wit/workitemsbatch: work item %d has no fields", item.ID)
		}
		byID[item.ID] = item
	}
	items = make([]*workItem, 0, len(byID))
	for _, id := range ids {
		if item := byID[id]; item != nil {
			items = append(items, item)
		}
	}
	return items, len(items) == len(ids), got, nil
}

// account reads an identity: an object since version 5 of the API, before that
// the text "Ada Lovelace <ada@example.com>". Of one that is not understood there
// is no account.
func account(identity json.RawMessage) fact.Account {
	var id string
	switch text := strings.TrimSpace(string(identity)); {
	case strings.HasPrefix(text, "{"):
		var o struct {
			UniqueName string `json:"uniqueName"`
			Descriptor string `json:"descriptor"`
			ID         string `json:"id"`
		}
		if json.Unmarshal(identity, &o) != nil {
			return fact.Account{}
		}
		for _, name := range []string{o.UniqueName, o.Descriptor, o.ID} {
			if id == "" {
				id = name
			}
		}
	case strings.HasPrefix(text, `"`):
		var s string
		if json.Unmarshal(identity, &s) != nil {
			return fact.Account{}
		}
		_, name, _ := strings.Cut(s, "<")
		if name, closed := strings.CutSuffix(name, ">"); closed {
			id = name
		}
	}
	if id == "" {
		return fact.Account{}
	}
	return fact.Account{System: azureboards.Connector, ID: id}
}
