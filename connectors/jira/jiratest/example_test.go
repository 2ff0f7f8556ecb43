package jiratest_test

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/tidegate-go/tidegate/connectors/jira/jiratest"
)

func ExampleStart() {
	server, err := jiratest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = server.Close() }()
	server.AddIssues(jiratest.Issue{Key: "SHOP-1"}, jiratest.Issue{Key: "SHOP-2", Priority: "Blocker"})
	server.Fail(1, jiratest.Status(http.StatusServiceUnavailable, "maintenance"))
	for range 2 {
		req, err := http.NewRequest(http.MethodPost, server.URL+"/rest/api/3/search/jql", strings.NewReader(`{"jql": "priority = Blocker"}`))
		if err != nil {
			fmt.Println(err)
			return
		}
		req.SetBasicAuth(jiratest.Email, jiratest.Token)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(resp.Status)
		_ = resp.Body.Close()
	}
	fmt.Println(server.Requests())
	// Output:
	// 503 Service Unavailable
	// 200 OK
	// 2
}
