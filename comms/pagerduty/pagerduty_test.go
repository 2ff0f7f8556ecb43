package pagerduty_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/pagerduty"
	"github.com/tidegate-go/tidegate/release/fact"
)

const (
	key   = "e93facc04764012d7bfb002500d5d1a6"
	token = "y_NbAkKc66ryYTWUXYEu"
)

// server is as much of PagerDuty as its documentation says of the two calls.
type server struct {
	*httptest.Server
	events    []map[string]any
	status    int    // of the next answer, if it is not zero
	answer    string // instead of the usual one
	incidents string
}

func start(t *testing.T) *server {
	s := &server{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v2/enqueue", s.enqueue)
	mux.HandleFunc("GET /incidents", s.list)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *server) enqueue(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	var e map[string]any
	if err := json.Unmarshal(text, &e); err != nil || !utf8.Valid(text) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"status":"invalid event","message":"Event object is invalid","errors":["JSON parse error"]}`)
		return
	}
	if s.status != 0 {
		w.WriteHeader(s.status)
		_, _ = io.WriteString(w, s.answer)
		return
	}
	payload, _ := e["payload"].(map[string]any)
	summary, _ := payload["summary"].(string)
	source, _ := payload["source"].(string)
	severity, _ := payload["severity"].(string)
	dedup, _ := e["dedup_key"].(string)
	if e["routing_key"] != key || e["event_action"] != "trigger" || summary == "" || utf8.RuneCountInString(summary) > 1024 || source == "" ||
		len(dedup) > 255 || severity != "critical" && severity != "warning" {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"status":"invalid event","message":"Event object is invalid","errors":["bad field"]}`)
		return
	}
	s.events = append(s.events, e)
	w.WriteHeader(http.StatusAccepted)
	_, _ = fmt.Fprintf(w, `{"status":"success","message":"Event processed","dedup_key":%q}`, dedup)
}

func (s *server) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if r.Header.Get("Authorization") != "Token token="+token || r.Header.Get("Accept") != "application/vnd.pagerduty+json;version=2" ||
		q.Get("incident_key") == "" || q.Get("date_range") != "all" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if s.status != 0 {
		w.WriteHeader(s.status)
	}
	_, _ = io.WriteString(w, strings.ReplaceAll(s.incidents, `{"status"`, `{"incident_key":"`+q.Get("incident_key")+`","status"`))
}

