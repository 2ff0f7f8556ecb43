// Package mail sends letters by SMTP, as text.
//
// The body is text/plain in UTF-8, so that nothing in it is HTML, and it is encoded
// as quoted-printable, so that no line is too long and no dot ends the mail. The
// subject is one encoded line and the recipient one address: what has a line break
// is refused, and cannot become a header. Message-ID is made of the letter's key: a
// mail that is sent twice is one to programs that look. A server that is not on this
// machine has to offer STARTTLS.
package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"
	"unicode"

	"github.com/tidegate-go/tidegate/comms"
)

// Timeout is how long a mail takes at most to be taken.
const Timeout = 30 * time.Second

// Config is what a sender needs.
type Config struct {
	Server   string           // host:port
	From     string           // one address: "releases@example.com"
	User     string           // empty: nobody logs in
	Password comms.Secret     // of the user
	Clock    func() time.Time // for the date; nil: time.Now
}

// Sender implements [comms.Sender].
type Sender struct {
	config Config
	host   string
	from   *mail.Address
}

// New returns a sender. It fails for a server without port and for a sender that
// is no address.
func New(c Config) (*Sender, error) {
	host, _, err := net.SplitHostPort(c.Server)
	if err != nil || host == "" {
		return nil, fmt.Errorf("mail: server %q: want host:port", c.Server)
	}
	from, err := address(c.From)
	if err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	return &Sender{c, host, from}, nil
}

// address reads one bare address.
func address(s string) (*mail.Address, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || unicode.IsControl(r) }) {
		return nil, fmt.Errorf("%q is no mail address, want name@host", s)
	}
	return a, nil
}

// Send implements [comms.Sender].
func (s *Sender) Send(ctx context.Context, l comms.Letter) (comms.Receipt, error) {
	to, err := address(l.Channel.Address)
	if err != nil {
		return comms.Receipt{}, fmt.Errorf("mail: %w: %w", comms.ErrUndeliverable, err)
	}
	l.Subject, l.Body = s.config.Password.Redact(l.Subject), s.config.Password.Redact(l.Body)
	text, id, err := s.write(l, to)
	if err != nil {
		return comms.Receipt{}, fmt.Errorf("mail: %w: %w", comms.ErrUndeliverable, err)
	}
	if err := s.deliver(ctx, to, text); err != nil {
		return comms.Receipt{}, fmt.Errorf("mail: %w", err)
	}
	return comms.Receipt{ID: id}, nil
}

// write makes the mail of a letter and its Message-ID.
func (s *Sender) write(l comms.Letter, to *mail.Address) (text []byte, id string, err error) {
	if strings.TrimSpace(l.Subject) == "" {
		return nil, "", errors.New("the letter has no subject")
	}
	if strings.ContainsFunc(l.Subject+l.Key, unicode.IsControl) {
		return nil, "", errors.New("the subject or the key has a line break or another control character")
	}
	sum := sha256.Sum256([]byte(l.Key + "\x00" + to.Address))
	id = "<" + hex.EncodeToString(sum[:16]) + s.from.Address[strings.LastIndexByte(s.from.Address, '@'):] + ">"
	var b bytes.Buffer
	for _, h := range [][2]string{
		{"From", s.from.Address}, {"To", to.Address}, {"Subject", fold(l.Subject)},
		{"Date", s.config.Clock().Format("Mon, 02 Jan 2006 15:04:05 -0700")}, {"Message-ID", id},
		{"X-Tidegate-Key", fold(l.Key)}, {"Auto-Submitted", "auto-generated"}, {"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "quoted-printable"},
	} {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	b.WriteString("\r\n")
	body := quotedprintable.NewWriter(&b)
	text = []byte(strings.ReplaceAll(strings.ReplaceAll(l.Body, "\r\n", "\n"), "\n", "\r\n"))
	if _, err := body.Write(text); err != nil {
		return nil, "", err
	}
	if err := body.Close(); err != nil {
		return nil, "", err
	}
	return append(b.Bytes(), "\r\n"...), id, nil
}

// maxPlain is how long a value of a header is at most without encoding, so that
// its line has at most 78 characters (RFC 5322 §2.1.1).
const maxPlain = 60

// fold is a value of a header in lines of at most 78 characters: encoded words (RFC
// 2047), each on its own line, if it is long or not ASCII.
func fold(s string) string {
	if len(s) <= maxPlain && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) && !strings.Contains(s, "=?") {
		return s
	}
	var words []string
	rest := []rune(s)
	for len(rest) > 0 {
		n := min(len(rest), 10)
		words = append(words, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(string(rest[:n])))+"?=")
		rest = rest[n:]
	}
	return strings.Join(words, "\r\n ")
}

// deliver hands the mail to the server.
func (s *Sender) deliver(ctx context.Context, to *mail.Address, text []byte) error {
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", s.config.Server)
	if err != nil {
		return fmt.Errorf("%w: %w", comms.ErrBusy, err)
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	c, err := smtp.NewClient(conn, s.host)
	if err != nil {
		_ = conn.Close()
		return said(err)
	}
	defer func() { _ = c.Close() }()
	if err := s.secure(c); err != nil {
		return said(err)
	}
	if err := c.Mail(s.from.Address); err != nil {
		return said(err)
	}
	if err := c.Rcpt(to.Address); err != nil {
		return said(err)
	}
	w, err := c.Data()
	if err != nil {
		return said(err)
	}
	if _, err := w.Write(text); err != nil {
		return said(err)
	}
	if err := w.Close(); err != nil {
		return said(err)
	}
	_ = c.Quit() // the mail is taken, whatever the server says now
	return nil
}

// secure encrypts the connection, unless the server is on this machine and cannot,
// and logs in.
func (s *Sender) secure(c *smtp.Client) error {
	ip := net.ParseIP(s.host)
	if ok, _ := c.Extension("STARTTLS"); ok {
		if err := c.StartTLS(&tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}); err != nil {
			return err
		}
	} else if s.host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%w: the server does not offer STARTTLS", comms.ErrUndeliverable)
	}
	if s.config.User == "" {
		return nil
	}
	if ok, _ := c.Extension("AUTH"); !ok {
		return fmt.Errorf("%w: the server offers no login", comms.ErrUndeliverable)
	}
	return c.Auth(smtp.PlainAuth("", s.config.User, s.config.Password.Reveal(), s.host))
}

// said sorts what a server says: 5xx is for good (RFC 5321 §4.2.1).
func said(err error) error {
	if errors.Is(err, comms.ErrUndeliverable) {
		return err
	}
	var p *textproto.Error
	if !errors.As(err, &p) {
		return fmt.Errorf("%w: the conversation broke off", comms.ErrBusy)
	}
	kind := comms.ErrBusy
	if p.Code >= 500 {
		kind = comms.ErrUndeliverable
	}
	return fmt.Errorf("%w: %d", kind, p.Code)
}
