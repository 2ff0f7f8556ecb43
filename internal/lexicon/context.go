package lexicon

// ExternalContext finds references to what the reader cannot see (LANG-005).
func (d *Document) ExternalContext() []Found { return d.listed(contextual) }

const bringIn = "state it here, or link the record by id"

var contextLists = []list{
	{contextual, Error, bringIn, unlessRecorded, `
as (previously|already|earlier|we|recently|just|you|also|briefly|verbally|informally|) (discussed|agreed|mentioned|noted|explained|communicated|decided|stated|announced|covered|outlined|described|shared|promised|arranged|planned|indicated|suggested|requested|told|established|talked about|said)
(discussed|agreed|mentioned|decided|covered|explained|raised|shared|communicated|talked about|announced) (previously|earlier|before|already|verbally|offline|yesterday|last time|elsewhere|separately|informally|by phone|over lunch)
(discussed|agreed|mentioned|decided|covered|raised|explained|shared|communicated|talked about|settled|confirmed|posted|given|described|listed|noted) (in|on|at|during|over|via) (the|our|that|a|last|this|yesterday's|today's|my|their) (last|previous|earlier|recent|other|weekly|daily|monday|) (call|meeting|thread|chat|email|e-mail|mail|slack|slack thread|slack channel|conversation|sync|standup|stand-up|war room|hallway|huddle|discussion|channel|retro|retrospective|planning|dm|workshop|kickoff|kick-off|planning session|session|demo|presentation|all-hands|town hall|briefing|training)
(outlined|presented|shown|demonstrated|reviewed|detailed|stated|defined|proposed|requested|noted|promised|laid out) (in|at|during|on) (the|our|that|my|a|last week's|yesterday's|his|her|their) (last|previous|earlier|recent|other|) (kickoff|kick-off|planning|planning session|call|meeting|workshop|demo|presentation|all-hands|town hall|briefing|session|sync|email|e-mail|message|chat|thread|standup|retro|training|slides|deck)
(sent|gave|told|showed|mailed|forwarded|messaged|emailed) (you|us|me|them|everyone|everybody|around|out); (see|refer to|consult) (the|that|his|her|their|our) (ticket|tickets|issue|story|epic|pull request|pr|doc|docs|document|page|spec|spreadsheet|deck|wiki|link|file|link above|confluence page|jira|jira ticket|runbook|other runbook|slides|diagram|readme|email chain)
(discussed|agreed|mentioned|decided|shared|confirmed|raised|sent|explained|communicated) (on|in|over|via|by) (slack|email|e-mail|teams|zoom|chat|phone|dm|mail|private)
(per|as per|according to|see|following|based on|from|check|refer to|in|like in|given|after|under|to) (the|our|my|your|that|yesterday's|last week's|today's|his|her|their|this morning's|) (last|previous|earlier|recent|prior|usual|other|original|attached|forwarded|) (conversation|discussion|discussions|chat|call|email|e-mail|emails|mail|thread|email thread|slack thread|slack message|slack conversation|slack discussion|meeting|meeting notes|sync|message|standup|stand-up|huddle|dm|verbal agreement)
(previous|earlier|prior|last|my last|our last|that|the other) (conversation|conversations|discussion|discussions|email|e-mail|emails|call|thread|chat|mail|message|meeting|sync)
(we|they|i|you) (discussed|talked|spoke|agreed|mentioned|decided|chatted)
see (previous|earlier|prior|the last) (email|e-mail|mail|thread|message|ticket|release notes|release plan|packet|plan|document|version of this document)
(see|in|per|open|check|from) (the|) (attached|attachment|attachments|enclosed|forwarded); see slack; see email; see thread; see wiki; see chat`},
	{contextual, Error, bringIn, unlessUsual, `
(the|our|their|its|his|her|that|a|all the|in the|at the) usual (way|place|process|procedure|steps|people|suspects|channel|channels|time|manner|drill|contact|contacts|rules|checks|caveats|approvers|approver|dashboard|dashboards|location|team|link|runbook|window|script|spot|folder|owner|format|order|bridge|crew|list|reviewers|commands|routine|)
as usual; per usual; as per usual; as always; as ever; (same|just) as (last|previous) time; same as (before|last time|always|last release|usual|last week|last quarter|ever|previously|the last one|the last release|the last time|previous release); (same|the same) (drill|procedure|process|way|steps|people|approach|plan) as (before|last time|always|usual|ever|last release|the last release|last week|last quarter|previously|in the last release)
(like|as) (last time|before|the last time|the last release|last release|in the last release|last week|last quarter|last month|always|we always do|we did|we did before|we did last time|we do|previously); same drill; the drill; (as|like) in (previous|earlier|past|prior|former|the previous|the last|last) (releases|release|launches|rollouts|times|years|cycles|one|time|quarter)
(the|our|their|in the|in our) (normal|standard|regular|ordinary|customary|well-known|known|familiar|typical|traditional|established|existing|same old) (way|drill|place|people|channels|suspects|routine|crew|spot|workaround|trick|caveats|manner|fashion|procedure|procedures|protocol|practice|practices)
(follow|following|per|use|via|through|apply|according to|using|under|by|as per|with|follows|run) (the|our|) (standard|normal|regular|established|existing|agreed|known|ordinary|customary|usual|internal) (procedure|process|procedures|processes|steps|practice|practices|protocol|workflow|rules|approach|policy|guidelines|runbook|channels|escalation path|escalation process|checklist|template|method|way|path|rollback|sequence)
(same|settings|approach|process|procedure|steps|plan|way|values|thresholds|sequence|template|config|configuration|order|list|runbook|script|team|schedule|timeline|people|owners|checks) (settings|approach|process|procedure|steps|plan|way|values|thresholds|sequence|template|config|configuration|order|list|runbook|script|team|schedule|timeline|people|owners|checks|) (as|from|in|used in|used for|of|we used in|we used for|for|we used|as in|as for|as with|used during|as during) (the|our|) (last|previous|prior|earlier|past) (release|releases|deployment|rollout|time|launch|incident|upgrade|migration|cutover|window|one|sprint|quarter|year|month|cycle)
(business|everything|all|rest|work) as usual; like we (always|usually|normally) do; the way we (always|usually|normally) (do|did); the way it (always|usually|normally) (works|is done|was done)`},
	{contextual, Error, bringIn, unlessRecorded, `
as (you|we|everyone|everybody|many of you|most of you|the team|all) (know|knows|all know|may know|might know|remember|recall|may remember|probably know|already know|is aware|are aware|will recall|will remember|can see|saw)
(well|widely|commonly|generally|already) known; (everyone|everybody) (knows|remembers|understands|is aware); (you|everyone|everybody|people|the team|we all|we|they) (already|all|will|) (know|knows|remember|remembers|recall) (this|that|the|how|what|who|where|why|about|which); needless to say; goes without saying; it is well known; is well known; well known to; known to (all|everyone|everybody|the team)
(ask|ping|dm|contact|call|talk to|speak to|check with|reach out to|get in touch with|email) (me|him|her|us|them|someone|somebody|the usual|around|the person who|the guy|whoever|the people who|one of us|anyone); (someone|somebody|who) (knows|has the details|has details|has the context); knows the details; has the (details|context|background|specifics); the guy who; the person who; whoever (wrote|built|did|ran|set)
(described|documented|explained|listed|covered|defined|detailed|specified|found|recorded|tracked|kept|available|stored|discussed|noted|given|held|handled) (elsewhere|somewhere|somewhere else|separately|in another document|in a separate document|in the other document|in the other doc|in some doc|on the wiki|in the wiki|on confluence|in confluence|in the shared drive|on the shared drive|in the shared folder|in the spreadsheet|in the usual|in my notes|in the deck|in the slides|in the doc|in the google doc|in slack|in email|in our chat|in the chat|in the channel|in the thread|in the email)
(see|check|refer to|in|on|per|from|use|follow|consult) (the|our|that|their|his|her|my) (wiki|doc|google doc|other doc|other document|deck|slides|spreadsheet|shared drive|shared folder|notes|sheet|old doc|old runbook|old ticket|other ticket|other page|earlier doc|earlier document|previous document|previous doc|previous packet|previous plan|recording|whiteboard|wiki page)
(that|the|this) (issue|bug|problem|incident|outage|thing|workaround|trick|fix) from (last time|before|last week|the last release|last release|last month|last quarter|the other day|earlier|yesterday|last sprint); that (thing|one) (we|from|with)
for (the|) (history|context|background|backstory) see; long story short; the other day; tribal knowledge; from memory; (read|see) between the lines; you know (who|what|the|which|how|where); if you know you know; iykyk; (remember|recall) (the|that|when|how|what|last); long-standing (agreement|practice); gentlemen's agreement; (verbal|verbally|informal|hallway|handshake) (agreement|agreed|approval|approved|ok|confirmation|conversation|consent|go-ahead)
(take|taken|took|taking|discuss|discussed|agreed|handled|resolved|settled) (it|this|that|) offline; (more|further) (details|info|information|context) (elsewhere|on request|offline|available on request); out of band; (whatever|what) (we|they) (agreed|decided|discussed|did)`},
}

