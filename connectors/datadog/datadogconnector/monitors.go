package datadogconnector

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// tagParams are those of datadog.Monitors and datadog.MonitorCount.
type tagParams struct {
	Tags []string `json:"tags" jsonschema_description:"tags that the monitors have, all of them"`
}

func (p tagParams) fault() error {
	if len(p.Tags) == 0 {
		return upstream.Invalid("tags", "tags are missing: without any, it would be every monitor of the organisation")
	}
	for i, tag := range p.Tags {
		if strings.TrimSpace(tag) == "" || strings.ContainsAny(tag, ",\n") {
			return upstream.Invalid(fmt.Sprintf("tags[%d]", i), "tag %.80q is empty or has a comma", tag)
		}
	}
	return nil
}

// matches reports whether the monitor has all of the tags. Datadog's filter is
// not relied on: what it means by several tags is not said.
func (p tagParams) matches(m *monitor) bool {
	for _, tag := range p.Tags {
		if !slices.Contains(m.Tags, tag) {
			return false
		}
	}
	return true
}

// monitor is what of a monitor is read (Monitor). The descriptions leave
// overall_state_modified out, which recorded answers have.
type monitor struct {
	ID       int64    `json:"id"`
	Name     string   `json:"name"`
	Tags     []string `json:"tags"`
	Overall  string   `json:"overall_state"`
	Modified string   `json:"overall_state_modified"`
	State    struct {
		Groups map[string]group `json:"groups"`
	} `json:"state"`
	Options struct {
		Silenced map[string]*float64 `json:"silenced"` // scope: until when; null: without end
	} `json:"options"`
	Downtimes []struct {
		Scope  []string `json:"scope"`
		Start  *int64   `json:"start"`
		End    *int64   `json:"end"`
		Active *bool    `json:"active"`
	} `json:"matching_downtimes"`
}

// group is the state of one group of a monitor (MonitorStateGroup).
type group struct {
	Status    string `json:"status"`
	NoData    int64  `json:"last_nodata_ts"`
	Resolved  int64  `json:"last_resolved_ts"`
	Triggered int64  `json:"last_triggered_ts"`
}

// monitorPage is the page of monitors behind an id, or all of them: "if this
// argument is not specified, the request returns all monitors without
// pagination" (page of ListMonitors).
func (in *instance) monitorPage(ctx context.Context, tags []string, after int64, size int) ([]monitor, time.Time, error) {
	r := upstream.Get("/api/v1/monitor").With("group_states", "all").With("with_downtimes", "true")
	if size > 0 {
		r = r.With("id_offset", strconv.FormatInt(after, 10)).With("page_size", strconv.Itoa(size))
	}
	if len(tags) > 0 {
		r = r.With("monitor_tags", strings.Join(tags, ","))
	}
	list, a, err := do[[]monitor](ctx, in, r, "monitors_read")
	if err != nil {
		return nil, time.Time{}, err
	}
	for _, m := range list {
		if m.ID <= 0 {
			return nil, time.Time{}, upstream.BadAnswer(a, "GET /api/v1/monitor: answer has a monitor without an id")
		}
	}
	return list, in.client.Observed(a), nil
}

// found are the monitors of a page that are new and match.
type found struct {
	monitors []monitor
	next     int64 // behind which id the next page is; 0: there is none
	complete bool
	at       time.Time
}

// page reads the page behind an id. The list is over with an empty page ("repeat
// until the response is empty", id_offset of ListMonitors).
func (in *instance) page(ctx context.Context, p tagParams, after int64) (found, error) {
	list, at, err := in.monitorPage(ctx, p.Tags, after, in.pageSize)
	f := found{complete: true, at: at}
	if err != nil || len(list) == 0 {
		return f, err
	}
	seen := map[int64]bool{}
	for _, m := range list {
		if m.ID <= after || seen[m.ID] { // again: the pages shifted, and another may be missing
			f.complete = false
			continue
		}
		seen[m.ID] = true
		f.next = max(f.next, m.ID)
		if p.matches(&m) {
			f.monitors = append(f.monitors, m)
		}
	}
	switch {
	case in.pageSize == 0 && len(seen) > in.monitors:
		f.next, f.complete = 0, false
		f.monitors = f.monitors[:min(len(f.monitors), in.monitors)]
	case in.pageSize == 0:
		f.next = 0
	case f.next == 0:
		return f, &connectors.Diagnostic{
			Code: connectors.CodeCursorLoop, Origin: connectors.FromUpstream,
			Summary: fmt.Sprintf("GET /api/v1/monitor: the page behind id %d brings nothing new", after),
		}
	}
	return f, nil
}

