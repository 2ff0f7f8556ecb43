package connectors_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/value"
)

// The same questions get the same answers in a process and without one.
func TestCollect(t *testing.T) {
	for _, where := range []string{"child", "in process"} {
		t.Run(where, func(t *testing.T) {
			s := serve(t, map[string]http.HandlerFunc{
				"/list": says(200, `{"items": ["A-1", "A-2"]}`),
				"/half": says(200, `{"count": 0.5}`),
			})
			now := time.Date(2126, 12, 7, 12, 0, 0, 0, time.UTC)
			c := child(s)
			c.Now = func() time.Time { return now }
			if where != "child" {
				inProcess(c)
			}
			f := start(t, c)
			all := number("/all")
			some := number("/half").OutOf(all)
			wrong := number("/x")
			wrong.Kind = "votes"
			foreign := fact.NewQuery("jira", "count", fact.Number(value.Count))
			shapeless := fact.NewQuery("shop", "count", fact.Yields{})
			set := f.Collect(t.Context(), []fact.Query{all, some, items("/list"), wrong}, []fact.Query{foreign, some, all.OutOf(some), shapeless})
			if len(set.Results) != 6 || !set.Sorted() {
				t.Errorf("%d results for 6 questions, sorted %v", len(set.Results), set.Sorted())
			}
			find := func(q fact.Query) fact.Result {
				r, _ := set.Find(q)
				return r
			}
			answered(t, find(all), 7)
			answered(t, find(all.OutOf(some)), 7)
			answered(t, find(some), 0.5)
			failed(t, find(wrong), connectors.CodeUnknownKind, `no queries of kind "votes"`)
			failed(t, find(foreign), connectors.CodeUnknownConnector, `no connector "jira"`)
			failed(t, find(shapeless), connectors.CodeInvalidQuery, "what it yields")
			if r := find(items("/list")); !r.Complete || r.Len() != 2 || r.WorkItems[1].ID != "A-2" || r.Source != "the shop" {
				t.Errorf("items: %+v", r)
			}
			if r := find(all); !r.CollectedAt.Equal(now) {
				t.Errorf("collected at %v, want %v", r.CollectedAt, now)
			}
			if n := s.count("/all"); n != 1 {
				t.Errorf("one question was asked %d times", n)
			}
			st := f.Status()[0]
			if st.Name != "shop" || st.Version != "1.2.3" || st.State != connectors.Ready || st.Calls == 0 || (st.Pid != 0) != (where == "child") || st.Pid == os.Getpid() {
				t.Errorf("status %+v", st)
			}
			for _, r := range f.Check(t.Context()) {
				if r.Name != "shop" || r.Err != nil {
					t.Errorf("check: %+v", r)
				}
			}
			f.Close()
			f.Close()
			failed(t, one(t, f, all), connectors.CodeCanceled, "")
			if st := f.Status()[0]; st.State != connectors.Closed || st.Pid != 0 {
				t.Errorf("status after Close %+v", st)
			}
		})
	}
}

