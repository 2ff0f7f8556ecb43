package lexicon_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/lexicon"
)

// packet is about 900 words in the register of a release packet, cut into fields as a packet is.
func packet(times int) ([]lexicon.Source, lexicon.Terms) {
	lines := strings.Split(strings.TrimSpace(packetText), "\n")
	var all []lexicon.Source
	for n := range times * 6 {
		for i, line := range lines {
			all = append(all, lexicon.Source{Path: fmt.Sprintf("plan.fields[%d]", n*len(lines)+i), Text: line, Imperative: i%2 == 0})
		}
	}
	terms := lexicon.Terms{
		Names:    []string{"orders-api", "billing-api", "catalog-api", "notify-worker", "edge-gateway"},
		Glossary: []lexicon.Definition{{Acronym: "CAB", Expansion: "change advisory board"}},
	}
	return all, terms
}

const packetText = `
Ship split payments to 100%; retire tax engine v1. Out of scope: currency conversion and partner webhooks.
Checkout errors >1.0% for 5 minutes, or p95 >800 ms for 10 minutes, start the rollback of orders-api 4.8.0.
Risk: migration 0142 could exceed 20 minutes (medium/high). Mitigation: batched backfill; contingency: snapshot S-1207.
Freeze 2026-12-01T18:00:00-05:00; window 2026-12-08T22:00:00-05:00/2026-12-09T02:00:00-05:00; blackout 2026-12-21/2027-01-04.
Publish RB-88 and KB-501 before CHG-4471 is filed; sync Argo CD: catalog-api, notify-worker, billing-api, edge-gateway.
Watch the canary for 120 minutes and page the SRE on-call when errors exceed 1.0%; open an anomaly ticket within 10 minutes.
Customers pay one order with two cards; tax lines show the jurisdiction. See [KB-501](https://help.example.com/501).
Double authorization (low/high): the card is held twice for at most 15 minutes, then voided by the billing-api job.
The release manager circulates the packet 24 hours before the window and requests explicit signoff from 8 approvers.
Exit: p95 ≤450 ms; errors ≤0.2% for 60 minutes; rollback rehearsed in 14 minutes; dashboard Staging-Release in Grafana.
`

func BenchmarkRead(b *testing.B) {
	sources, terms := packet(1)
	size, count := 0, 0
	for _, s := range sources {
		size += len(s.Text)
		count += len(strings.Fields(s.Text))
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		lexicon.Read(sources, terms)
	}
	b.ReportMetric(float64(count), "words")
}

// BenchmarkDetect is all detectors on a packet that is read, and on ten and a hundred of them in one document.
func BenchmarkDetect(b *testing.B) {
	for _, times := range []int{1, 10, 100} {
		b.Run(fmt.Sprint(times), func(b *testing.B) {
			doc := lexicon.Read(packet(times))
			b.ReportAllocs()
			for b.Loop() {
				for _, d := range lexicon.Detectors() {
					d.Find(doc)
				}
			}
		})
	}
}

func BenchmarkEach(b *testing.B) {
	doc := lexicon.Read(packet(1))
	for _, d := range lexicon.Detectors() {
		b.Run(d.Rule, func(b *testing.B) {
			for b.Loop() {
				d.Find(doc)
			}
		})
	}
}

// BenchmarkHostile is texts that tempt a scanner to look ahead again and again, a kilobyte and a hundred: the time per
// byte stays.
func BenchmarkHostile(b *testing.B) {
	for _, unit := range []string{"`` ` ", "<a ", "<!-- ", "](", "\n", "?", "may ", "\"may ", "{a", "a.", "ABs", "12/8 ", "Monday ", "will be done ", "or CAB (", "is good ", "2026-12-08 Monday ", "Release Manager "} {
		for _, size := range []int{1_000, 100_000} {
			text := strings.Repeat(unit, size/len(unit))
			b.Run(fmt.Sprintf("%q/%d", unit, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					doc := lexicon.Read([]lexicon.Source{{Text: text, Imperative: true}}, lexicon.Terms{Names: []string{"orders-api"}})
					for _, d := range lexicon.Detectors() {
						d.Find(doc)
					}
				}
			})
		}
	}
}
