package mail_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/mail"
)

// server is as much of an SMTP server (RFC 5321) as takes a mail. It answers one
// command with something else if it is told to.
type server struct {
	net.Listener
	refuse, answer string // "RCPT", "550 no such user"

	mu    sync.Mutex
	rcpts []string
	mails []string
}

func start(t *testing.T) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Listener: l}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); wg.Wait() })
	return s
}

func (s *server) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	c := textproto.NewConn(conn)
	_ = c.PrintfLine("220 mail.example.com")
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		if verb == s.refuse {
			if s.answer == "" {
				return // hangs up
			}
			_ = c.PrintfLine("%s", s.answer)
			continue
		}
		switch verb {
		case "EHLO":
			_ = c.PrintfLine("250-mail.example.com\r\n250 8BITMIME")
		case "RCPT":
			s.mu.Lock()
			s.rcpts = append(s.rcpts, rest)
			s.mu.Unlock()
			_ = c.PrintfLine("250 ok")
		case "DATA":
			_ = c.PrintfLine("354 go on")
			text, err := io.ReadAll(c.DotReader())
			if err != nil {
				return
			}
			s.mu.Lock()
			s.mails = append(s.mails, string(text))
			s.mu.Unlock()
			if s.refuse == "." {
				if s.answer == "" {
					return // hangs up after it has taken the mail
				}
				_ = c.PrintfLine("%s", s.answer)
				continue
			}
			_ = c.PrintfLine("250 taken")
		case "QUIT":
			_ = c.PrintfLine("221 bye")
			return
		default:
			_ = c.PrintfLine("250 ok")
		}
	}
}

// taken returns the mails so far.
func (s *server) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mails)
}

// asked returns the recipients so far.
func (s *server) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.rcpts)
}

func (s *server) sender(t *testing.T) *mail.Sender {
	t.Helper()
	sender, err := mail.New(mail.Config{Server: s.Addr().String(), From: "releases@example.com",
		Clock: func() time.Time { return time.Date(2026, 12, 9, 17, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func letter(subject, body string) comms.Letter {
	return comms.Letter{Key: "summary/20261209T170000Z/email", Channel: comms.Channel{Kind: comms.Email, Address: "all@example.com"}, Subject: subject, Body: body}
}

// read reads a mail back as programs do.
func read(t interface{ Fatalf(string, ...any) }, text string) (header netmail.Header, subject, body string) {
	m, err := netmail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatalf("the mail cannot be read: %v\n%s", err, text)
	}
	subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatalf("the subject cannot be read: %v", err)
	}
	b, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatalf("the body cannot be read: %v", err)
	}
	return m.Header, subject, strings.TrimSuffix(string(b), "\n")
}

func TestSend(t *testing.T) {
	s := start(t)
	l := letter("Summary of Größe 2026.12.0", "Metrics: 2.1%.\n.\n<script>alert(1)</script>\n"+strings.Repeat("long ", 400))
	first, err := s.sender(t).Send(context.Background(), l)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.sender(t).Send(context.Background(), l)
	if err != nil || first.ID != again.ID || first.ID == "" || s.taken()[0] != s.taken()[1] {
		t.Errorf("the same letter is two mails: %v %v %v", first, again, err)
	}
	h, subject, body := read(t, s.taken()[0])
	if subject != l.Subject || body != l.Body {
		t.Errorf("%q, %q", subject, body)
	}
	for name, want := range map[string]string{"From": "releases@example.com", "To": "all@example.com", "Message-Id": first.ID, "X-Tidegate-Key": l.Key,
		"Content-Type": "text/plain; charset=utf-8", "Date": "Wed, 09 Dec 2026 17:00:00 +0000"} {
		if got := h[textproto.CanonicalMIMEHeaderKey(name)]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(s.asked()) != 2 || !strings.Contains(s.asked()[0], "<all@example.com>") {
		t.Errorf("it went to %v", s.asked())
	}
}

// Whatever a subject, a body or an address says, the mail has the headers that it
// has, one recipient, and the words as they are.
func TestHostileLetters(t *testing.T) {
	s := start(t)
	sender := s.sender(t)
	hostile := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "é", " ", "\r\n", "\n", "\r", "Bcc: x@example.com", "=?utf-8?q?a?=", ".", "\x00", "\x7f", "<b>", "@", ">", ",", "\u2028", "\U0001f600"}), 1, 30).Draw(t, "parts"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		l := letter(hostile.Draw(t, "subject"), hostile.Draw(t, "body"))
		if rapid.Bool().Draw(t, "address") {
			l.Channel.Address = hostile.Draw(t, "to")
		}
		s.mu.Lock()
		s.mails, s.rcpts = nil, nil
		s.mu.Unlock()
		if _, err := sender.Send(context.Background(), l); err != nil {
			if !errors.Is(err, comms.ErrUndeliverable) || len(s.taken()) > 0 {
				t.Fatalf("%v, and %d mails", err, len(s.taken()))
			}
			return
		}
		h, subject, body := read(t, s.taken()[0])
		if strings.TrimSpace(subject) != strings.TrimSpace(l.Subject) {
			t.Fatalf("subject %q became %q", l.Subject, subject)
		}
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(l.Body)
		if got := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(body); got != want {
			t.Fatalf("body %q became %q", want, got)
		}
		if len(h) != 10 || len(s.asked()) != 1 || h.Get("Bcc") != "" {
			t.Fatalf("the mail has %d headers and %d recipients: %v", len(h), len(s.asked()), h)
		}
		for line := range strings.Lines(s.taken()[0]) {
			if len(line) > 998 {
				t.Fatalf("a line of %d octets", len(line))
			}
		}
	})
}

