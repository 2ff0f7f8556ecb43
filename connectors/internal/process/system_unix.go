//go:build unix && !linux

package process

import (
	"os"
	"os/exec"
	"syscall"
)

// setGroup gives the child a process group, so that its own children can be
// killed with it. There is no parent-death signal here: the SDK watches the parent.
func setGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// wait waits for the child and calls last, which may find the group gone.
func wait(cmd *exec.Cmd, last func()) error {
	err := cmd.Wait()
	last()
	return err
}

// killGroup sends SIGKILL, which also ends what is stopped.
func killGroup(p *os.Process) {
	_ = syscall.Kill(-p.Pid, syscall.SIGKILL)
}
