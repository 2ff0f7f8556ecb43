package jiraconnector

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// field is one of GET /rest/api/3/field (FieldDetails).
type field struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// itemFieldIDs are the ids of the custom fields of a list.
type itemFieldIDs struct {
	note, link string
	labels     []field
}

func (f itemFieldIDs) all() []string {
	ids := []string{f.note, f.link}
	for _, l := range f.labels {
		ids = append(ids, l.ID)
	}
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}

// resolve finds the ids of the fields that parameters name, and of those that
// labels names, a line each. Nothing is asked if nothing is named.
func (in *instance) resolve(ctx context.Context, ids map[string]*string, names map[string]string, labels string, into *[]field) error {
	named := labels != ""
	for _, name := range names {
		named = named || name != ""
	}
	if !named {
		return nil
	}
	var list []field
	answer, err := in.client.Do(ctx, upstream.Get("/rest/api/3/field"), &list)
	if err != nil {
		return err
	}
	if len(list) == 0 || slices.ContainsFunc(list, func(f field) bool { return f.ID == "" }) {
		return upstream.BadAnswer(answer, "GET /rest/api/3/field: answer has no fields, or one without an id")
	}
	for _, param := range slices.Sorted(maps.Keys(names)) {
		if names[param] == "" {
			continue
		}
		found, err := called(list, param, names[param])
		if err != nil {
			return err
		}
		*ids[param] = found.ID
	}
	for name := range strings.Lines(labels) {
		found, err := called(list, "labels", strings.TrimSuffix(name, "\n"))
		if err != nil {
			return err
		}
		*into = append(*into, found)
	}
	return nil
}

// called is the one field with the name, or with the id.
func called(list []field, param, name string) (field, error) {
	if i := slices.IndexFunc(list, func(f field) bool { return f.ID == name }); i >= 0 {
		return list[i], nil
	}
	same := slices.DeleteFunc(slices.Clone(list), func(f field) bool { return f.Name != name })
	switch len(same) {
	case 0:
		return field{}, &connectors.Diagnostic{Code: connectors.CodeNotFound, Origin: connectors.FromUpstream, Path: param,
			Summary: fmt.Sprintf("%s: there is no field %q that the account may see", param, name)}
	case 1:
		return same[0], nil
	}
	return field{}, upstream.Invalid(param, "%s: %d fields are called %q, name it by its id, such as %q", param, len(same), name, same[0].ID)
}

// text is what stands in a field, "" if nothing does.
func (i issue) text(id string) (string, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(i.Fields.raw, &all); err != nil {
		return "", fmt.Errorf("issue %s has no fields", i.Key)
	}
	text, err := fieldText(all[id])
	if err != nil {
		return "", fmt.Errorf("issue %s: field %s %w", i.Key, id, err)
	}
	return text, nil
}

// withFields is the issue as a work item with what custom fields say.
func (i issue) withFields(site string, custom itemFieldIDs) (fact.WorkItem, error) {
	item := i.workItem(site)
	bad := func(err error) (fact.WorkItem, error) {
		return item, &connectors.Diagnostic{Code: connectors.CodeBadAnswer, Origin: connectors.FromUpstream, Summary: err.Error()}
	}
	if custom.note != "" {
		note, err := i.text(custom.note)
		if err != nil {
			return bad(err)
		}
		item.Note = note
	}
	if custom.link != "" {
		link, err := i.text(custom.link)
		if err != nil {
			return bad(err)
		}
		if link != "" {
			item.Link = value.Link(link)
		}
		if fault := item.Link.Fault(); fault != nil {
			return bad(fmt.Errorf("issue %s: field %s: %w", i.Key, custom.link, fault))
		}
	}
	for _, f := range custom.labels {
		label, err := i.text(f.ID)
		if err != nil {
			return bad(err)
		}
		if label != "" {
			item.Labels = append(item.Labels, f.Name+": "+label)
		}
	}
	return item, nil
}

var errForm = errors.New("has a form that is not read")

// fieldText is the text of a field's value: a text, a number, what an option or
// a person is called, each of a list, and the words of a document (Atlassian
// Document Format).
func fieldText(raw json.RawMessage) (string, error) {
	if len(raw) == 0 {
		return "", nil
	}
	var v any
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		return "", err
	}
	return valueText(v)
}

func valueText(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return strings.TrimSpace(v), nil
	case json.Number:
		return v.String(), nil
	case []any:
		var all []string
		for _, one := range v {
			text, err := valueText(one)
			if err != nil {
				return "", err
			}
			all = append(all, text)
		}
		return strings.Join(all, ", "), nil
	case map[string]any:
		return objectText(v)
	}
	return "", errForm
}

func objectText(v map[string]any) (string, error) {
	if v["type"] == "doc" {
		var b strings.Builder
		documentText(v, &b)
		return strings.Join(strings.Fields(b.String()), " "), nil
	}
	for _, name := range []string{"value", "name", "displayName"} {
		text, ok := v[name].(string)
		if !ok {
			continue
		}
		if child, ok := v["child"].(map[string]any); ok { // of a list in two steps
			below, err := objectText(child)
			return text + " - " + below, err
		}
		return text, nil
	}
	return "", errForm
}

// documentText writes the texts of a document; blocks stand apart.
func documentText(node map[string]any, b *strings.Builder) {
	if text, ok := node["text"].(string); ok {
		b.WriteString(text)
	}
	if node["type"] == "hardBreak" {
		b.WriteByte(' ')
	}
	content, _ := node["content"].([]any)
	for _, c := range content {
		if child, ok := c.(map[string]any); ok {
			documentText(child, b)
		}
	}
	if len(content) > 0 && node["type"] != "doc" {
		b.WriteByte(' ')
	}
}
