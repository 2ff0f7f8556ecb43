// Package pagerduty sends letters as events to PagerDuty, by its Events API v2
// (POST /v2/enqueue), and asks its REST API (GET /incidents) who acknowledged them.
//
// The key of a letter is the dedup_key of the event: sent twice it is one alert. The
// address of a channel is the name of a service, for which the configuration has the
// integration key; the key itself stands in no plan, no letter and no error. Events
// are taken with 202; 408, 429 and 5xx are [comms.ErrBusy], everything else is
// [comms.ErrUndeliverable].
package pagerduty

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/internal/post"
	"github.com/tidegate-go/tidegate/release/fact"
)

// System is the name of PagerDuty in the accounts of people.
const System = "pagerduty"

// maxDedupKey is how many characters a dedup_key has at most.
const maxDedupKey = 255

// Config is what a sender needs.
type Config struct {
	Routes []Route      // one for each service
	Token  comms.Secret // of the REST API, to ask for acknowledgements; empty: nobody asks
	Events string       // address of the Events API; empty: https://events.pagerduty.com
	API    string       // address of the REST API; empty: https://api.pagerduty.com
}

// Route is a service that events go to.
type Route struct {
	Service string       // the address of channels
	Key     comms.Secret // integration key: 32 letters and digits
}

// Sender implements [comms.Sender] and [comms.Acknowledger].
type Sender struct {
	config      Config
	events, api *url.URL
}