// Whatever its outside system does, a query has a result that says so.
func TestOutsideSystem(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	truncated := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = fmt.Fprint(w, `{"count": `)
	}
	tests := []struct {
		path    string
		handle  http.HandlerFunc
		code    string
		message string
		calls   int // 0: whatever
	}{
		{"/401", says(401, "bad token"), connectors.CodeUnauthorized, "bad token (status 401)", 1},
		{"/429", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(429)
		},
			connectors.CodeRateLimited, "ask again after 1h0m0s", 1},
		{"/500", says(500, "oh no"), connectors.CodeUnavailable, "oh no (status 500)", 0},
		{"/garbage", says(200, "<html>\n\x00"), connectors.CodeBadAnswer, "invalid character", 1},
		{"/truncated", truncated, connectors.CodeBadAnswer, "unexpected EOF", 1},
		{"/nothing", hang, connectors.CodeTimeout, "no answer in time", 0},
	}
	paths := map[string]http.HandlerFunc{
		"/circle": func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprint(w, `{"items": ["A"], "next": "a"}`) },
	}
	queries := []fact.Query{number("/fine"), items("/circle")}
	for _, tt := range tests {
		paths[tt.path] = tt.handle
		queries = append(queries, number(tt.path), items(tt.path))
	}
	s := serve(t, paths)
	c := child(s)
	c.QueryTimeout = 4 * time.Second
	f := start(t, c)
	begun := time.Now()
	set := f.Collect(t.Context(), queries)
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
	find := func(q fact.Query) fact.Result {
		r, _ := set.Find(q)
		return r
	}
	for _, tt := range tests {
		failed(t, find(number(tt.path)), tt.code, tt.message)
		failed(t, find(items(tt.path)), tt.code, tt.message)
		if n := s.count(tt.path); tt.calls > 0 && n != 2*tt.calls {
			t.Errorf("%s was asked %d times, want %d for each query", tt.path, n, tt.calls)
		}
	}
	failed(t, find(items("/circle")), connectors.CodeCursorLoop, "")
	answered(t, find(number("/fine")), 7) // its neighbours do not matter
}

func TestRetried(t *testing.T) {
	var mu sync.Mutex
	tries := 0
	s := serve(t, map[string]http.HandlerFunc{"/broken": says(500, ""), "/busy": func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if tries++; tries < 3 {
			w.WriteHeader(503)
			return
		}
		_, _ = fmt.Fprint(w, `{"count": 3}`)
	}})
	f := start(t, child(s))
	answered(t, one(t, f, number("/busy")), 3)
	for _, q := range []fact.Query{number("/broken"), items("/broken")} {
		before := s.count("/broken")
		failed(t, one(t, f, q), connectors.CodeUnavailable, "status 500")
		if n := s.count("/broken") - before; n != 4 {
			t.Errorf("%v was asked %d times, want 4", q, n)
		}
	}
}

func TestMaxItems(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/five": says(200, `{"items": ["1", "2", "3", "4", "5"]}`)})
	for most, complete := range map[int]bool{4: false, 5: true} {
		c := child(s)
		c.MaxItems = most
		f := start(t, c)
		if r := one(t, f, items("/five")); r.Complete != complete || r.Len() != most || r.Failed() {
			t.Errorf("at most %d: %d items, complete %v, %+v", most, r.Len(), r.Complete, r.Failure)
		}
		f.Close()
	}
}

// Without a cap of its own a Collect keeps 5,000 items, and says that there are
// more; a List hands out all of them.
func TestDefaultCap(t *testing.T) {
	paths := map[string]http.HandlerFunc{}
	many := func(n int) fact.Query {
		ids := make([]string, n)
		for i := range ids {
			ids[i] = fmt.Sprintf("%q", fmt.Sprint(i))
		}
		path := fmt.Sprintf("/%d", n)
		paths[path] = says(200, `{"items": [`+strings.Join(ids, ", ")+`]}`)
		return items(path)
	}
	fits, more := many(5000), many(5001)
	f := start(t, child(serve(t, paths)))
	for q, complete := range map[fact.Query]bool{fits: true, more: false} {
		if r := one(t, f, q); r.Complete != complete || r.Len() != 5000 || r.Failed() {
			t.Errorf("%v: %d items, complete %v, %+v", q, r.Len(), r.Complete, r.Failure)
		}
	}
	listed := 0
	for page, err := range f.List(t.Context(), more) {
		if err != nil {
			t.Fatal(err)
		}
		listed += page.Len()
	}
	if listed != 5001 {
		t.Errorf("a list without a cap has %d items", listed)
	}
}

