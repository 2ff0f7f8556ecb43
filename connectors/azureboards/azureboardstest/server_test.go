package azureboardstest_test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors/azureboards/azureboardstest"
)

func call(t *testing.T, s *azureboardstest.Server, path, body string) (int, string) {
	t.Helper()
	method := map[bool]string{true: http.MethodGet, false: http.MethodPost}[body == ""]
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("", azureboardstest.Token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

var idPattern = regexp.MustCompile(`"id":(\d+)`)

// The conditions that are understood find what they say, and all others are
// refused.
func TestWIQL(t *testing.T) {
	s, err := azureboardstest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	s.SetNow(func() time.Time { return now })
	s.AddItems(azureboardstest.Item{ID: 1, Type: "Bug", State: "Active", Area: `Shop\Web`, Tags: []string{"1.0", "ui"}, Priority: 1},
		azureboardstest.Item{ID: 2, State: "Closed", Iteration: `Shop\R1\S1`, Assigned: "ada@example.com"}, azureboardstest.Item{ID: 3, Severity: "1 - Critical", Changed: now.Add(time.Hour)})
	for where, want := range map[string]string{
		`[System.Id] > 0`: "1 2 3", `[System.Id] >= 2`: "2 3", `[System.WorkItemType] = 'Bug'`: "1", `[System.WorkItemType] <> 'Bug'`: "2 3", `[System.State] IN ('New', 'Closed')`: "2 3",
		`[System.AreaPath] UNDER 'Shop'`: "1 2 3", `[System.AreaPath] UNDER 'Shop\Web'`: "1", `[System.IterationPath] UNDER 'Shop\R1'`: "2", `[System.Tags] CONTAINS 'UI'`: "1",
		`[System.Tags] CONTAINS 'u'`: "", `[System.AssignedTo] = "ada@example.com"`: "2", `[Microsoft.VSTS.Common.Severity] = '1 - Critical'`: "3", `[Microsoft.VSTS.Common.Priority] = 1`: "1",
		`( [System.Id] = 1 OR [System.Id] = 2 ) AND [System.State] = 'Closed'`: "2", `[System.Id] = 1 OR [System.Id] = 2 AND [System.State] = 'New'`: "1",
		`[System.Id] > 0 ORDER BY [System.Id] ASOF '2026-12-01T09:30:00Z'`: "1 2", `[System.TeamProject] = @project`: "1 2 3",
		`[System.Nothing] = 1`: "400", `[System.Id] LIKE 1`: "400", `[System.Id] =`: "400", `[System.Id] = 1 [System.Id]`: "400", `( [System.Id] = 1`: "400", `[System.Id = 1`: "400",
		`[System.Title] = 'x`: "400", `[System.Id] = 1 ORDER BY [System.Title]`: "400", `[System.Id] = 1 ASOF 'soon'`: "400", `[System.State] IN ('New'`: "400", ``: "400",
	} {
		status, text := call(t, s, "/acme/Shop/_apis/wit/wiql?api-version=7.1&timePrecision=true", fmt.Sprintf(`{"query":%q}`, "SELECT [System.Id] FROM WorkItems WHERE "+where))
		got := fmt.Sprint(status)
		if status == 200 {
			var all []string
			for _, m := range idPattern.FindAllStringSubmatch(text, -1) {
				all = append(all, m[1])
			}
			got = strings.Join(all, " ")
		}
		if got != want {
			t.Errorf("%s: %s, want %s: %s", where, got, want, text)
		}
	}
}

// What Azure DevOps refuses is refused.
func TestRefuses(t *testing.T) {
	s, err := azureboardstest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.AddItems(azureboardstest.Item{ID: 1})
	s.AddTeam("Checkout", azureboardstest.Iteration{ID: "a", TimeFrame: "current"})
	many := strings.TrimSuffix(strings.Repeat("1,", azureboardstest.MaxBatch+1), ",")
	const v = "?api-version=7.1"
	for _, tt := range []struct {
		path, body string
		status     int
		says       string
	}{
		{"/acme/Shop/_apis/wit/wiql", `{"query":"x"}`, 400, "No api-version"},
		{"/acme/Other/_apis/wit/wiql" + v, `{"query":"x"}`, 404, "TF200016"},
		{"/acme/Shop/_apis/wit/wiql" + v, `{"text":"x"}`, 400, "cannot be read"},
		{"/acme/Shop/_apis/wit/wiql" + v + "&$top=0", `{"query":"SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 0"}`, 400, "$top"},
		{"/acme/Shop/_apis/wit/wiql" + v, `{"query":"SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 0 ASOF '2026-12-01T09:30:00Z'"}`, 400, "timePrecision"},
		{"/acme/Shop/_apis/wit/wiql" + v, `{"query":"` + strings.Repeat("x", 32_001) + `"}`, 400, "32000"},
		{"/acme/Shop/_apis/wit/workitemsbatch" + v, `{"ids":[]}`, 400, "VS403474"},
		{"/acme/Shop/_apis/wit/workitemsbatch" + v, `{"ids":[` + many + `]}`, 400, "VS403474"},
		{"/acme/Shop/_apis/wit/workitemsbatch" + v, `{"ids":[1],"fields":["System.Id"],"$expand":"relations"}`, 400, "expand"},
		{"/acme/Shop/_apis/wit/workitemsbatch" + v, `{"ids":[1],"asOf":"soon"}`, 400, "asOf"},
		{"/acme/Shop/_apis/wit/workitemsbatch" + v, `{"ids":[1,2],"errorPolicy":"fail"}`, 404, "TF401232"},
		{"/acme/Shop/Nobody/_apis/work/teamsettings/iterations" + v, "", 404, "Nobody"},
		{"/acme/Shop/Checkout/_apis/work/teamsettings/iterations" + v + "&$timeframe=past", "", 400, "timeframe"},
		{"/acme/Shop/Checkout/_apis/work/teamsettings/iterations/b/workitems" + v, "", 404, "VS402485"},
		{"/acme/Shop/_apis/build/builds" + v, "", 404, "controller"},
	} {
		if status, text := call(t, s, tt.path, tt.body); status != tt.status || !strings.Contains(text, tt.says) {
			t.Errorf("%s %.60s: %d %s, want %d %s", tt.path, tt.body, status, text, tt.status, tt.says)
		}
	}
}
