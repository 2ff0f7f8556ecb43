package connectors_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// hostile is a connector in another language, made by somebody who did not read the contract.
type hostile struct {
	connectorv1.UnimplementedConnectorServer
	secret string
}

func serveHostile() {
	plugin.Serve(&plugin.ServeConfig{HandshakeConfig: handshake.Config(), VersionedPlugins: handshake.Plugins(&hostile{}),
		GRPCServer: plugin.DefaultGRPCServer, Logger: hclog.NewNullLogger()})
}

func (*hostile) Describe(context.Context, *connectorv1.DescribeRequest) (*connectorv1.DescribeResponse, error) {
	return &connectorv1.DescribeResponse{Name: strings.Repeat("NOT A NAME\n", 50), RateLimits: []*connectorv1.RateLimit{{PerSecond: math.NaN(), Burst: -1}}}, nil
}

func (h *hostile) Configure(_ context.Context, r *connectorv1.ConfigureRequest) (*connectorv1.ConfigureResponse, error) {
	h.secret = r.GetSecrets()["token"]
	return &connectorv1.ConfigureResponse{Diagnostics: []*connectorv1.Diagnostic{
		{Severity: connectorv1.Severity_SEVERITY_WARNING, Code: "old", Summary: "the key " + h.secret + " is old"}}}, nil
}

func (h *hostile) Measure(_ context.Context, r *connectorv1.MeasureRequest) (*connectorv1.MeasureResponse, error) {
	m := &connectorv1.Measurement{Complete: true, ObservedAt: timestamppb.Now(), Unit: "{count}"}
	seven := 7.0
	switch r.GetQueries()[0].GetKind() {
	case "none":
		return &connectorv1.MeasureResponse{}, nil
	case "two":
		return &connectorv1.MeasureResponse{Measurements: []*connectorv1.Measurement{m, m}}, nil
	case "empty": // no value
	case "year":
		m.Value, m.ObservedAt = &seven, &timestamppb.Timestamp{Seconds: math.MaxInt64}
	case "unit":
		m.Value, m.Unit = &seven, "furlong"
	case "other-unit":
		m.Value, m.Unit = &seven, "ms"
	case "code":
		m.Failure = &connectorv1.Diagnostic{Code: h.secret + "\n", Summary: "a\nb " + h.secret}
	case "escape":
		m.Failure = &connectorv1.Diagnostic{Code: "odd", Summary: "\x1b[2J" + h.secret[:3] + "\x1b" + h.secret[3:]}
	case "status":
		return nil, status.Error(codes.PermissionDenied, "no "+h.secret)
	case "huge":
		m.Value, m.Source = &seven, strings.Repeat("x", handshake.MaxMessage+1)
	case "exit":
		os.Exit(7)
	}
	return &connectorv1.MeasureResponse{Measurements: []*connectorv1.Measurement{m}}, nil
}

func (h *hostile) List(r *connectorv1.ListRequest, s grpc.ServerStreamingServer[connectorv1.ListResponse]) error {
	send := func(cursor string, items ...*connectorv1.Item) {
		_ = s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Batch{Batch: &connectorv1.Batch{Items: items, Cursor: cursor}}})
	}
	item := &connectorv1.Item{Item: &connectorv1.Item_WorkItem{WorkItem: &connectorv1.WorkItem{Id: "1", Title: "about " + h.secret}}}
	switch r.GetQuery().GetKind() {
	case "fat": // never a cursor
		title := strings.Repeat("x", 4<<20)
		for n := 0; s.Context().Err() == nil; n++ {
			send("", &connectorv1.Item{Item: &connectorv1.Item_WorkItem{WorkItem: &connectorv1.WorkItem{Id: fmt.Sprint(n), Title: title}}})
		}
	case "chatter":
		for range 1000 {
			_ = s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Diagnostic{Diagnostic: &connectorv1.Diagnostic{Code: "chat", Summary: "and so on"}}})
		}
	case "endless":
		send("a", item) // and no Done
	case "circle":
		for s.Context().Err() == nil {
			send("a", item)
		}
	case "stranger":
		send("a", &connectorv1.Item{Item: &connectorv1.Item_Duty{Duty: &connectorv1.Duty{}}})
	case "void":
		send("a", &connectorv1.Item{})
	case "silent":
		<-s.Context().Done()
	case "wait":
		_ = s.Send(&connectorv1.ListResponse{Event: &connectorv1.ListResponse_Progress{Progress: &connectorv1.Progress{}}})
		<-s.Context().Done()
	case "flood":
		for n := 0; s.Context().Err() == nil; n++ {
			send(fmt.Sprint(n), item)
		}
	}
	return nil
}

