package connectors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unique"

	"github.com/tidegate-go/tidegate/connectors/internal/settings"
	"github.com/tidegate-go/tidegate/internal/strictjson"
)

// Settings is the configuration of one instance: JSON without secrets, and the
// secrets by the name of their field. [Settings.Decode] joins them; [SettingsOf]
// takes them apart.
//
// The name of a secret in a nested struct is the way to it, joined by dots:
// "auth.token". Secrets do not stand behind pointers, in lists or in maps.
type Settings struct {
	JSON    []byte
	Secrets map[string]Secret
}

var secretType = reflect.TypeFor[Secret]()

// Decode fills the config struct that v points to. It is strict: what the
// struct does not have, what stands twice, and a field that is missing though
// it is marked neither omitzero nor omitempty are faults, as is a secret in
// the JSON. Empty JSON is an empty object.
//
// The error joins one [*Diagnostic] per fault, with code "invalid-config" and
// the path; none quotes a secret.
func (s Settings) Decode(v any) error {
	into := reflect.ValueOf(v)
	if into.Kind() != reflect.Pointer || into.IsNil() {
		return fmt.Errorf("settings: cannot decode into %T", v)
	}
	fields, err := settings.Fields(into.Type().Elem(), secretType)
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	text := s.JSON
	if len(bytes.TrimSpace(text)) == 0 {
		text = []byte("{}")
	}
	var faults []error
	err = strictjson.Decode(text, v, nil)
	var strict *strictjson.Error
	switch {
	case errors.As(err, &strict):
		faults = faultsOf(strict, CodeInvalidConfig, "settings")
	case err != nil:
		return fmt.Errorf("settings: %w", err)
	}
	faults = append(faults, s.missing(text, fields)...)
	faults = append(faults, s.reveal(into.Elem(), fields)...)
	return errors.Join(faults...)
}

// missing reports required fields that are not there, unless what would hold
// them is missing too. Faulty JSON was reported already.
func (s Settings) missing(text []byte, fields []settings.Field) []error {
	var root map[string]any
	if json.Unmarshal(text, &root) != nil {
		return nil
	}
	var faults []error
	for _, f := range fields {
		there, open := settings.Look(root, f.Path)
		if f.Secret {
			there = !s.Secrets[f.Path].IsZero() || there // there in JSON is another fault
			open = true
		}
		if f.Required && open && !there {
			what := "is required"
			if f.Secret {
				what = "is a required secret"
			}
			faults = append(faults, faultAt(CodeInvalidConfig, f.Path, what))
		}
	}
	return faults
}

// reveal puts the secrets where they belong and reports those that belong nowhere.
func (s Settings) reveal(into reflect.Value, fields []settings.Field) []error {
	left := maps.Clone(s.Secrets)
	for _, f := range fields {
		if secret, ok := left[f.Path]; ok && f.Secret {
			into.FieldByIndex(f.Index).Set(reflect.ValueOf(secret))
			delete(left, f.Path)
		}
	}
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(left)) {
		faults = append(faults, faultAt(CodeInvalidConfig, name, "no secret has this name"))
	}
	return faults
}

func faultsOf(err *strictjson.Error, code, what string) []error {
	faults := make([]error, len(err.Faults))
	for i, f := range err.Faults {
		faults[i] = &Diagnostic{Code: code, Path: f.Path, Origin: FromConfig,
			Summary: strings.TrimPrefix(f.Path+": "+f.Message, ": "),
			Detail:  fmt.Sprintf("line %d, column %d of the %s", f.Line, f.Column, what)}
	}
	return faults
}

func faultAt(code, path, what string) *Diagnostic {
	return &Diagnostic{Code: code, Path: path, Origin: FromConfig, Summary: path + ": " + what}
}

// SettingsOf takes the value of a config struct apart: its JSON without
// secrets, and its secrets by name. A pointer or slice that is nil would be
// written as null, which nobody reads: mark such fields omitzero.
func SettingsOf(config any) (Settings, error) {
	v := reflect.Indirect(reflect.ValueOf(config))
	if !v.IsValid() {
		return Settings{}, errors.New("settings: no config")
	}
	fields, err := settings.Fields(v.Type(), secretType)
	if err != nil {
		return Settings{}, fmt.Errorf("settings: %w", err)
	}
	text, err := strictjson.Encode(v.Interface())
	if err != nil {
		return Settings{}, fmt.Errorf("settings: %w", err)
	}
	var secretPaths []string
	s := Settings{Secrets: map[string]Secret{}}
	for _, f := range fields {
		if !f.Secret {
			continue
		}
		secretPaths = append(secretPaths, f.Path)
		if secret := v.FieldByIndex(f.Index).Interface().(Secret); !secret.IsZero() {
			s.Secrets[f.Path] = secret
		}
	}
	if s.JSON, err = settings.Without(text, secretPaths); err != nil {
		return Settings{}, fmt.Errorf("settings: %w", err)
	}
	return s, nil
}

// Secret is a text that is printed, logged and marshalled as "[redacted]".
// [Secret.Reveal] is the only way to its content. Secrets with the same content
// are equal by ==, by [Secret.Equal] and therefore for go-cmp.
//
// fmt calls no method of what stands in an unexported field. It prints that of
// a Secret as an address, because the text is behind a pointer. Debuggers and
// cmp.Diff follow pointers: give tests secrets that are none.
type Secret struct{ text unique.Handle[string] }

// redacted stands in the place of every secret.
const redacted = "[redacted]"

// NewSecret returns text as a secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{} // so that every empty secret is the zero value
	}
	return Secret{unique.Make(text)}
}

// Reveal returns the content.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return s.text.Value()
}

// IsZero reports whether the secret is empty.
func (s Secret) IsZero() bool { return s == Secret{} }

// Equal reports whether the contents are equal.
func (s Secret) Equal(other Secret) bool { return s == other }

// String returns "[redacted]".
func (Secret) String() string { return redacted }

// GoString returns "[redacted]".
func (Secret) GoString() string { return redacted }

// Format writes "[redacted]", whatever the verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// LogValue returns "[redacted]".
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON writes "[redacted]".
func (Secret) MarshalJSON() ([]byte, error) { return json.Marshal(redacted) }

// UnmarshalJSON refuses: a secret does not stand in settings, plans or queries.
// [Settings.Decode] fills it in.
func (*Secret) UnmarshalJSON([]byte) error { return errSecretInJSON }

var errSecretInJSON = errors.New("is a secret and does not belong in JSON")
