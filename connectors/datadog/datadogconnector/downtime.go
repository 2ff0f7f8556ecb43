package datadogconnector

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/joint"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// silence is what of a monitor nobody hears.
type silence struct {
	all    bool            // all of it
	groups map[string]bool // these groups
	unsure bool            // and some that are not known by their names
}

// over is the state of a group under the silence. If it cannot be told whether
// it is covered, it is not said to be well, nor is an alert hidden.
func (s silence) over(name string, is fact.Health) fact.Health {
	switch {
	case s.all || s.groups[name] && name != "":
		return fact.Muted
	case (s.unsure || name == "" && len(s.groups) > 0) && (is == fact.Healthy || is == fact.Warned):
		return fact.UnknownHealth
	}
	return is
}

// add takes in the scopes of one silence: groups by their tags, or "*".
func (s *silence) add(m *monitor, scopes ...string) {
	for _, scope := range scopes {
		name, ok := named(m, scope)
		switch {
		case strings.TrimSpace(scope) == "*" || strings.TrimSpace(scope) == "":
			s.all = true
		case ok:
			s.groups[name] = true
		default:
			s.unsure = true
		}
	}
}

// named is the group of the monitor with the tags of a scope, in any order.
func named(m *monitor, scope string) (string, bool) {
	want := tagSet(scope)
	for name := range m.State.Groups {
		if tagSet(name) == want {
			return name, true
		}
	}
	return "", false
}

func tagSet(text string) string {
	tags := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	slices.Sort(tags)
	return strings.Join(tags, ",")
}

// silence finds out whether the monitor is muted, in a downtime of its own
// making (options.silenced, matching_downtimes: the old ones), or in one of v2.
func (in *instance) silence(ctx context.Context, m *monitor, now time.Time, asked string) (silence, error) {
	s := silence{groups: map[string]bool{}}
	for _, scope := range sortedKeys(m.Options.Silenced) {
		if until := m.Options.Silenced[scope]; until == nil || *until <= 0 || *until > float64(now.Unix()) {
			s.add(m, scope)
		}
	}
	for _, d := range m.Downtimes {
		running := (d.Start == nil || *d.Start <= now.Unix()) && (d.End == nil || *d.End > now.Unix())
		if d.Active != nil && !*d.Active || !running {
			continue
		}
		if len(d.Scope) == 0 {
			s.all = true
		}
		s.add(m, strings.Join(d.Scope, ","))
	}
	all, err := joint.Ask(ctx, in.answers, "downtimes", asked+strconv.FormatInt(m.ID, 10), in.downtimes)
	if err != nil || !slices.ContainsFunc(all, func(d downtime) bool { return d.about(m) }) {
		return s, err
	}
	return s, in.matches(ctx, m, now, &s)
}

// downtime is one that is active (DowntimeResponseData).
type downtime struct {
	ID         string `json:"id"`
	Attributes struct {
		Status  string `json:"status"`
		Monitor struct {
			ID   int64    `json:"monitor_id"`
			Tags []string `json:"monitor_tags"`
		} `json:"monitor_identifier"`
	} `json:"attributes"`
}

// about reports whether the downtime may be one of the monitor.
func (d downtime) about(m *monitor) bool {
	id, tags := d.Attributes.Monitor.ID, d.Attributes.Monitor.Tags
	if status := d.Attributes.Status; status == "ended" || status == "canceled" || status == "scheduled" {
		return false
	}
	if id != 0 {
		return id == m.ID
	}
	for _, tag := range tags {
		if tag != "*" && !slices.Contains(m.Tags, tag) {
			return false
		}
	}
	return true
}

type downtimes struct {
	Data []downtime `json:"data"`
	Meta struct {
		Page struct {
			Total *int `json:"total_filtered_count"`
		} `json:"page"`
	} `json:"meta"`
}

const (
	downtimePages = 100    // downtimes per request
	maxDowntimes  = 10_000 // in all
)

func (in *instance) downtimePage(ctx context.Context, offset, size int) (downtimes, error) {
	r := upstream.Get("/api/v2/downtime").With("current_only", "true").
		With("page[offset]", strconv.Itoa(offset)).With("page[limit]", strconv.Itoa(size))
	page, a, err := do[downtimes](ctx, in, r, "monitors_downtime")
	if err == nil && page.Data == nil {
		return page, upstream.BadAnswer(a, "GET /api/v2/downtime: answer has no array of downtimes")
	}
	return page, err
}

// downtimes are all that are active.
func (in *instance) downtimes(ctx context.Context) ([]downtime, error) {
	var all []downtime
	for offset := 0; offset < maxDowntimes; offset += downtimePages {
		page, err := in.downtimePage(ctx, offset, downtimePages)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Data...)
		if total := page.Meta.Page.Total; total != nil && len(all) >= *total || total == nil && len(page.Data) < downtimePages {
			return all, nil
		}
		if len(page.Data) == 0 {
			break
		}
	}
	// Those that were not seen could be about any monitor.
	return append(all, downtime{}), nil
}

// matches asks which groups the downtimes of a monitor cover
// (MonitorDowntimeMatchResponse).
func (in *instance) matches(ctx context.Context, m *monitor, now time.Time, s *silence) error {
	id := strconv.FormatInt(m.ID, 10)
	body, a, err := do[struct {
		Data []struct {
			Attributes struct {
				Start  string   `json:"start"`
				End    *string  `json:"end"`
				Groups []string `json:"groups"`
				Scope  string   `json:"scope"`
			} `json:"attributes"`
		} `json:"data"`
	}](ctx, in, upstream.Get("/api/v2/monitor/{monitor}/downtime_matches", id).With("page[limit]", strconv.Itoa(downtimePages)), "monitors_downtime")
	switch {
	case err != nil:
		return err
	case body.Data == nil:
		return upstream.BadAnswer(a, "GET /api/v2/monitor/%s/downtime_matches: answer has no array of downtimes", id)
	case len(body.Data) >= downtimePages:
		s.unsure = true
	}
	for _, d := range body.Data {
		at := d.Attributes
		if start := stamp(at.Start); start.After(now) {
			continue
		}
		if at.End != nil {
			if end := stamp(*at.End); !end.IsZero() && !end.After(now) {
				continue
			}
		}
		if len(at.Groups) > 0 {
			s.add(m, at.Groups...)
		} else {
			s.add(m, at.Scope)
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
