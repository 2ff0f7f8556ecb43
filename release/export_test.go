package release

// ZoneCheck is the check of the operating zone on a machine of the test's making.
var ZoneCheck = zoneCheck
