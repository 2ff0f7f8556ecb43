package lexicon

import (
	"slices"
	"strings"
)

// unlessSpelt spares the right spellings, ordinary words in lower case, names in lower case that begin a sentence, and
// components that are called so.
func unlessSpelt(v view) bool {
	text := strings.Join(strings.Fields(v.s[v.tokens[v.i].Start:v.tokens[v.j-1].End]), " ")
	e := v.entry
	if slices.Contains(e.accepts, text) || v.d.known(text) {
		return true
	}
	sh := shapeOf(text)
	single := !strings.Contains(e.accepts[0], " ") && shapeOf(e.accepts[0]).title()
	if sh.lower() && (e.plain && (v.j-v.i > 1 || single) || v.slashed()) {
		return true
	}
	if v.tokens[v.i].first && sh.title() {
		for _, a := range e.accepts {
			if shapeOf(a).lower() && strings.EqualFold(a, text) {
				return true
			}
		}
	}
	return e.plain && v.j-v.i > 1 && sh.title() && v.tokens[v.i].first
}

// slashed reports a part of "owner/repository", "owner#12", "jira.Count" or "{jira,datadog}": no prose.
func (v view) slashed() bool {
	touches := func(k int) bool { return k > 0 && k < len(v.tokens) && v.tokens[k].Start == v.tokens[k-1].End }
	before := touches(v.i) && v.is(v.i-1, "/", "#", ".", "@", "{", ",", "=")
	after := touches(v.j) && (v.is(v.j, "/", "#", "{", "=") || v.is(v.j, ".", ",", ":") && touches(v.j+1))
	return before || after
}

const productNames = `
GitHub: git hub, gihub, githib, gitub, githubb
GitLab: git lab
Bitbucket: bit bucket
Datadog: data dog, datadogg, data-dog
PagerDuty: pager duty, pager-duty, pagerdutty
Jira: jeera
Jira Service Management
Confluence~: conflunce, confluense
Kubernetes/K8s/k8s: kuberentes, kubernets, kubernettes, kubernetis, kubernates, kubernete, kubernets, kubernetees, kubernettes, kubernetess, kuberneties
Grafana: graphana, grafanna, granafa, grafna
Prometheus
Argo Rollouts: argorollouts
Argo Workflows: argoworkflows
Azure DevOps
Azure Boards~
Azure Pipelines
GitHub Actions: github action
GitHub Projects
LaunchDarkly: launch darkly
Terraform: terrafrom, teraform, terra form
Docker: dokcer, docekr
Docker Hub: dockerhub
Jenkins: jenkis, jenkings
CircleCI: circle ci, circle-ci
TeamCity~: team city
Buildkite~: build kite
SonarQube: sonar qube, sonarcube
CodeQL: code ql
OpenTelemetry: open telemetry, opentelemtry
PostgreSQL/Postgres: postgre sql, postgress, postgre, postgresq
MySQL: my sql
MongoDB: mongo db
MariaDB: maria db
DynamoDB: dynamo db
CockroachDB: cockroach db
InfluxDB: influx db
Redis: reddis
RabbitMQ: rabbit mq, rabbit-mq
Kafka
Elasticsearch: elastic search, elasticseach
OpenSearch
OpenShift~: open shift
OpenStack
CloudFront~: cloud front
CloudWatch: cloud watch
CloudFormation: cloud formation
CloudTrail
Cloudflare: cloud flare
Opsgenie: ops genie
ServiceNow~: service now, service-now
New Relic~: newrelic, new-relic
Splunk: splunck
Sentry~
Slack~
Helm~
Istio: isto
Envoy~
NGINX/nginx/Nginx
HAProxy
JavaScript~: java script
TypeScript~: type script
Node.js: nodejs, node js
npm/NPM
macOS: mac os
iOS
iPadOS
Android~
Firebase
TestFlight~: test flight
App Store~: appstore, app-store
Google Play: googleplay
Play Store~: playstore
OAuth: o-auth
OAuth2
PowerShell~: power shell
SharePoint~: share point
LinkedIn
YouTube
WordPress
Snowflake~
BigQuery~: big query
Salesforce~: sales force
Zendesk~: zen desk
Intercom~
HashiCorp
Ansible: ansibel
VMware
Artifactory: artifactry
JFrog
CrowdStrike
Cassandra
Memcached
GraphQL: graph ql
gRPC
etcd
kubectl
kubeadm
containerd
CoreDNS
Spinnaker
LaunchPad
Twilio
SendGrid~: send grid
Okta
Auth0
DigitalOcean
Microsoft Teams
FireHydrant
incident.io
Dependabot
Renovate~
Trivy
Snyk
Figma
Trello
Asana
Notion~
Looker~
Tableau
PyPI
RubyGems
Statuspage: statuspage.io`

