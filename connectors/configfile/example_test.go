package configfile_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/tidegate-go/tidegate/connectors/configfile"
)

func ExampleRead() {
	dir, err := os.MkdirTemp("", "tidegate")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.WriteFile(filepath.Join(dir, "jira-token"), []byte("hunter2\n"), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	path := filepath.Join(dir, "connectors.json")
	config := `{"connectors": [{"self": "jira", "settings": {"baseURL": "https://acme.atlassian.net"}, "secrets": {"token": "file:jira-token"}}]}`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	c, err := configfile.Read(path)
	fmt.Println(c.Connectors[0].Self, c.Connectors[0].Secrets, err)
	// Output: jira map[token:[redacted]] <nil>
}

// A secret that stands in the config itself is refused, and not repeated.
func ExampleDecode() {
	_, err := configfile.Decode([]byte(`{"connectors": [{"self": "jira", "secrets": {"token": "hunter2"}}]}`), ".")
	fmt.Println(err)
	// Output: connectors[0].secrets.token: is no reference to a secret, want "env:NAME" or "file:PATH"
}

func ExampleReadSettings() {
	_, err := configfile.ReadSettings("nowhere.json")
	fmt.Println(err)
	// Output: config nowhere.json: no such file or directory
}
