package words

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"trail403/aggregate"
	"trail403/ingest/source"
)

// AllWarnings returns what the data lacks, and then the other warnings.
func AllWarnings(r *aggregate.Result) (warnings []string) {
	for _, l := range Missing(r) {
		warnings = append(warnings, l.Plain)
	}
	return append(warnings, Warnings(r)...)
}

// Warnings returns what a reader must know about the entire result, besides what the
// data lacks.
func Warnings(r *aggregate.Result) []string {
	warnings := unsupported(r.Coverage.Unsupported)
	warnings = append(warnings, flattened(r.Coverage.Flattened)...)
	warnings = append(warnings, gaps(r.Gaps)...)
	warnings = append(warnings, ExpiredRules(r.Exclusions)...)
	warnings = append(warnings, Unmatched(r.Unmatched)...)
	if len(r.Groups) > 0 && r.Frame.Short() {
		warnings = append(warnings, short(r.Frame.N, r.Frame.Step))
	}
	return warnings
}

// ExpiredRules words a warning for each file that has expired rules.
func ExpiredRules(rules []aggregate.Exclusion) (warnings []string) {
	const most = 10 // lines that a warning names
	for len(rules) > 0 {
		file := rules[0].File
		var lines []string
		for len(rules) > 0 && rules[0].File == file {
			if rules[0].Expired {
				lines = append(lines, strconv.Itoa(rules[0].Line))
			}
			rules = rules[1:]
		}
		switch n := len(lines); {
		case n == 1:
			warnings = append(warnings, fmt.Sprintf("the rule in line %s of %s has expired and no longer applies", lines[0], file))
		case n > most:
			warnings = append(warnings, fmt.Sprintf("%d rules of %s have expired and no longer apply, in lines %s and others", n, file, strings.Join(lines[:most], ", ")))
		case n > 1:
			warnings = append(warnings, fmt.Sprintf("%d rules of %s have expired and no longer apply, in lines %s and %s", n, file, strings.Join(lines[:n-1], ", "), lines[n-1]))
		}
	}
	return warnings
}

// dayRun is days in a row, from the first to the last.
type dayRun struct{ from, to time.Time }

func (r dayRun) String() string {
	if r.from.Equal(r.to) {
		return "on " + r.from.Format(time.DateOnly)
	}
	return "from " + r.from.Format(time.DateOnly) + " to " + r.to.Format(time.DateOnly)
}

// gaps words a warning for each run of days, with how many trails it is about.
func gaps(list []aggregate.Gap) (warnings []string) {
	const day = 24 * time.Hour
	places := map[dayRun][]source.Place{}
	var runs []dayRun
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n] == (aggregate.Gap{Account: list[0].Account, Region: list[0].Region, Day: list[0].Day.Add(time.Duration(n) * day)}) {
			n++
		}
		r := dayRun{list[0].Day, list[n-1].Day}
		if places[r] == nil {
			runs = append(runs, r)
		}
		places[r] = append(places[r], source.Place{Account: list[0].Account, Region: list[0].Region})
		list = list[n:]
	}
	slices.SortFunc(runs, func(a, b dayRun) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
	for _, r := range runs {
		where := places[r]
		whose := "account " + where[0].Account + " in " + where[0].Region
		if n := len(where); n > 1 {
			whose = fmt.Sprintf("%d accounts and Regions, such as %s,", n, whose)
		}
		warnings = append(warnings, fmt.Sprintf("no object of %s was read %s (UTC), although there are some for other days. What S3 denied then is not known, and the trends leave it out", whose, r))
	}
	return warnings
}

// short words a warning that n steps are too little time to find much.
func short(n int, step time.Duration) string {
	unit := "day"
	if step < 24*time.Hour {
		unit = "hour"
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("trends are based on %d complete %s. In less than two weeks they show little more than what is new", n, unit)
}
