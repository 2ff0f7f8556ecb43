package value

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Digest is the SHA-256 of some bytes, as "sha256:" and 64 lower-case hexadecimal digits. The form
// is that of the OCI image specification (descriptor.md, Digests), of which only this one
// algorithm is taken, so that equal bytes have one digest. The SHA-256 is that of FIPS 180-4.
type Digest string

const digestPrefix = "sha256:"

// Sum returns the digest of data.
func Sum(data []byte) Digest {
	sum := sha256.Sum256(data)
	return Digest(digestPrefix + hex.EncodeToString(sum[:]))
}

// ParseDigest reads a digest. Other algorithms are refused by name, and so are upper-case digits.
func ParseDigest(s string) (Digest, error) {
	if err := digestFault(s); err != nil {
		return "", fmt.Errorf("digest %s: %w", quote(s), err)
	}
	return Digest(s), nil
}

func digestFault(s string) error {
	if s == "" {
		return errors.New("is empty")
	}
	algorithm, sum, ok := strings.Cut(s, ":")
	if !ok {
		return errors.New("want sha256: and 64 hexadecimal digits")
	}
	if algorithm != "sha256" {
		return fmt.Errorf("algorithm %s is not taken, use sha256", quote(algorithm))
	}
	if len(sum) != 2*sha256.Size {
		return fmt.Errorf("want %d hexadecimal digits, got %d bytes", 2*sha256.Size, len(sum))
	}
	for i := range len(sum) {
		switch c := sum[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f':
		case c >= 'A' && c <= 'F':
			return errors.New("hexadecimal digits are lower-case here")
		default:
			return fmt.Errorf("%q is no hexadecimal digit", c)
		}
	}
	return nil
}

// Valid reports whether d has the one right form.
func (d Digest) Valid() bool { return digestFault(string(d)) == nil }

// Short returns the first twelve hexadecimal digits, for documents, and "" if d is not valid.
// Twelve are git's habit for a large history; they identify to a reader and prove nothing.
func (d Digest) Short() string {
	if !d.Valid() {
		return ""
	}
	return string(d[len(digestPrefix):][:12])
}

// IsZero reports whether no digest is given.
func (d Digest) IsZero() bool { return d == "" }

// String returns the digest as it is.
func (d Digest) String() string { return string(d) }

// MarshalText writes the digest. It fails if d is not valid.
func (d Digest) MarshalText() ([]byte, error) {
	if _, err := ParseDigest(string(d)); err != nil {
		return nil, err
	}
	return []byte(d), nil
}

// UnmarshalText reads what [ParseDigest] reads.
func (d *Digest) UnmarshalText(text []byte) error {
	v, err := ParseDigest(string(text))
	if err == nil {
		*d = v
	}
	return err
}