const frameworkNames = `
SOC 1: soc1, soc-1
SOC 2: soc2, soc-2, soc ii, soc-ii, soc two, socii
SOC 3: soc3, soc-3
ISO 27001: iso27001, iso-27001, iec27001, iso27k, iso 27k
ISO 27017: iso27017, iso-27017
ISO 27018: iso27018, iso-27018
ISO 27701: iso27701, iso-27701
ISO 22301: iso22301, iso-22301
ISO 20000: iso20000, iso-20000
ISO 9001: iso9001, iso-9001
ISO 8601: iso8601, iso-8601
ISO 31000: iso31000, iso-31000
PCI DSS: pci-dss, pcidss, pci/dss, pci dds, pci ds
HIPAA: hippa, hipa, hippaa, hipaaa
HITRUST
GDPR: gpdr, gdrp, g.d.p.r., gdp-r, gdpa
CCPA: cpaa
FedRAMP: fed ramp, fed-ramp
StateRAMP
NIST SP 800-53/NIST 800-53: nist800-53, nist sp800-53, nist-800-53, nist sp-800-53, nist 80053, nist 800 53, nist sp 800 53, nist 800.53, nist 800_53
NIST CSF: nist-csf, nistcsf
NIST SP 800-171/NIST 800-171: nist800-171, nist sp800-171, nist-800-171
SOX
Sarbanes-Oxley: sarbanes oxley, sarbane-oxley, sarbannes-oxley, sarbanes-oxly
ITIL: i.t.i.l.
COBIT
OWASP: owsap
SLSA
CMMC
FIPS 140-2: fips140-2, fips-140-2, fips 140.2
FIPS 140-3: fips140-3, fips-140-3
SSAE 18: ssae18, ssae-18
PSD2: psd-2, psd 2
WCAG
RFC 3339: rfc3339, rfc-3339
RFC 9557: rfc9557, rfc-9557
EU AI Act
CSA STAR`

// variantNames are terms with several accepted spellings, of which a document uses one.
const variantNames = `
Argo CD/ArgoCD/Argo-CD
signoff/sign-off
email/e-mail
emails/e-mails
war room/warroom
on-call/oncall
postmortem/post-mortem
postmortems/post-mortems
runbook/run-book/run book
runbooks/run-books/run books
rollout/roll-out
rollback/roll-back
failover/fail-over
backfill/back-fill
prerelease/pre-release
preflight/pre-flight
hotfix/hot-fix/hot fix
hotfixes/hot-fixes/hot fixes
changelog/change-log/change log
data center/datacenter/data centre/datacentre
backend/back-end
frontend/front-end
healthcheck/health-check/health check
bluegreen/blue-green
dry run/dryrun
kill switch/killswitch
load balancer/loadbalancer
microservice/micro-service
microservices/micro-services
time zone/timezone
smoke test/smoketest
smoke tests/smoketests
go-live/golive
rerun/re-run
Kubernetes/K8s
PostgreSQL/Postgres
canceled/cancelled
stand-up/standup
cut-over/cutover
read-only/readonly
multi-region/multiregion
feature flag/feature-flag/featureflag
feature flags/feature-flags/featureflags
status page/statuspage
release notes/release-notes
checklist/check-list/check list
deadline/dead-line
checklists/check-lists
database/data base/data-base
webhook/web hook/web-hook
webhooks/web hooks/web-hooks
walkthrough/walk-through
lead time/leadtime
sign-offs/signoffs
uptime/up-time
downtime/down-time
throughput/through-put`
