//go:build unix

package connectors_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/tidegate-go/tidegate/connectors"
	"github.com/tidegate-go/tidegate/connectors/internal/hosttest"
	"github.com/tidegate-go/tidegate/release/fact"
)

// victim is a fleet whose connector the outside system can hit in the middle of a call.
type victim struct {
	*connectors.Fleet
	sync.Mutex
	hits int
}

// hit sends the signal to the connector.
func (v *victim) hit(t *testing.T, signal syscall.Signal) {
	v.Lock()
	defer v.Unlock()
	v.hits++
	if pid := v.Status()[0].Pid; pid != 0 {
		if err := syscall.Kill(pid, signal); err != nil {
			t.Error(err)
		}
	}
}

func (v *victim) times() int {
	v.Lock()
	defer v.Unlock()
	return v.hits
}

// diesOf asks the queries of which the first is deadly: it alone fails, and is not asked for ever.
func (v *victim) diesOf(t *testing.T, queries []fact.Query) {
	t.Helper()
	for _, r := range v.Collect(t.Context(), queries).Results {
		if r.Query == queries[0] {
			failed(t, r, connectors.CodeDown, "signal: killed")
		} else {
			answered(t, r, 7)
		}
	}
	if n := v.times(); n > 3 {
		t.Errorf("the process died %d times of one query", n)
	}
}

func TestKilledInMidCollect(t *testing.T) {
	var v victim
	once := sync.Once{}
	s := serve(t, map[string]http.HandlerFunc{
		"/deadly": func(_ http.ResponseWriter, r *http.Request) {
			v.hit(t, syscall.SIGKILL)
			<-r.Context().Done()
		},
		"/accident": func(w http.ResponseWriter, r *http.Request) {
			once.Do(func() {
				v.hit(t, syscall.SIGKILL)
				<-r.Context().Done()
			})
			_, _ = fmt.Fprint(w, `{"count": 9}`)
		},
	})
	v.Fleet = start(t, child(s))
	first := v.Status()[0].Pid
	answered(t, one(t, v.Fleet, number("/accident")), 9)
	if st := v.Status()[0]; st.Restarts != 1 || st.Pid == first || !strings.Contains(st.LastError, "signal: killed") {
		t.Errorf("status after an accident: %+v", st)
	}
	failed(t, one(t, v.Fleet, number("/deadly")), connectors.CodeDown, "signal: killed")
	if n := v.times(); n > 10 {
		t.Errorf("it was restarted %d times for one query", n)
	}
}

// A query that kills its process takes no neighbour with it, and is asked a few times only.
func TestPoison(t *testing.T) {
	var v victim
	s := serve(t, map[string]http.HandlerFunc{"/deadly": func(_ http.ResponseWriter, r *http.Request) {
		v.hit(t, syscall.SIGKILL)
		<-r.Context().Done()
	}})
	v.Fleet = start(t, child(s))
	queries := []fact.Query{number("/deadly")}
	for i := range 120 {
		queries = append(queries, number(fmt.Sprintf("/%d", i)))
	}
	v.diesOf(t, queries)
}

// A stopped connector answers nothing, not even a request to end.
func TestFrozenInMidCollect(t *testing.T) {
	var v victim
	s := serve(t, map[string]http.HandlerFunc{"/freeze": func(_ http.ResponseWriter, r *http.Request) {
		v.hit(t, syscall.SIGSTOP)
		<-r.Context().Done()
	}})
	c := child(s)
	c.QueryTimeout = time.Second
	v.Fleet = start(t, c)
	begun := time.Now()
	failed(t, one(t, v.Fleet, number("/freeze")), connectors.CodeTimeout, "no answer in time")
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("took %v with a deadline of 1s", took)
	}
	answered(t, one(t, v.Fleet, number("/fine")), 7) // by another process
	if st := v.Status()[0]; st.Restarts != 1 {
		t.Errorf("status %+v", st)
	}
}

func TestFrozenInTheEnd(t *testing.T) {
	f := start(t, child(serve(t, nil)))
	pid := f.Status()[0].Pid
	hosttest.Freeze(t, pid)
	begun := time.Now()
	f.Close()
	if took := time.Since(begun); took > 4*time.Second {
		t.Errorf("closing a frozen connector took %v", took)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("pid %d is left: %v", pid, err)
	}
}

