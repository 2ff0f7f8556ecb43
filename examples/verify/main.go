// Command verify runs every rule over a packet and says what they found.
//
//	go run ./examples/quickstart -out DIR
//	go run ./examples/verify -facts DIR/facts.json -now 2026-12-08T16:30:00Z DIR/packet.json
//
// The packet is a file, or standard input if the name is "-". Without -now the
// rules that need a clock are not evaluated, and without -facts those that need
// facts; the report says which, and why. -profile is strict, default or hotfix;
// without it a hotfix is judged as one and anything else by default. -json
// writes the report as JSON.
//
// The exit code is 0 if no finding is an error, 1 if one is, and 2 if the
// command line is wrong or a document cannot be read. Of an unreadable document
// every fault is said, with its line and its path.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/tidegate-go/tidegate/release/check"
	"github.com/tidegate-go/tidegate/release/fact"
	"github.com/tidegate-go/tidegate/release/packet"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// The exit codes.
const (
	sound      = 0
	unsound    = 1 // a finding is an error
	unreadable = 2
)

// command is the command line.
type command struct {
	json    bool
	profile string
	facts   string
	now     string
	packet  string
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return sound
	case err != nil:
		return unreadable
	}
	report, err := c.verify(stdin)
	if err == nil {
		err = c.write(stdout, report)
	}
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "verify: %v\n", err)
		return unreadable
	}
	if report.Err() != nil {
		return unsound
	}
	return sound
}

func parse(args []string, stderr io.Writer) (command, error) {
	var c command
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&c.json, "json", false, "write the report as JSON")
	flags.StringVar(&c.profile, "profile", "", "strict, default or hotfix (default: by the packet)")
	flags.StringVar(&c.facts, "facts", "", "file with the facts that the packet was decided on")
	flags.StringVar(&c.now, "now", "", "moment at which the packet is judged, in RFC 3339")
	flags.Usage = func() {
		_, _ = fmt.Fprintln(stderr, "usage: verify [-json] [-profile NAME] [-facts FILE] [-now RFC3339] PACKET.json|-")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	if flags.NArg() != 1 {
		flags.Usage()
		return c, errors.New("one packet is wanted")
	}
	c.packet = flags.Arg(0)
	return c, nil
}

func (c command) verify(stdin io.Reader) (check.Report, error) {
	var opts packet.VerifyOptions
	if c.now != "" {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			return check.Report{}, fmt.Errorf("-now: %q is no moment as RFC 3339 has it, such as 2026-12-08T16:30:00Z", c.now)
		}
		opts.Now = now
	}
	text, err := document(c.packet, stdin)
	if err != nil {
		return check.Report{}, err
	}
	p, err := packet.Decode(text)
	if err != nil {
		return check.Report{}, fmt.Errorf("%s is no packet:\n%w", c.packet, err)
	}
	if c.facts != "" {
		text, err := document(c.facts, nil)
		if err != nil {
			return check.Report{}, err
		}
		opts.Facts = new(fact.Set)
		if err := packet.Unmarshal(text, opts.Facts); err != nil {
			return check.Report{}, fmt.Errorf("%s are no facts:\n%w", c.facts, err)
		}
	}
	opts.Profile, err = c.judgedBy(p)
	if err != nil {
		return check.Report{}, err
	}
	return packet.Verify(p, &opts), nil
}

// judgedBy returns the profile that was asked for.
func (c command) judgedBy(p packet.Packet) (check.Profile, error) {
	if c.profile == "" {
		return packet.ProfileOf(p), nil
	}
	var names []string
	for _, profile := range packet.Profiles() {
		if profile.Name == c.profile {
			return profile, nil
		}
		names = append(names, profile.Name)
	}
	return check.Profile{}, fmt.Errorf("-profile: %q is none of %v", c.profile, names)
}

// most is how large a document may be.
const most = 64 << 20

// document reads a file, or standard input, up to the limit.
func document(name string, stdin io.Reader) ([]byte, error) {
	r := stdin
	if name != "-" || stdin == nil {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }() // it was only read
		r = f
	}
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(text) > most {
		return nil, fmt.Errorf("%s is larger than %d MiB", name, most>>20)
	}
	return text, nil
}

func (c command) write(w io.Writer, r check.Report) error {
	if !c.json {
		return r.WriteText(w, packet.Deliverable)
	}
	text, err := packet.Marshal(r)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}
