package lexicon

// The classes of words.
const (
	determiner    class = 1 << iota
	pronoun             // a subject: "we", "they"
	numeral             // a number in letters
	weekday             // its name or abbreviation
	month               // likewise
	subordinator        // opens a clause that another one governs
	auxiliary           // may begin a passive
	irregular           // a past participle without -ed
	notParticiple       // ends in -ed and is none
	stative             // a participle that tells a state
	workVerb            // the participle of a verb of work
	checkVerb           // takes a clause: "confirm that"
	riskWord            // makes a sentence a statement of risk
	measureWord         // makes a span of time a window of measurement
	acronym             // needs no definition
	common              // an ordinary word, written in capitals to stress it
	homograph           // an ordinary word that is also a name
	component           // a kind of component: "api", "worker"
	element             // of HTML
	blankNoun           // what a form leaves open: "[name]"
	zoneName            // the abbreviation of a time zone
	clockWord           // a time of day in letters
)

var wordClasses = []struct {
	class class
	words string
}{
	{determiner, `the a an any this that these those each every its their our your some all no one either another what which`},
	{pronoun, `we they i you he she it team teams everyone somebody someone everybody`},
	{numeral, `one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety hundred thousand million dozen half`},
	{weekday, `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun`},
	{month, `january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec`},
	{subordinator, `if when whenever after before until unless once while where that which who whose because since whether as although so except`},
	{auxiliary, `will shall must should can may to would could cannot might has have had is are was were gets get`},
	{irregular, `done sent built made taken given written held kept put cut shut brought found shown chosen drawn rebuilt rewritten rerun re-run split met read begun overseen undertaken withdrawn
		spun run set told paid sold spent lost left sought thought taught caught driven seen spoken broken frozen stolen thrown worn torn known grown blown undone redone reset understood put brought stood rolled-back re-sent resent overridden hidden`},
	{notParticiple, `need feed seed speed embed exceed proceed succeed indeed hundred red bed shed led unchanged unaffected need bleed breed weed supposed detailed related based so-called tired interested advanced dedicated limited complicated sacred naked aged`},
	{stative, `located`},
	{workVerb, `deployed monitored reviewed notified executed performed tested validated verified checked updated sent run rerun taken migrated rolled restarted communicated escalated posted published
		handled triaged applied toggled captured collected archived recorded made carried conducted informed alerted paged restored obtained requested watched prepared announced created
		collected circulated filed submitted released switched ramped promoted written drafted measured compared inspected investigated audited rotated cleaned purged scaled drained shifted
		followed-up followed logged tracked shared discussed held backed patched installed upgraded reverted rehearsed gathered distributed issued tagged merged built pushed pulled copied moved deleted removed added initiated started stopped triggered decided revoked terminated scanned routed cut sequenced postponed activated deactivated`},
	{checkVerb, `confirm verify ensure check validate assert prove make note state report tell decide see show record know document test wait demonstrate`},
	{riskWord, `risk risks probability likelihood impact mitigation contingency probable unlikely severity`},
	{measureWord, `p50 p90 p95 p99 rate rates latency errors error average median window budget percentile throughput requests count samples trend baseline rolling alert alerts`},
	{homograph, `may will march mark bill go slack rust swift spring flux argo page safari edge chrome word teams excel windows access outlook express ruby java python shell apple amazon meta oracle delta
		atlas mercury apollo titan phoenix gateway us it am or as so no do an in on at to be by he me my we up if of is id ad pm ok i a the and for not all new`},
	{component, `api app ui web worker job service svc server client gateway db cache proxy bff etl lib sdk cli cron queue consumer producer backend frontend admin mobile ios android core
		edge batch sync auth portal site store bot agent operator controller scheduler exporter importer reader writer router broker stream events api-v1 apps apis jobs workers services`},
	{element, `a abbr b blockquote br caption center code col dd del details div dl dt em font h1 h2 h3 h4 h5 h6 hr html i img input ins kbd li mark nav ol p pre q s samp 
		small span strike strong style sub summary sup table tbody td tfoot th thead tr tt u ul var video wbr body head script iframe picture source`},
	{blankNoun, `name date owner link url version team role time ticket number service title description email company environment placeholder here user amount value percent reason duration approver
		contact channel product customer region dashboard runbook address username id project`},
	{zoneName, `et est edt ct cst cdt mt mst mdt pt pst pdt cet cest bst ist jst aest aedt akst hst wet west eet eest msk nzst nzdt sgt hkt`},
	{clockWord, `noon midnight midday`},
	{acronym, `
		aes acl ai ami api apk arm asap aws az bat bdd bff bgp bi bios cab cd cdn ci cidr ci/cd cicd cio cto cfo ceo ciso coo cpo cli cni cors cpu crd cri crud csi csp csrf css csv cve cvss cwe
		dag dast db dba ddl dhcp dml dms dns dos ddos dr dss dto ebs ec2 ecr ecs efs eks elb elf eof eol eos epoch etl eta faq fedramp fifo fips fqdn ftp sftp ga gb gcp gdpr gcs gke gid gnu gmt gpg gpu gui
		ha hdd hipaa hpa hr hsm html http https i/o iac iam iaas id ide idp iops io ip ipc ipv4 ipv6 ios iot iso isp it itil itsm jar jdbc jks jpeg json jvm jwt kb kms kpi kpis kms lan lb ldap lts lvm mac mb md mfa mib
		ml mtls mttd mttr mtbf mvp na nat nda nfs nic nist noc nosql nvme oci oidc okr okrs oom orm os otp owasp pa paas pat pci pdb pdf pid pii png poc pod pr prs psp pv pvc pwa p&l q&a qa qe qps r&d raid ram rbac rc rca rcs
		rds rdbms rest rfc rfcs roi rpc rpm rpo rps rsa rto rum s3 saas sast sbom scm sdk sdlc sha sla slas slsa sli slis slo slos smtp sms sns soap soc sop sox spa spf sql sqs sre sres ssd ssh ssl sso ssrf stdin stdout sts svg svn
		tb tcp tdd tls toml tps ttl tty uat udp ui uid uri url urls usb utc utf uuid ux vcs vip vlan vm vms vpa vpc vpn waf wan wasm wifi wip www xml xss yaml yml zip
		us uk eu usa emea apac latam usd eur gbp jpy cad aud inr chf am pm ok aoe ad bc vs aka fyi etc ascii ansi ieee ietf w3c iana cncf oss mit bsd gpl apache ibm sap vp svp evp pm po
		sig sigs kep keps cc go/no-go gib mib kib tib ghz mhz khz ms ns kbps mbps gbps rgb prod dev stage stg staging test qas preprod sit nonprod
		ca pkcs cbor spdy numa posix nvidia amd intel nasdaq einval eperm enoent eagain ebusy eio enospc sigterm sigkill sighup sigint ascii lifo crlf xfs ext4 kvm qemu gnu mpl cla dco
		arn gcs s3 kql sso scp ntp bgp vpce cma ecc ocsp crl pem der x509 hmac md5 crc cas tco sku skus cx ca cto svn lfs ide gdb jmx otlp etcd dpi pos psa`},
	{common, `
		not do must never only always all no yes go no-go stop hold freeze and or if then else the is are be was will may can should shall to in on at of for by with from without this that these it its we you
		ready done pass passed fail failed failing green red amber yellow open closed close new old now note warning important caution danger critical high medium low major minor urgent info debug error warn fatal trace
		live draft final pending approved rejected blocked block unknown none null true false on off up down start end begin before after during any each every one two
		get put post patch delete head options connect select insert update drop alter create table index from where join set grant begin commit into values key keys add remove use view
		merge deploy rollback release ship abort pause resume retry skip run read write save copy move edit send call page alert owner date time name status phase step task risk action team who what when why how
		due today week day month year first last next more less than very both per via but so as an a i my our your us out over under per non pre free beta alpha full part main master
		readme todo fixme license notice makefile changelog log logs node nodes pods user users home path port host hosts data file files list map type role rule rules plan area goal fix bug bugs must-ship wont
		and/or safe safely team teams build builds tag tags push pull lock unlock order orders cost size zone code go-live back top bottom left right here there good bad best okay docs doc events event error errors rows row table page pages`},
}
