package azureboardstest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// stamp is how Azure DevOps writes a moment.
const stamp = "2006-01-02T15:04:05.999Z"

func (s *Server) wiql(w http.ResponseWriter, r *http.Request) {
	if !s.here(w, r) {
		return
	}
	var body struct {
		Query string `json:"query"`
	}
	if !decode(w, r, &body) {
		return
	}
	if len([]rune(body.Query)) > maxWIQL {
		refuse(w, http.StatusBadRequest, "TF51011: The query is longer than 32000 characters.")
		return
	}
	q, err := parseWIQL(body.Query)
	if err != nil {
		refuse(w, http.StatusBadRequest, "TF51006: The query statement is invalid: "+err.Error())
		return
	}
	if !q.asOf.IsZero() && r.URL.Query().Get("timePrecision") != "true" {
		refuse(w, http.StatusBadRequest, "The date in the query has a time, which needs timePrecision.")
		return
	}
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []map[string]any{}
	top := MaxFound
	if text := r.URL.Query().Get("$top"); text != "" {
		if top, err = strconv.Atoi(text); err != nil || top < 1 || top > MaxFound {
			refuse(w, http.StatusBadRequest, "The value of the $top parameter is not valid.")
			return
		}
	}
	for _, id := range s.state.ids() {
		item, there := s.state.at(id, q.asOf)
		if !there || !q.where(item) {
			continue
		}
		if list = append(list, map[string]any{"id": id, "url": s.url(id)}); len(list) > MaxFound {
			refuse(w, http.StatusBadRequest, "VS402337: The number of work items returned exceeds the size limit of 20000. Change the query to return fewer items.")
			return
		}
	}
	asOf := now
	if !q.asOf.IsZero() {
		asOf = q.asOf
	}
	answer(w, map[string]any{"queryType": "flat", "queryResultType": "workItem", "asOf": asOf.UTC().Format(stamp),
		"columns":   []any{map[string]any{"referenceName": "System.Id", "name": "ID", "url": s.URL + "/_apis/wit/fields/System.Id"}},
		"workItems": list[:min(top, len(list))]})
}

// url is the address of a work item in the API.
func (s *Server) url(id int64) string {
	return fmt.Sprintf("%s/%s/_apis/wit/workItems/%d", s.URL, Organization, id)
}

// batchBody is WorkItemBatchGetRequest; other fields are refused.
type batchBody struct {
	IDs         []int64  `json:"ids"`
	Fields      []string `json:"fields"`
	Expand      string   `json:"$expand"`
	AsOf        string   `json:"asOf"`
	ErrorPolicy string   `json:"errorPolicy"`
}

