package slack_test

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
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/slack"
)

const path = "/services/T0001/B0002/qUiTeSeCrEt"

// message is what of a call Slack reads.
type message struct {
	Text      string
	Mrkdwn    *bool
	Parse     string
	LinkNames int `json:"link_names"`
	Blocks    []struct {
		Type     string
		Text     *text
		Elements []text
	}
}

type text struct{ Type, Text string }

// server is a webhook that takes what Slack's documentation says that it takes.
type server struct {
	*httptest.Server
	taken  []message
	status int
	answer string
}

func start(t *testing.T) (*server, *slack.Sender) {
	t.Helper()
	s := &server{status: 200, answer: "ok"}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var m message
		if err := json.Unmarshal(body, &m); err != nil || r.URL.Path != path || r.Method != http.MethodPost || len(m.Blocks) > 50 || m.Text == "" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, "invalid_payload")
			return
		}
		for _, b := range m.Blocks {
			if b.Text != nil && (b.Text.Text == "" || utf8.RuneCountInString(b.Text.Text) > 3000) {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = io.WriteString(w, "invalid_blocks")
				return
			}
		}
		if s.status == 200 {
			s.taken = append(s.taken, m)
		}
		w.WriteHeader(s.status)
		_, _ = io.WriteString(w, s.answer)
	}))
	t.Cleanup(s.Close)
	sender, err := slack.New(slack.Route{Channel: "#room", Webhook: comms.Secret(s.URL + path)})
	if err != nil {
		t.Fatal(err)
	}
	return s, sender
}

func letter(body string) comms.Letter {
	return comms.Letter{Key: "daily/2026-12-07/slack", Channel: comms.Channel{Kind: comms.Slack, Address: "#room"}, Body: body}
}

func TestSend(t *testing.T) {
	s, sender := start(t)
	l := letter("All is well.\n<!channel> <@U123|you> & *bold*")
	l.Subject = "Daily"
	if _, err := sender.Send(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	m := s.taken[0]
	want := "Daily\nAll is well.\n&lt;!channel&gt; &lt;@U123|you&gt; &amp; *bold*"
	if len(m.Blocks) != 2 || m.Blocks[0].Text.Text != want || m.Blocks[0].Text.Type != "plain_text" || m.Text != "Daily" {
		t.Errorf("%+v", m.Blocks)
	}
	if m.Mrkdwn == nil || *m.Mrkdwn || m.Parse != "none" || m.LinkNames != 0 {
		t.Error("names and marks may mean something")
	}
	if e := m.Blocks[1].Elements; m.Blocks[1].Type != "context" || len(e) != 1 || e[0].Text != "key: "+l.Key {
		t.Errorf("the key is not said: %+v", e)
	}
}

// Whatever is said fits in the blocks, is all there, and is read by nobody.
func TestHostileLetters(t *testing.T) {
	s, sender := start(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOfN(rapid.RuneFrom([]rune("ab <>&!@#|\n*_`éU\U0001f600")), 1, 30, -1).Draw(t, "words")
		body := strings.Repeat(words+rapid.SampledFrom([]string{"", " ", "\n", " <!here> ", strings.Repeat("x", 2998) + " "}).Draw(t, "between"),
			rapid.IntRange(1, 900).Draw(t, "times"))
		l := letter(body)
		l.Link = "https://wiki.example.com/all"
		l, err := l.Fit()
		if err != nil {
			return
		}
		s.taken = nil
		if _, err := sender.Send(context.Background(), l); err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, b := range s.taken[0].Blocks[:len(s.taken[0].Blocks)-1] {
			all.WriteString(b.Text.Text)
			if rest := strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(b.Text.Text); strings.Contains(rest, "&") {
				t.Fatalf("half an escape: %q", b.Text.Text)
			}
			if strings.ContainsAny(b.Text.Text, "<>") || b.Text.Type != "plain_text" {
				t.Fatalf("a mark: %q", b.Text.Text)
			}
		}
		if strings.ContainsAny(s.taken[0].Text, "<>") {
			t.Fatalf("a mark: %q", s.taken[0].Text)
		}
		if got, want := squeeze(all.String()), squeeze(slack.Escape(l.Body)); got != want {
			t.Fatalf("what was said is not all there: %d of %d", len(got), len(want))
		}
	})
}

