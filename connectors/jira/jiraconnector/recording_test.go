package jiraconnector_test

import (
	"encoding/json"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/jira/jiraconnector"
	"github.com/tidegate-go/tidegate/release/fact"
)

// recording is a file of items as a real site returned them.
type recording struct {
	Items []struct {
		URL  string
		Data json.RawMessage
	}
}

func read(t *testing.T, name string) recording {
	t.Helper()
	var r recording
	if err := json.Unmarshal(shared(t, "recordings", "jira", name), &r); err != nil || len(r.Items) == 0 {
		t.Fatalf("%s: %v", name, err)
	}
	return r
}

// Every status of a real site falls into a category by its key.
func TestRecordedStatuses(t *testing.T) {
	seen := map[fact.Category]int{}
	for _, item := range read(t, "statuses.json").Items {
		var s jiraconnector.Status
		if err := json.Unmarshal(item.Data, &s); err != nil {
			t.Error(err)
		}
		if s.Name == "" {
			t.Errorf("no name: %s", item.Data)
		}
		seen[jiraconnector.Category(s)]++
	}
	if seen[fact.ToDo] == 0 || seen[fact.InProgress] == 0 || seen[fact.Done] == 0 || seen[fact.UnknownCategory] > 0 {
		t.Errorf("%v", seen)
	}
}

func TestRecordedSprints(t *testing.T) {
	for _, item := range read(t, "sprints.json").Items {
		var page jiraconnector.Sprints
		if err := json.Unmarshal([]byte(`{"values":[`+string(item.Data)+`],"isLast":true}`), &page); err != nil {
			t.Error(err)
			continue
		}
		if s := page.Values[0]; s.ID == 0 || s.State != "closed" && s.State != "active" && s.State != "future" {
			t.Errorf("%+v: %s", s, item.Data)
		}
	}
}
