package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// Labels of notes that the gates look at. The file has flags for the first two.
const (
	actionRequired = "action-required"
	doNotPublish   = "do-not-publish"
	noText         = "no-text"
)

// What has become of a note: a person rewrote or confirmed it, it is not
// published, or it stands as its author wrote it.
const (
	statusMapped = "mapped"
	statusHidden = "not published"
	statusDraft  = "as written"
)

// releaseNotes is what release-notes-draft.json says.
type releaseNotes struct {
	problems
	present bool
	items   []fact.WorkItem
	merged  map[string]bool // by id: the pull request is in the release
	unknown map[string]int  // fields that are not read, how often
}

// draftNote is one note as krel writes it. Pointers tell a field that is not
// there from an empty one.
type draftNote struct {
	Commit         string   `json:"commit"` // by which it was merged
	Text           *string  `json:"text"`
	Author         string   `json:"author"`
	PRURL          string   `json:"pr_url"`
	PRNumber       int      `json:"pr_number"`
	Areas          []string `json:"areas"`
	Kinds          []string `json:"kinds"`
	SIGs           []string `json:"sigs"`
	ActionRequired bool     `json:"action_required"`
	DoNotPublish   bool     `json:"do_not_publish"`
	IsMapped       bool     `json:"is_mapped"`
}

// readFields are the fields that draftNote reads.
var readFields = []string{"commit", "text", "author", "pr_url", "pr_number", "areas", "kinds", "sigs", "action_required", "do_not_publish", "is_mapped"}

// readNotes reads the file: one object with a note under the number of each
// pull request. The error is one of syntax: nothing is known then.
func readNotes(source []byte) (*releaseNotes, error) {
	n := &releaseNotes{problems: problems{file: notesFile}, present: true, merged: map[string]bool{}, unknown: map[string]int{}}
	dec := json.NewDecoder(bytes.NewReader(source))
	fail := func(err error) (*releaseNotes, error) {
		at := dec.InputOffset()
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) && syntax.Offset > at {
			at = syntax.Offset
		}
		return nil, fmt.Errorf("%s:%d: %w", notesFile, lineOf(source, at), err)
	}
	first, err := dec.Token()
	if err != nil {
		return fail(err)
	}
	if first != json.Delim('{') {
		return fail(errors.New("want an object with a note for each pull request"))
	}
	seen := map[string]int{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return fail(err)
		}
		line := lineOf(source, dec.InputOffset())
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return fail(err)
		}
		id := fmt.Sprint(key)
		if at, ok := seen[id]; ok {
			n.lose(line, "note %s stands at line %d already", id, at)
			continue
		}
		seen[id] = line
		n.readNote(id, line, raw)
	}
	if _, err := dec.Token(); err != nil {
		return fail(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fail(errors.New("there is more after the end of the notes"))
	}
	slices.SortStableFunc(n.items, byNumber)
	return n, nil
}

func (n *releaseNotes) readNote(id string, line int, raw json.RawMessage) {
	var fields map[string]json.RawMessage
	var note draftNote
	err := json.Unmarshal(raw, &fields)
	if err == nil && fields != nil {
		err = json.Unmarshal(raw, &note)
	}
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		n.lose(line, "note %s: %s is a %s", id, wrong.Field, wrong.Value)
		return
	case err != nil || fields == nil:
		n.lose(line, "note %s is no object", id)
		return
	}
	for name := range fields {
		if !slices.Contains(readFields, name) {
			n.unknown[name]++
		}
	}
	n.items = append(n.items, n.item(id, line, note))
	n.merged[id] = note.Commit != ""
}

func (n *releaseNotes) item(id string, line int, note draftNote) fact.WorkItem {
	if note.PRNumber != 0 && strconv.Itoa(note.PRNumber) != id {
		n.add(contradicts, line, "note %s is about pull request %d", id, note.PRNumber)
	}
	item := fact.WorkItem{ID: id, Type: "release note", Status: statusDraft, Category: fact.ToDo}
	switch {
	case note.IsMapped:
		item.Status, item.Category = statusMapped, fact.Done
	case note.DoNotPublish:
		item.Status, item.Category = statusHidden, fact.Done
	}
	for _, list := range []struct {
		prefix string
		names  []string
	}{{"kind/", note.Kinds}, {"sig/", note.SIGs}, {"area/", note.Areas}} {
		for _, name := range list.names {
			item.Labels = append(item.Labels, list.prefix+name)
		}
	}
	if note.ActionRequired {
		item.Labels = append(item.Labels, actionRequired)
	}
	if note.DoNotPublish {
		item.Labels = append(item.Labels, doNotPublish)
	}
	if note.Text == nil || strings.TrimSpace(*note.Text) == "" {
		item.Labels = append(item.Labels, noText)
		n.add(absent, line, "note %s has no text", id)
	} else {
		item.Note = strings.TrimSpace(*note.Text)
		item.Title, _, _ = strings.Cut(item.Note, "\n")
		item.Title = strings.TrimSpace(item.Title)
	}
	if note.Author != "" {
		item.Author = fact.Account{System: "github", ID: note.Author}
	}
	if note.PRURL != "" {
		link, err := value.ParseLink(note.PRURL)
		if err != nil {
			n.add(unreadable, line, "note %s: %v", id, err)
		}
		item.Link = link
	}
	return item
}

// byNumber sorts notes by the number of their pull request.
func byNumber(a, b fact.WorkItem) int {
	if c := len(a.ID) - len(b.ID); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// lineOf returns the number of the line that holds the offset.
func lineOf(source []byte, offset int64) int {
	return 1 + bytes.Count(source[:min(int(offset), len(source))], []byte("\n"))
}
