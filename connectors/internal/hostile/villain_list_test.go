//go:build unix

package hostile_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
)

// outlet is the stream of a list.
type outlet grpc.ServerStreamingServer[connectorv1.ListResponse]

func send(s outlet, cursor string, items ...*connectorv1.Item) {
	_ = s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Batch{Batch: &connectorv1.Batch{Items: items, Cursor: cursor}}})
}

func work(id, title string) *connectorv1.Item {
	return &connectorv1.Item{Item: &connectorv1.Item_WorkItem{WorkItem: &connectorv1.WorkItem{Id: id, Title: title}}}
}

func (v *villain) List(r *connectorv1.ListRequest, s grpc.ServerStreamingServer[connectorv1.ListResponse]) error {
	v.reach("List")
	item := work("1", "about "+v.secret)
	send(s, "first-"+r.GetCursor(), item) // a new one each time, so that what dies here is always resumed
	v.reach("stream")
	switch v.act {
	case "later":
		_ = s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Done{
			Done: &connectorv1.Done{Complete: true, ObservedAt: timestamppb.New(time.Now().Add(time.Hour))}}})
	case "duplicate":
		send(s, "a", work("2", ""))
		send(s, "a", work("3", ""))
	case "backwards":
		send(s, "a", work("2", ""))
		send(s, "b", work("3", ""))
		send(s, "a", work("4", ""))
	case "resumed-backwards": // what was given before the crash comes again after it
		if r.GetCursor() != "" {
			send(s, "first-", item)
		}
		send(s, "a", work("2", ""))
		for range 8 { // more than HTTP/2 lets a sender be ahead: the host has what comes before
			send(s, "", work("3", strings.Repeat("x", 4<<20)))
		}
		os.Exit(7)
	case "unasked": // an event after the end
		_ = s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Done{Done: &connectorv1.Done{}}})
		send(s, "a", item)
	case "stranger":
		send(s, "a", &connectorv1.Item{Item: &connectorv1.Item_Duty{Duty: &connectorv1.Duty{}}})
	case "void":
		send(s, "a", &connectorv1.Item{})
	case "wait":
		_ = s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Progress{Progress: &connectorv1.Progress{Waiting: durationpb.New(1 << 40)}}})
		<-s.Context().Done()
	case "huge-batch":
		send(s, "a", work("2", strings.Repeat("x", hundredMiB)))
	case "chatter":
		for range 1000 {
			_ = s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Diagnostic{Diagnostic: &connectorv1.Diagnostic{Code: "chat", Summary: "and so on"}}})
		}
	default:
		v.pour(s)
	}
	return nil
}

// pour sends items until the host has enough.
func (v *villain) pour(s outlet) {
	title := ""
	if v.act == "fat" { // 4 MiB each, and never a cursor
		title = strings.Repeat("x", 4<<20)
	}
	for n := 0; s.Context().Err() == nil && (v.act == "fat" || v.act == "items"); n++ {
		cursor := fmt.Sprint(n)
		if v.act == "fat" {
			cursor = ""
		}
		send(s, cursor, work("N-"+fmt.Sprint(n), title))
	}
}
