package connectors

import "github.com/tidegate-go/tidegate/internal/enum"

// State is the state of an instance.
type State uint8

// The states.
const (
	Down     State = iota // not started, died, or refused; it is tried again when it is asked
	Starting              // it is being started
	Ready                 // it answers
	Closed                // the fleet is closed
)

var stateNames = []string{"down", "starting", "ready", "closed"}

// String returns the state's name.
func (s State) String() string { return enum.String("state", stateNames, s) }

// MarshalText implements [encoding.TextMarshaler].
func (s State) MarshalText() ([]byte, error) { return enum.Marshal("state", stateNames, s) }

// Status is what is known of one instance at one moment, for people and their logs.
type Status struct {
	Name      string `json:"name"`      // by which queries address it
	Connector string `json:"connector"` // its own name; empty until it was started once
	Version   string `json:"version"`
	From      string `json:"from"` // "in-process", "self" or the path of the program
	Pin       string `json:"pin"`  // SHA-256 in hexadecimal, "unpinned", "self:" and the checksum, or "in-process"
	Pid       int    `json:"pid"`  // 0: no process
	State     State  `json:"state"`
	Starts    int    `json:"starts"`   // how often it came up
	Restarts  int    `json:"restarts"` // of these, after the first
	Calls     int    `json:"calls"`
	LastError string `json:"lastError,omitzero"` // one line; it may be over by now
}

// Status returns the state of every instance, in the order of the config. It asks nobody.
func (f *Fleet) Status() []Status {
	all := make([]Status, len(f.instances))
	for i, in := range f.instances {
		all[i] = in.status()
	}
	return all
}

func (in *instance) status() Status {
	in.mu.Lock()
	defer in.mu.Unlock()
	s := Status{Name: in.name, Connector: in.about.Name, Version: in.about.Version, From: in.path,
		Starts: in.starts, Restarts: max(in.starts-1, 0), Calls: in.calls, LastError: in.last}
	switch {
	case in.closed:
		s.State = Closed
	case in.session != nil:
		s.State = Ready
	case in.starting > 0:
		s.State = Starting
	}
	switch {
	case in.launch.InProcess != nil:
		s.From, s.Pin = "in-process", "in-process"
	case in.launch.Self != "":
		s.From, s.Pin = "self", "self:"+ownChecksum()
	case in.launch.Unpinned:
		s.Pin = "unpinned"
	default:
		s.Pin = in.launch.Pin
	}
	if in.session != nil && in.session.process != nil {
		s.Pid = in.session.process.Pid()
	}
	return s
}
