package azureboardsconnector_test

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/azureboards"
	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
	"github.com/tidegate-go/tidegate/connectors/connectortest/faulttest"
)

// 20,000 items, which are all that a query finds, pass through a host that keeps
// none of them, and the service's wishes to wait are kept to: the stand-in asks
// for a pause on good answers, and blocks once.
func TestVolume(t *testing.T) {
	server, err := azureboardstest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	for id := range int64(azureboardstest.MaxFound) {
		server.AddItems(azureboardstest.Item{ID: id + 1, Title: "Item " + strconv.FormatInt(id+1, 10) + strings.Repeat(".", 200)})
	}
	var mu sync.Mutex
	var until time.Time
	early, n := 0, 0
	server.Fail(-1, func(w http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		if time.Now().Before(until) {
			early++
		}
		switch n++; {
		case n == 50:
			until = time.Now().Add(time.Second)
			return azureboardstest.Limited(time.Second)(w, r)
		case n%30 == 0:
			until = time.Now().Add(time.Second)
			return azureboardstest.Delayed(time.Second)(w, r)
		}
		return true
	})
	faulttest.Volume(t, connectors.Launch{Self: azureboards.Connector, Settings: configOf(server)}, azureboards.Items("[System.Id] > 0"), azureboardstest.MaxFound)
	mu.Lock()
	defer mu.Unlock()
	// Check asks 2 times, the list for the ids twice, and for 100 batches.
	if early > 0 || n > 110 {
		t.Errorf("%d requests, %d of them before the service was ready", n, early)
	}
}
