package wire

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/tidegate-go/tidegate/connectors"
)

// The parts that a process plays when its first argument is child.
const (
	child         = "wire-child"
	connectorPart = "connector" // a connector that was started by its path
	peerPart      = "peer"      // the raw gRPC server
	hostPart      = "host"      // lists with a heap of its own, and prints what it cost
)

// Main plays the part of a child, if this process is one, and returns true
// when it is played. It has to be called first in main.
func Main() bool {
	if connectors.Main(Connector{}) {
		return true
	}
	if len(os.Args) < 3 || os.Args[1] != child {
		return false
	}
	if err := play(os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	return true
}

func play(part string, args []string) error {
	switch {
	case part == connectorPart:
		connectors.Serve(Connector{})
		return nil
	case part == peerPart && len(args) == 1:
		return servePeer(args[0])
	case part == hostPart && len(args) == 1:
		l, err := list(context.Background(), args[0])
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(l)
	}
	return fmt.Errorf("no part %q %q", part, args)
}

// again is the command that starts this program in a part.
func again(part string, args ...string) (*exec.Cmd, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, append([]string{child, part}, args...)...)
	cmd.Stderr = os.Stderr
	return cmd, nil
}

// selfLaunch starts this program again without a checksum.
func selfLaunch() connectors.Launch {
	return connectors.Launch{Self: name, Settings: settings()}
}

// pinnedLaunch starts the file of this program like any other connector's.
func pinnedLaunch() (connectors.Launch, error) {
	path, err := os.Executable()
	if err != nil {
		return connectors.Launch{}, err
	}
	file, err := os.Open(path)
	if err != nil {
		return connectors.Launch{}, err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return connectors.Launch{}, err
	}
	return connectors.Launch{Name: name, Command: []string{path, child, connectorPart},
		Pin: hex.EncodeToString(hash.Sum(nil)), Settings: settings()}, nil
}

// open opens a fleet and insists that all of it is ready.
func open(ctx context.Context, launches ...connectors.Launch) (*connectors.Fleet, error) {
	fleet, err := connectors.Open(ctx, connectors.Config{Connectors: launches})
	if err != nil {
		return nil, err
	}
	for _, s := range fleet.Status() {
		if s.State != connectors.Ready {
			fleet.Close()
			return nil, fmt.Errorf("%s is %v: %s", s.Name, s.State, s.LastError)
		}
	}
	return fleet, nil
}
