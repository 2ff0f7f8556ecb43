// Package process runs one connector in a process of its own and answers the
// traps of go-plugin v1.8.0 that were measured before:
//
//   - One line on the error output could panic the host, and a long line on the
//     output stall the child. go-plugin therefore sees neither: a runner of our
//     own hands it the handshake line only and reads everything else itself.
//   - Ping and Kill have no deadline and hang on a frozen child. Health is asked
//     over gRPC within [HealthTimeout], and Kill ends with SIGKILL to the group.
//   - Start on a dead client reports success with the old address. There is no
//     restart here: a [Process] is started once, and the next one is made anew.
//   - A child outlives a killed host. On Linux the kernel kills it, asked by a
//     thread that lives as long as the child (golang/go#27505).
//   - A killed child leaves its socket behind. It lies in a directory of its own,
//     and is unlinked as soon as the connection stands.
//
// [Breaker] says when a connector that died may be started again.
package process
