package leak

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// uri finds links: with a scheme, without one behind two slashes, with www, and
// names with a path as browsers complete them.
var uri = regexp.MustCompile(`(?i)(?:\b([a-z][a-z0-9+.-]{1,20})://|(?:^|[\s(<"'\[])(//)|\b(www\.))[^\s<>"'` + "`" + `)\]|}]+`)

// bareURL finds names of images and pages without a scheme: a common domain and
// a path of two parts or more. With one part, "resource.k8s.io/v1" is a group of
// an API more often than a page.
var bareURL = regexp.MustCompile(`\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\.(?:com|net|org|io|dev|app|cloud|biz|info|eu|de|fr|uk|ch|at|nl|us|ai|sh|me|co)(?::\d+)?(?:/[^\s<>"'` + "`" + `)\]|}/]+){2,}`)

// codeHosts are domains in whose names code and images are published: they stand
// in texts without being links.
var codeHosts = strings.Fields("golang.org go.dev k8s.io kubernetes.io gopkg.in go.uber.org google.golang.org docker.io ghcr.io quay.io gcr.io pkg.dev npmjs.org pypi.org maven.org rubygems.org crates.io")

// network are the schemes that lead to a host, beside those that open an app.
var network = strings.Fields("http https ftp ftps sftp ssh git ws wss hxxp hxxps ldap ldaps rtmp telnet vnc rdp svn")

// inHouse are schemes whose targets outsiders have no account for.
var inHouse = strings.Fields("s3 gs file smb nfs cifs abfs abfss wasb wasbs hdfs jdbc postgres postgresql mysql mongodb mongodb+srv redis rediss amqp amqps kafka")

// workplaces are hosts where firms keep what is theirs: a link there opens for
// those who have an account of the firm. What the same providers show to
// everybody is left out.
var workplaces = []struct {
	host   string
	path   string // the link's path begins with it
	public []string
}{
	{host: "atlassian.net"}, {host: "jira.com"}, {host: "slack.com", public: []string{"slack.com", "api.slack.com", "status.slack.com", "docs.slack.com", "slack.dev"}},
	{host: "pagerduty.com", public: []string{"www.pagerduty.com", "pagerduty.com", "developer.pagerduty.com", "support.pagerduty.com", "status.pagerduty.com", "response.pagerduty.com"}},
	{host: "app.datadoghq.com"}, {host: "app.datadoghq.eu"}, {host: "dev.azure.com"}, {host: "visualstudio.com", public: []string{"code.visualstudio.com", "marketplace.visualstudio.com", "visualstudio.com"}},
	{host: "sharepoint.com"}, {host: "okta.com", public: []string{"www.okta.com", "okta.com", "developer.okta.com", "help.okta.com"}},
	{host: "service-now.com"}, {host: "grafana.net"}, {host: "docs.google.com"}, {host: "drive.google.com"}, {host: "sheets.google.com"}, {host: "notion.so"},
	{host: "splunkcloud.com"}, {host: "console.aws.amazon.com"}, {host: "portal.azure.com"}, {host: "console.cloud.google.com"}, {host: "trello.com"},
	{host: "app.launchdarkly.com"}, {host: "app.asana.com"}, {host: "monday.com"}, {host: "linear.app"}, {host: "miro.com"}, {host: "figma.com"}, {host: "sentry.io", public: []string{"docs.sentry.io", "sentry.io"}},
	{host: "zoom.us", path: "/rec"}, {host: "zendesk.com", path: "/agent"}, {host: "teams.microsoft.com"}, {host: "app.opsgenie.com"}, {host: "one.newrelic.com"}, {host: "lightning.force.com"},
}

