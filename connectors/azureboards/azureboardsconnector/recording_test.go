package azureboardsconnector_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardsconnector"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// shared is the folder with the vendors' material, which is no part of the
// repository.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	root := os.Getenv("TIDEGATE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	path := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the vendor's material is not here: %v", err)
	}
	return path
}

// recorded are the vendor's samples, by the beginning of the file's name, and
// how each is replayed; those of operations that are not asked are not.
var recorded = []struct {
	prefix string
	replay func(t *testing.T, body json.RawMessage) error
}{
	{"wit__7.1__wiql__GET__wit_get_id_workitems", replayFlat},
	{"wit__7.1__wiql__GET__wit_wiql__queryId_", replayTree},
	{"wit__7.1__workItemsBatch__POST", replayItems},
	{"wit__7.1__workItems__GET__wit_WorkItems_ids", replayItems},
	{"wit__7.1__workItems__GET__wit_WorkItems_id", replayItem},
	{"wit__7.1__workItems__GET_work_item_template", nil},
	{"work__7.1__iterations__GET__work_teamsettings_iterations__timeframe", replayHandEdited},
	{"work__7.1__iterations__GET__work_teamsettings_iterations__iterationId_", replayIteration},
	{"work__7.1__iterations__POST", replayIteration},
	{"work__7.1__iterations__DELETE", nil},
	{"wit__7.1__fields__", nil},
	{"work__7.1__capacities__", nil},
	{"work__7.1__teamsettings__", nil},
}

// Every sample of an operation that is asked is read as an answer to it.
func TestRecordings(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "recordings", "azure"), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	replayed := 0
	for _, file := range files {
		name := filepath.Base(file)
		known := false
		for _, r := range recorded {
			if known || !strings.HasPrefix(name, r.prefix) {
				continue
			}
			if known = true; r.replay == nil {
				continue
			}
			replayed++
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var record struct {
				Response struct{ Body json.RawMessage }
			}
			if err := json.Unmarshal(text, &record); err != nil {
				t.Fatal(err)
			}
			if err := r.replay(t, record.Response.Body); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !known {
			t.Errorf("%s is of no operation that the table has", name)
		}
	}
	if replayed < 15 {
		t.Errorf("%d of %d files replayed", replayed, len(files))
	}
}

func replayFlat(t *testing.T, body json.RawMessage) error {
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.JSON(string(body)))
	r, err := s.Measure(t.Context(), azureboards.Count("[System.Id] > 0"))
	if err == nil && (!r.Complete || r.Value.Value != 9 || r.ObservedAt.Year() != 2014) {
		return fmt.Errorf("%v of %v, complete is %v", r.Value, r.ObservedAt, r.Complete)
	}
	return err
}

// A query of trees is none that is asked: its answer is refused, not counted.
func replayTree(t *testing.T, body json.RawMessage) error {
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.JSON(string(body)))
	_, err := s.Measure(t.Context(), azureboards.Count("[System.Id] > 0"))
	if d := (*connectors.Diagnostic)(nil); errors.As(err, &d) && d.Code == connectors.CodeBadAnswer {
		return nil
	}
	return fmt.Errorf("%w, want a bad answer", err)
}

func replayItems(t *testing.T, body json.RawMessage) error {
	var list struct{ Value []struct{ ID int } }
	if err := json.Unmarshal(body, &list); err != nil {
		return err
	}
	var all []int
	for _, item := range list.Value {
		all = append(all, item.ID)
	}
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.JSON(idsOf(all...)))
	s.Fail(1, standin.JSON(string(body)))
	items, _, listed, err := s.list(t, azureboards.Items("[System.Id] > 0"), "")
	if err == nil && (!listed.Complete || len(items) != len(all) || items[0].Title == "") {
		return fmt.Errorf("%d items of %d, complete is %v", len(items), len(all), listed.Complete)
	}
	return err
}

func replayItem(_ *testing.T, body json.RawMessage) error {
	item, err := azureboardsconnector.ReadItem(body)
	if err == nil && (item.ID == "0" || item.Title == "" || item.Author.ID == "" || item.Updated.IsZero() || item.Category == fact.UnknownCategory) {
		return fmt.Errorf("%+v", item)
	}
	return err
}

func replayIteration(t *testing.T, body json.RawMessage) error {
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.JSON(`{"count":1,"value":[`+string(body)+`]}`))
	items, _, _, err := s.list(t, azureboards.Iterations("Checkout"), "")
	if err == nil && (len(items) != 1 || !strings.Contains(items[0].Title, "Sprint 2") && items[0].Title == "" || items[0].Link.Fault() != nil) {
		return fmt.Errorf("%+v", items)
	}
	return err
}

// The sample says "values", which a hand wrote: the service says "value", as the
// vendor's other samples do. It is refused.
func replayHandEdited(t *testing.T, body json.RawMessage) error {
	s := open(t, nil, upstream.Options{})
	s.Fail(1, standin.JSON(string(body)))
	_, _, _, err := s.list(t, azureboards.Iterations("Checkout"), "")
	if d := (*connectors.Diagnostic)(nil); errors.As(err, &d) && d.Code == connectors.CodeBadAnswer {
		return nil
	}
	return fmt.Errorf("%w, want a bad answer", err)
}

// Identities come as objects and, from old versions, as texts.
func TestAccounts(t *testing.T) {
	for in, want := range map[string]string{
		`{"uniqueName":"ada@example.com","descriptor":"aad.x","id":"1"}`: "ada@example.com", `{"descriptor":"aad.x","id":"1"}`: "aad.x", `{"id":"1"}`: "1",
		`"Ada Lovelace <ada@example.com>"`: "ada@example.com", `"Ada Lovelace"`: "", `"Ada <ada"`: "", `{}`: "", `null`: "", `7`: "", `[]`: "", `{"uniqueName":7}`: "",
	} {
		item, err := azureboardsconnector.ReadItem([]byte(`{"id":1,"fields":{"System.AssignedTo":` + in + `}}`))
		wanted := fact.Account{System: "azureboards", ID: want}
		if want == "" {
			wanted = fact.Account{}
		}
		if diff := cmp.Diff(wanted, item.Assignee); diff != "" || err != nil {
			t.Errorf("%s: %v %s", in, err, diff)
		}
	}
}
