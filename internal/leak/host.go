package leak

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// privateDomains end in names that no public resolver knows: those that RFC
// 6762 §3 and appendix G, RFC 8375 and ICANN (resolution 2024.07.29.06,
// .internal) keep for private networks, and those of Kubernetes and Consul.
var privateDomains = []string{"local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain", "home.arpa", "svc", "consul"}

// everywhere are names of private domains, and one address, that mean the same on
// every machine and stand in public documentation: those of Docker and Podman
// for the machine itself, of the metadata of clouds, and of the API of a
// Kubernetes cluster.
var everywhere = []string{"host.docker.internal", "gateway.docker.internal", "kubernetes.docker.internal", "host.containers.internal",
	"metadata.google.internal", "169.254.169.254", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}

// Inside reports a host that no outsider's machine reaches: a name without a
// domain or of a private one, or an address of a private network (RFC 1918, RFC
// 4193) or of one line (RFC 3927, RFC 4291 §2.5.6). The reader's own machine is
// none.
func Inside(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if slices.Contains(everywhere, host) {
		return false
	}
	if a, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return a.IsPrivate() || a.IsLinkLocalUnicast()
	}
	if host == "localhost" || host == "" {
		return false
	}
	return !strings.Contains(host, ".") || slices.ContainsFunc(privateDomains, func(d string) bool { return Below(host, d) })
}

// Below reports whether a host is the parent or a name below it.
func Below(host, parent string) bool {
	host, parent = strings.ToLower(strings.TrimSuffix(host, ".")), strings.ToLower(strings.TrimSuffix(parent, "."))
	return parent != "" && (host == parent || strings.HasSuffix(host, "."+parent))
}

// inside also knows the hosts of the house.
func (g *Guard) inside(host string) bool {
	return Inside(host) || slices.ContainsFunc(g.terms.Internal, func(d string) bool { return Below(host, d) })
}

var (
	hostRun = regexp.MustCompile(`[A-Za-z0-9_](?:[A-Za-z0-9_-]*\.)+[A-Za-z0-9-]*[A-Za-z0-9](?::\d{1,5}\b)?`)
	ipv6    = regexp.MustCompile(`(?i)(?:[0-9a-f]{1,4}:){2,7}(?::|[0-9a-f]{1,4})(?:[0-9a-f:]*[0-9a-f])?`)
)

// hosts finds hosts of the house that stand in the text without a scheme.
func (s *search) hosts() {
	text := s.view.text
	if dotted(text) {
		for _, m := range hostRun.FindAllStringIndex(text, -1) {
			host, port, _ := strings.Cut(text[m[0]:m[1]], ":")
			if why := s.hostFault(m[0], m[0]+len(host), host, port); why != "" {
				s.add(m[0], m[0]+len(host), Host, why)
			}
		}
	}
	if strings.Count(text, ":") > 1 {
		for _, m := range ipv6.FindAllStringIndex(text, -1) {
			if a, err := netip.ParseAddr(text[m[0]:m[1]]); err == nil && Inside(a.String()) && !s.wholeNetwork(m[1], a) {
				s.add(m[0], m[1], Host, "is an address of a private network")
			}
		}
	}
}

// dotted reports a dot inside of a word.
func dotted(text string) bool {
	for i := 1; i+1 < len(text); i++ {
		if text[i] == '.' && isAlnum(text[i+1]) && text[i-1] > ' ' {
			return true
		}
	}
	return false
}

func (s *search) hostFault(from, to int, host, port string) string {
	text := s.view.text
	if a, err := netip.ParseAddr(host); err == nil {
		if !Inside(host) || s.versioned(from, to) || s.wholeNetwork(to, a) || continued(text, from, to) {
			return ""
		}
		return "is an address of a private network"
	}
	switch {
	case from > 0 && strings.IndexByte(`.\$`, text[from-1]) >= 0, to < len(text) && strings.IndexByte("(=[", text[to]) >= 0:
		return "" // a file, a path of code
	case !s.guard.inside(host) || s.codeName(from, host):
		return ""
	case strings.Count(host, ".") == 1 && port == "" && (Below(host, "local") || Below(host, "home") || Below(host, "private") || Below(host, "svc")) && !strings.ContainsAny(host, "-0123456789"):
		return "" // "settings.local", "at.home"
	}
	return "is a host inside of the house"
}

// continued reports digits or dots beyond the ends, so that four numbers are
// part of something longer.
func continued(text string, from, to int) bool {
	return from > 0 && (isAlnum(text[from-1]) || text[from-1] == '.') || to+1 < len(text) && text[to] == '.' && isDigit(text[to+1])
}

// versioned reports four numbers that are a version, a section or the like, by
// the words around them.
func (s *search) versioned(from, to int) bool {
	before, after := s.wordsBefore(from, 5), s.wordsAfter(to, 4)
	return slices.ContainsFunc(append(before, after...), func(w string) bool {
		return slices.Contains([]string{"version", "versions", "firmware", "driver", "section", "chapter", "sdk", "v", "bios", "§"}, w)
	})
}

// wholeNetwork reports the private networks themselves, which documentation
// names: 10.0.0.0/8 is nobody's address.
func (s *search) wholeNetwork(to int, a netip.Addr) bool {
	text := s.view.text
	end := to
	if end == len(text) || text[end] != '/' {
		return false
	}
	for end++; end < len(text) && isDigit(text[end]); end++ {
	}
	n, err := netip.ParsePrefix(a.String() + text[to:end])
	return err == nil && slices.Contains([]string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fd00::/8", "fe80::/10"}, n.String())
}

// codeName reports a name of code or of a file, by its capitals or by the word
// before it.
func (s *search) codeName(from int, host string) bool {
	if rest := host[1:]; rest != strings.ToLower(rest) && host != strings.ToUpper(host) {
		return true
	}
	before := s.wordsBefore(from, 1)
	return len(before) > 0 && slices.Contains(codeNouns, before[0])
}

// codeNouns are followed by names with dots that are no hosts.
var codeNouns = strings.Fields("function method package module class namespace property field file import imports label annotation taint group " +
	"apiversion metric key option setting attribute variable parameter event")

// wordsBefore returns up to n words before a place, the nearest first, in lower
// case, of the same sentence.
func (s *search) wordsBefore(at, n int) []string {
	text := s.view.lower
	var words []string
	for end := at; len(words) < n; {
		for end > 0 && !wordByte(text[end-1]) {
			if strings.IndexByte("!?\n;", text[end-1]) >= 0 || text[end-1] == '.' && end < len(text) && text[end] <= ' ' {
				return words
			}
			end--
		}
		start := end
		for start > 0 && wordByte(text[start-1]) {
			start--
		}
		if start == end {
			return words
		}
		words, end = append(words, text[start:end]), start
	}
	return words
}

// wordsAfter is the same behind a place.
func (s *search) wordsAfter(at, n int) []string {
	text := s.view.lower
	var words []string
	for start := at; len(words) < n; {
		for start < len(text) && !wordByte(text[start]) {
			if strings.IndexByte("!?\n;.", text[start]) >= 0 {
				return words
			}
			start++
		}
		end := start
		for end < len(text) && wordByte(text[end]) {
			end++
		}
		if start == end {
			return words
		}
		words, start = append(words, text[start:end]), end
	}
	return words
}

// wordByte reports what words are made of. Beyond ASCII everything is.
func wordByte(c byte) bool { return isAlnum(c) || c >= 0x80 }