func (s *Server) batch(w http.ResponseWriter, r *http.Request) {
	if !s.here(w, r) {
		return
	}
	var body batchBody
	if !decode(w, r, &body) {
		return
	}
	asOf, err := time.Parse(time.RFC3339, body.AsOf)
	switch {
	case len(body.IDs) == 0 || len(body.IDs) > MaxBatch:
		refuse(w, http.StatusBadRequest, fmt.Sprintf("VS403474: You have provided %d work item IDs, and the maximum is %d.", len(body.IDs), MaxBatch))
		return
	case body.Expand != "" && len(body.Fields) > 0:
		refuse(w, http.StatusBadRequest, "The expand parameter can not be used with the fields parameter.")
		return
	case body.AsOf != "" && err != nil:
		refuse(w, http.StatusBadRequest, "The value of asOf is not a date.")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []any{}
	for _, id := range body.IDs {
		item, there := s.state.at(id, asOf)
		if there && !s.state.locked[id] {
			list = append(list, s.bean(item, body))
			continue
		}
		if body.ErrorPolicy != "omit" {
			refuse(w, http.StatusNotFound, fmt.Sprintf("TF401232: Work item %d does not exist, or you do not have permissions to read it.", id))
			return
		}
		list = append(list, nil)
	}
	answer(w, map[string]any{"count": len(list), "value": list})
}

// bean is a work item with the fields that were asked for; a field without a
// value is left out.
func (s *Server) bean(i Item, body batchBody) map[string]any {
	all := map[string]any{
		"System.Id": i.ID, "System.Title": i.Title, "System.WorkItemType": i.Type, "System.State": i.State, "System.AreaPath": i.Area,
		"System.IterationPath": i.Iteration, "System.TeamProject": Project, "System.ChangedDate": i.Changed.UTC().Format(stamp),
		"System.CreatedBy": identity(i.Created), "Microsoft.VSTS.Common.Priority": i.Priority,
	}
	if i.Assigned != "" {
		all["System.AssignedTo"] = identity(i.Assigned)
	}
	if len(i.Tags) > 0 {
		all["System.Tags"] = strings.Join(i.Tags, "; ")
	}
	if i.Remaining >= 0 {
		all["Microsoft.VSTS.Scheduling.RemainingWork"] = i.Remaining
	}
	for name := range all {
		if body.Expand == "" && !slices.Contains(body.Fields, name) {
			delete(all, name)
		}
	}
	bean := map[string]any{"id": i.ID, "rev": len(s.state.items[i.ID]), "fields": all, "url": s.url(i.ID)}
	if body.Expand == "relations" && len(i.Links) > 0 {
		var relations []any
		for _, link := range i.Links {
			relations = append(relations, map[string]any{"rel": "Hyperlink", "url": link, "attributes": map[string]any{"id": 1}})
		}
		bean["relations"] = relations
	}
	return bean
}

func identity(name string) map[string]any {
	return map[string]any{"displayName": name, "uniqueName": name, "id": "id-of-" + name, "descriptor": "aad." + name}
}

func (s *Server) iterations(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, ok := s.team(w, r)
	if !ok {
		return
	}
	frame := r.URL.Query().Get("$timeframe")
	if frame != "" && !strings.EqualFold(frame, "current") {
		refuse(w, http.StatusBadRequest, "VS402391: Only the current timeframe is supported.")
		return
	}
	found := []any{}
	for _, i := range list {
		if frame == "" || i.TimeFrame == "current" {
			found = append(found, map[string]any{"id": i.ID, "name": i.Name, "path": i.Path, "url": s.URL + "/_apis/work/teamsettings/iterations/" + i.ID,
				"attributes": map[string]any{"startDate": nil, "finishDate": nil, "timeFrame": i.TimeFrame}})
		}
	}
	answer(w, map[string]any{"count": len(found), "value": found})
}

// team returns the iterations of the team of a path; the lock is held.
func (s *Server) team(w http.ResponseWriter, r *http.Request) ([]Iteration, bool) {
	if !s.here(w, r) {
		return nil, false
	}
	list, ok := s.state.teams[r.PathValue("team")]
	if !ok {
		refuse(w, http.StatusNotFound, "The team with id '"+r.PathValue("team")+"' does not exist, or you do not have permission to access it.")
	}
	return list, ok
}

func (s *Server) iterationItems(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list, ok := s.team(w, r)
	if !ok {
		return
	}
	at := slices.IndexFunc(list, func(i Iteration) bool { return i.ID == r.PathValue("id") })
	if at < 0 {
		refuse(w, http.StatusNotFound, "VS402485: The requested iteration with id '"+r.PathValue("id")+"' was not found.")
		return
	}
	relations := []any{}
	for _, id := range s.state.ids() {
		item, there := s.state.at(id, time.Time{})
		if !there || item.Iteration != list[at].Path {
			continue
		}
		target := map[string]any{"id": id, "url": s.url(id)}
		if item.Parent == 0 {
			relations = append(relations, map[string]any{"target": target}) // as the vendor's sample of a tree has it
			continue
		}
		relations = append(relations, map[string]any{"rel": "System.LinkTypes.Hierarchy-Forward",
			"source": map[string]any{"id": item.Parent, "url": s.url(item.Parent)}, "target": target})
	}
	answer(w, map[string]any{"workItemRelations": relations, "url": s.URL + r.URL.Path})
}

// decode reads a body; fields that are not known are refused.
func decode(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		refuse(w, http.StatusBadRequest, "VS403479: The request body cannot be read: "+err.Error())
		return false
	}
	return true
}
