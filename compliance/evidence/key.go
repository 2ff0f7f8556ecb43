package evidence

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// ErrKey means that a key cannot sign a log: it is not ed25519, or others can
// read its file.
var ErrKey = errors.New("key cannot be used")

// PublicKey is the name and the public key of a log, by which its checkpoints
// are verified. The zero PublicKey verifies nothing.
type PublicKey struct {
	text     string
	verifier note.Verifier
}

// NewPublicKey returns the public key of the log of an origin. Keys other than
// ed25519 are an [ErrKey].
func NewPublicKey(origin string, key crypto.PublicKey) (PublicKey, error) {
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return PublicKey{}, fmt.Errorf("%w: %T, want ed25519", ErrKey, key)
	}
	text, err := note.NewEd25519VerifierKey(origin, public)
	if err != nil {
		return PublicKey{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return ParsePublicKey(text)
}

// ParsePublicKey reads a public key as String writes it, with or without a line
// feed behind it.
func ParsePublicKey(text string) (PublicKey, error) {
	text = strings.TrimSuffix(text, "\n")
	v, err := note.NewVerifier(text)
	if err != nil {
		return PublicKey{}, fmt.Errorf("%w: %q: %w", ErrKey, text, err)
	}
	return PublicKey{text, v}, nil
}

// Origin is the name of the log, such as "releases.example.com/checkout".
func (k PublicKey) Origin() string {
	if k.verifier == nil {
		return ""
	}
	return k.verifier.Name()
}

// String is the key as golang.org/x/mod/sumdb/note writes it: name, hash and
// base64 with plus signs between.
func (k PublicKey) String() string { return k.text }

// IsZero reports whether there is no key.
func (k PublicKey) IsZero() bool { return k.verifier == nil }

// signer signs notes with any crypto.Signer of ed25519, which may be a device.
type signer struct {
	key    crypto.Signer
	public PublicKey
}

func newSigner(origin string, key crypto.Signer) (signer, error) {
	if key == nil {
		return signer{}, fmt.Errorf("%w: none is given", ErrKey)
	}
	public, err := NewPublicKey(origin, key.Public())
	return signer{key, public}, err
}

// Name implements [note.Signer].
func (s signer) Name() string { return s.public.verifier.Name() }

// KeyHash implements [note.Signer].
func (s signer) KeyHash() uint32 { return s.public.verifier.KeyHash() }

// Sign implements [note.Signer]. Ed25519 signs the message itself, not a digest.
func (s signer) Sign(msg []byte) ([]byte, error) { return s.key.Sign(rand.Reader, msg, crypto.Hash(0)) }

const pemType = "PRIVATE KEY"

// GenerateKey makes a new ed25519 key and stores it in a file that only its
// owner may read, as PKCS #8 in PEM. The file must not exist.
func GenerateKey(file string) (crypto.Signer, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	err = pem.Encode(f, &pem.Block{Type: pemType, Bytes: der})
	return key, errors.Join(err, f.Sync(), f.Close())
}

// LoadKey reads a key as GenerateKey stores it. A file that others than its
// owner may read or write is an [ErrKey]; on Windows, where the mode does not
// say who may, that is not looked at.
func LoadKey(file string) (crypto.Signer, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if mode := info.Mode(); runtime.GOOS != "windows" && (!mode.IsRegular() || mode.Perm()&0o077 != 0) {
		return nil, fmt.Errorf("%w: %s has mode %v, want a file for its owner alone, such as -rw-------", ErrKey, file, mode)
	}
	text, err := io.ReadAll(io.LimitReader(f, 1<<16))
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != pemType {
		return nil, fmt.Errorf("%w: %s is no %s in PEM", ErrKey, file, pemType)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%w: %s is no key in PKCS #8", ErrKey, file)
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%w: %s is %T, want ed25519", ErrKey, file, key)
	}
	return private, nil
}
