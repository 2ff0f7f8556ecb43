package azureboardsconnector

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/value"
)

const (
	maxFound = 20_000 // items of a query ("Work tracking, process, and project limits")
	maxWIQL  = 32_000 // characters of a query (ibid.)
)

// wiqlBody is what POST wit/wiql takes (Wiql).
type wiqlBody struct {
	Query string `json:"query"`
}

// wiqlAnswer is what it answers (WorkItemQueryResult) to a flat query.
type wiqlAnswer struct {
	QueryType string      `json:"queryType"`
	AsOf      string      `json:"asOf"`
	WorkItems []reference `json:"workItems"`
	Relations []struct{}  `json:"workItemRelations"`
}

type reference struct {
	ID int64 `json:"id"`
}

// found is what a query found: ids, each once, from small to large.
type found struct {
	ids      []int64
	at       time.Time // as of which
	asOf     string    // the same as the service wrote it; "" if it did not say
	complete bool
	link     value.Link
}

// place is where a search goes on: behind an id, as of the moment at which it
// began. The zero place is the beginning.
type place struct {
	after int64
	asOf  string
}

// find asks for the ids of the project's items that fulfil a condition.
func (in *instance) find(ctx context.Context, where string, from place, onWait func(time.Duration) error) (found, error) {
	f, err := in.ask(ctx, where, from, 0, onWait)
	if err != nil || len(f.ids) < maxFound {
		return f, err
	}
	// So many may be all, or as many as a query has at most.
	more, err := in.ask(ctx, where, place{f.ids[len(f.ids)-1], from.asOf}, 1, onWait)
	if err == nil && len(more.ids) > 0 {
		err = &connectors.Diagnostic{Code: connectors.CodeTooLarge, Origin: connectors.FromUpstream, Path: "where",
			Summary: fmt.Sprintf("more than %d work items fulfil the condition, which is all that a query can find: narrow it", maxFound)}
	}
	return f, err
}

// ask asks once. top bounds what is found; 0 does not.
func (in *instance) ask(ctx context.Context, where string, from place, top int, onWait func(time.Duration) error) (found, error) {
	text, err := wiql(where, from)
	if err != nil {
		return found{}, err
	}
	request := in.post("/_apis/wit/wiql", wiqlBody{text}).OnWait(onWait)
	if top > 0 {
		request = request.With("$top", strconv.Itoa(top))
	}
	if from.asOf != "" {
		request = request.With("timePrecision", "true") // which ASOF needs
	}
	var answer upstream.Strict[wiqlAnswer]
	got, err := in.client.Do(ctx, request, &answer)
	if err != nil {
		return found{}, about("where", err)
	}
	f, err := in.read(got, answer.Is, where)
	// A day is one in a query, and its midnight in one with timePrecision.
	f.complete = f.complete && (from.asOf == "" || !days.MatchString(where))
	return f, err
}

// days is what a condition has that compares with a day, or may.
var days = regexp.MustCompile(`(?i)date|@today|@startof|['"]\s*\d+\s*[-/. ]`)

// read is what an answer says, if it is one.
func (in *instance) read(got upstream.Answer, a wiqlAnswer, where string) (found, error) {
	f := found{at: in.client.Observed(got), asOf: a.AsOf, complete: true, link: in.queryLink(where)}
	switch {
	case a.WorkItems == nil:
		return f, upstream.BadAnswer(got, "wit/wiql: answer has no array of work items")
	case a.QueryType != "flat" && (a.QueryType != "" || len(a.Relations) > 0):
		return f, upstream.BadAnswer(got, "wit/wiql: answer is one to a query of type %.20q, and no list", a.QueryType)
	case len(a.WorkItems) > maxFound:
		return f, upstream.BadAnswer(got, "wit/wiql: answer has %d work items, and at most %d are possible", len(a.WorkItems), maxFound)
	}
	if a.AsOf != "" {
		at, err := time.Parse(time.RFC3339, a.AsOf)
		if err != nil {
			return f, upstream.BadAnswer(got, "wit/wiql: answer is as of %.40q, which is no time", a.AsOf)
		}
		f.at = at.UTC()
	}
	f.ids = make([]int64, 0, len(a.WorkItems))
	for _, item := range a.WorkItems {
		if item.ID <= 0 {
			return f, upstream.BadAnswer(got, "wit/wiql: answer has a work item without an id")
		}
		f.ids = append(f.ids, item.ID)
	}
	slices.Sort(f.ids)
	if once := slices.Compact(f.ids); len(once) < len(a.WorkItems) {
		f.ids, f.complete = once, false // one stands in the place of another
	}
	return f, nil
}

// wiql is the whole query for a condition.
func wiql(where string, from place) (string, error) {
	if err := condition(where); err != nil {
		return "", err
	}
	text := "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND ( " + where + " )"
	if from.after > 0 {
		text += " AND [System.Id] > " + strconv.FormatInt(from.after, 10)
	}
	text += " ORDER BY [System.Id]"
	if from.asOf != "" {
		text += " ASOF '" + from.asOf + "'"
	}
	if len([]rune(text)) > maxWIQL {
		return "", upstream.Invalid("where", "where makes a query of %d characters, and %d are the most", len([]rune(text)), maxWIQL)
	}
	return text, nil
}

// condition reports whether where is one condition: with what closes or goes
// on behind it, the query would be another one.
func condition(where string) error {
	if strings.TrimSpace(where) == "" {
		return upstream.Invalid("where", "where is empty, want a condition that restricts something")
	}
	depth := 0
	var words strings.Builder // without what is quoted
	for rest := where; rest != ""; {
		c := rest[0]
		n := 1
		switch c {
		case '\'', '"', '[':
			end := string(c)
			if c == '[' {
				end = "]"
			}
			i := strings.Index(rest[1:], end)
			if i < 0 {
				return upstream.Invalid("where", "where has a %s that does not end", string(c))
			}
			n = i + 2
			words.WriteByte(' ')
		case '(':
			depth++
			words.WriteByte(' ')
		case ')':
			depth--
			words.WriteByte(' ')
		default:
			words.WriteByte(c)
		}
		if depth < 0 {
			return upstream.Invalid("where", "where closes a parenthesis that it did not open")
		}
		rest = rest[n:]
	}
	if depth > 0 {
		return upstream.Invalid("where", "where does not close a parenthesis")
	}
	for word := range strings.FieldsSeq(words.String()) {
		if w := strings.ToUpper(word); w == "ORDER" || w == "ASOF" || w == "SELECT" || w == "MODE" || w == "WHERE" {
			return upstream.Invalid("where", "where has the word %s, want a condition alone", w)
		}
	}
	return nil
}

// queryLink is where a person sees what the condition finds.
func (in *instance) queryLink(where string) value.Link {
	text, err := wiql(where, place{})
	if err != nil {
		return ""
	}
	link := value.Link(in.site + "/_workitems?_a=query&wiql=" + url.QueryEscape(text))
	if link.Fault() != nil { // a long query is too long for a link
		return value.Link(in.site + "/_queries")
	}
	return link
}

// count is how many items fulfil a condition.
func (in *instance) count(ctx context.Context, where string) (counted, error) {
	f, err := in.find(ctx, where, place{}, nil)
	return counted{n: float64(len(f.ids)), complete: f.complete, at: f.at, link: f.link}, err
}
