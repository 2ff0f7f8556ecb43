package datadogconnector

import (
	"cmp"
	"encoding/json"
	"strings"
)

// explain is what Datadog says in the body of an error, "" if it is no such
// body: {"errors":["…"]} from v1 and parts of v2 (APIErrorResponse), objects
// with title and detail from the rest (JSONAPIErrorResponse), {"error":"…"} from
// queries (MetricsQueryResponse).
func explain(body []byte) string {
	var r struct {
		Errors json.RawMessage `json:"errors"`
		Error  string          `json:"error"`
	}
	if json.Unmarshal(body, &r) != nil {
		return ""
	}
	var said []string
	var list []json.RawMessage
	if json.Unmarshal(r.Errors, &list) != nil {
		list = []json.RawMessage{r.Errors}
	}
	for _, one := range list {
		var text string
		var object struct{ Title, Detail string }
		if len(one) == 0 {
			continue
		}
		if json.Unmarshal(one, &text) != nil && json.Unmarshal(one, &object) == nil {
			text = cmp.Or(object.Detail, object.Title)
		}
		if text != "" {
			said = append(said, text)
		}
	}
	if r.Error != "" {
		said = append(said, r.Error)
	}
	return strings.Join(said, "; ")
}
