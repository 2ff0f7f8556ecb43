package contract_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/contract"
)

// silent is a test that keeps what it would say.
type silent struct {
	testing.TB

	cleanup []func()
	said    []string
}

func (s *silent) Helper()                      {}
func (s *silent) Cleanup(f func())             { s.cleanup = append(s.cleanup, f) }
func (s *silent) Error(args ...any)            { s.said = append(s.said, fmt.Sprint(args...)) }
func (s *silent) Errorf(f string, args ...any) { s.said = append(s.said, fmt.Sprintf(f, args...)) }

// end is what the test would have said.
func (s *silent) end() []string {
	for _, f := range s.cleanup {
		f()
	}
	return s.said
}

// A description that finds nothing wrong would prove nothing.
func TestFindsFaults(t *testing.T) {
	const search = "/rest/api/3/search/jql"
	for _, tt := range []struct {
		name, method, path, body string
		status                   int
		answer                   string
		known                    []contract.Known
		says                     []string // in order; none: all is well
	}{
		{"all is well", "POST", search, `{"jql":"a = b","maxResults":50}`, 200, `{"issues":[],"isLast":true}`, nil, nil},
		{"a field of the old search", "POST", search, `{"jql":"a = b","startAt":0}`, 200, `{"issues":[],"isLast":true}`, nil, []string{"request"}},
		{"a wrong type", "POST", search, `{"jql":"a = b","maxResults":"50"}`, 200, `{"issues":[],"isLast":true}`, nil, []string{"request"}},
		{"a removed operation", "POST", "/rest/api/3/search", `{"jql":"a = b"}`, 200, `{}`, nil, []string{"no such operation"}},
		{"a wrong answer", "POST", search, `{"jql":"a = b"}`, 200, `{"issues":{},"isLast":true}`, nil, []string{"response 200"}},
		{"a status that is not described", "POST", search, `{"jql":"a = b"}`, 202, `{"issues":[]}`, nil, []string{"response 202"}},
		{"a known error", "POST", search, `{"jql":"a = b"}`, 202, `{"issues":[]}`, []contract.Known{{"POST " + search, "202", "for this test"}}, nil},
		{"a known error that is none", "POST", search, `{"jql":"a = b"}`, 200, `{"issues":[]}`, []contract.Known{{"POST " + search, "202", "for this test"}},
			[]string{"did not show"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.answer))
			}))
			defer server.Close()
			s := &silent{TB: t}
			w := contract.Between(s, contract.Load(t, "jira"), server.URL, tt.known...)
			r, err := http.NewRequestWithContext(t.Context(), tt.method, w.URL+tt.path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			got := s.end()
			if len(got) != len(tt.says) {
				t.Fatalf("said %q, want %q", got, tt.says)
			}
			for i, want := range tt.says {
				if !strings.Contains(got[i], want) {
					t.Errorf("said %q, want %q", got[i], want)
				}
			}
		})
	}
}

// Every description is one that can be judged by.
func TestLoad(t *testing.T) {
	for _, vendor := range []string{"jira", "azure", "datadog", "pagerduty"} {
		contract.Load(t, vendor)
	}
}
