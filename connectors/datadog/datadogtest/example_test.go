package datadogtest_test

import (
	"fmt"
	"io"
	"net/http"

	"github.com/tidegate-go/tidegate/connectors/datadog/datadogtest"
)

func ExampleStart() {
	server, err := datadogtest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = server.Close() }()
	server.Grant("slos_read")
	server.Fail(1, datadogtest.Limited("60"))
	for range 2 {
		req, err := http.NewRequest(http.MethodGet, server.URL+"/api/v1/monitor", nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		req.Header.Set("DD-API-KEY", datadogtest.APIKey)
		req.Header.Set("DD-APPLICATION-KEY", datadogtest.ApplicationKey)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		body, err := io.ReadAll(resp.Body)
		fmt.Println(resp.Status, resp.Header.Get("X-RateLimit-Reset"), string(body), err)
		_ = resp.Body.Close()
	}
	// Output:
	// 429 Too Many Requests 60 {"errors":["Rate limit of 1600 requests in 3600 seconds reached. Please try again later."]} <nil>
	// 403 Forbidden  {"errors":["Forbidden"]} <nil>
}