// countMonitors answers how many monitors match.
func (in *instance) countMonitors(ctx context.Context, p tagParams, q fact.Query) (fact.Result, error) {
	if err := p.fault(); err != nil {
		return fact.Result{}, err
	}
	if err := wants(q, value.Count); err != nil {
		return fact.Result{}, err
	}
	n, after, complete, at := 0, int64(0), true, time.Time{}
	for read := 0; ; read += in.pageSize {
		f, err := in.page(ctx, p, after)
		if err != nil {
			return fact.Result{}, err
		}
		if at.IsZero() {
			at = f.at
		}
		n, complete, after = n+len(f.monitors), complete && f.complete, f.next
		if after == 0 {
			break
		}
		if read+in.pageSize >= in.monitors {
			complete = false
			break
		}
	}
	r := number(q, float64(n), at, in.monitorsLink(p))
	r.Complete = complete
	return r, nil
}

// listMonitors lists the states of the monitors of a page. The cursor is the id
// of the last monitor that was read and how many there were.
func (in *instance) listMonitors(ctx context.Context, p tagParams, cursor string) (page connectors.Page, l connectors.Listed, err error) {
	l = connectors.Listed{Source: source, Link: in.monitorsLink(p)}
	if err := p.fault(); err != nil {
		return page, l, err
	}
	after, read, err := parseCursor(cursor)
	if err != nil {
		return page, l, err
	}
	asked := fmt.Sprintf("list monitors %q %s", p.Tags, cursor)
	now, err := in.now(ctx, asked) // by which downtimes are judged
	if err != nil {
		return page, l, err
	}
	f, err := in.page(ctx, p, after)
	if err != nil {
		return page, l, err
	}
	l.Complete, l.ObservedAt = f.complete, f.at
	for i := range f.monitors {
		states, err := in.states(ctx, &f.monitors[i], now, asked)
		if err != nil {
			return connectors.Page{}, l, err
		}
		page.States = append(page.States, states...)
	}
	if read += in.pageSize; f.next > 0 && read < in.monitors {
		page.Cursor = fmt.Sprintf("%d/%d", f.next, read)
	} else if f.next > 0 {
		l.Complete = false
	}
	return page, l, nil
}

func parseCursor(text string) (after int64, read int, err error) {
	if text == "" {
		return 0, 0, nil
	}
	id, n, _ := strings.Cut(text, "/")
	after, err1 := strconv.ParseInt(id, 10, 64)
	read, err2 := strconv.Atoi(n)
	if err1 != nil || err2 != nil || after <= 0 || read <= 0 || text != fmt.Sprintf("%d/%d", after, read) {
		return 0, 0, upstream.Invalid("cursor", "cursor %.80q is none of this connector", text)
	}
	return after, read, nil
}

func (in *instance) monitorsLink(p tagParams) value.Link {
	return value.Link(in.app + "/monitors/manage?q=" + url.QueryEscape(`tag:"`+strings.Join(p.Tags, `" tag:"`)+`"`))
}

// healths are the states of monitors (MonitorOverallStates) that say something.
// Ignored, Skipped, Unknown and what comes new do not.
var healths = map[string]fact.Health{"OK": fact.Healthy, "Warn": fact.Warned, "Alert": fact.Alerting, "No Data": fact.NoData}

// severe is how bad a state is.
var severe = map[fact.Health]int{fact.Healthy: 1, fact.Warned: 2, fact.UnknownHealth: 3, fact.NoData: 4, fact.Alerting: 5}

// states are those of the groups of a monitor, or of the monitor if it has none.
func (in *instance) states(ctx context.Context, m *monitor, now time.Time, asked string) ([]fact.State, error) {
	quiet, err := in.silence(ctx, m, now, asked)
	if err != nil {
		return nil, err
	}
	id := strconv.FormatInt(m.ID, 10)
	one := fact.State{ID: id, Title: m.Name, Link: value.Link(in.app + "/monitors/" + id)}
	var all []fact.State
	worst := fact.Healthy
	for _, name := range sortedKeys(m.State.Groups) {
		g := m.State.Groups[name]
		s := one
		s.Group, s.Status = name, healths[g.Status]
		s.Since = map[fact.Health]time.Time{fact.Healthy: unix(g.Resolved), fact.Warned: unix(g.Triggered), fact.Alerting: unix(g.Triggered), fact.NoData: unix(g.NoData)}[s.Status]
		if severe[s.Status] > severe[worst] {
			worst = s.Status
		}
		s.Status = quiet.over(name, s.Status)
		all = append(all, s)
	}
	// Where the whole is worse than every group, a group is not shown.
	if overall := healths[m.Overall]; len(all) == 0 || severe[overall] > severe[worst] {
		one.Status, one.Since = quiet.over("", overall), stamp(m.Modified)
		all = append(all, one)
	}
	return all, nil
}

func unix(seconds int64) time.Time {
	if seconds <= 0 || seconds > 1<<38 { // the year 10680: no moment that can be written
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// stamp reads a moment; one that is not understood is left out.
func stamp(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
