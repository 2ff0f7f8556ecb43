package upstream

import (
	"encoding/base64"
	"net/http"

	"github.com/tidegate-go/tidegate/connectors"
)

// Auth is how requests say who asks. The zero Auth says nothing.
type Auth struct {
	set    func(http.Header)
	strike func() []string // every text that must not be printed
}

// Basic is a user and a password, or a token in its place (RFC 7617).
func Basic(user string, password connectors.Secret) Auth {
	encoded := func() string {
		return base64.StdEncoding.EncodeToString([]byte(user + ":" + password.Reveal()))
	}
	return Auth{
		set:    func(h http.Header) { h.Set("Authorization", "Basic "+encoded()) },
		strike: func() []string { return []string{password.Reveal(), encoded()} },
	}
}

// Bearer is a token in the Authorization header (RFC 6750).
func Bearer(token connectors.Secret) Auth { return Header("Authorization", "Bearer ", token) }

// Header is a secret in a header of the vendor's own, after a prefix that is
// not secret: Header("Authorization", "Token token=", key).
func Header(name, prefix string, secret connectors.Secret) Auth {
	return Auth{
		set:    func(h http.Header) { h.Set(name, prefix+secret.Reveal()) },
		strike: func() []string { return []string{secret.Reveal()} },
	}
}

// And is both, for systems that want two headers.
func (a Auth) And(b Auth) Auth {
	return Auth{
		set:    func(h http.Header) { a.apply(h); b.apply(h) },
		strike: func() []string { return append(a.secrets(), b.secrets()...) },
	}
}

func (a Auth) apply(h http.Header) {
	if a.set != nil {
		a.set(h)
	}
}

func (a Auth) secrets() []string {
	if a.strike == nil {
		return nil
	}
	return a.strike()
}
