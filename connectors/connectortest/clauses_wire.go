package connectortest

import (
	"errors"
	"io"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/tidegate-go/tidegate/connectors/internal/connectorv1"
	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/wire"
	"github.com/tidegate-go/tidegate/release/fact"
)

const maxItems = 100 // of one batch

// instance opens an instance and returns its id on the wire.
func (s *sitting) instance() string {
	s.Helper()
	r, ok := s.open().(*remoteInstance)
	if !ok {
		s.Fatalf("the case needs the wire")
	}
	return r.id
}

func (s *sitting) encode(q fact.Query) *connectorv1.Query {
	s.Helper()
	m, err := wire.EncodeQuery(q)
	if err != nil {
		s.Fatalf("%v: %v", q, err)
	}
	return m
}

func batches(s *sitting) {
	s.needListed()
	id := s.instance()
	for _, q := range s.Listed {
		stream, err := s.remote.client.List(s.within(), &connectorv1.ListRequest{Instance: id, Query: s.encode(q)})
		done := 0
		for err == nil {
			var event *connectorv1.ListResponse
			if event, err = stream.Recv(); err != nil {
				break
			}
			if done > 0 {
				s.Errorf("List(%v): after Done: %v", q, event)
			}
			if n := len(event.GetBatch().GetItems()); n > maxItems {
				s.Errorf("List(%v): a batch of %d items", q, n)
			}
			if event.GetDone() != nil {
				done++
			}
		}
		if !errors.Is(err, io.EOF) || done != 1 {
			s.Errorf("List(%v): %v after Done %d times, want the end of the stream after one", q, err, done)
		}
	}
}

// later adds a field to m that no version has yet.
func later[M proto.Message](m M) M {
	field := protowire.AppendTag(nil, 19_000-1, protowire.BytesType)
	m.ProtoReflect().SetUnknown(protowire.AppendString(field, "from a later minor version"))
	return m
}

func unknownFields(s *sitting) {
	client, ctx := s.remote.client, s.within()
	if _, err := client.Describe(ctx, later(&connectorv1.DescribeRequest{})); err != nil {
		s.Errorf("Describe: %v", err)
	}
	const id = "exam-later"
	secrets := map[string]string{}
	for name, secret := range s.Settings.Secrets {
		secrets[name] = secret.Reveal()
	}
	opened, err := client.Configure(ctx, later(&connectorv1.ConfigureRequest{Instance: id, Config: string(s.Settings.JSON), Secrets: secrets}))
	if err = errors.Join(err, join(opened.GetDiagnostics())); err != nil {
		s.Fatalf("Configure: %v", err)
	}
	if _, err := client.Check(ctx, later(&connectorv1.CheckRequest{Instance: id})); err != nil {
		s.Errorf("Check: %v", err)
	}
	for _, q := range s.Measured {
		answer, err := client.Measure(ctx, later(&connectorv1.MeasureRequest{Instance: id, Queries: []*connectorv1.Query{later(s.encode(q))}}))
		if err != nil || len(answer.GetMeasurements()) != 1 || answer.GetMeasurements()[0].GetFailure() != nil {
			s.Errorf("Measure(%v): %v, %v", q, answer, err)
		}
	}
	if _, err := client.Release(ctx, later(&connectorv1.ReleaseRequest{Instance: id})); err != nil {
		s.Errorf("Release: %v", err)
	}
}

// sizes asks for something that nobody has, in many words. The host may not
// send a message above the limit; the exam does.
func sizes(s *sitting) {
	id := s.instance()
	ask := func(bytes int) (*connectorv1.MeasureResponse, error) {
		q := &connectorv1.Query{Kind: "no-such-kind", Params: `{"x":"` + strings.Repeat("x", bytes) + `"}`, Shape: connectorv1.Shape_SHAPE_NUMBER}
		return s.remote.client.Measure(s.within(), &connectorv1.MeasureRequest{Instance: id, Queries: []*connectorv1.Query{q}},
			grpc.MaxCallSendMsgSize(4*handshake.MaxMessage))
	}
	answer, err := ask(handshake.MaxMessage - 1<<10)
	if len(answer.GetMeasurements()) != 1 || answer.GetMeasurements()[0].GetFailure() == nil {
		s.Errorf("a query of almost 16 MiB: %.200v, %v; want a failure inside of the answer", answer, err)
	}
	if _, err := ask(handshake.MaxMessage + 1<<10); status.Code(err) != codes.ResourceExhausted {
		s.Errorf("a query of more than 16 MiB: %v, want %v", err, codes.ResourceExhausted)
	}
	for _, m := range answer.GetMeasurements() {
		if n := len(m.GetFailure().GetSummary()); n > 4<<10 {
			s.Errorf("a summary of %d bytes is not one line for people", n)
		}
	}
	s.describe() // it is still there
}
