package value

import "time"

// day is the length that a date without a zone has in every reading.
const day = 24 * time.Hour

// StrictStart returns the moment from which w has begun in every reading. It
// is where a permission "from w" begins. It differs from the start of
// [When.Interval] only for a date without a zone, which begins last at UTC−12.
func (w When) StrictStart() (time.Time, error) {
	start, end, err := w.Interval()
	if err == nil && w.zoneless() {
		start = end.Add(-day)
	}
	return start, err
}

// StrictEnd returns the first moment at which w is over in some reading. It is
// where a permission "until w" ends. It differs from the end of
// [When.Interval] only for a date without a zone, which ends first at UTC+14.
func (w When) StrictEnd() (time.Time, error) {
	start, end, err := w.Interval()
	if err == nil && w.zoneless() {
		end = start.Add(day)
	}
	return end, err
}

func (w When) zoneless() bool { return w.Precision() == DatePrecision && w.Zone() == "" }