// links finds links that outsiders cannot follow, or should not.
func (s *search) links() {
	text := s.view.text
	if strings.Contains(text, "//") || strings.Contains(s.view.lower, "www.") {
		for _, m := range uri.FindAllStringSubmatchIndex(text, -1) {
			from := m[0]
			scheme := "https"
			switch {
			case m[2] >= 0:
				scheme = s.view.lower[m[2]:m[3]]
			case m[4] >= 0:
				from = m[4]
			}
			s.link(from, m[1], scheme)
		}
	}
	if strings.Contains(text, "/") && len(s.guard.terms.Hosts) > 0 && !s.view.joined {
		for _, m := range bareURL.FindAllStringIndex(text, -1) {
			host, _ := cutAny(text[m[0]:m[1]], "/:")
			published := slices.ContainsFunc(codeHosts, func(d string) bool { return Below(host, d) })
			if !published && !inside(text, m[0]) && !s.codeName(m[0], text[m[0]:m[1]]) {
				s.link(m[0], m[1], "https")
			}
		}
	}
}

// inside reports a place within a longer run that has a scheme or an address.
func inside(text string, at int) bool {
	return at > 0 && (wordByte(text[at-1]) || strings.IndexByte("/@.-_:=", text[at-1]) >= 0)
}

func (s *search) link(from, to int, scheme string) {
	to = from + len(strings.TrimRight(s.view.text[from:to], ".,;:!?*_~"))
	if from >= to {
		return
	}
	if why := s.linkFault(s.view.text[from:to], scheme, from, to); why != "" {
		s.add(from, to, Link, why)
	}
}

// linkFault says why outsiders should not be given a link; empty: they may.
func (s *search) linkFault(link, scheme string, from, to int) string {
	authority := link[strings.Index(link, "//")+1:]
	authority = strings.TrimPrefix(authority, "/")
	authority, path := cutAny(authority, "/?#\\")
	userinfo := strings.LastIndexByte(authority, '@')
	host := authority[userinfo+1:]
	if !strings.HasPrefix(host, "[") {
		host, _, _ = strings.Cut(host, ":")
	}
	host = strings.ToLower(host)
	start, end := s.view.place(from, to)
	switch {
	case link[0] == '/' && !strings.Contains(host, "."):
		return "" // a comment of code
	case slices.Contains(inHouse, scheme):
		return "leads to where outsiders have no account"
	case !slices.Contains(network, scheme):
		return "" // it opens an app
	case userinfo >= 0 && scheme != "ssh" && scheme != "git":
		return "hides its host behind a user"
	case strings.HasPrefix(scheme, "hxxp"):
		return "is written so that programs do not see it"
	case s.guard.allows(host) && ascii(hostPart(s.text[start:end])):
		return ""
	case !ascii(hostPart(s.text[start:end])) || strings.HasPrefix(host, "xn--") || strings.Contains(host, ".xn--"):
		return "has a host in letters that look like others"
	case host == "localhost" || strings.HasPrefix(host, "127.") || slices.Contains(everywhere, host):
		return "" // the reader's own machine
	case s.guard.inside(host):
		return "leads to a host inside of the house"
	case workplace(host, path):
		return "leads to where outsiders have no account"
	case len(s.guard.terms.Hosts) > 0:
		return "leads to a host that links may not name"
	}
	return ""
}

// allows reports a host that links may name.
func (g *Guard) allows(host string) bool {
	return !g.inside(host) && slices.ContainsFunc(g.terms.Hosts, func(parent string) bool { return Below(host, parent) })
}

func workplace(host, path string) bool {
	for _, w := range workplaces {
		if Below(host, w.host) && strings.HasPrefix(path, w.path) && !slices.Contains(w.public, host) {
			return true
		}
	}
	return Below(host, "amazonaws.com") && strings.Contains(host, "s3")
}

// hostPart is the part of a link before its path, as it stands in the text.
func hostPart(link string) string {
	if i := strings.Index(link, "//"); i >= 0 {
		link = link[i+2:]
	}
	part, _ := cutAny(link, "/?#")
	return part
}

func cutAny(s, chars string) (before, rest string) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// ascii reports text without letters of other scripts. What cannot be seen is
// none.
func ascii(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf && seen(r) != "" {
			return false
		}
	}
	return true
}
