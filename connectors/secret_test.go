package connectors_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
)

type holder struct {
	Open   connectors.Secret
	hidden connectors.Secret
	config any
	list   []connectors.Secret
	byName map[string]connectors.Secret
	next   *connectors.Secret
}

// However it is held, a secret is not printed: fmt calls no methods of what
// stands in an unexported field.
func TestSecretIsNeverPrinted(t *testing.T) {
	const text = "hunter2-token"
	secret := connectors.NewSecret(text)
	launch := connectors.Launch{InProcess: shop{}, Settings: shopConfig{Site: "http://127.0.0.1:1", Token: secret}}
	config := connectors.Config{Connectors: []connectors.Launch{launch}}
	more := launch
	more.Name, more.Settings, more.Secrets = "more", shopConfig{Site: "http://127.0.0.1:1"}, map[string]connectors.Secret{"token": secret}
	config.Connectors = append(config.Connectors, more)
	fleet := start(t, config)
	held := holder{Open: secret, hidden: secret, config: shopConfig{Token: secret}, list: []connectors.Secret{secret},
		byName: map[string]connectors.Secret{"a": secret}, next: &secret}
	forms := []string{text, fmt.Sprintf("%x", text), fmt.Sprintf("%X", text), fmt.Sprintf("% x", text), fmt.Sprintf("%v", []byte(text)), fmt.Sprintf("%#x", text)}
	clean := func(how, printed string) {
		for _, form := range forms {
			if strings.Contains(printed, form) {
				t.Errorf("%s prints the secret: %s", how, printed)
			}
		}
	}
	for name, v := range map[string]any{"secret": secret, "pointer": &secret, "holder": held, "to holder": &held, "slice": []holder{held},
		"config": config, "launch": launch, "with secrets": &more, "fleet": fleet, "settings": connectors.Settings{Secrets: more.Secrets}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%t"} {
			clean(name+" "+verb, fmt.Sprintf(verb, v))
		}
		var logged bytes.Buffer
		slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "v", v)
		clean(name+" in a log", logged.String())
		if name != "fleet" && name != "config" {
			asJSON, err := json.Marshal(v)
			if err != nil && !strings.HasPrefix(name, "launch") {
				t.Errorf("%s: %v", name, err)
			}
			clean(name+" as JSON", string(asJSON))
		}
	}
	if got := fmt.Sprintf("%v %s %x %#v", secret, &secret, secret, held.Open); got != "[redacted] [redacted] [redacted] [redacted]" {
		t.Error(got)
	}
}

func TestSecretIsAValue(t *testing.T) {
	a, b, c := connectors.NewSecret("a"), connectors.NewSecret(strings.Clone("a")), connectors.NewSecret("c")
	var zero connectors.Secret
	if a != b || !a.Equal(b) || !cmp.Equal(a, b) || a == c || a.Equal(c) || cmp.Equal(a, c) {
		t.Error("secrets are not compared by their content")
	}
	if a.Reveal() != "a" || a.IsZero() || zero.Reveal() != "" || !zero.IsZero() || connectors.NewSecret("") != zero {
		t.Error("a secret is not what it was made of")
	}
	if !cmp.Equal(shopConfig{Token: a}, shopConfig{Token: b}) || cmp.Equal(shopConfig{Token: a}, shopConfig{Token: c}) {
		t.Error("structs with secrets are not compared by their content")
	}
}
