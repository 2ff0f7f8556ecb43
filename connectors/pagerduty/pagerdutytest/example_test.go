package pagerdutytest_test

import (
	"fmt"
	"io"
	"net/http"

	"github.com/tidegate-go/tidegate/connectors/pagerduty/pagerdutytest"
)

func ExampleStart() {
	server, err := pagerdutytest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = server.Close() }()
	for _, path := range []string{"/users/me", "/services?limit=101"} {
		req, err := http.NewRequest(http.MethodGet, server.URL+path, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		req.Header.Set("Authorization", "Token token="+pagerdutytest.Key)
		req.Header.Set("Accept", "application/vnd.pagerduty+json;version=2")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		body, err := io.ReadAll(resp.Body)
		fmt.Println(resp.Status, string(body), err)
		_ = resp.Body.Close()
	}
	// Output:
	// 400 Bad Request {"error":{"code":2001,"errors":["the key is one of the account"],"message":"User required"}} <nil>
	// 400 Bad Request {"error":{"code":2001,"errors":["Offset plus limit must not exceed 10000, and limit must be between 1 and 100."],"message":"Invalid Input Provided"}} <nil>
}
