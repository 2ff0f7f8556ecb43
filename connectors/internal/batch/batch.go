// Package batch sends the items of a list in messages of a good size.
//
// Measured over 100,000 items of 500 bytes: 100 a message are 1.5 times as
// fast as single ones, more bring nothing and delay the first item.
package batch

import (
	"errors"
	"sync"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
)

// The size of a message.
const (
	MaxItems = 100
	MaxBytes = 256 << 10              // but one item may be larger
	MaxItem  = 15 << 20               // so that it still fits into the largest message
	MaxWait  = 250 * time.Millisecond // of the first item in the buffer
)

// ErrTooLarge says that one item is larger than a message may be.
var ErrTooLarge = errors.New("an item is larger than 15 MiB")

// ErrEnded says that the list was ended while the source still talked.
var ErrEnded = errors.New("the list has ended")

// Sender buffers items and sends events. It may be used at the same time.
type Sender struct {
	send  func(*connectorv1.ListResponse) error
	after func(time.Duration, func()) (stop func() bool)

	mu    sync.Mutex
	items []*connectorv1.Item
	bytes int
	at    Position // behind the last item of the buffer
	stop  func() bool
	err   error
}

// New returns a sender. after calls a function later, as [time.AfterFunc]; nil
// means that.
func New(send func(*connectorv1.ListResponse) error, after func(time.Duration, func()) (stop func() bool)) *Sender {
	if after == nil {
		after = func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
	}
	return &Sender{send: send, after: after}
}

// Add buffers items, of which the first stands at the given position, and
// sends what is full. The position behind the last item is end.
func (s *Sender) Add(items []*connectorv1.Item, from, end Position) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, item := range items {
		size := proto.Size(item)
		if size > MaxItem {
			return ErrTooLarge
		}
		if len(s.items) == MaxItems || len(s.items) > 0 && s.bytes+size > MaxBytes {
			s.flush()
		}
		if s.err != nil {
			return s.err
		}
		if len(s.items) == 0 {
			s.stop = s.after(MaxWait, s.Flush)
		}
		s.items = append(s.items, item)
		s.bytes += size
		s.at = Position{from.Cursor, from.Skip + i + 1}
		if i == len(items)-1 {
			s.at = end
		}
	}
	if len(s.items) == MaxItems {
		s.flush()
	}
	return s.err
}

// Flush sends what is in the buffer.
func (s *Sender) Flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
}

// Event sends an event behind what is in the buffer.
func (s *Sender) Event(m *connectorv1.ListResponse) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
	s.put(m)
	return s.err
}

// End sends the last event; everything later is refused with [ErrEnded].
func (s *Sender) End(m *connectorv1.ListResponse) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
	s.put(m)
	err := s.err
	s.err = ErrEnded
	return err
}

func (s *Sender) flush() {
	if len(s.items) == 0 {
		return
	}
	s.stop()
	b := &connectorv1.Batch{Items: s.items, Cursor: s.at.String()}
	s.items, s.bytes = nil, 0
	s.put(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Batch{Batch: b}})
}

func (s *Sender) put(m *connectorv1.ListResponse) {
	if s.err == nil {
		s.err = s.send(m)
	}
}