// shelves serves size items in pages and kills the connector when some pages are asked for the first time.
func shelves(t *testing.T, v *victim, size, page int, deadly ...int) http.HandlerFunc {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) {
		from := 0
		if p := r.URL.Query().Get("page"); p != "" {
			var err error
			if from, err = strconv.Atoi(p); err != nil {
				t.Error(err)
			}
		}
		mu.Lock()
		i := slices.Index(deadly, from/page)
		if i >= 0 {
			deadly = slices.Delete(deadly, i, i+1)
		}
		mu.Unlock()
		if i >= 0 {
			v.hit(t, syscall.SIGKILL)
			<-r.Context().Done()
			return
		}
		var ids []string
		for n := from; n < min(from+page, size); n++ {
			ids = append(ids, fmt.Sprintf("%q", fmt.Sprintf("A-%d", n)))
		}
		next := ""
		if from+page < size {
			next = strconv.Itoa(from + page)
		}
		_, _ = fmt.Fprintf(w, `{"items": [%s], "next": %q}`, strings.Join(ids, ","), next)
	}
}

func whole(t *testing.T, list []fact.WorkItem, size int) {
	t.Helper()
	if len(list) != size {
		t.Fatalf("%d items, want %d", len(list), size)
	}
	for i, item := range list {
		if item.ID != fmt.Sprintf("A-%d", i) {
			t.Fatalf("item %d is %s: lost or repeated", i, item.ID)
		}
	}
}

func TestKilledInMidList(t *testing.T) {
	const size, page = 2345, 70
	t.Run("Collect", func(t *testing.T) {
		var v victim
		s := serve(t, map[string]http.HandlerFunc{"/shelves": shelves(t, &v, size, page, 0, 11, 25)})
		v.Fleet = start(t, child(s))
		r := one(t, v.Fleet, items("/shelves"))
		if r.Failed() || !r.Complete {
			t.Fatalf("%+v", r.Failure)
		}
		whole(t, r.WorkItems, size)
		if st := v.Status()[0]; st.Restarts != 3 {
			t.Errorf("%d restarts, want 3", st.Restarts)
		}
	})
	t.Run("List", func(t *testing.T) {
		var v victim
		s := serve(t, map[string]http.HandlerFunc{"/shelves": shelves(t, &v, size, page, 5, 6, 30)})
		v.Fleet = start(t, child(s))
		var all []fact.WorkItem
		for page, err := range v.List(t.Context(), items("/shelves")) {
			if err != nil {
				t.Fatal(err)
			}
			if page.Len() > 1000 {
				t.Errorf("a page of %d items", page.Len())
			}
			all = append(all, page.WorkItems...)
		}
		whole(t, all, size)
	})
	t.Run("for ever", func(t *testing.T) {
		var v victim
		deadly := slices.Repeat([]int{3}, 100)
		s := serve(t, map[string]http.HandlerFunc{"/shelves": shelves(t, &v, size, page, deadly...)})
		v.Fleet = start(t, child(s))
		var last error
		for _, err := range v.List(t.Context(), items("/shelves")) {
			last = err
		}
		var d *connectors.Diagnostic
		if !errors.As(last, &d) || d.Code != connectors.CodeDown || v.times() > 10 {
			t.Errorf("error %v after %d deaths", last, v.times())
		}
	})
}

// Host and connector hold the write end of a pipe, which ends when both are gone.
func TestHostDies(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a parent-death signal; elsewhere the SDK watches its parent")
	}
	for _, how := range []string{"kill", "panic", "end"} {
		t.Run(how, func(t *testing.T) {
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			read, write, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			dir, err := os.MkdirTemp("", "tg") //nolint:usetesting // a socket has a short path, t.TempDir a long one
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = os.RemoveAll(dir) }()
			host := exec.CommandContext(t.Context(), self)
			host.Env = append(os.Environ(), "TEST_HOST="+how, "TMPDIR="+dir)
			host.ExtraFiles = []*os.File{write}
			stdin, err := host.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			stdout, err := host.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := host.Start(); err != nil {
				t.Fatal(err)
			}
			_ = write.Close()
			line, err := bufio.NewReader(stdout).ReadString('\n')
			if pid, bad := strconv.Atoi(strings.TrimSpace(line)); err != nil || bad != nil || pid == host.Process.Pid || syscall.Kill(pid, 0) != nil {
				t.Fatalf("%q, %v: no connector in another process", line, err)
			}
			if how == "kill" {
				if err := host.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
			_ = stdin.Close()
			if err := read.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadAll(read); err != nil {
				t.Errorf("the connector outlives its host: %v", err)
			}
			_ = host.Wait() // it was killed, or panicked
			err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					t.Errorf("%s is left", path)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
			_ = read.Close()
		})
	}
}
