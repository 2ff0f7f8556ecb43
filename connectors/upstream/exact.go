package upstream

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Exact reads a JSON object into each of the structs that into points to.
// Package encoding/json takes the last of two equal keys, and "Issues" for
// "issues": here a key that comes twice, anywhere in the object, and one that
// differs only by case from a field of any of the structs, are errors. Keys that
// no struct has are ignored. What is no object is an error, null too.
//
// It is the body of an UnmarshalJSON, so that [Client.Do] reads an answer with
// it.
func Exact(data []byte, into ...any) error {
	if !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return errors.New("is no JSON object")
	}
	known := map[string]bool{}
	for _, v := range into {
		fieldNames(reflect.TypeOf(v), known, map[reflect.Type]bool{})
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := walk(dec, known); err != nil {
		return err
	}
	for _, v := range into {
		if err := json.Unmarshal(data, v); err != nil {
			return err
		}
	}
	return nil
}

// walk reads one value and refuses keys that could be taken for one another.
func walk(dec *json.Decoder, known map[string]bool) error {
	t, err := dec.Token()
	if err != nil || t != json.Delim('{') && t != json.Delim('[') {
		return err
	}
	seen := map[string]bool{}
	for dec.More() {
		if t == json.Delim('{') {
			k, err := dec.Token()
			if err != nil {
				return err
			}
			key, _ := k.(string) // a key always is
			if err := unclear(key, seen, known); err != nil {
				return err
			}
		}
		if err := walk(dec, known); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// unclear says why a key of an object could be taken for another one.
func unclear(key string, seen, known map[string]bool) error {
	if seen[key] {
		return fmt.Errorf("%.80q comes twice in one object", key)
	}
	seen[key] = true
	if known[key] {
		return nil
	}
	for name := range known {
		if strings.EqualFold(name, key) {
			return fmt.Errorf("%.80q is written in place of %q", key, name)
		}
	}
	return nil
}

// fieldNames adds the names of the fields of t and of the types within it.
func fieldNames(t reflect.Type, to map[string]bool, met map[reflect.Type]bool) {
	if met[t] {
		return
	}
	met[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		fieldNames(t.Elem(), to, met)
	case reflect.Struct:
		for f := range t.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
				to[name] = true
			}
			fieldNames(f.Type, to, met)
		}
	}
}
