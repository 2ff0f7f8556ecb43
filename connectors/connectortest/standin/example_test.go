package standin_test

import (
	"fmt"
	"io"
	"net/http"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// A stand-in fails twice and answers then.
func ExampleStart() {
	hello := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"hello":true}`) })
	s, err := standin.Start(hello, "X-Request-Id")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = s.Close() }()
	s.Fail(2, standin.Answer(http.StatusBadGateway, "text/plain", "no"))
	for range 3 {
		resp, err := http.Get(s.URL) //nolint:noctx // an example
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(resp.StatusCode, resp.Header.Get("X-Request-Id"))
		_ = resp.Body.Close()
	}
	// Output:
	// 502 test-1
	// 502 test-2
	// 200 test-3
}
