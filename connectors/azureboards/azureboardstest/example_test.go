package azureboardstest_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
)

// A stand-in answers in the form of Azure DevOps, and knows only its token.
func ExampleStart() {
	server, err := azureboardstest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = server.Close() }()
	server.AddItems(azureboardstest.Item{ID: 7, Title: "Seven"})
	for _, token := range []string{"wrong", azureboardstest.Token} {
		r, err := http.NewRequest("POST", server.URL+"/acme/Shop/_apis/wit/workitemsbatch?api-version=7.1", //nolint:noctx // an example
			strings.NewReader(`{"ids":[7,8],"fields":["System.Title"],"errorPolicy":"omit"}`))
		if err != nil {
			fmt.Println(err)
			return
		}
		r.SetBasicAuth("", token)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			fmt.Println(err)
			return
		}
		text, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		fmt.Println(resp.StatusCode, resp.Header.Get("Content-Type"), strings.Contains(string(text), "Seven"))
	}
	// Output:
	// 203 text/html; charset=utf-8 false
	// 200 application/json; charset=utf-8; api-version=7.1 true
}
