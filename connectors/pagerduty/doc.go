// Package pagerduty has the questions that can be asked of PagerDuty. It holds
// only queries, so a policy that names one links neither HTTP nor a plugin;
// package pagerdutyconnector answers them, and its Config has the region and the
// key.
//
// # What can be asked
//
//	kind         constructor                    operation                                    answer
//	incidents    OpenIncidents, Incidents,      GET /services, GET /incidents                incidents, or how many
//	             RecentIncidents
//	services     Watched, Unwatched, Services   GET /services                                counts, or a state each
//	on-call      OnCall, OnCallBetween          GET /escalation_policies, GET /oncalls       duties
//	             OnCallGaps                                                                  how many gaps, out of levels
//	maintenance  Maintenance, MaintenanceCount  GET /services, GET /maintenance_windows      states, or how many
//	changes      Changes                        GET /services, GET /change_events            work items
//
// A read-only general access key is enough for all of them: its scopes in OAuth
// would be services.read, incidents.read, escalation_policies.read, oncalls.read
// and change_events.read. Such a key belongs to the account and may not ask
// /users/me, so nothing here needs a user.
//
// PagerDuty lets 960 requests a minute through for each key, and says in the
// headers of its answers what is left. It pages by offset, up to 10,000 items;
// of more, the answer is incomplete. Answers are as of the Date header of the
// first page.
//
// # What the answers mean
//
// Services are named as in PagerDuty, and are resolved to ids before anything
// else is asked: a name that no service has is a failure, where a filter for an
// id that does not exist would find nothing. A team is named by its id, and
// stands for its services; a team without any is a failure.
//
// Open incidents are those of all times (date_range=all): without it PagerDuty
// shows a month, and an incident that is open for longer is not seen. A service
// that is disabled or in maintenance opens no incidents, so it is not among those
// that are [Watched]: it is [Unwatched].
//
// Incidents of a window are those that were open in it; until it is over, they
// are incomplete, as are its changes. One that was opened more
// than 30 days before the window and resolved in it is not found.
//
// # What Unknown means
//
// PagerDuty forgets acknowledgements when an incident is resolved: such an
// incident has no time of acknowledgement, and how long it took is unknown.
//
// A level of an escalation policy at which nobody is on call is a hole in the
// duties; [OnCallGaps] counts them.
//
// # Compatibility
//
// Kinds and parameters are part of the connector's contract and keep their
// meaning within a major version.
package pagerduty
