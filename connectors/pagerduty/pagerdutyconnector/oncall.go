package pagerdutyconnector

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// dutyParams are those of the queries about who is on call.
type dutyParams struct {
	Policy string `json:"policy" jsonschema_description:"name of an escalation policy, exactly"`
	Of     string `json:"of,omitzero" jsonschema_description:"gaps or levels, for a number"`
	Level  string `json:"level,omitzero" jsonschema_description:"of which gaps are counted; all by default"`
	windowParams
}

// policy is what of an escalation policy is read (EscalationPolicy).
type policy struct {
	ID    string            `json:"id"`
	Name  string            `json:"name"`
	Link  string            `json:"html_url"`
	Rules []json.RawMessage `json:"escalation_rules"`
}

func (p policy) identity() string { return p.ID }

type policyPage struct {
	paging

	Policies []policy `json:"escalation_policies"`
}

func (p policyPage) page() ([]policy, paging) { return p.Policies, p.paging }

// onCall is one shift (Oncall).
type onCall struct {
	Policy   reference  `json:"escalation_policy"`
	User     *reference `json:"user"`
	Schedule *reference `json:"schedule"`
	Level    int        `json:"escalation_level"`
	Start    *string    `json:"start"` // null: always
	End      *string    `json:"end"`   // null: without end
}

// identity tells a shift from others; it has no id of its own.
func (o onCall) identity() string {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	user, schedule := "", ""
	if o.User != nil {
		user = o.User.ID
	}
	if o.Schedule != nil {
		schedule = o.Schedule.ID
	}
	return strings.Join([]string{o.Policy.ID, strconv.Itoa(o.Level), user, schedule, text(o.Start), text(o.End)}, "/")
}

type onCallPage struct {
	paging

	OnCalls []onCall `json:"oncalls"`
}

func (p onCallPage) page() ([]onCall, paging) { return p.OnCalls, p.paging }

// policy finds the policy with exactly that name.
func (in *instance) policy(ctx context.Context, name, asked string) (policy, error) {
	if strings.TrimSpace(name) == "" {
		return policy{}, upstream.Invalid("policy", "policy is empty, want the name of an escalation policy")
	}
	found, err := joint.Ask(ctx, in.answers, "policy "+name, asked, func(ctx context.Context) (read[policy], error) {
		return readAll[policyPage](ctx, in, upstream.Get("/escalation_policies").With("query", name).With("sort_by", "name"))
	})
	if err != nil {
		return policy{}, err
	}
	var all []policy
	for _, p := range found.items {
		if p.Name == name {
			all = append(all, p)
		}
	}
	switch {
	case len(all) == 0:
		return policy{}, missing("policy", "no escalation policy is called %.80q", name)
	case len(all) > 1:
		return policy{}, upstream.Invalid("policy", "%d escalation policies are called %.80q", len(all), name)
	case len(all[0].Rules) == 0:
		return policy{}, upstream.BadAnswer(found.answer, "escalation policy %.80q has no rules, so nobody is paged", name)
	}
	return all[0], nil
}

// maxDuties bounds windows of duties: "the search range cannot exceed 3 months"
// (listOnCalls).
const maxDuties = 90 * 24 * time.Hour

// shifts are those of a policy, now or over a window.
type shifts struct {
	policy   policy
	duties   []fact.Duty
	complete bool
	at       time.Time
}

func (in *instance) shifts(ctx context.Context, p dutyParams, asked string) (shifts, error) {
	r := upstream.Get("/oncalls")
	if p.Since != "" || p.Until != "" {
		since, until, err := p.moments()
		if err == nil {
			err = within(since, until, maxDuties, "3 months")
		}
		if err != nil {
			return shifts{}, err
		}
		r = r.With("since", rfc(since)).With("until", rfc(until))
	}
	whose, err := in.policy(ctx, p.Policy, asked)
	if err != nil {
		return shifts{}, err
	}
	got, err := joint.Ask(ctx, in.answers, fmt.Sprintf("oncalls %s %+v", whose.ID, p.windowParams), asked, func(ctx context.Context) (read[onCall], error) {
		return readAll[onCallPage](ctx, in, r.With("escalation_policy_ids[]", whose.ID))
	})
	if err != nil {
		return shifts{}, err
	}
	s := shifts{policy: whose, complete: got.complete, at: got.at}
	for _, one := range got.items {
		if one.Policy.ID != whose.ID {
			continue // a filter that was ignored
		}
		if one.Level < 1 || one.Level > len(whose.Rules) {
			return s, upstream.BadAnswer(got.answer, "GET /oncalls: answer has a shift at level %d of %d", one.Level, len(whose.Rules))
		}
		duty, ok := one.duty(whose)
		if !ok {
			s.complete = false // somebody, and nobody knows who or when
			continue
		}
		s.duties = append(s.duties, duty)
	}
	slices.SortStableFunc(s.duties, func(a, b fact.Duty) int {
		if a.Level != b.Level {
			return a.Level - b.Level
		}
		return a.From.Compare(b.From)
	})
	return s, nil
}

