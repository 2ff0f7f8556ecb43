package gates_test

// absent says of every field of a catalog what is found when the whole one
// leaves it out: the rules that find its own path, or rule@path where it is
// missed. "-" is a field that may be left out; with a question mark it depends
// on the rest.
const absent = `
environments GATE-005@gates[].signOffs
environments[].name GATE-021 GATE-002@gates GATE-021@gates[].environment
environments[].tier -
environments[].stage -
environments[].signOffs GATE-005@gates[].signOffs
*signOffs[].role GATE-006
*signOffs[].delegate GATE-006
*signOffs[].quorum -

gates GATE-002 GATE-002@gates
gates[].environment GATE-021 GATE-002@gates
gates[].kind GATE-021 GATE-002@gates
gates[].criteria GATE-002 GATE-008 GATE-009? GATE-010? GATE-011? GATE-012? GATE-013? GATE-014?
gates[].signOffs -
gates[].noSignOffs -
gates[].noManual.by GATE-009
gates[].noManual.reason GATE-009
gates[].evidence GATE-004
gates[].captures GATE-030
gates[].captures[].what GATE-030
gates[].captures[].format GATE-030
gates[].captures[].by GATE-030
gates[].captures[].when GATE-030
gates[].captures[].where -
gates[].tooling GATE-007?
gates[].tooling[] GATE-007
gates[].dashboards GATE-017?
gates[].dashboards[] GATE-017

gates[].criteria[].id GATE-022
gates[].criteria[].title -
gates[].criteria[].maxAge -
gates[].criteria[].anyAge -
gates[].criteria[].missing.outcome GATE-033@gates[].criteria[].missing.reason
gates[].criteria[].missing.reason -
gates[].criteria[].optional -
gates[].criteria[].notWaivable -

*test GATE-003@gates[].criteria[]
*measure.aggregate -
*measure.maxGap GATE-003?
*measure.per.min GATE-003
*measure.baseline.minSamples GATE-003
*measure.baseline.as -
*measure.absent.value -
*measure.absent.min GATE-003
*measure.limit.value GATE-003@gates[].criteria[].atMost.warn.value?
*measure.limit.unit GATE-018
*measure.warn.value GATE-003?
*measure.warn.unit GATE-018
*measure.low.value GATE-023@gates[].criteria[].between.query.outOf?
*measure.low.unit GATE-018
*measure.high.value GATE-003@gates[].criteria[].between.high
*measure.high.unit GATE-018
*group.of GATE-003
*group.need GATE-003

gates[].criteria[].count.where.category -
gates[].criteria[].count.where.label -
gates[].criteria[].count.where.status -
gates[].criteria[].count.where.answer -
gates[].criteria[].count.least -
gates[].criteria[].count.most GATE-003?
gates[].criteria[].canary.steps GATE-003
gates[].criteria[].canary.steps[].share GATE-003 GATE-014?
gates[].criteria[].canary.steps[].soak GATE-003
gates[].criteria[].canary.bad -
gates[].criteria[].canary.tolerance -
gates[].criteria[].canary.effect -
gates[].criteria[].canary.alpha GATE-003
gates[].criteria[].canary.minSamples GATE-003
gates[].criteria[].canary.maxGap -
gates[].criteria[].canary.nan -
gates[].criteria[].canary.outliers -
gates[].criteria[].burnDown.deadline GATE-003
gates[].criteria[].burnDown.maxGap -
gates[].criteria[].budget.min GATE-003
gates[].criteria[].budget.objective.value GATE-003
gates[].criteria[].budget.objective.unit GATE-018
gates[].criteria[].budget.least.value -
gates[].criteria[].budget.least.unit GATE-018
gates[].criteria[].burnRate.objective.value GATE-003
gates[].criteria[].burnRate.objective.unit GATE-018
gates[].criteria[].burnRate.long.min GATE-003
gates[].criteria[].burnRate.short.min GATE-003
gates[].criteria[].burnRate.most GATE-003
gates[].criteria[].healthy.least -
gates[].criteria[].healthy.muted -
gates[].criteria[].quiet.for GATE-003
gates[].criteria[].suite.least GATE-003
gates[].criteria[].suite.mostSkipped -
gates[].criteria[].suite.leastCoverage.value GATE-003
gates[].criteria[].suite.leastCoverage.unit GATE-018
gates[].criteria[].deployed.environment -
gates[].criteria[].deployed.components -
gates[].criteria[].deployed.components[] GATE-003
gates[].criteria[].deployed.succeeded GATE-003
gates[].criteria[].deployed.succeeded[] GATE-003
gates[].criteria[].deployed.failed -
gates[].criteria[].deployed.failed[] GATE-003
gates[].criteria[].attested.role GATE-003
gates[].criteria[].attested.within GATE-003
gates[].criteria[].inside.open -
gates[].criteria[].inside.open[].start GATE-003
gates[].criteria[].inside.open[].end GATE-003
gates[].criteria[].inside.closed -
gates[].criteria[].inside.closed[].start GATE-003
gates[].criteria[].inside.closed[].end GATE-003
gates[].criteria[].checklist.phase -
gates[].criteria[].custom.name GATE-003
gates[].criteria[].custom.params -
gates[].criteria[].custom.queries -

*query.connector GATE-032
*query.kind GATE-032
*query.params -
*query.window GATE-003?
*query.yields.shape GATE-032
*query.yields.unit GATE-018

approvals GATE-024
maxAge -
clockSkew -
`