// New returns a sender. It fails for a route without service, for two of one
// service, for a key that is none, and for addresses that are not https.
func New(c Config) (*Sender, error) {
	s := &Sender{config: c}
	s.config.Routes = slices.Clone(c.Routes)
	for i, r := range c.Routes {
		switch {
		case strings.TrimSpace(r.Service) == "":
			return nil, fmt.Errorf("pagerduty: route %d has no service", i+1)
		case slices.ContainsFunc(c.Routes[:i], func(o Route) bool { return o.Service == r.Service }):
			return nil, fmt.Errorf("pagerduty: service %q has two routes", r.Service)
		case len(r.Key) != 32 || strings.ContainsFunc(r.Key.Reveal(), func(c rune) bool { return (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') }):
			return nil, fmt.Errorf("pagerduty: the key of service %q is no integration key of 32 letters and digits", r.Service)
		}
	}
	var err error
	if s.events, err = endpoint(c.Events, "https://events.pagerduty.com"); err != nil {
		return nil, fmt.Errorf("pagerduty: Events API: %w", err)
	}
	if s.api, err = endpoint(c.API, "https://api.pagerduty.com"); err != nil {
		return nil, fmt.Errorf("pagerduty: REST API: %w", err)
	}
	return s, nil
}

func endpoint(address, standard string) (*url.URL, error) {
	if address == "" {
		address = standard
	}
	return post.Endpoint(address)
}

// event is the body of POST /v2/enqueue.
type event struct {
	RoutingKey string  `json:"routing_key"`
	Action     string  `json:"event_action"`
	DedupKey   string  `json:"dedup_key"`
	Payload    payload `json:"payload"`
	Links      []link  `json:"links,omitzero"`
	Client     string  `json:"client"`
}

type payload struct {
	Summary  string  `json:"summary"`
	Source   string  `json:"source"`
	Severity string  `json:"severity"`
	Details  details `json:"custom_details"`
}

type details struct {
	Text string `json:"text"`
	Key  string `json:"key"`
}

type link struct {
	Href string `json:"href"`
	Text string `json:"text"`
}

// Send implements [comms.Sender]. The summary is the letter's subject, or the
// first line of its body if it has none.
func (s *Sender) Send(ctx context.Context, l comms.Letter) (comms.Receipt, error) {
	i := slices.IndexFunc(s.config.Routes, func(r Route) bool { return r.Service == l.Channel.Address })
	if i < 0 {
		return comms.Receipt{}, fmt.Errorf("%w: pagerduty has no route to service %q", comms.ErrUndeliverable, l.Channel.Address)
	}
	l.Subject, l.Body, l.Source = s.redacted(l.Subject), s.redacted(l.Body), s.redacted(l.Source)
	e := event{RoutingKey: s.config.Routes[i].Key.Reveal(), Action: "trigger", DedupKey: l.Key, Client: "tidegate",
		Payload: payload{Summary: summary(l), Source: l.Source, Severity: "warning", Details: details{l.Body, l.Key}}}
	if l.Urgent {
		e.Payload.Severity = "critical"
	}
	if href := l.Link.Href(); href != "" {
		e.Links = []link{{href, "All of it"}}
	}
	if err := e.fault(); err != nil {
		return comms.Receipt{}, fmt.Errorf("%w: %w", comms.ErrUndeliverable, err)
	}
	body, err := json.Marshal(e)
	if err != nil {
		return comms.Receipt{}, fmt.Errorf("%w: the event has no JSON", comms.ErrUndeliverable)
	}
	status, text, err := post.Do(ctx, http.MethodPost, s.events.JoinPath("v2/enqueue").String(), http.Header{"Content-Type": {"application/json"}}, body)
	if err != nil {
		return comms.Receipt{}, fmt.Errorf("pagerduty: %w", err)
	}
	var answer struct {
		Status   string   `json:"status"`
		Message  string   `json:"message"`
		Errors   []string `json:"errors"`
		DedupKey string   `json:"dedup_key"`
	}
	broken := json.Unmarshal(text, &answer)
	switch {
	case status != http.StatusAccepted:
		return comms.Receipt{}, fmt.Errorf("pagerduty: %w", post.Refused(status, s.quoted(strings.Join(append([]string{answer.Message}, answer.Errors...), ", "))))
	case broken != nil || answer.Status != "success":
		return comms.Receipt{}, fmt.Errorf("pagerduty: %w: 202 without success", comms.ErrBusy)
	case answer.DedupKey != l.Key:
		return comms.Receipt{}, fmt.Errorf("pagerduty: %w: the event has another dedup_key, %q", comms.ErrUndeliverable, s.quoted(answer.DedupKey))
	}
	return comms.Receipt{ID: answer.DedupKey}, nil
}

func summary(l comms.Letter) string {
	if l.Subject != "" {
		return l.Subject
	}
	first, _, _ := strings.Cut(strings.TrimSpace(l.Body), "\n")
	return first
}

// fault says what of an event PagerDuty does not take.
func (e *event) fault() error {
	switch n := utf8.RuneCountInString(e.Payload.Summary); {
	case strings.TrimSpace(e.Payload.Summary) == "":
		return errors.New("the event has no summary")
	case n > comms.MaxPagerDutySummary:
		return fmt.Errorf("the summary has %d characters, PagerDuty takes %d", n, comms.MaxPagerDutySummary)
	case strings.TrimSpace(e.Payload.Source) == "":
		return errors.New("the event has no source")
	case e.DedupKey == "" || len(e.DedupKey) > maxDedupKey:
		return fmt.Errorf("the key has %d characters, PagerDuty takes 1 to %d", len(e.DedupKey), maxDedupKey)
	}
	return nil
}

// redacted is a text without any key of ours.
func (s *Sender) redacted(text string) string {
	for _, r := range s.config.Routes {
		text = r.Key.Redact(text)
	}
	return s.config.Token.Redact(text)
}

// quoted is a text of PagerDuty without any key of ours, and short.
func (s *Sender) quoted(text string) string {
	text = s.redacted(text)
	text = strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "?")
	if r := []rune(text); len(r) > 200 {
		text = string(r[:200]) + "…"
	}
	return strings.TrimPrefix(text, ", ")
}

// Acknowledged implements [comms.Acknowledger]: everybody who acknowledged the
// incident of the letter's key, and whoever resolved it. Without a token it
// returns nobody. What is older than the API's default month is asked for too.
func (s *Sender) Acknowledged(ctx context.Context, l comms.Letter) ([]comms.Acknowledgement, error) {
	if s.config.Token == "" {
		return nil, nil
	}
	u := s.api.JoinPath("incidents")
	u.RawQuery = url.Values{"incident_key": {l.Key}, "date_range": {"all"}, "limit": {"100"}, "statuses[]": {"acknowledged", "resolved"}}.Encode()
	status, text, err := post.Do(ctx, http.MethodGet, u.String(), http.Header{
		"Authorization": {"Token token=" + s.config.Token.Reveal()}, "Accept": {"application/vnd.pagerduty+json;version=2"},
		"Content-Type": {"application/json"}}, nil)
	if err != nil {
		return nil, fmt.Errorf("pagerduty: %w", err)
	}
	if status != http.StatusOK {
		return nil, fmt.Errorf("pagerduty: %w", post.Refused(status, ""))
	}
	var answer struct {
		Incidents []incident `json:"incidents"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, fmt.Errorf("pagerduty: %w: the list of incidents is no JSON", comms.ErrBusy)
	}
	var all []comms.Acknowledgement
	for _, in := range answer.Incidents {
		if in.Key == l.Key { // whatever the server made of the query
			all = append(all, in.acknowledgements()...)
		}
	}
	slices.SortStableFunc(all, func(a, b comms.Acknowledgement) int { return a.At.Compare(b.At) })
	return all, nil
}

// incident is what of an incident says who has seen it.
type incident struct {
	Key              string `json:"incident_key"`
	Status           string `json:"status"`
	Acknowledgements []struct {
		At   time.Time `json:"at"`
		User user      `json:"acknowledger"`
	} `json:"acknowledgements"`
	ChangedAt time.Time `json:"last_status_change_at"`
	ChangedBy user      `json:"last_status_change_by"`
}

type user struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// person reports whether it was a person: a service may change an incident too.
func (u user) person() bool { return u.ID != "" && strings.HasPrefix(u.Type, "user") }

func (in incident) acknowledgements() []comms.Acknowledgement {
	if in.Status != "acknowledged" && in.Status != "resolved" {
		return nil // it is open again
	}
	var all []comms.Acknowledgement
	for _, a := range in.Acknowledgements {
		if a.User.person() && !a.At.IsZero() {
			all = append(all, comms.Acknowledgement{By: fact.Account{System: System, ID: a.User.ID}, At: a.At})
		}
	}
	if in.Status == "resolved" && in.ChangedBy.person() && !in.ChangedAt.IsZero() {
		all = append(all, comms.Acknowledgement{By: fact.Account{System: System, ID: in.ChangedBy.ID}, At: in.ChangedAt})
	}
	return all
}
