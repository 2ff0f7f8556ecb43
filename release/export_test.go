package release

// ZoneCheck and PlaceCheck are the checks of the operating zone and of every
// other on a machine of the test's making.
var (
	ZoneCheck  = zoneCheck
	PlaceCheck = placeCheck
)
