package leak_test

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/tidegate-go/tidegate/internal/leak"
)

// Secrets of every format are found whatever their letters are: each line of the
// corpus with many values.
func TestPlantedSecrets(t *testing.T) {
	data, err := os.ReadFile("testdata/leaks.tsv")
	if err != nil {
		t.Fatal(err)
	}
	const values = 150
	guard := leak.New(terms())
	planted := 0
	for raw := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(raw, "\n"), "\t")
		if !blank.MatchString(f[1]) {
			continue
		}
		missed := 0
		for i := range values {
			seed := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(f[1]), uint64(i)))
			fill := maker{rand.New(rand.NewChaCha8(seed)), map[string]string{}}
			text, span := fill.fill(f[1]), fill.fill(f[2])
			start := strings.Index(text, span)
			found := false
			for _, l := range guard.Find(text) {
				found = found || l.Start < start+len(span) && l.End > start
			}
			if planted++; !found {
				missed++
				t.Logf("%q: %s", text, places(text, guard.Find(text)))
			}
		}
		if missed > 0 {
			t.Errorf("%s: %d of %d are missed", f[1], missed, values)
		}
	}
	t.Logf("%d planted", planted)
}

// readSeeds returns the lines of the corpus as they stand.
func readSeeds(tb testing.TB) []string {
	tb.Helper()
	var all []string
	for _, file := range []string{"leaks.tsv", "lawful.tsv"} {
		data, err := os.ReadFile("testdata/" + file)
		if err != nil {
			tb.Fatal(err)
		}
		for raw := range strings.Lines(string(data)) {
			all = append(all, strings.Split(raw, "\t")[1])
		}
	}
	return all
}
