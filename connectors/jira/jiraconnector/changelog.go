package jiraconnector

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// answered is an approval and the earliest moment at which it can have been
// answered: that of its completion if there is one answer, else that of the
// request.
type answered struct {
	fact.Approval

	from time.Time
}

// changePage is a page of GET /rest/api/3/issue/{key}/changelog
// (PageBeanChangelog), the oldest change first.
type changePage struct {
	Values []struct {
		Created any `json:"created"`
		Items   []struct {
			Field string `json:"fieldId"`
		} `json:"items"`
	} `json:"values"`
	Last *bool `json:"isLast"`
}

const (
	changesOfPage  = 100
	maxChangePages = 50 // of one issue
)

// recall makes the approvals pending that may have been given before what they
// are about was written into the fields of the issue: nobody has yet approved
// what stands there now.
func (in *instance) recall(ctx context.Context, all []answered, key string, fields []string) error {
	given := func(a answered) bool { return a.Answer == fact.Approved && !a.At.IsZero() }
	if len(fields) == 0 || !slices.ContainsFunc(all, given) {
		return nil
	}
	changed, err := in.changed(ctx, key, fields)
	if err != nil {
		return err
	}
	for i := range all {
		if given(all[i]) && !changed.IsZero() && !all[i].from.After(changed) {
			all[i].Answer, all[i].At = fact.Pending, time.Time{}
		}
	}
	return nil
}

// changed is when one of the fields of an issue was last changed; zero: never
// since it was created.
func (in *instance) changed(ctx context.Context, key string, fields []string) (time.Time, error) {
	var last time.Time
	for start, n := 0, 0; ; n++ {
		var page upstream.Strict[changePage]
		got, err := in.client.Do(ctx, upstream.Get("/rest/api/3/issue/{key}/changelog", key).
			With("startAt", strconv.Itoa(start)).With("maxResults", strconv.Itoa(changesOfPage)), &page)
		if err != nil {
			return last, err
		}
		is := page.Is
		switch {
		case is.Values == nil || is.Last == nil || !*is.Last && len(is.Values) == 0:
			return last, upstream.BadAnswer(got, "changes of %s: answer is no page that says whether it is the last", key)
		case n >= maxChangePages:
			return last, upstream.BadAnswer(got, "changes of %s: %d pages, and no end", key, n)
		}
		for _, c := range is.Values {
			at := updated(c.Created)
			if at.IsZero() {
				return last, upstream.BadAnswer(got, "changes of %s: answer has one without a time", key)
			}
			for _, item := range c.Items {
				if slices.Contains(fields, item.Field) && at.After(last) {
					last = at
				}
			}
		}
		if start += len(is.Values); *is.Last {
			return last, nil
		}
	}
}
