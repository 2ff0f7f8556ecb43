//go:build !unix

package process

import (
	"os"
	"os/exec"
)

// setGroup does nothing: there are no process groups here. The SDK watches the parent.
func setGroup(*exec.Cmd) {}

// wait waits for the child and calls last, which may find the group gone.
func wait(cmd *exec.Cmd, last func()) error {
	err := cmd.Wait()
	last()
	return err
}

// killGroup ends the child alone.
func killGroup(p *os.Process) {
	_ = p.Kill()
}
