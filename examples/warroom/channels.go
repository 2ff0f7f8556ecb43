package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/release/fact"
)

// outage is a channel that takes nothing for a while.
type outage struct {
	kind        comms.ChannelKind
	address     string
	from, until time.Time
}

// channels takes every letter, but those of a channel that is down. It keeps one
// letter of a key, as PagerDuty does, and counts how often it came.
type channels struct {
	clock   func() time.Time
	down    []outage
	letters []delivered
	acks    []ack

	taking, taken func(comms.Letter) error // of tests: whether the process lives on; nil: it does
}

// delivered is a letter as a channel has it.
type delivered struct {
	comms.Letter
	at    time.Time
	times int
}

// ack is somebody who acknowledges the letter of a key.
type ack struct {
	key string
	comms.Acknowledgement
}

// Send implements [comms.Sender].
func (c *channels) Send(_ context.Context, l comms.Letter) (comms.Receipt, error) {
	if c.taking != nil {
		if err := c.taking(l); err != nil {
			return comms.Receipt{}, err
		}
	}
	r, err := c.take(l)
	if err == nil && c.taken != nil {
		err = c.taken(l)
	}
	return r, err
}

func (c *channels) take(l comms.Letter) (comms.Receipt, error) {
	if err := c.up(l.Channel); err != nil {
		return comms.Receipt{}, err
	}
	for i := range c.letters {
		if c.letters[i].Key == l.Key {
			c.letters[i].times++
			return receipt(i), nil
		}
	}
	c.letters = append(c.letters, delivered{l, c.clock(), 1})
	return receipt(len(c.letters) - 1), nil
}

// up fails while a channel is down.
func (c *channels) up(through comms.Channel) error {
	now := c.clock()
	for _, o := range c.down {
		if o.kind == through.Kind && o.address == through.Address && !now.Before(o.from) && now.Before(o.until) {
			return fmt.Errorf("%w: %s %s is down", comms.ErrBusy, o.kind, o.address)
		}
	}
	return nil
}

func receipt(i int) comms.Receipt { return comms.Receipt{ID: fmt.Sprintf("%03d", i+1)} }

// acknowledge says that a person has seen a letter.
func (c *channels) acknowledge(key, account string, at time.Time) {
	c.acks = append(c.acks, ack{key, comms.Acknowledgement{By: fact.Account{System: "pagerduty", ID: account}, At: at}})
}

// Acknowledged implements [comms.Acknowledger].
func (c *channels) Acknowledged(_ context.Context, l comms.Letter) ([]comms.Acknowledgement, error) {
	if err := c.up(l.Channel); err != nil {
		return nil, err
	}
	var all []comms.Acknowledgement
	for _, a := range c.acks {
		if a.key == l.Key && !a.At.After(c.clock()) {
			all = append(all, a.Acknowledgement)
		}
	}
	return all, nil
}
