package connectors_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/golden"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

type auth struct {
	User  string            `json:"user" jsonschema_description:"The account, as the site knows it."`
	Token connectors.Secret `json:"token"`
}

type config struct {
	Site     string            `json:"site" jsonschema:"minLength=1,example=https://example.com"`
	Projects []string          `json:"projects,omitzero"`
	Timeout  value.Duration    `json:"timeout,omitzero"`
	Category fact.Category     `json:"category,omitzero"`
	Auth     auth              `json:"auth"`
	Webhook  connectors.Secret `json:"webhook,omitzero"`
}

func TestSettingsThereAndBack(t *testing.T) {
	want := config{Site: "x", Projects: []string{"A"}, Timeout: value.Duration(90e9),
		Auth: auth{User: "me", Token: connectors.NewSecret("t0ken")}}
	s, err := connectors.SettingsOf(&want)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(s.JSON); got != `{"auth":{"user":"me"},"projects":["A"],"site":"x","timeout":"PT1M30S"}` {
		t.Errorf("JSON %s", got)
	}
	if len(s.Secrets) != 1 || s.Secrets["auth.token"].Reveal() != "t0ken" {
		t.Errorf("secrets %v", s.Secrets)
	}
	var got config
	if err := s.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(connectors.Secret{})); diff != "" {
		t.Error(diff)
	}
	if text := fmt.Sprintf("%v %+v %#v %s", got, got, got, got.Auth.Token); strings.Contains(text, "t0ken") {
		t.Errorf("printed %s", text)
	}
}

func TestSettingsFaults(t *testing.T) {
	token := map[string]connectors.Secret{"auth.token": connectors.NewSecret("t0ken")}
	for text, want := range map[string][]string{
		`{"site":"x","auth":{"user":"u"}}`: nil,
		``:                                 {"site", "auth"},
		`{"site":"x","auth":{}}`:           {"auth.user"},
		`{"sit":"x","auth":{"user":"u","usr":1},"projects":1}`: {"sit", "auth.usr", "projects", "site"},
		`{"site":"x","site":"y","auth":{"user":"u"}}`:          {"site"},
		`{"site":null,"auth":{"user":"u"}}`:                    {"site"},
		`{"site":"x","auth":{"user":"u","token":"t0ken"}}`:     {"auth.token"},
		`{"site":"x"`: {""},
	} {
		var c config
		err := connectors.Settings{JSON: []byte(text), Secrets: token}.Decode(&c)
		if diff := cmp.Diff(want, paths(t, err)); diff != "" {
			t.Errorf("%s: %v\n%s", text, err, diff)
		}
	}
}

func TestSecretFaults(t *testing.T) {
	text := []byte(`{"site":"x","auth":{"user":"u"}}`)
	for want, secrets := range map[string]map[string]connectors.Secret{
		"auth.token":     nil,
		"auth.token tkn": {"tkn": connectors.NewSecret("t0ken")},
		"site":           {"auth.token": connectors.NewSecret("t0ken"), "site": connectors.NewSecret("t0ken")},
	} {
		var c config
		err := connectors.Settings{JSON: text, Secrets: secrets}.Decode(&c)
		if got := strings.Join(paths(t, err), " "); got != want {
			t.Errorf("faults at %q, want %q: %v", got, want, err)
		}
	}
}

// paths are where the joined diagnostics are; none shows a secret.
func paths(t *testing.T, err error) (list []string) {
	t.Helper()
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("%T: %v", err, err)
	}
	for _, e := range joined.Unwrap() {
		var d *connectors.Diagnostic
		if !errors.As(e, &d) || d.Code != connectors.CodeInvalidConfig || d.Origin != connectors.FromConfig {
			t.Errorf("%v", e)
		}
		if strings.Contains(fmt.Sprintf("%+v", *d), "t0ken") {
			t.Errorf("%+v shows a secret", *d)
		}
		list = append(list, d.Path)
	}
	return list
}

func TestTypesWithoutSettings(t *testing.T) {
	type deep struct {
		Next *deep `json:"next,omitzero"`
	}
	for _, v := range []any{
		nil, 1, []string{}, struct{ S []connectors.Secret }{}, struct{ M map[string]auth }{}, struct{ P *auth }{}, struct{ L []string }{},
	} {
		if s, err := connectors.SettingsOf(v); err == nil {
			t.Errorf("SettingsOf(%T) = %s", v, s.JSON)
		}
	}
	for _, v := range []any{1, []string{}, deep{}} {
		if s, err := connectors.ConfigSchema(v); err == nil {
			t.Errorf("ConfigSchema(%T) = %s", v, s)
		}
	}
}

func TestSchema(t *testing.T) {
	for name, v := range map[string]any{"config": config{}, "none": nil, "any": map[string]any{}} {
		schema, err := connectors.ConfigSchema(v)
		if err != nil {
			t.Fatal(err)
		}
		var tree any
		if err := json.Unmarshal(schema, &tree); err != nil {
			t.Fatal(err)
		}
		text, err := json.MarshalIndent(tree, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, "testdata/schema-"+name+".json", append(text, '\n'))
	}
}

func ExampleSettings_Decode() {
	var c struct {
		Site  string            `json:"site"`
		Token connectors.Secret `json:"token"`
	}
	err := connectors.Settings{JSON: []byte(`{"site":"https://example.com"}`)}.Decode(&c)
	fmt.Println(err)
	// Output: invalid-config: token: is a required secret
}

func ExampleSettingsOf() {
	s, err := connectors.SettingsOf(struct {
		Site  string            `json:"site"`
		Token connectors.Secret `json:"token"`
	}{"https://example.com", connectors.NewSecret("t0ken")})
	fmt.Println(string(s.JSON), s.Secrets, err)
	// Output: {"site":"https://example.com"} map[token:[redacted]] <nil>
}

func ExampleConfigSchema() {
	schema, err := connectors.ConfigSchema(struct {
		Token connectors.Secret `json:"token"`
	}{})
	fmt.Println(string(schema), err)
	// Output: {"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"token":{"type":"string","writeOnly":true,"x-secret":true}},"additionalProperties":false,"type":"object","required":["token"]} <nil>
}
