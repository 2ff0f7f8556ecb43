package jiraconnector

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// approvalPage is a page of GET /rest/servicedeskapi/request/{key}/approval
// (PagedDTOApprovalDTO, "Jira Service Management REST API", Request).
type approvalPage struct {
	Values []approval `json:"values"`
	Last   *bool      `json:"isLastPage"`
}

type approval struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Decision  string     `json:"finalDecision"` // approved, declined or pending
	Approvers []approver `json:"approvers"`
	Created   stamp      `json:"createdDate"`
	Completed stamp      `json:"completedDate"`
}

type approver struct {
	Approver person `json:"approver"`
	Decision string `json:"approverDecision"` // approved, declined or pending
}

// stamp is a moment (DateDTO).
type stamp struct {
	EpochMillis int64 `json:"epochMillis"`
}

func (s stamp) time() time.Time {
	if s.EpochMillis <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(s.EpochMillis).UTC()
}

const (
	maxApproved      = 200 // issues of one list of approvals
	approvalsOfPage  = 50
	maxApprovalPages = 20 // of one issue
)

var answers = map[string]fact.Answered{"pending": fact.Pending, "approved": fact.Approved, "declined": fact.Rejected}

// approvals lists the approvals of the issues that match.
func (in *instance) approvals(ctx context.Context, p approvalParams, after string, yield func(connectors.Page) error) (connectors.Listed, error) {
	var gate, subject, role string
	err := in.resolve(ctx, map[string]*string{"gate": &gate, "subject": &subject, "role": &role},
		map[string]string{"gate": p.Gate, "subject": p.Subject, "role": p.Role}, "", nil)
	if err != nil {
		return connectors.Listed{Source: source}, err
	}
	fields := []string{"summary", "created"}
	for _, id := range []string{gate, subject, role} {
		if id != "" {
			fields = append(fields, id)
		}
	}
	issues := 0
	return in.list(ctx, searched{p.JQL, p.Reconcile, fields, min(in.pageSize, approvalsOfPage)}, after, yield,
		func(ctx context.Context, page []issue) (connectors.Page, error) {
			var out connectors.Page
			if issues += len(page); issues > maxApproved {
				return out, &connectors.Diagnostic{Code: connectors.CodeTooLarge, Origin: connectors.FromUpstream, Path: "jql",
					Summary: fmt.Sprintf("more than %d issues match, and the approvals of so many are not read: narrow the expression", maxApproved)}
			}
			for _, one := range page {
				base, err := one.asked(in.site, gate, subject, role)
				if err != nil {
					return out, err
				}
				all, err := in.approvalsOf(ctx, base)
				if err == nil {
					err = in.recall(ctx, all, one.Key, fields[2:])
				}
				if err != nil {
					return out, err
				}
				for _, a := range all {
					out.Approvals = append(out.Approvals, a.Approval)
				}
			}
			return out, nil
		})
}

// asked is the approval of nobody that an issue asks for.
func (i issue) asked(site, gate, subject, role string) (fact.Approval, error) {
	a := fact.Approval{ID: i.Key, Title: i.Fields.Summary, Link: value.Link(site + "/browse/" + i.Key)}
	for _, f := range []struct {
		id  string
		set func(text string) error
	}{
		{gate, func(text string) error { a.Gate = text; return nil }},
		{role, func(text string) error { a.Role = text; return nil }},
		{subject, func(text string) (err error) {
			if text != "" {
				a.Subject, err = value.ParseDigest(text)
			}
			return err
		}},
	} {
		if f.id == "" {
			continue
		}
		text, err := i.text(f.id)
		if err == nil {
			err = f.set(text)
		}
		if err != nil {
			return a, &connectors.Diagnostic{Code: connectors.CodeBadAnswer, Origin: connectors.FromUpstream, Summary: fmt.Sprintf("issue %s: %v", i.Key, err)}
		}
	}
	return a, nil
}

// approvalsOf are the answers to what an issue asks for, one for each approver;
// the request itself, pending, if nobody was asked.
func (in *instance) approvalsOf(ctx context.Context, base fact.Approval) ([]answered, error) {
	var all []answered
	seen := map[string]bool{}
	for start, n := 0, 0; ; n++ {
		var page upstream.Strict[approvalPage]
		got, err := in.client.Do(ctx, upstream.Get("/rest/servicedeskapi/request/{key}/approval", base.ID).
			With("start", strconv.Itoa(start)).With("limit", strconv.Itoa(approvalsOfPage)), &page)
		if err != nil {
			return nil, err
		}
		last := page.Is.Last
		switch {
		case page.Is.Values == nil || last == nil || !*last && len(page.Is.Values) == 0:
			return nil, upstream.BadAnswer(got, "approvals of %s: answer is no page that says whether it is the last", base.ID)
		case n >= maxApprovalPages:
			return nil, upstream.BadAnswer(got, "approvals of %s: %d pages, and no end", base.ID, n)
		}
		for _, a := range page.Is.Values {
			if a.ID == "" || seen[a.ID] {
				return nil, upstream.BadAnswer(got, "approvals of %s: answer has one twice, or without an id", base.ID)
			}
			seen[a.ID] = true
			each, err := a.facts(base)
			if err != nil {
				return nil, upstream.BadAnswer(got, "approvals of %s: %v", base.ID, err)
			}
			all = append(all, each...)
		}
		if start += len(page.Is.Values); *last {
			break
		}
	}
	if len(all) == 0 {
		all = append(all, answered{Approval: base})
	}
	return all, nil
}

// facts are the answers of the approvers of one approval. While it is pending,
// Jira does not say when somebody answered.
func (a approval) facts(base fact.Approval) ([]answered, error) {
	final, known := answers[a.Decision]
	if !known {
		return nil, fmt.Errorf("final decision %.40q is not known", a.Decision)
	}
	base.Requested = a.Created.time()
	if a.Name != "" {
		base.Title = a.Name + ": " + base.Title
	}
	var all []answered
	n := 0
	for _, by := range a.Approvers {
		one := answered{base, a.Created.time()}
		if one.Answer, known = answers[by.Decision]; !known {
			return nil, fmt.Errorf("decision %.40q is not known", by.Decision)
		}
		if one.Account = by.Approver.account(); one.Account == (fact.Account{}) {
			return nil, errors.New("an approver has no account")
		}
		if one.Answer != fact.Pending {
			n++
			if final != fact.Pending {
				one.At = a.Completed.time()
			}
		}
		all = append(all, one)
	}
	if final == fact.Rejected && !slices.ContainsFunc(all, func(a answered) bool { return a.Answer == fact.Rejected }) {
		return nil, errors.New("it is declined, and none of its approvers declined it")
	}
	for i := range all {
		if n == 1 && !all[i].At.IsZero() {
			all[i].from = all[i].At // the only answer completed it
		}
	}
	if len(all) == 0 { // whatever it says, nobody said it
		all = append(all, answered{Approval: base})
	}
	return all, nil
}