// duty is the shift as a fact, if it says who and when.
func (o onCall) duty(whose policy) (fact.Duty, bool) {
	if o.User == nil || o.User.ID == "" {
		return fact.Duty{}, false
	}
	d := fact.Duty{Policy: whose.Name, Level: o.Level, Account: fact.Account{System: pagerduty.Connector, ID: o.User.ID}, Link: linkTo(whose.Link)}
	if o.Schedule != nil && linkTo(o.Schedule.Link) != "" {
		d.Link = linkTo(o.Schedule.Link)
	}
	for _, one := range []struct {
		text *string
		at   *time.Time
	}{{o.Start, &d.From}, {o.End, &d.Until}} {
		if one.text == nil {
			continue
		}
		if *one.at = stamp(*one.text); one.at.IsZero() {
			return d, false
		}
	}
	return d, true
}

// listDuties lists who is on call. A level at which nobody is has no duty.
func (in *instance) listDuties(ctx context.Context, p dutyParams, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	if p.Of != "" || p.Level != "" || cursor != "" {
		return page, l, upstream.Invalid("of", "of %.40q and level %.40q are for numbers, or cursor %.40q is none of it", p.Of, p.Level, cursor)
	}
	s, err := in.shifts(ctx, p, fmt.Sprintf("duties %+v", p))
	if err != nil {
		return page, l, err
	}
	page.Duties = s.duties
	return page, connectors.Listed{Complete: s.complete, ObservedAt: s.at, Source: source, Link: linkTo(s.policy.Link)}, nil
}

// gaps answers how often nobody is on call, or how many levels there are.
func (in *instance) gaps(ctx context.Context, p dutyParams, q fact.Query) (fact.Result, error) {
	since, until, err := p.moments()
	if err != nil {
		return fact.Result{}, err
	}
	level, err := strconv.Atoi(p.Level)
	switch {
	case q.Yields.Unit != value.Count:
		return fact.Result{}, upstream.Invalid("yields", "gaps are counted in {count}, not in %q", q.Yields.Unit)
	case p.Of != "gaps" && p.Of != "levels":
		return fact.Result{}, upstream.Invalid("of", "of %.40q is not known, want gaps or levels", p.Of)
	case p.Level != "" && (err != nil || level < 1):
		return fact.Result{}, upstream.Invalid("level", "level %.40q is no level, want a number from 1", p.Level)
	}
	s, err := in.shifts(ctx, p, q.String())
	if err != nil {
		return fact.Result{}, err
	}
	levels := len(s.policy.Rules)
	if level > levels {
		return fact.Result{}, missing("level", "escalation policy %.80q has %d levels and no level %d", p.Policy, levels, level)
	}
	n, counting := 0, 0
	for l := 1; l <= levels; l++ {
		if level == 0 || level == l {
			counting++
			n += s.holes(l, since, until)
		}
	}
	if p.Of == "levels" {
		n = counting
	}
	return counted(q, n, s.at, s.complete, linkTo(s.policy.Link)), nil
}

// holes is how often nobody is on call at a level. Duties are in order.
func (s shifts) holes(level int, since, until time.Time) int {
	n, covered := 0, since // up to covered somebody is
	for _, d := range s.duties {
		if d.Level != level || !d.From.Before(until) {
			continue
		}
		if d.From.After(covered) {
			n++
		}
		if d.Until.IsZero() {
			return n
		}
		if d.Until.After(covered) {
			covered = d.Until
		}
	}
	if covered.Before(until) {
		n++
	}
	return n
}