// The host keeps to the connector's rate limit, and says so instead of waiting for nothing.
func TestRateLimit(t *testing.T) {
	s := serve(t, nil)
	f := start(t, child(s))
	var queries []fact.Query
	for i := range 3 {
		q := number(fmt.Sprintf("/%d", i))
		q.Kind = "slow"
		queries = append(queries, q)
	}
	set := f.Collect(t.Context(), queries)
	for i, q := range queries {
		r, _ := set.Find(q)
		if i < 2 {
			answered(t, r, 7)
		} else {
			failed(t, r, connectors.CodeRateLimited, "rate limit lets it through in")
		}
	}
}

func TestCanceled(t *testing.T) {
	begun, ended := make(chan struct{}), make(chan struct{})
	s := serve(t, map[string]http.HandlerFunc{"/wait": func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
		close(ended)
	}})
	f := start(t, child(s))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	result := make(chan fact.Set, 1)
	go func() { result <- f.Collect(ctx, []fact.Query{number("/wait")}) }()
	<-begun
	cancel()
	for limit := time.After(time.Second); ended != nil; {
		select {
		case <-ended:
			ended = nil
		case <-limit:
			t.Fatal("the cancellation does not reach the outside system")
		}
	}
	r, _ := (<-result).Find(number("/wait"))
	failed(t, r, connectors.CodeCanceled, "the host gave up")
}

func TestParallel(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/list": says(200, `{"items": ["A-1", "A-2"]}`)})
	f := start(t, child(s))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			var queries []fact.Query
			for k := range 150 {
				queries = append(queries, number(fmt.Sprintf("/%d/%d", i, k)))
			}
			set := f.Collect(t.Context(), queries, []fact.Query{items("/list")})
			for _, r := range set.Results {
				if r.Failed() || !r.Complete {
					t.Errorf("%v: %+v", r.Query, r.Failure)
				}
			}
			f.Status()
		})
	}
	group.Wait()
}

// A Collect as a whole has a deadline; what came by then is not lost for what did not.
func TestCollectTimeout(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	s := serve(t, map[string]http.HandlerFunc{"/hang": hang, "/items": says(200, `{"items": ["A-1"]}`)})
	c := child(s)
	c.CollectTimeout = 1500 * time.Millisecond
	f := start(t, c)
	queries := []fact.Query{number("/hang"), items("/hang"), number("/fine"), items("/items")}
	for i := range 2 { // with the first, as many lists as leave one slot free
		queries = append(queries, items("/hang").With("path", fmt.Sprintf("/hang?n=%d", i)))
	}
	begun := time.Now()
	set := f.Collect(t.Context(), queries)
	if took := time.Since(begun); took > 4*time.Second {
		t.Errorf("took %v with 1.5 s in all", took)
	}
	for i, q := range queries {
		switch r, n := set.Find(q); {
		case n != 1:
			t.Errorf("%d results for %v", n, q)
		case i == 2:
			answered(t, r, 7)
		case i == 3 && (r.Failed() || r.Len() != 1):
			t.Errorf("%+v", r)
		case i != 3:
			failed(t, r, connectors.CodeTimeout, "")
		}
	}
}

// A repetition that comes too late for an answer does not hide why there was one.
func TestWhyItWasAskedAgain(t *testing.T) {
	first := map[string]bool{}
	var mu sync.Mutex
	busyThenSilent := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		again := first[r.URL.Path]
		first[r.URL.Path] = true
		mu.Unlock()
		if again {
			<-r.Context().Done()
			return
		}
		w.WriteHeader(503)
		_, _ = fmt.Fprint(w, "too busy")
	}
	s := serve(t, map[string]http.HandlerFunc{"/count": busyThenSilent, "/items": busyThenSilent})
	c := child(s)
	c.QueryTimeout = 1500 * time.Millisecond
	f := start(t, c)
	for _, q := range []fact.Query{number("/count"), items("/items")} {
		failed(t, one(t, f, q), connectors.CodeUnavailable, "too busy (status 503)")
		if n := s.count(map[bool]string{true: "/items", false: "/count"}[q.Yields.Shape.Items()]); n != 2 {
			t.Errorf("asked %d times, want 2", n)
		}
	}
}
