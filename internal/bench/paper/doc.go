// Package paper writes, reads and checks one packet of about 1000 words beside
// what a team would use without tidegate: encoding/json, text/template with sprig and
// goldmark.
package paper
