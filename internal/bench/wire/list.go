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

// Names of the lists: the time of one item. With Host and Server behind them
// they are how far the memory of that side rose above what it was before the
// list, and with Peak behind that, its highest.
const (
	ListTidegate = "ListTidegate"
	ListRaw      = "ListRaw"
	Host         = "Host"
	Server       = "Server"
	Peak         = "Peak"
)

// Lists measures lists, each of which is read by a fresh host from a fresh
// connector: memory that somebody else freed would hide what a list needs.
func Lists(rounds int) (map[string]measure.Cost, error) {
	return measure.Turns(rounds, listing(ListRaw), listing(ListTidegate))
}

func listing(name string) measure.Turn {
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
		if l.Host.Peak > 0 && l.Server.Peak > 0 { // else nobody says so on this system
			for side, m := range map[string]risen{Host: l.Host, Server: l.Server} {
				costs[name+side], costs[name+side+Peak] = measure.Cost{Bytes: m.Peak - m.Idle}, measure.Cost{Bytes: m.Peak}
			}
		}
		return costs, nil
	}
}

// listed is what one list cost.
type listed struct {
	Items        int
	Took         time.Duration
	Host, Server risen
}

// risen is the resident memory of a process in bytes, before the list and at most.
type risen struct{ Idle, Peak int64 }

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
	l.Host.Idle, l.Server.Idle = memory("self", "VmRSS"), memory(strconv.Itoa(pid), "VmRSS")
	start := time.Now()
	err := read(func(id, link string) {
		if strings.HasSuffix(link, id[len("CHK-"):]) { // it is whole
			l.Items++
		}
	})
	l.Took = time.Since(start)
	l.Host.Peak, l.Server.Peak = memory("self", "VmHWM"), memory(strconv.Itoa(pid), "VmHWM")
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
