package faulttest

import (
	"cmp"
	"net/http"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// retries is how often a call is repeated in these tests, and timeout how long
// one request may take that never comes to its end.
const (
	retries = 2
	timeout = 100 * time.Millisecond
	maxBody = 1 << 20
)

// slow is the row that runs into the timeout; the others have all the time.
const slow = "slow-loris"

// row is one fault and what comes of it.
type row struct {
	name      string
	fault     standin.Fault
	code      string
	retryable bool
	says      string // in the summary
	status    int    // that the diagnostic names; 0: none
}

// words are what the outside system says in a refusal; the line break and the
// secret may not get through.
const words = "the words of the system"

func (s Style) rows(secret string) []row {
	refuse := func(status int) standin.Fault { return s.Refuse(status, words+"\n"+secret) }
	all := []row{
		{"wrong credentials", refuse(401), connectors.CodeUnauthorized, false, words, 401},
		{"missing scope", refuse(403), connectors.CodeForbidden, false, words, 403},
		{"no such object", refuse(404), connectors.CodeNotFound, false, words, 404},
		{"removed operation", refuse(410), connectors.CodeGone, false, words, 410},
		{"limited for an hour", s.Limited(time.Hour), connectors.CodeRateLimited, true, "", 429},
		{"500", refuse(500), connectors.CodeUnavailable, true, words, 500},
		{"502", standin.Answer(502, "text/html", "<h1>Bad Gateway</h1>"), connectors.CodeUnavailable, true, "bad gateway", 502},
		{"503", refuse(503), connectors.CodeUnavailable, true, words, 503},
		{"504", refuse(504), connectors.CodeUnavailable, true, words, 504},
		{"reset", standin.Reset(), connectors.CodeUnreachable, true, "", 0},
		{slow, standin.Drip(timeout / 20), connectors.CodeTimeout, true, "no answer within 100ms", 0},
		{"truncated JSON", standin.Truncated(), connectors.CodeBadAnswer, true, "is shorter than announced", 200},
		{"half of a JSON", standin.JSON(`{"value":[{"id":1},`), connectors.CodeBadAnswer, false, "cannot be read", 200},
		{"HTML", standin.SignIn(), cmp.Or(s.Page, connectors.CodeBadAnswer), false, "sign", 200},
		{"wrong content type", standin.Body("text/plain", `{}`), connectors.CodeBadAnswer, false, "instead of JSON", 200},
		{"null", standin.JSON(`null`), connectors.CodeBadAnswer, false, "", 200},
		{"empty object", standin.JSON(`{}`), connectors.CodeBadAnswer, false, "", 200},
		{"empty array", standin.JSON(`[]`), connectors.CodeBadAnswer, false, "", 200},
		{"partial content", standin.Answer(206, "application/json", `{}`), connectors.CodeBadAnswer, false, "206", 206},
		{"gzip bomb", standin.Bomb(1 << 30), connectors.CodeTooLarge, false, "is longer than", 200},
		{"redirect elsewhere", standin.Redirect(http.StatusFound, "https://login.example.com/?token="+secret), connectors.CodeBadAnswer, false, "login.example.com", 0},
	}
	return append(all, s.more(secret)...)
}

// more are the vendor's own rows.
func (s Style) more(secret string) []row {
	var all []row
	for _, r := range s.Rows {
		all = append(all, row{r.Name, r.Fault(secret), r.Code, r.Retryable, r.Says, r.Status})
	}
	return all
}

// OwnRows are the names of the rows that every connector proves itself, since
// they depend on the form of its answers.
var OwnRows = []string{
	"revoked mid-way", "clock skew", "duplicated between pages", "vanishing between pages", "page token repeats",
	"null fields", "huge numbers", "unknown enum values", "empty results",
}
