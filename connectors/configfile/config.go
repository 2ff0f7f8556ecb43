package configfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/internal/strictjson"
	"github.com/tidegate-go/tidegate/release/value"
)

// file is the config as it is written.
type file struct {
	Lock           string         `json:"lock,omitzero"`
	QueryTimeout   value.Duration `json:"queryTimeout,omitzero"`
	CollectTimeout value.Duration `json:"collectTimeout,omitzero"`
	MaxItems       int            `json:"maxItems,omitzero"`
	Connectors     []launch       `json:"connectors"`
}

type launch struct {
	Name       string               `json:"name,omitzero"`
	Command    []string             `json:"command,omitzero"`
	Pin        string               `json:"pin,omitzero"`
	Locked     string               `json:"locked,omitzero"`
	Files      map[string]string    `json:"files,omitzero"`
	Unpinned   bool                 `json:"unpinned,omitzero"`
	Self       string               `json:"self,omitzero"`
	Settings   json.RawMessage      `json:"settings,omitzero"`
	Secrets    map[string]reference `json:"secrets,omitzero"`
	Env        []string             `json:"env,omitzero"`
	RateLimits []limit              `json:"rateLimits,omitzero"`
	Upstream   string               `json:"upstream,omitzero"`
	Alone      bool                 `json:"alone,omitzero"`
}

type limit struct {
	Name      string   `json:"name"`
	Kinds     []string `json:"kinds,omitzero"`
	PerSecond float64  `json:"perSecond"`
	Burst     int      `json:"burst"`
}

// instance is the settings of one instance as they are written.
type instance struct {
	Settings json.RawMessage      `json:"settings,omitzero"`
	Secrets  map[string]reference `json:"secrets,omitzero"`
}

// Read reads the config of a fleet. The error joins every fault of the file,
// each with its place; no text of it has a secret. What can be told only when
// the connectors are looked at, [connectors.Open] tells.
func Read(path string) (connectors.Config, error) {
	data, err := load(path, maxFile, othersWrite)
	if err != nil {
		return connectors.Config{}, fmt.Errorf("config %s: %w", path, err)
	}
	c, err := Decode(data, filepath.Dir(path))
	if err != nil {
		return connectors.Config{}, fmt.Errorf("config %s: %w", path, err)
	}
	return c, nil
}

// Decode reads the config of a fleet from text whose relative paths begin at
// dir. The error is as that of [Read].
func Decode(data []byte, dir string) (connectors.Config, error) {
	var f file
	if err := decode(data, &f); err != nil {
		return connectors.Config{}, err
	}
	c := connectors.Config{QueryTimeout: time.Duration(f.QueryTimeout), CollectTimeout: time.Duration(f.CollectTimeout), MaxItems: f.MaxItems}
	var faults []error
	if f.Lock != "" {
		lock, err := readLock(within(dir, f.Lock))
		if err != nil {
			faults = append(faults, fmt.Errorf("lock: the file %s %w", f.Lock, err))
		}
		c.Lock = &lock
	}
	for i, l := range f.Connectors {
		one, err := l.launch(dir, fmt.Sprintf("connectors[%d].", i))
		faults = append(faults, err)
		c.Connectors = append(c.Connectors, one)
	}
	if err := errors.Join(faults...); err != nil {
		return connectors.Config{}, err
	}
	return c, nil
}

// ReadSettings reads the settings of one instance from a file with "settings"
// and "secrets" as in a config, for programs that run a single connector.
func ReadSettings(path string) (connectors.Settings, error) {
	data, err := load(path, maxFile, othersWrite)
	if err != nil {
		return connectors.Settings{}, fmt.Errorf("config %s: %w", path, err)
	}
	var i instance
	err = decode(data, &i)
	s := connectors.Settings{JSON: i.Settings}
	if err == nil {
		s.Secrets, err = resolve(i.Secrets, filepath.Dir(path), "")
	}
	if err != nil {
		return connectors.Settings{}, fmt.Errorf("config %s: %w", path, err)
	}
	if s.JSON == nil {
		s.JSON = []byte("{}")
	}
	return s, nil
}

func (l launch) launch(dir, at string) (connectors.Launch, error) {
	secrets, err := resolve(l.Secrets, dir, at)
	one := connectors.Launch{
		Name: l.Name, Command: slices.Clone(l.Command), Pin: l.Pin, Locked: l.Locked, Files: l.Files, Unpinned: l.Unpinned,
		Self: l.Self, Secrets: secrets, Env: l.Env, Upstream: l.Upstream, Alone: l.Alone,
	}
	if l.Settings != nil {
		one.Settings = []byte(l.Settings)
	}
	if len(one.Command) > 0 && filepath.Base(one.Command[0]) != one.Command[0] { // else it is looked for in PATH
		one.Command[0] = within(dir, one.Command[0])
	}
	for _, r := range l.RateLimits {
		one.RateLimits = append(one.RateLimits, connectors.RateLimit(r))
	}
	return one, err
}

func resolve(references map[string]reference, dir, at string) (map[string]connectors.Secret, error) {
	var faults []error
	secrets := map[string]connectors.Secret{}
	for _, name := range slices.Sorted(maps.Keys(references)) {
		secret, err := references[name].resolve(dir)
		if err != nil {
			faults = append(faults, fmt.Errorf("%ssecrets.%s: %w", at, name, err))
			continue
		}
		secrets[name] = secret
	}
	return secrets, errors.Join(faults...)
}

func readLock(path string) (connectors.Lock, error) {
	data, err := load(path, maxFile, othersWrite)
	if err != nil {
		return connectors.Lock{}, err
	}
	lock, err := connectors.ParseLock(data)
	if err != nil {
		return connectors.Lock{}, fmt.Errorf("is none: %w", err)
	}
	return lock, nil
}

// inSecrets finds the paths of secrets.
var inSecrets = regexp.MustCompile(`^(connectors\[\d+\]\.)?secrets\b`)

// decode reads strictly. What is said of a secret's place repeats nothing of it.
func decode(data []byte, into any) error {
	err := strictjson.Decode(data, into, nil)
	strict, ok := errors.AsType[*strictjson.Error](err)
	if !ok {
		return err
	}
	for i, f := range strict.Faults {
		if inSecrets.MatchString(f.Path) && !strings.HasPrefix(f.Message, "duplicate key") {
			strict.Faults[i].Message = errNoReference.Error()
		}
	}
	return strict
}
