package pagerdutyconnector_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
	"github.com/tidegate-go/tidegate/connectors/pagerduty"
	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
	"github.com/tidegate-go/tidegate/connectors/upstream"
	"github.com/tidegate-go/tidegate/release/fact"
)

// rota has two levels: two people hand over at the first one, and somebody is
// always at the second. From 10:00 until 12:00 nobody is at the first.
func rota(t *testing.T) setup {
	t.Helper()
	s := open(t, nil, upstream.Options{})
	s.SetOnCall([]pagerdutytest.Policy{{ID: "PEP", Name: "Booking", Levels: 2}, {ID: "PEP2", Name: "Booking night", Levels: 1}},
		pagerdutytest.Shift{Policy: "PEP", Level: 1, User: "PFATOU", From: clockTime(0), Until: clockTime(8)},
		pagerdutytest.Shift{Policy: "PEP", Level: 1, User: "PEMIL", From: clockTime(8), Until: clockTime(10)},
		pagerdutytest.Shift{Policy: "PEP", Level: 1, User: "PFATOU", From: clockTime(12), Until: clockTime(24)},
		pagerdutytest.Shift{Policy: "PEP", Level: 2, User: "PLEAD"},
		pagerdutytest.Shift{Policy: "PEP2", Level: 1, User: "PNIGHT"},
	)
	return s
}

// clockTime is a moment of the day of at, at which it is 06:30.
func clockTime(hour int) time.Time { return at.Truncate(day).Add(time.Duration(hour) * time.Hour) }

func duty(level int, user string, from, until time.Time) fact.Duty {
	return fact.Duty{Policy: "Booking", Level: level, Account: fact.Account{System: "pagerduty", ID: user}, From: from, Until: until,
		Link: "https://acme.pagerduty.com/schedules/PSCHEDULE"}
}

func TestOnCall(t *testing.T) {
	s := rota(t)
	first, second, third := duty(1, "PFATOU", clockTime(0), clockTime(8)), duty(1, "PEMIL", clockTime(8), clockTime(10)), duty(1, "PFATOU", clockTime(12), clockTime(24))
	always := duty(2, "PLEAD", time.Time{}, time.Time{})
	for name, tt := range map[string]struct {
		q    fact.Query
		want []fact.Duty
	}{
		"now":             {pagerduty.OnCall("Booking"), []fact.Duty{first, always}},
		"the window":      {pagerduty.OnCallBetween("Booking", clockTime(5), clockTime(9)), []fact.Duty{first, second, always}},
		"over the hole":   {pagerduty.OnCallBetween("Booking", clockTime(9), clockTime(13)), []fact.Duty{second, third, always}},
		"inside the hole": {pagerduty.OnCallBetween("Booking", clockTime(10), clockTime(11)), []fact.Duty{always}},
	} {
		if diff := cmp.Diff(tt.want, s.whole(t, tt.q).Duties); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOnCallGaps(t *testing.T) {
	s := rota(t)
	for _, tt := range []struct {
		from, until, level, want int
	}{
		{5, 9, 0, 0}, {9, 13, 0, 1}, {9, 13, 1, 1}, {9, 13, 2, 0}, {10, 11, 1, 1}, {9, 10, 1, 0}, {12, 24, 1, 0}, {12, 25, 1, 1}, {9, 30, 0, 2}, {-2, 1, 1, 1}, {-2, 30, 1, 3},
	} {
		q := pagerduty.OnCallGaps("Booking", tt.level, clockTime(tt.from), clockTime(tt.until))
		levels, _ := q.Counted()
		want := map[bool]float64{true: 2, false: 1}[tt.level == 0]
		if n, of := s.number(t, q), s.number(t, levels); n != float64(tt.want) || of != want {
			t.Errorf("%d to %d at level %d: %v gaps of %v levels, want %d", tt.from, tt.until, tt.level, n, of, tt.want)
		}
	}
}

// A rotation that does not exist has no gap, and is not without one.
func TestOnCallRefuses(t *testing.T) {
	s := rota(t)
	window := func(policy string, level int) fact.Query {
		return pagerduty.OnCallGaps(policy, level, clockTime(5), clockTime(9))
	}
	for _, tt := range []struct {
		q    fact.Query
		code string
	}{
		{pagerduty.OnCall("Bookin"), connectors.CodeNotFound}, {pagerduty.OnCall("booking"), connectors.CodeNotFound}, {pagerduty.OnCall(""), connectors.CodeInvalidQuery},
		{window("Gone", 0), connectors.CodeNotFound}, {window("Booking", 3), connectors.CodeNotFound}, {window("Booking", -1), connectors.CodeInvalidQuery},
		{window("Booking", 1).With("level", "first"), connectors.CodeInvalidQuery}, {window("Booking", 1).With("of", "joy"), connectors.CodeInvalidQuery},
		{pagerduty.OnCallBetween("Booking", at, at), connectors.CodeInvalidQuery}, {pagerduty.OnCallBetween("Booking", at, at.Add(91*day)), connectors.CodeInvalidQuery},
		{pagerduty.OnCall("Booking").With("since", at.Format(time.RFC3339)), connectors.CodeInvalidQuery}, {pagerduty.OnCall("Booking").With("of", "gaps"), connectors.CodeInvalidQuery},
	} {
		s.refused(t, tt.q, tt.code, "")
	}
	s.SetOnCall([]pagerdutytest.Policy{{ID: "A", Name: "Twice", Levels: 1}, {ID: "B", Name: "Twice", Levels: 1}, {ID: "C", Name: "Empty"}})
	s.refused(t, pagerduty.OnCall("Twice"), connectors.CodeInvalidQuery, "2 escalation policies")
	s.refused(t, pagerduty.OnCall("Empty"), connectors.CodeBadAnswer, "has no rules")
}

// Shifts of which it is not known whose or when they are leave the answer incomplete.
func TestOddShifts(t *testing.T) {
	shift := func(level int, user, start, end string) string {
		return fmt.Sprintf(`{"escalation_policy":{"id":"PEP"},"user":%s,"schedule":null,"escalation_level":%d,"start":%s,"end":%s}`, user, level, start, end)
	}
	const somebody = `{"id":"PFATOU","summary":"Fatou Diop"}`
	for name, tt := range map[string]struct {
		items    string
		duties   int
		complete bool
		code     string
	}{
		"always":            {shift(1, somebody, "null", "null"), 1, true, ""},
		"nobody":            {shift(1, "null", "null", "null"), 0, false, ""},
		"a user without id": {shift(1, `{"id":""}`, "null", "null"), 0, false, ""},
		"no moment":         {shift(1, somebody, `"tomorrow"`, "null"), 0, false, ""},
		"level 0":           {shift(0, somebody, "null", "null"), 0, false, connectors.CodeBadAnswer},
		"a level too many":  {shift(3, somebody, "null", "null"), 0, false, connectors.CodeBadAnswer},
		"of another policy": {`{"escalation_policy":{"id":"POTHER"},"user":` + somebody + `,"escalation_level":1}`, 0, true, ""},
	} {
		s := rota(t)
		s.Fail(1, standin.Pass())
		s.Fail(1, standin.JSON(`{"oncalls":[`+tt.items+`],"more":false}`))
		all, _, listed, err := s.list(t, pagerduty.OnCall("Booking"), "")
		if tt.code != "" {
			if d := diagnostic(t, err); d.Code != tt.code {
				t.Errorf("%s: %+v", name, d)
			}
		} else if err != nil || listed.Complete != tt.complete || len(all.Duties) != tt.duties {
			t.Errorf("%s: %+v, %+v, %v", name, all.Duties, listed, err)
		}
	}
}
