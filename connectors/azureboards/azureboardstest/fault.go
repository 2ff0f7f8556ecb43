package azureboardstest

import (
	"net/http"
	"strconv"
	"time"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

// Status refuses with a status and one message in the form of Azure DevOps.
func Status(status int, message string) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		refuse(w, status, message)
		return false
	}
}

// Limited is status 429 with a Retry-After header, as Azure DevOps blocks.
func Limited(wait time.Duration) standin.Fault {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)))
		refuse(w, http.StatusTooManyRequests, blocked)
		return false
	}
}

// Delayed answers as usual and asks to wait before the next call, as Azure
// DevOps does before it blocks.
func Delayed(wait time.Duration) standin.Fault {
	return standin.WithHeader("Retry-After", strconv.Itoa(int(wait/time.Second)))
}

// SignIn is what Azure DevOps answers a token that it does not know: the page
// for people, with status 203.
func SignIn() standin.Fault {
	return standin.Answer(http.StatusNonAuthoritativeInfo, "text/html; charset=utf-8",
		"<!DOCTYPE html><html><title>Azure DevOps Services | Sign In</title></html>")
}

// ToSignIn leads to where people sign in.
func ToSignIn() standin.Fault {
	return standin.Redirect(http.StatusFound, "https://spsprodeus21.vssps.visualstudio.com/_signin?realm=dev.azure.com")
}
