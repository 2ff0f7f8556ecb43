package azureboardsconnector

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"

	"github.com/tidegate-go/tidegate/connectors"
)

// explain is what Azure DevOps says in the body of an error (WrappedException),
// "" if it is no such body.
func explain(body []byte) string {
	var r struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &r) != nil {
		return ""
	}
	return r.Message
}

// nobody says why an answer is for nobody: a page for people, with status 200
// or 203, is what Azure DevOps answers a token that it does not know.
func nobody(h http.Header) string {
	if t, _, err := mime.ParseMediaType(h.Get("Content-Type")); err == nil && t == "text/html" {
		return "is a page for people to sign in: Azure DevOps did not accept the token"
	}
	return ""
}

// signIns are hosts to which Azure DevOps sends who is not signed in.
var signIns = []string{".visualstudio.com", "login.microsoftonline.com", "login.live.com"}

// about makes of an error what it is for Azure Boards: a redirect to where
// people sign in is a refused token, and a query with too many results is too
// large. A refused query is the fault of the parameter at path.
func about(path string, err error) error {
	var d *connectors.Diagnostic
	if !errors.As(err, &d) {
		return err
	}
	switch {
	case d.Code == connectors.CodeBadAnswer && strings.Contains(d.Summary, "redirected to"):
		for _, host := range signIns {
			if strings.Contains(d.Summary, host) {
				d.Code = connectors.CodeUnauthorized
				d.Summary += ": Azure DevOps did not accept the token"
				break
			}
		}
	case d.Code == connectors.CodeInvalidQuery && strings.Contains(d.Summary, "VS402337"):
		d.Code, d.Path = connectors.CodeTooLarge, path
	case d.Code == connectors.CodeInvalidQuery && d.Path == "":
		d.Path = path
	}
	return err
}
