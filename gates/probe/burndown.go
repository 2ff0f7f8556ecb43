package probe

import (
	"fmt"
	"time"

	"github.com/tidegate-go/tidegate/gates/internal/judge"
	"github.com/tidegate-go/tidegate/internal/stats"
	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// BurnDown is that remaining work comes to nothing before a deadline.
//
// The projection is linear: the work goes on from the newest sample as steeply
// as the least-squares line through all samples of the window falls. It says
// where the present pace leads, not that the pace will hold; a window of many
// days evens weekends out. Nothing left passes. Work that does not fall fails,
// since at this pace it never ends; so does a projected end at or after the
// deadline, and a deadline that is over while work is left.
//
// Whatever unit the work is in, "nothing left" says something only if there was
// some: in the window, or by the query's population.
type BurnDown struct {
	Query    fact.Query     `json:"query"`           // series of the work that remains: issues, points, hours
	Deadline value.When     `json:"deadline"`        // of a date, its earliest end
	MaxGap   value.Duration `json:"maxGap,omitzero"` // zero: a tenth of the window
}

// minPoints is how many samples make a trend.
const minPoints = 3

// Queries returns the query.
func (b *BurnDown) Queries() []fact.Query { return []fact.Query{b.Query} }

// Fault says where and why the test can never be judged, if so.
func (b *BurnDown) Fault() (check.Path, string) {
	if at, why := wantSeries("query", b.Query); why != "" {
		return at, why
	}
	_, err := b.Deadline.StrictEnd()
	switch {
	case b.Query.Window <= 0:
		return "query.window", "projects from no window"
	case !judge.Covers(b.Query.Window, judge.MaxGap(b.MaxGap, b.Query.Window)):
		return "maxGap", "has a window that a gap may fill"
	case b.Deadline.IsZero() || err != nil:
		return "deadline", "has no deadline that can be told"
	}
	return "", ""
}

// Condition says what the test demands.
func (b *BurnDown) Condition() string {
	return fmt.Sprintf("projected to be nothing by %s, from %s", b.Deadline, b.Query.Window.Human())
}

// Judge projects the end of the work.
func (b *BurnDown) Judge(s judge.Scene) judge.Said {
	r, code := s.Look(0)
	if code != "" {
		return judge.Unclear(code)
	}
	seen, code := judge.Series(r, b.Query.Window.Std(), judge.MaxGap(b.MaxGap, b.Query.Window))
	switch {
	case code != "":
		return judge.Unclear(code)
	case seen.Low < 0:
		return judge.Unclear(judge.NotANumber) // less than nothing is left
	}
	deadline, err := b.Deadline.StrictEnd()
	newest := seen.Samples[seen.N-1]
	remaining := value.Quantity{Value: newest.Value, Unit: r.Unit}
	none := value.Quantity{Unit: r.Unit}
	switch {
	case err != nil:
		return judge.Unclear(judge.NoLimit)
	case newest.Value == 0 && seen.High == 0 && !s.Proves(0):
		return judge.Unclear(judge.Vacuous).With(remaining, none)
	case newest.Value == 0:
		return judge.Said{Outcome: judge.Pass, Code: judge.Met}.With(remaining, none)
	case !s.Now().Before(deadline):
		return judge.Said{Outcome: judge.Fail, Code: judge.NotMet, Detail: "the deadline is over"}.With(remaining, none)
	case seen.N < minPoints:
		return judge.Said{Code: judge.TooFew, Until: deadline}
	}
	said := project(seen.Samples, newest, deadline, remaining)
	said.Until = deadline // from then on what is left is too late
	return said
}

// project follows the line from the newest sample to nothing.
func project(samples []fact.Sample, newest fact.Sample, deadline time.Time, remaining value.Quantity) judge.Said {
	days, work := make([]float64, len(samples)), make([]float64, len(samples))
	for i := range samples {
		days[i], work[i] = inDays(samples[i].At.Sub(newest.At)), float64(samples[i].Value)
	}
	slope, ok := stats.Slope(days, work)
	if !ok {
		return judge.Unclear(judge.TooFew)
	}
	limit := quantityOf(inDays(deadline.Sub(newest.At)), value.Days)
	if slope >= 0 {
		return judge.Said{Outcome: judge.Fail, Code: judge.NotFalling, Observed: remaining, Limit: value.Quantity{Unit: remaining.Unit}}
	}
	needed := quantityOf(float64(newest.Value)/-slope, value.Days)
	said := judge.Said{Outcome: judge.Pass, Code: judge.Met}.With(needed, limit)
	if needed.Value >= limit.Value {
		said.Outcome, said.Code = judge.Fail, judge.NotMet
	}
	return said.Because(remaining.Human() + " left, " + short(-slope) + " a day")
}

func inDays(d time.Duration) float64 { return d.Hours() / 24 }

func quantityOf(v float64, u value.Unit) value.Quantity {
	return value.Quantity{Value: value.Number(v), Unit: u}
}
