package connectortest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/tidegate-go/tidegate/connectors/internal/handshake"
	"github.com/tidegate-go/tidegate/connectors/internal/parent"
)

// raw is the program without a host that speaks: what it prints is looked at.
type raw struct {
	cmd    *exec.Cmd
	dir    string // TMPDIR
	errs   *log
	first  chan string   // the first line of its output
	silent chan struct{} // closed when nobody holds its output any more
	ended  chan error    // of the process that was started
	inner  string        // file with the connector's pid, if the process that was started is its host
}

// raw starts a program with an environment of its own; the end of the case
// kills it.
func (s *sitting) raw(command, env []string) *raw {
	s.Helper()
	dir, err := os.MkdirTemp("", "exam") // a short name, for the socket's
	if err != nil {
		s.Fatalf("%v", err)
	}
	s.Cleanup(func() { _ = os.RemoveAll(dir) })
	r := &raw{cmd: exec.Command(command[0], command[1:]...), dir: dir, errs: s.logs,
		first: make(chan string, 1), silent: make(chan struct{}), ended: make(chan error, 1)}
	for _, name := range []string{"PATH", "HOME", "LANG"} {
		r.cmd.Env = append(r.cmd.Env, name+"="+os.Getenv(name))
	}
	r.cmd.Env = append(append(r.cmd.Env, "TMPDIR="+dir), env...)
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		s.Fatalf("%v", err)
	}
	r.cmd.Stderr = r.errs
	if err := r.cmd.Start(); err != nil {
		s.Fatalf("%v", err)
	}
	go func() {
		in := bufio.NewReader(out)
		text, _ := in.ReadString('\n') // "" says it all
		r.first <- text
		_, _ = io.Copy(io.Discard, in)
		close(r.silent)
		r.ended <- r.cmd.Wait()
	}()
	return r
}

// handshake is the first line of the output.
func (r *raw) handshake(s *sitting) string {
	s.Helper()
	select {
	case text := <-r.first:
		return text
	case <-time.After(patience):
		s.Fatalf("no handshake within %v; it printed: %.200s", patience, r.errs.String())
		return ""
	}
}

// killHost kills the process that was started, and not the connector.
func (r *raw) killHost() { _ = r.cmd.Process.Kill() }

// kill ends whatever still runs.
func (r *raw) kill() {
	select {
	case <-r.silent: // nothing does; the pids may be others'
		return
	default:
	}
	_ = r.cmd.Process.Kill() // it may be gone
	if text, err := os.ReadFile(r.inner); err == nil && r.inner != "" {
		if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
			if p, err := os.FindProcess(pid); err == nil {
				_ = p.Kill()
			}
		}
	}
	<-r.silent
}

// hosted starts a shell that starts the program, as a host does.
func (s *sitting) hosted() *raw {
	s.Helper()
	if runtime.GOOS == "windows" {
		s.Skip("there is no shell to be the host")
	}
	script := parent.Variable + `=$$ "$@" & echo $! >"$TMPDIR/pid"; wait`
	r := s.raw(append([]string{"/bin/sh", "-c", script, "host"}, s.Program...), s.invitation())
	r.inner = filepath.Join(r.dir, "pid")
	return r
}

// invitation are the variables by which a program knows that a host started it.
func (s *sitting) invitation() []string {
	s.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader) // as go-plugin's
	if err != nil {
		s.Fatalf("%v", err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		s.Fatalf("%v", err)
	}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return []string{
		handshake.Cookie + "=" + handshake.CookieValue, "PLUGIN_PROTOCOL_VERSIONS=" + strconv.Itoa(handshake.Major),
		"PLUGIN_CLIENT_CERT=" + string(cert), "PLUGIN_MIN_PORT=49152", "PLUGIN_MAX_PORT=65535",
		parent.Variable + "=" + strconv.Itoa(os.Getpid()),
	}
}