func TestHostile(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TEST_HOSTILE", "yes")
	var log book
	const token = "s3cr3t-t0ken"
	f := start(t, connectors.Config{
		Logger: log.logger(), QueryTimeout: 3 * time.Second, MaxItems: 500,
		Connectors: []connectors.Launch{{Name: "shop", Command: []string{self}, Unpinned: true, Env: []string{"TEST_HOSTILE"},
			Secrets: map[string]connectors.Secret{"token": connectors.NewSecret(token)}}},
	})
	tests := []struct {
		kind    string
		yields  fact.Yields
		code    string
		message string
	}{
		{"none", fact.Number(value.Count), connectors.CodeBadAnswer, "0 answers to 1 queries"},
		{"two", fact.Number(value.Count), connectors.CodeBadAnswer, "2 answers to 1 queries"},
		{"empty", fact.Number(value.Count), connectors.CodeBadAnswer, "no number"},
		{"year", fact.Number(value.Count), connectors.CodeBadAnswer, "not a moment"},
		{"unit", fact.Number(value.Count), connectors.CodeBadAnswer, "unknown unit"},
		{"other-unit", fact.Number(value.Count), "", ""}, // gates judges
		{"code", fact.Number(value.Count), connectors.CodeInternal, "[redacted]"},
		{"status", fact.Number(value.Count), connectors.CodeBadAnswer, "PermissionDenied: no [redacted]"},
		{"huge", fact.Number(value.Count), connectors.CodeTooLarge, "larger than max"},
		{"endless", fact.WorkItems(), "", ""},
		{"circle", fact.WorkItems(), connectors.CodeCursorLoop, `"a"`},
		{"stranger", fact.WorkItems(), connectors.CodeBadAnswer, "no work-items"},
		{"void", fact.WorkItems(), connectors.CodeBadAnswer, "no work-items"},
		{"silent", fact.WorkItems(), connectors.CodeTimeout, "no answer in time"},
		{"wait", fact.WorkItems(), connectors.CodeTimeout, "no answer in time"},
		{"flood", fact.WorkItems(), "", ""},
		{"fat", fact.WorkItems(), "", ""},
		{"chatter", fact.WorkItems(), "", ""},
		{"escape", fact.Number(value.Count), "odd", "[2J[redacted]"},
		{"exit", fact.Number(value.Count), connectors.CodeDown, "exit status 7"},
	}
	titles := 0
	for page, err := range f.List(t.Context(), fact.NewQuery("shop", "fat", fact.WorkItems())) {
		for _, item := range page.WorkItems {
			titles += len(item.Title)
		}
		if err != nil || titles > 32<<20 {
			t.Errorf("a page of %d bytes, %v", titles, err)
		}
		break
	}
	var all strings.Builder
	for _, tt := range tests { // one after the other: a batch fails as a whole
		t.Run(tt.kind, func(t *testing.T) {
			begun := time.Now()
			r := one(t, f, fact.NewQuery("shop", tt.kind, tt.yields))
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if n := r.Len() * (4 << 20); tt.kind == "fat" && (n < 32<<20 || n > 100<<20) {
				t.Errorf("%d bytes were kept", n)
			}
			if tt.kind != "fat" {
				fmt.Fprintf(&all, "%+v\n", r)
			}
			if tt.code != "" {
				failed(t, r, tt.code, tt.message)
			} else if r.Failed() || tt.yields.Shape.Items() && r.Complete {
				t.Errorf("%+v, want an incomplete list, or a number in another unit", r)
			}
		})
	}
	if n := strings.Count(log.String(), `"code":"chat"`); n != 10 || !strings.Contains(log.String(), `"remarks":990`) {
		t.Errorf("%d remarks of 1000 are in the log", n)
	}
	if text := all.String() + log.String(); strings.Contains(text, token) {
		t.Errorf("the secret is out:\n%s", text)
	}
}
