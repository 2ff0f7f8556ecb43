package jiraconnector

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

// searchBody is what POST /rest/api/3/search/jql takes (SearchAndReconcileRequestBean).
type searchBody struct {
	JQL             string   `json:"jql"`
	Fields          []string `json:"fields"`
	MaxResults      int      `json:"maxResults"`
	NextPageToken   string   `json:"nextPageToken,omitempty"`
	ReconcileIssues []int64  `json:"reconcileIssues,omitempty"` // the same on every page
}

// searchPage is what it answers (SearchAndReconcileResults). Without issues it
// is no page: an empty one says so with an empty array.
type searchPage struct {
	Issues          []issue  `json:"issues"`
	IsLast          *bool    `json:"isLast"`
	NextPageToken   string   `json:"nextPageToken"`
	WarningMessages []string `json:"warningMessages"`
}

// reader reads the pages of one search.
type reader struct {
	in       *instance
	body     searchBody
	onWait   func(time.Duration) error
	tokens   map[string]bool // asked for
	ids      idSet           // seen
	border   []string        // the ids of the last page that had any
	keyed    bool            // want issues with their keys
	barren   int             // pages in a row that brought nothing new
	at       time.Time       // of the first page: what came later is newer
	complete bool
	done     bool
}

// maxBarren is how many pages in a row may bring nothing new. Jira filters a
// page by permission after it was cut, so one may well be empty.
const maxBarren = 20

func (in *instance) search(body searchBody) *reader {
	return &reader{in: in, complete: true, tokens: map[string]bool{body.NextPageToken: true}, body: body}
}

// next returns the issues of the next page that were not seen before. After the
// last page, done is set.
func (r *reader) next(ctx context.Context) ([]issue, error) {
	var page upstream.Strict[searchPage]
	request := upstream.Post("/rest/api/3/search/jql", r.body).ReadOnly().OnWait(r.onWait)
	answer, err := r.in.client.Do(ctx, request, &page)
	if err != nil {
		return nil, err
	}
	if page.Is.Issues == nil {
		return nil, r.broken(answer, connectors.CodeBadAnswer, "has no array of issues")
	}
	if r.at.IsZero() {
		r.at = r.in.client.Observed(answer).Add(-r.in.lag)
	}
	fresh, err := r.fresh(page.Is.Issues)
	if err != nil {
		return nil, r.broken(answer, connectors.CodeBadAnswer, err.Error())
	}
	if len(page.Is.WarningMessages) > 0 {
		r.complete = false
	}
	return fresh, r.turn(answer, page.Is, len(fresh))
}

// turn decides whether and where there is another page. The last page says so
// with isLast and has no token (search/jql); a token alone leads on.
func (r *reader) turn(answer upstream.Answer, page searchPage, fresh int) error {
	last, next := page.IsLast, page.NextPageToken
	switch {
	case last != nil && *last && next != "":
		return r.broken(answer, connectors.CodeBadAnswer, "says that it is the last and where the next one is")
	case last != nil && *last:
		r.done = true
		return nil
	case last == nil && next == "":
		return r.broken(answer, connectors.CodeBadAnswer, "says neither that it is the last nor where the next one is")
	case next == "":
		return r.broken(answer, connectors.CodeBadAnswer, "says that there is another page and not where")
	case r.tokens[next]:
		return r.broken(answer, connectors.CodeCursorLoop, "leads to a page that was read before")
	}
	if r.barren++; fresh > 0 {
		r.barren = 0
	}
	if r.barren >= maxBarren {
		return r.broken(answer, connectors.CodeCursorLoop, fmt.Sprintf("is the %dth in a row that brings nothing new", maxBarren))
	}
	r.tokens[next] = true
	r.body.NextPageToken = next
	return nil
}

// fresh sorts out what came before. Positions shifted while the pages were
// read, so another issue may be missing.
func (r *reader) fresh(issues []issue) ([]issue, error) {
	if len(issues) > 0 {
		r.border = make([]string, 0, len(issues))
	}
	fresh := issues[:0]
	for _, one := range issues {
		switch {
		case one.ID == "":
			return nil, errors.New("has an issue without an id")
		case one.Key == "" && r.keyed:
			return nil, errors.New("has an issue without a key")
		}
		r.border = append(r.border, one.ID)
		if !r.ids.add(one.ID) {
			r.complete = false
			continue
		}
		fresh = append(fresh, one)
	}
	return fresh, nil
}

func (r *reader) broken(a upstream.Answer, code, why string) error {
	d := upstream.BadAnswer(a, "search/jql: page %s", why)
	d.Code = code
	return d
}

// aboutJQL says of a refused search that it is the expression.
func aboutJQL(err error) error {
	if d := (*connectors.Diagnostic)(nil); errors.As(err, &d) && d.Code == connectors.CodeInvalidQuery {
		d.Path = "jql"
	}
	return err
}

// count is how many issues match, by their ids.
func (in *instance) count(ctx context.Context, jql, reconcile string) (counted, error) {
	ids, err := reconciled(reconcile)
	if err != nil {
		return counted{}, err
	}
	r := in.search(searchBody{JQL: jql, Fields: []string{"id"}, MaxResults: min(maxIDs, in.maxIssues), ReconcileIssues: ids})
	for !r.done {
		if _, err := r.next(ctx); err != nil {
			return counted{}, aboutJQL(err)
		}
		if r.ids.len() >= in.maxIssues && !r.done {
			r.complete = false
			break
		}
	}
	return counted{n: int64(r.ids.len()), complete: r.complete, at: r.at, link: searchLink(in.site, jql)}, nil
}
