package wire

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/internal/bench/measure"
	"github.com/tidegate-go/tidegate/internal/bench/peerpb"
	"github.com/tidegate-go/tidegate/release/fact"
)

// Names of the lists: the time of one item, and how far the memory of each
// side rose above what it was before the list.
const (
	ListTidegate       = "ListTidegate"
	ListTidegateHost   = "ListTidegateHost"
	ListTidegateServer = "ListTidegateServer"
	ListRaw            = "ListRaw"
	ListRawHost        = "ListRawHost"
	ListRawServer      = "ListRawServer"
)

// Lists measures lists, each of which is read by a fresh host from a fresh
// connector: memory that somebody else freed would hide what a list needs.
func Lists(rounds int) (map[string]measure.Cost, error) {
	return measure.Turns(rounds, listing(ListRaw, ListRawHost, ListRawServer), listing(ListTidegate, ListTidegateHost, ListTidegateServer))
}

func listing(name, host, server string) measure.Turn {
	return func() (map[string]measure.Cost, error) {
		cmd, err := again(hostPart, name)
		if err != nil {
			return nil, err
		}
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		var l listed
		if err := json.Unmarshal(out, &l); err != nil {
			return nil, fmt.Errorf("%s: %w: %q", name, err, out)
		}
		if l.Items != Items {
			return nil, fmt.Errorf("%s: %d items", name, l.Items)
		}
		costs := map[string]measure.Cost{name: {Nanoseconds: float64(l.Took) / Items}}
		if l.Host > 0 && l.Server > 0 { // else nobody says so on this system
			costs[host], costs[server] = measure.Cost{Bytes: l.Host}, measure.Cost{Bytes: l.Server}
		}
		return costs, nil
	}
}

// listed is what one list cost.
type listed struct {
	Items        int
	Took         time.Duration
	Host, Server int64 // bytes of memory, at most, above those before the list
}

// list reads one list in this process, which did nothing else before.
func list(ctx context.Context, how string) (listed, error) {
	if how == ListRaw {
		p, err := startPeer()
		if err != nil {
			return listed{}, err
		}
		l, err := timed(p.cmd.Process.Pid, func(see func(id, link string)) error {
			return p.list(ctx, Items, func(w *peerpb.WorkItem) { see(w.GetId(), w.GetLink()) })
		})
		if e := p.Close(); err == nil {
			err = e
		}
		return l, err
	}
	fleet, err := open(ctx, selfLaunch())
	if err != nil {
		return listed{}, err
	}
	defer fleet.Close()
	if err := collect(ctx, fleet, []fact.Query{Number("")}); err != nil {
		return listed{}, err
	}
	return timed(fleet.Status()[0].Pid, func(see func(id, link string)) error {
		for page, err := range fleet.List(ctx, List(Items)) {
			if err != nil {
				return err
			}
			for _, w := range page.WorkItems {
				see(w.ID, string(w.Link))
			}
		}
		return nil
	})
}

// timed reads a list that the process pid serves.
func timed(pid int, read func(see func(id, link string)) error) (listed, error) {
	var l listed
	host, server := memory("self", "VmRSS"), memory(strconv.Itoa(pid), "VmRSS")
	start := time.Now()
	err := read(func(id, link string) {
		if strings.HasSuffix(link, id[len("CHK-"):]) { // it is whole
			l.Items++
		}
	})
	l.Took = time.Since(start)
	if host > 0 && server > 0 {
		l.Host, l.Server = memory("self", "VmHWM")-host, memory(strconv.Itoa(pid), "VmHWM")-server
	}
	return l, err
}

// memory is a figure of a process in bytes, 0 where the system does not tell it.
func memory(pid, field string) int64 {
	status, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, field+":"); ok {
			kib, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				return 0
			}
			return kib << 10
		}
	}
	return 0
}
