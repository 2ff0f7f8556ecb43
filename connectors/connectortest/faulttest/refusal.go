package faulttest

import (
	"slices"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/connectors"
)

// Refusal is a configuration that a connector has to refuse, whole.
type Refusal struct {
	Name   string
	JSON   string   // the settings
	Secret string   // value of every secret; empty: there is none. One that must not be told begins with "secret-"
	Paths  []string // of all the faults, in their order
}

// Refuses opens the connector with each configuration, whose secrets have the
// names given, and wants every fault of it at once: as the configuration's, with
// its path, and without a secret.
func Refuses(t *testing.T, c connectors.Connector, secrets []string, all []Refusal) {
	t.Helper()
	for _, one := range all {
		settings := connectors.Settings{JSON: []byte(one.JSON)}
		if one.Secret != "" {
			settings.Secrets = map[string]connectors.Secret{}
			for _, name := range secrets {
				settings.Secrets[name] = connectors.NewSecret(one.Secret)
			}
		}
		_, err := c.Open(t.Context(), settings)
		var paths []string
		for _, fault := range joined(err) {
			d := Diagnostic(t, fault)
			paths = append(paths, d.Path)
			if d.Code != connectors.CodeInvalidConfig || d.Origin != connectors.FromConfig || strings.Contains(d.Error(), "secret-") {
				t.Errorf("%s: %+v", one.Name, d)
			}
		}
		if !slices.Equal(paths, one.Paths) {
			t.Errorf("%s: %v, want %v", one.Name, err, one.Paths)
		}
	}
}

// joined returns the errors that errors.Join joined.
func joined(err error) []error {
	if all, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // the outermost error only
		return all.Unwrap()
	}
	return []error{err}
}