// Whoever pastes a webhook into a report does not send it.
func TestPastedSecret(t *testing.T) {
	s, sender := start(t)
	l := letter("Body " + s.URL + path + " ends")
	l.Subject = "Subject " + s.URL + path
	if _, err := sender.Send(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	if got := s.taken[0].Blocks[0].Text.Text; got != "Subject …\nBody … ends" || s.taken[0].Text != "Subject …" {
		t.Errorf("sent %q", got)
	}
}

// A block ends before an escape, and not in it.
func TestNoHalfEscape(t *testing.T) {
	s, sender := start(t)
	for i := range 5 {
		if _, err := sender.Send(context.Background(), letter(strings.Repeat("x", i)+strings.Repeat("&", 1500))); err != nil {
			t.Fatal(err)
		}
		for _, b := range s.taken[i].Blocks[:len(s.taken[i].Blocks)-1] {
			if text := strings.ReplaceAll(b.Text.Text, "&amp;", ""); strings.Trim(text, "x") != "" {
				t.Errorf("%d: half an escape: %q", i, text)
			}
		}
	}
}

// squeeze leaves white space out, at which blocks begin.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func TestNotTaken(t *testing.T) {
	tests := []struct {
		name   string
		change func(*server, *comms.Letter)
		kind   error
		want   string
	}{
		{"no route", func(_ *server, l *comms.Letter) { l.Channel.Address = "#other" }, comms.ErrUndeliverable, `no route to channel "#other"`},
		{"nothing", func(_ *server, l *comms.Letter) { l.Body = " " }, comms.ErrUndeliverable, "says nothing"},
		{"too long", func(_ *server, l *comms.Letter) { l.Body = strings.Repeat("x", 40_001) }, comms.ErrUndeliverable, "40001 characters"},
		{"revoked", func(s *server, _ *comms.Letter) { s.status, s.answer = 404, "no_service" }, comms.ErrUndeliverable, "404 no_service"},
		{"echoes the address", func(s *server, _ *comms.Letter) { s.status, s.answer = 403, "bad hook "+path }, comms.ErrUndeliverable, "403 Forbidden"},
		{"a page to log in", func(s *server, _ *comms.Letter) { s.answer = "<html>" }, comms.ErrBusy, "200 without ok"},
		{"busy", func(s *server, _ *comms.Letter) { s.status = 429 }, comms.ErrBusy, "429"},
		{"broken", func(s *server, _ *comms.Letter) { s.status = 500 }, comms.ErrBusy, "500"},
		{"nobody listens", func(s *server, _ *comms.Letter) { s.Close() }, comms.ErrBusy, "dial failed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, sender := start(t)
			l := letter("words")
			tt.change(s, &l)
			_, err := sender.Send(context.Background(), l)
			if !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "qUiTeSeCrEt") {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	_, sender := start(t)
	if _, err := sender.Send(ended, letter("words")); err == nil || !strings.Contains(err.Error(), "given up") {
		t.Errorf("after the end: %v", err)
	}
}

func TestNewFaults(t *testing.T) {
	ok := slack.Route{Channel: "#room", Webhook: "https://hooks.slack.com" + path}
	for want, routes := range map[string][]slack.Route{
		"route 1 has no channel": {{Webhook: ok.Webhook}},
		"has two routes":         {ok, ok},
		"is not https":           {{Channel: "#room", Webhook: "http://hooks.slack.com" + path}},
		"is no URL":              {{Channel: "#room", Webhook: "qUiTeSeCrEt"}},
	} {
		if _, err := slack.New(routes...); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "qUiTeSeCrEt") {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if text := fmt.Sprintf("%v %+v %#v", ok, ok, ok); strings.Contains(text, "qUiTeSeCrEt") {
		t.Errorf("the route prints its secret: %s", text)
	}
}

func ExampleNew() {
	_, err := slack.New(slack.Route{Channel: "#eng-leadership", Webhook: "http://hooks.example.com/services/secret"})
	fmt.Println(err)
	// Output: slack: the webhook of "#eng-leadership": the address of the server is not https
}

func ExampleEscape() {
	fmt.Println(slack.Escape("<!channel> wakes nobody"))
	// Output: &lt;!channel&gt; wakes nobody
}
