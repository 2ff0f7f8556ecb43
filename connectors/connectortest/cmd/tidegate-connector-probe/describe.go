package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/parent"
	"github.com/tidegate-go/tidegate/connectors/internal/process"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
)

// description is the answer to describe.
type description struct {
	Name       string          `json:"name"`
	Version    string          `json:"version"`
	Summary    string          `json:"summary,omitzero"`
	Config     json.RawMessage `json:"config"` // JSON Schema
	Kinds      []kind          `json:"kinds"`
	RateLimits []rateLimit     `json:"rateLimits,omitzero"`
}

type kind struct {
	Name    string          `json:"name"`
	Summary string          `json:"summary,omitzero"`
	Params  json.RawMessage `json:"params"` // JSON Schema
	Shapes  []string        `json:"shapes"`
}

type rateLimit struct {
	Name      string   `json:"name"`
	Kinds     []string `json:"kinds,omitzero"`
	PerSecond float64  `json:"perSecond"`
	Burst     int32    `json:"burst"`
}

// describe asks what needs no configuration, and so starts the program alone.
func (p *probe) describe(ctx context.Context, path string) (any, error) {
	if p.pin != "" {
		return nil, errors.New("-pin: describe starts the program whatever it is; take the pin away")
	}
	child, err := process.Start(ctx, process.Spec{Name: "probe", Path: path, Args: p.program[1:], Trust: process.Unpinned, Logger: p.logger(),
		Set: []string{parent.Variable + "=" + strconv.Itoa(os.Getpid())}})
	if err != nil {
		return nil, err
	}
	defer child.Kill(process.KillGrace)
	m, err := child.Connector().Describe(ctx, &connectorv1.DescribeRequest{})
	if err != nil {
		return nil, err
	}
	d := description{Name: m.GetName(), Version: m.GetVersion(), Summary: m.GetSummary()}
	if d.Config, err = schema("config", m.GetConfigSchema()); err != nil {
		return nil, err
	}
	for _, k := range m.GetKinds() {
		one := kind{Name: k.GetName(), Summary: k.GetSummary()}
		if one.Params, err = schema("kind "+k.GetName(), k.GetParamsSchema()); err != nil {
			return nil, err
		}
		for _, s := range k.GetShapes() {
			one.Shapes = append(one.Shapes, wire.DecodeShape(s).String())
		}
		d.Kinds = append(d.Kinds, one)
	}
	for _, l := range m.GetRateLimits() {
		d.RateLimits = append(d.RateLimits, rateLimit{l.GetName(), l.GetKinds(), l.GetPerSecond(), l.GetBurst()})
	}
	return d, nil
}

func schema(of, text string) (json.RawMessage, error) {
	if !json.Valid([]byte(text)) {
		return nil, fmt.Errorf("the schema of %s is no JSON: %.200q", of, text)
	}
	return json.RawMessage(text), nil
}