func (s *server) sender(t *testing.T) *pagerduty.Sender {
	t.Helper()
	sender, err := pagerduty.New(pagerduty.Config{Routes: []pagerduty.Route{{Service: "shop", Key: key}}, Token: token, Events: s.URL, API: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func page() comms.Letter {
	return comms.Letter{Key: "escalation/E1/PT0S/pagerduty", Channel: comms.Channel{Kind: comms.PagerDuty, Address: "shop"},
		Source: "Holiday checkout 2026.12.0", Subject: "Checkout errors above 1%", Body: "Open for 4 minutes.", Link: "https://wiki.example.com/b", Urgent: true}
}

func TestSend(t *testing.T) {
	s := start(t)
	for range 2 { // again, with the same key
		receipt, err := s.sender(t).Send(context.Background(), page())
		if err != nil || receipt.ID != page().Key {
			t.Fatalf("%v, %v", receipt, err)
		}
	}
	want := map[string]any{"routing_key": key, "event_action": "trigger", "dedup_key": page().Key, "client": "tidegate",
		"payload": map[string]any{"summary": "Checkout errors above 1%", "source": "Holiday checkout 2026.12.0", "severity": "critical",
			"custom_details": map[string]any{"text": "Open for 4 minutes.", "key": page().Key}},
		"links": []any{map[string]any{"href": "https://wiki.example.com/b", "text": "All of it"}}}
	if diff := cmp.Diff([]map[string]any{want, want}, s.events); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Whoever pastes a key into a report does not send it.
func TestPastedSecret(t *testing.T) {
	s, l := start(t), page()
	l.Subject, l.Body = "Key "+key, "Token "+token
	if _, err := s.sender(t).Send(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	payload, _ := json.Marshal(s.events[0]["payload"])
	if text := string(payload); strings.Contains(text, key) || strings.Contains(text, token) || !strings.Contains(text, "Key …") {
		t.Errorf("sent: %s", text)
	}
}

// A letter that is not taken is an error that says why, whether to try again, and
// no secret.
func TestNotTaken(t *testing.T) {
	tests := []struct {
		name   string
		change func(*server, *comms.Letter)
		kind   error
		want   string
	}{
		{"no route", func(_ *server, l *comms.Letter) { l.Channel.Address = "other" }, comms.ErrUndeliverable, `no route to service "other"`},
		{"long summary", func(_ *server, l *comms.Letter) { l.Subject = strings.Repeat("é", 1025) }, comms.ErrUndeliverable, "1025 characters"},
		{"no summary", func(_ *server, l *comms.Letter) { l.Subject, l.Body = "", " \n" }, comms.ErrUndeliverable, "no summary"},
		{"no source", func(_ *server, l *comms.Letter) { l.Source = "" }, comms.ErrUndeliverable, "no source"},
		{"long key", func(_ *server, l *comms.Letter) { l.Key = strings.Repeat("k", 256) }, comms.ErrUndeliverable, "256 characters"},
		{"400", func(s *server, _ *comms.Letter) {
			s.status, s.answer = 400, `{"status":"invalid event","message":"Event object is invalid","errors":["'routing_key' `+key+` is unknown"]}`
		}, comms.ErrUndeliverable, "400 Event object is invalid, 'routing_key' … is unknown"},
		{"429", func(s *server, _ *comms.Letter) { s.status = 429 }, comms.ErrBusy, "429"},
		{"503", func(s *server, _ *comms.Letter) { s.status, s.answer = 503, "<html>" }, comms.ErrBusy, "503"},
		{"202 without success", func(s *server, _ *comms.Letter) { s.status, s.answer = 202, `{}` }, comms.ErrBusy, "without success"},
		{"another key", func(s *server, _ *comms.Letter) { s.status, s.answer = 202, `{"status":"success","dedup_key":"x"}` }, comms.ErrUndeliverable, "another dedup_key"},
		{"a redirect", func(s *server, _ *comms.Letter) { s.status = 302 }, comms.ErrUndeliverable, "302"},
		{"nobody listens", func(s *server, _ *comms.Letter) { s.Close() }, comms.ErrBusy, "dial failed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, l := start(t), page()
			sender := s.sender(t)
			tt.change(s, &l)
			_, err := sender.Send(context.Background(), l)
			if !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if text := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(text, key) || strings.Contains(text, token) {
				t.Errorf("the error tells a secret: %s", text)
			}
		})
	}
}

// Only people acknowledge, at the moment at which they did.
func TestAcknowledged(t *testing.T) {
	s := start(t)
	s.incidents = `{"incidents":[
		{"status":"acknowledged","acknowledgements":[
			{"at":"2026-12-09T04:30:00Z","acknowledger":{"id":"PADA","type":"user_reference"}},
			{"at":"2026-12-09T04:20:00Z","acknowledger":{"id":"PSVC","type":"service_reference"}}]},
		{"status":"resolved","acknowledgements":[],"last_status_change_at":"2026-12-09T04:10:00Z","last_status_change_by":{"id":"PKEN","type":"user_reference"}},
		{"status":"resolved","acknowledgements":[],"last_status_change_at":"2026-12-09T04:05:00Z","last_status_change_by":{"id":"PSVC","type":"service_reference"}}]}`
	got, err := s.sender(t).Acknowledged(context.Background(), page())
	want := []comms.Acknowledgement{
		{By: fact.Account{System: "pagerduty", ID: "PKEN"}, At: time.Date(2026, 12, 9, 4, 10, 0, 0, time.UTC)},
		{By: fact.Account{System: "pagerduty", ID: "PADA"}, At: time.Date(2026, 12, 9, 4, 30, 0, 0, time.UTC)}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for _, text := range []string{
		`{"incident_key":"another","status":"acknowledged","acknowledgements":[{"at":"2026-12-09T04:30:00Z","acknowledger":{"id":"PADA","type":"user_reference"}}]}`,
		`{"status":"triggered","acknowledgements":[{"at":"2026-12-09T04:30:00Z","acknowledger":{"id":"PADA","type":"user_reference"}}]}`,
	} {
		s.incidents = `{"incidents":[` + text + `]}`
		if got, err := s.sender(t).Acknowledged(context.Background(), page()); len(got) > 0 || err != nil {
			t.Errorf("acknowledged by %v, %v: %s", got, err, text)
		}
	}
	for _, tt := range []struct {
		status int
		text   string
	}{{500, "{}"}, {401, "{}"}, {200, "<html>"}} {
		s.status, s.incidents = tt.status, tt.text
		if got, err := s.sender(t).Acknowledged(context.Background(), page()); err == nil || len(got) > 0 || strings.Contains(err.Error(), token) {
			t.Errorf("%d %s: %v, %v", tt.status, tt.text, got, err)
		}
	}
	silent, err := pagerduty.New(pagerduty.Config{Routes: []pagerduty.Route{{Service: "shop", Key: key}}, API: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := silent.Acknowledged(context.Background(), page()); len(got) > 0 || err != nil {
		t.Errorf("without a token: %v, %v", got, err)
	}
}

func TestNewFaults(t *testing.T) {
	ok := pagerduty.Route{Service: "shop", Key: key}
	for want, c := range map[string]pagerduty.Config{
		"route 1 has no service":  {Routes: []pagerduty.Route{{Key: key}}},
		"has two routes":          {Routes: []pagerduty.Route{ok, ok}},
		"no integration key":      {Routes: []pagerduty.Route{{Service: "shop", Key: "short"}}},
		"Events API: the address": {Events: "http://events.example.com"},
		"REST API: the address":   {API: "https://user@api.example.com"},
	} {
		if _, err := pagerduty.New(c); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "short") {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	c := pagerduty.Config{Routes: []pagerduty.Route{ok}, Token: token}
	text, _ := json.Marshal(c)
	if all := fmt.Sprintf("%v %+v %#v %s", c, c, c, text); strings.Contains(all, key) || strings.Contains(all, token) {
		t.Errorf("the configuration prints its secrets: %s", all)
	}
}

// Whatever a letter says, the server takes one event with its words or none.
func TestHostileLetters(t *testing.T) {
	s := start(t)
	sender := s.sender(t)
	rapid.Check(t, func(t *rapid.T) {
		l := page()
		l.Subject, l.Body, l.Source = rapid.String().Draw(t, "subject"), rapid.String().Draw(t, "body"), rapid.String().Draw(t, "source")
		s.events = nil
		_, err := sender.Send(context.Background(), l)
		if err != nil {
			if !errors.Is(err, comms.ErrUndeliverable) || len(s.events) > 0 {
				t.Fatal(err)
			}
			return
		}
		payload := s.events[0]["payload"].(map[string]any)
		if got := payload["custom_details"].(map[string]any)["text"]; got != l.Body || l.Subject != "" && payload["summary"] != l.Subject || s.events[0]["routing_key"] != key {
			t.Fatalf("%q became %q", l.Body, got)
		}
	})
}

func ExampleNew() {
	sender, err := pagerduty.New(pagerduty.Config{Routes: []pagerduty.Route{{Service: "shop-checkout", Key: "0123456789abcdef0123456789abcdef"}}})
	fmt.Println(sender != nil, err)
	_, err = pagerduty.New(pagerduty.Config{Routes: []pagerduty.Route{{Service: "shop-checkout", Key: "https://events.pagerduty.com"}}})
	fmt.Println(err)
	// Output:
	// true <nil>
	// pagerduty: the key of service "shop-checkout" is no integration key of 32 letters and digits
}
