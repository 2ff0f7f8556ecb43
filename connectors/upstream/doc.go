// Package upstream is the HTTP client of the connectors: JSON over HTTPS to one
// outside system, with the outcome of every call as a [connectors.Diagnostic].
//
// # What it does
//
// [New] takes the base URL of the system and [Options]: a credential, limits,
// TLS. [Client.Do] sends a [Request], reads the JSON answer into a value and
// repeats what may be repeated.
//
//   - Calls that change nothing are repeated after a refused connection, a
//     truncated body, status 429 or 5xx: with exponential backoff and jitter,
//     or after as long as the answer asks for. See [Options.Retries].
//   - Retry-After is read as seconds and as a date, X-RateLimit-Reset and
//     RateLimit-Reset as seconds, Unix time and ISO 8601. On a successful answer
//     Retry-After, or the reset when nothing remains, delays the next call. The
//     diagnostic has the wait in full; the next calls are held back for 5
//     minutes of it at most.
//   - No wait goes past the context's deadline or [Options.MaxWait]. The call
//     ends at once instead, and the diagnostic says how long to wait.
//
// # What it refuses
//
// Plain HTTP to anything but the loopback interface; redirects to another
// host, which would be given the credential; answers above a size, also after
// decompression; successful answers that are not JSON, such as a sign-in page;
// any status but 200 on a call that changes nothing, such as 202 or 206;
// proxies from the environment; TLS below 1.2.
//
// # Secrets
//
// No error carries a secret. Credentials are struck out of all text that comes
// back, also base64 and percent-encoded, before it is cut to one line; URLs are
// named without their query. Values of this package hold secrets in closures,
// so that not even %+v prints one.
//
// # Why not a library
//
// hashicorp/go-retryablehttp waits by the wall clock, past the deadline, reads
// Retry-After only on 429 and 503, and reports an error that quotes the URL.
// Everything but its loop would have to be replaced.
package upstream
