package standin_test

import (
	"math"
	"net/http/httptest"
	"testing"

	"github.com/tidegate-go/tidegate/connectors/connectortest/standin"
)

func TestWrite(t *testing.T) {
	w := httptest.NewRecorder()
	if err := standin.Write(w, 404, "application/json", []string{"no such issue"}); err != nil {
		t.Fatal(err)
	}
	if w.Code != 404 || w.Body.String() != `["no such issue"]` || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	w = httptest.NewRecorder()
	if err := standin.Write(w, 404, "application/json", math.NaN()); err == nil || w.Body.Len() > 0 || len(w.Header()) > 0 {
		t.Errorf("%v, and %v %s is written", err, w.Header(), w.Body)
	}
}
