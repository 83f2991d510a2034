package field

import "time"

// Time reads an event's time. A time before S3 existed, or far ahead, cannot be
// that of an event, and would stretch the window over centuries.
func Time(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, false
	}
	t = t.UTC()
	return t, t.Year() >= 2000 && t.Year() < 3000
}

// TimeOf reads a value that should be an event's time.
func TimeOf(value []byte) (time.Time, bool) {
	if t, ok := plainTime(value); ok {
		return t, true
	}
	return Time(Text(value))
}

// plainTime reads a time as CloudTrail writes it: "2026-10-28T09:14:07Z". Other forms,
// and the last days of a month, are left to the standard library.
func plainTime(value []byte) (t time.Time, ok bool) {
	const form = `"2000-00-00T00:00:00Z"`
	if len(value) != len(form) {
		return t, false
	}
	for i := range form {
		switch c := value[i]; {
		case form[i] != '0':
			if c != form[i] {
				return t, false
			}
		case c < '0' || c > '9':
			return t, false
		}
	}
	two := func(i int) int { return int(value[i]-'0')*10 + int(value[i+1]-'0') }
	year, month, day := 2000+int(value[2]-'0')*100+two(3), two(6), two(9)
	hour, minute, second := two(12), two(15), two(18)
	if month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59 {
		return t, false
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC), true
}
