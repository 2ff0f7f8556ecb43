package upstream_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/upstream"
)

func ExampleNew() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Authorization") != "Bearer t0ken" {
			w.WriteHeader(http.StatusUnauthorized)
		}
		_, _ = fmt.Fprintf(w, `{"build": %q}`, r.URL.Path)
	}))
	defer server.Close()
	client, err := upstream.New(server.URL, &upstream.Options{Auth: upstream.Bearer(connectors.NewSecret("t0ken"))})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()
	var answer struct{ Build string }
	_, err = client.Do(context.Background(), upstream.Get("/builds/{name}", "orders api"), &answer)
	fmt.Println(answer.Build, err)
	// Output: /builds/orders api <nil>
}

// An error says what a host can do about it.
func ExampleClient_Do() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer server.Close()
	client, err := upstream.New(server.URL, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Do(context.Background(), upstream.Post("/search", map[string]string{"query": "open"}).ReadOnly(), nil)
	var d *connectors.Diagnostic
	fmt.Println(errors.As(err, &d), d.Code, d.Retryable, d.RetryAfter)
	// Output: true rate-limited true 1m30s
}

func ExampleBasic() {
	auth := upstream.Basic("me@example.com", connectors.NewSecret("t0ken"))
	_, err := upstream.New("https://acme.atlassian.net", &upstream.Options{Auth: auth})
	fmt.Println(err)
	// Output: <nil>
}

func ExampleHeader() {
	both := upstream.Header("DD-API-KEY", "", connectors.NewSecret("a")).
		And(upstream.Header("DD-APPLICATION-KEY", "", connectors.NewSecret("b")))
	_, err := upstream.New("https://api.datadoghq.com", &upstream.Options{Auth: both})
	fmt.Println(err)
	// Output: <nil>
}

// A key in other letters is not taken for the one that is meant.
func ExampleExact() {
	var page struct {
		IsLast bool `json:"isLast"`
	}
	fmt.Println(upstream.Exact([]byte(`{"isLast": true}`), &page), page.IsLast)
	fmt.Println(upstream.Exact([]byte(`{"ISLAST": true}`), &page))
	// Output:
	// <nil> true
	// "ISLAST" is written in place of "isLast"
}

func ExampleBadAnswer() {
	fmt.Println(upstream.BadAnswer(upstream.Answer{Status: 200, RequestID: "8f3"}, "board %d has no sprints in its answer", 7))
	// Output: bad-answer: board 7 has no sprints in its answer (status 200)
}

func ExampleInvalid() {
	fmt.Println(upstream.Invalid("board", "board %q is no id", "x"))
	// Output: invalid-query: board "x" is no id
}

// Every fault of the settings is told, not only the first.
func ExampleFaults() {
	var f upstream.Faults
	f.Need(false, "pageSize", "%d is not between 1 and %d", 1000, 100)
	f.Need(true, "site", "is no link")
	f.Need(false, "boards[0]", "%d is no board's id", 0)
	fmt.Println(f.Err())
	// Output:
	// invalid-config: pageSize: 1000 is not between 1 and 100
	// invalid-config: boards[0]: 0 is no board's id
}
