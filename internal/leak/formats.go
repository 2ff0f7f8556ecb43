package leak

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// format is how the secrets of one issuer look.
type format struct {
	hints   []string // one of them is in every text that has one, in lower case
	pattern string   // RE2; the first group, if there is one, is the secret
	what    string
	valid   func(string) bool // nil: the pattern says it all
}

// formats are the forms that issuers give to what they issue, so that it can be
// found. Sources: GitHub, "Behind GitHub's new authentication token formats"
// (github.blog, 2021-04-05) and "Token types"; AWS, IAM "unique identifiers"
// (AKIA, ASIA); Slack, "Token types" (api.slack.com/authentication/token-types)
// and "Incoming webhooks"; Atlassian, "API tokens" (prefix ATATT3, ATCTT3,
// ATBB); GitLab, "Token overview" (glpat- and its relatives); Azure DevOps,
// "Use personal access tokens" (84 characters with AZDO); Azure Storage,
// "Authorize with Shared Key" (88 characters of base64) and Entra ID (client
// secrets of 40 characters with 8Q~ or 7Q~); JWT, RFC 7519 §3; PEM, RFC 7468;
// Google, "API keys" (AIza) and OAuth client secrets (GOCSPX-); Stripe, "API
// keys" (sk_live_, rk_live_, whsec_); npm, "About access tokens" (npm_); PyPI,
// "API tokens" (pypi-AgEIcHlwaS5vcmc); SendGrid, Twilio (SK and 32 hexadecimal
// digits), Telegram (bots), OpenAI, Anthropic, HashiCorp Vault (hvs., hvb.) and
// Terraform (.atlasv1.), Grafana (glsa_, glc_), Docker (dckr_pat_),
// DigitalOcean (dop_v1_), Shopify (shpat_), Databricks (dapi), New Relic
// (…NRAL, NRAK-), Discord and Microsoft Teams (webhooks), Linear (lin_api_),
// Mailgun (key-), RubyGems (rubygems_), age (AGE-SECRET-KEY-1): the issuers'
// own pages, and the default rules of gitleaks 8 and of GitHub secret scanning
// ("Supported secret scanning patterns"), which list all of them. PagerDuty and
// Datadog give their keys no prefix: 20 characters, and 32 or 40 hexadecimal
// digits, that only the words before them give away; see assigned.
var formats = []format{
	{[]string{"akia", "asia", "abia", "acca"}, `\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})\b`, "key of AWS", nil},
	{[]string{"secret_access_key", "secretaccesskey", "secret access key"}, `(?i)secret[_ ]?access[_ ]?key["']?\s*(?::=|=>|[:=]|\sis\s)\s*["']?([A-Za-z0-9+/]{40})(?:[^A-Za-z0-9+/]|$)`, "secret key of AWS", nil},
	{[]string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}, `\bgh[pousr]_[A-Za-z0-9]{36,251}\b`, "token of GitHub", nil},
	{[]string{"github_pat_"}, `\bgithub_pat_[A-Za-z0-9_]{50,255}\b`, "token of GitHub", nil},
	{[]string{"glpat-", "gldt-", "glrt-", "glptt-", "glft-", "glsoat-", "glcbt-", "glimt-", "glagent-", "gloas-", "glffct-"},
		`\bgl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|agent|oas|ffct)-[A-Za-z0-9_\-.]{20,}`, "token of GitLab", nil},
	{[]string{"xox"}, `\bxox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}`, "token of Slack", nil},
	{[]string{"xapp-"}, `\bxapp-\d-[A-Za-z0-9-]{10,}`, "token of Slack", nil},
	{[]string{"hooks.slack.com"}, `\bhooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}`, "webhook of Slack", nil},
	{[]string{"atatt3", "atctt3", "atbb"}, `\b(?:ATATT3|ATCTT3)[A-Za-z0-9_\-=]{20,}|\bATBB[A-Za-z0-9]{32}\b`, "token of Atlassian", nil},
	{[]string{"azdo"}, `\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b`, "token of Azure DevOps", nil},
	{[]string{"accountkey=", "sharedaccesskey="}, `(?i)\b(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,}={0,2})`, "key of Azure", nil},
	{[]string{"q~"}, `\b[A-Za-z0-9_\-.~]{3}\dQ~[A-Za-z0-9_\-.~]{31,34}`, "client secret of Entra ID", nil},
	{[]string{"sig="}, `(?i)[?&](?:sig|signature)=([A-Za-z0-9%+/_-]{27,}=*)`, "signature of a link", nil},
	{[]string{"eyj"}, `\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?`, "JSON Web Token", nil},
	{[]string{"private key"}, `-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?s:.*?-----END [A-Z0-9 ]*-----)?`, "private key", nil},
	{[]string{"aiza"}, `\bAIza[A-Za-z0-9_-]{35}`, "key of Google", nil},
	{[]string{"gocspx-"}, `\bGOCSPX-[A-Za-z0-9_-]{20,}`, "client secret of Google", nil},
	{[]string{"ya29."}, `\bya29\.[A-Za-z0-9_-]{20,}`, "token of Google", nil},
	{[]string{"sk_live_", "rk_live_", "sk_test_", "rk_test_"}, `\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}`, "key of Stripe", nil},
	{[]string{"whsec_"}, `\bwhsec_[A-Za-z0-9+/=]{24,}`, "signing secret of Stripe", nil},
	{[]string{"npm_"}, `\bnpm_[A-Za-z0-9]{36}\b`, "token of npm", nil},
	{[]string{"pypi-"}, `\bpypi-AgE[A-Za-z0-9_-]{40,}`, "token of PyPI", nil},
	{[]string{"sg."}, `\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}`, "key of SendGrid", nil},
	{[]string{"sk", "ac"}, `\b(?:SK|AC)[0-9a-f]{32}\b`, "key of Twilio", nil},
	{[]string{":aa"}, `\b\d{8,10}:AA[A-Za-z0-9_-]{32,33}`, "token of Telegram", nil},
	{[]string{"sk-"}, `\bsk-(?:proj-|svcacct-|admin-|ant-[a-z0-9]+-)?[A-Za-z0-9_-]{32,}`, "key of a model provider", nil},
	{[]string{"hvs.", "hvb.", "hvr."}, `\bhv[sbr]\.[A-Za-z0-9_-]{20,}`, "token of Vault", nil},
	{[]string{".atlasv1."}, `\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,}`, "token of Terraform", nil},
	{[]string{"glsa_", "glc_"}, `\bgl(?:sa|c)_[A-Za-z0-9+/=_]{32,}`, "token of Grafana", nil},
	{[]string{"dckr_"}, `\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}`, "token of Docker", nil},
	{[]string{"do"}, `\bdo[opr]_v1_[a-f0-9]{64}\b`, "token of DigitalOcean", nil},
	{[]string{"shp"}, `\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b`, "token of Shopify", nil},
	{[]string{"dapi", "dkea", "dose"}, `\bd(?:api|kea|ose)[a-f0-9]{32}(?:-\d)?\b`, "token of Databricks", nil},
	{[]string{"nral", "nrak-"}, `\b[a-f0-9]{36}NRAL\b|\bNRAK-[A-Z0-9]{27}\b`, "key of New Relic", nil},
	{[]string{"/api/webhooks/"}, `\bdiscord(?:app)?\.com/api/webhooks/\d{17,20}/([A-Za-z0-9_-]{60,})`, "webhook of Discord", nil},
	{[]string{"webhook.office.com"}, `\b[a-z0-9-]+\.webhook\.office\.com/webhookb2/[A-Za-z0-9@/-]{30,}`, "webhook of Teams", nil},
	{[]string{"lin_"}, `\blin_(?:api|oauth)_[A-Za-z0-9]{32,}`, "key of Linear", nil},
	{[]string{"key-"}, `\bkey-[a-f0-9]{32}\b`, "key of Mailgun", nil},
	{[]string{"rubygems_"}, `\brubygems_[a-f0-9]{48}\b`, "key of RubyGems", nil},
	{[]string{"age-secret-key-1"}, `(?i)\bAGE-SECRET-KEY-1[0-9A-Z]{58}`, "key of age", nil},
	{[]string{"hrku-"}, `\bHRKU-(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|AA[A-Za-z0-9_-]{58})`, "key of Heroku", nil},
	{[]string{"figd_"}, `\bfigd_[A-Za-z0-9_-]{40,}`, "token of Figma", nil},
	{[]string{"hf_"}, `\bhf_[A-Za-z0-9]{34,}\b`, "token of Hugging Face", nil},
	{[]string{"pul-"}, `\bpul-[a-f0-9]{40}\b`, "token of Pulumi", nil},
	{[]string{"ntn_", "secret_"}, `\b(?:ntn|secret)_[A-Za-z0-9]{43,50}\b`, "token of Notion", nil},
	{[]string{"sntrys_", "sntryu_"}, `\bsntry[su]_[A-Za-z0-9+/=_]{32,}`, "token of Sentry", nil},
	{[]string{"eaa"}, `\bEAA[A-Za-z0-9]{80,}\b`, "token of Meta", nil},
	{[]string{"pat-na1-", "pat-eu1-"}, `\bpat-(?:na|eu)1-[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}`, "token of HubSpot", nil},
	{[]string{"://"}, `(?i)\b[a-z][a-z0-9+.-]*://[^\s/?#@:"'<>]*:([^\s/?#@"'<>]{2,})@`, "password of a URL", nil},
	{[]string{"basic "}, `(?i)\bbasic\s+([A-Za-z0-9+/]{12,}={0,2})(?:[^A-Za-z0-9+/=]|$)`, "pair of user and password", credentials},
	{[]string{"bearer "}, `(?i)\bbearer\s+([A-Za-z0-9_\-.~+/]{16,}=*)`, "bearer token", nil},
}

// credentials reports what basic authentication sends: user, colon and password
// in base64 (RFC 7617 §2).
func credentials(value string) bool {
	plain, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(value, "="))
	return err == nil && utf8.Valid(plain) && bytes.IndexByte(plain, ':') > 0
}

// compiled returns the patterns of formats.
var compiled = sync.OnceValue(func() []*regexp.Regexp {
	all := make([]*regexp.Regexp, len(formats))
	for i, f := range formats {
		all[i] = regexp.MustCompile(f.pattern)
	}
	return all
})

// hinted reports whether a text in lower case may have a secret of the format.
func (f *format) hinted(lower string) bool {
	for _, h := range f.hints {
		if strings.Contains(lower, h) {
			return true
		}
	}
	return false
}