// unlessRecorded spares what names its record at once: "as agreed in CHG-4471", "see the thread in [KB-501](…)", and
// what points into the document itself.
func unlessRecorded(v view) bool {
	if v.next("above", "below", "here") || v.is(v.j-1, "planned") && !v.is(v.j-2, "previously", "already") && v.is(v.i, "as") && !v.next("before", "earlier") {
		return true
	}
	if v.is(v.j-1, "known") && v.next("port", "ports", "endpoint", "endpoints", "uri", "url", "path", "issue", "issues", "good", "limitation") {
		return true
	}
	if v.is(v.i, "remember", "recall", "from") && v.next("me", "limit", "usage", "leak", "pressure", "footprint") {
		return true
	}
	for k := v.j; k < len(v.tokens) && k < v.j+7 && !v.tokens[k].first; k++ {
		switch v.kind(k) {
		case URL, Code:
			return true
		case Identifier:
			return true
		case Number:
			return v.is(k-1, "section", "sections", "question", "issue", "item", "table", "step", "row", "chapter", "clause", "appendix", "version", "rfc", "iso", "figure")
		}
		if v.is(k, "section", "table", "overview", "matrix", "register", "annex", "timeline", "catalog", "checklist", "glossary", "appendix") {
			return true
		}
		if v.is(k, ".", ";") {
			break
		}
	}
	return false
}

// unlessUsual spares comparisons that go on: "as before the migration", "the last time the job ran".
func unlessUsual(v view) bool {
	return v.is(v.j-1, "usual") && v.next("load", "traffic", "latency", "peak", "volume", "rate", "range", "value") || v.nextIs(determiner) && !v.is(v.j-1, "usual") || v.before("not", "than", "above", "below", "exactly", "twice", "least", "most") && v.is(v.i, "the") && v.is(v.j-1, "usual") ||
		v.is(v.i, "as", "like") && v.is(v.j-1, "always", "ever", "do") && v.before("same") || v.is(v.i, "like", "as") && v.is(v.j-1, "before") && v.kind(v.j) == Number
}