func TestNotTaken(t *testing.T) {
	for _, tt := range []struct {
		name, refuse, answer string
		kind                 error
		want                 string
		mails                int
	}{
		{"no such user", "RCPT", "550 no such user", comms.ErrUndeliverable, "550", 0},
		{"later", "RCPT", "450 mailbox busy", comms.ErrBusy, "450", 0},
		{"not this sender", "MAIL", "553 no", comms.ErrUndeliverable, "553", 0},
		{"hangs up", "MAIL", "", comms.ErrBusy, "broke off", 0},
		{"refuses the mail", ".", "554 spam", comms.ErrUndeliverable, "554", 1},
		{"takes it and says nothing", ".", "", comms.ErrBusy, "broke off", 1},
	} {
		s := start(t)
		s.refuse, s.answer = tt.refuse, tt.answer
		_, err := s.sender(t).Send(context.Background(), letter("Summary", "b"))
		if !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.want) || len(s.taken()) != tt.mails {
			t.Errorf("%s: error %v, want %q; %d mails", tt.name, err, tt.want, len(s.taken()))
		}
	}
	s := start(t)
	sender := s.sender(t)
	_ = s.Close()
	if _, err := sender.Send(context.Background(), letter("Summary", "b")); !errors.Is(err, comms.ErrBusy) {
		t.Errorf("nobody listens: %v", err)
	}
	for _, subject := range []string{"", " ", "Summary\r\nBcc: x@example.com", "Summary\n", "\x00"} {
		if _, err := sender.Send(context.Background(), letter(subject, "b")); !errors.Is(err, comms.ErrUndeliverable) {
			t.Errorf("subject %q: %v", subject, err)
		}
	}
}

// Whoever pastes the password into a report does not send it; a word that is as
// short as one stays.
func TestPastedSecret(t *testing.T) {
	for password, want := range map[comms.Secret]string{"hunter2hunter2": "It is ….", "hunter2": "It is hunter2hunter2."} {
		s := start(t)
		sender, err := mail.New(mail.Config{Server: s.Addr().String(), From: "releases@example.com", Password: password})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sender.Send(context.Background(), letter("Summary", "It is hunter2hunter2.")); err != nil {
			t.Fatal(err)
		}
		if _, _, body := read(t, s.taken()[0]); body != want {
			t.Errorf("sent %q, want %q", body, want)
		}
	}
}

// A server that nobody can trust gets no password.
func TestNoPlainPassword(t *testing.T) {
	s := start(t)
	for _, tt := range []struct{ from, server, want string }{
		{"releases@example.com", "mail.example.com", "want host:port"},
		{"Releases <releases@example.com>", "127.0.0.1:25", "no mail address"},
		{"releases@example.com\r\nBcc: x", "127.0.0.1:25", "no mail address"},
	} {
		if _, err := mail.New(mail.Config{Server: tt.server, From: tt.from}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, want %q", err, tt.want)
		}
	}
	c := mail.Config{Server: s.Addr().String(), From: "releases@example.com", User: "releases", Password: "hunter2hunter2"}
	sender, err := mail.New(c)
	if err != nil {
		t.Fatal(err)
	}
	_, err = sender.Send(context.Background(), letter("Summary", "b"))
	if !errors.Is(err, comms.ErrUndeliverable) || !strings.Contains(err.Error(), "no login") || strings.Contains(fmt.Sprintf("%v %+v %#v %v", err, c, c, c), "hunter2") {
		t.Errorf("error %v", err)
	}
}

func ExampleNew() {
	sender, err := mail.New(mail.Config{Server: "127.0.0.1:25", From: "releases@example.com"})
	fmt.Println(sender != nil, err)
	_, err = sender.Send(context.Background(), comms.Letter{Key: "k", Subject: "Sign off",
		Channel: comms.Channel{Kind: comms.Email, Address: "a@example.com\r\nBcc: everybody@example.com"}})
	fmt.Println(err)
	// Output:
	// true <nil>
	// mail: the channel refuses the letter: "a@example.com\r\nBcc: everybody@example.com" is no mail address, want name@host
}
