package main

import (
	"math"
	"time"
)

// A rhythm says when a background group is denied. Its times may lie outside of
// the span that is asked for; the caller keeps those inside.
type rhythm struct {
	name   string
	weight int // how often single groups have it, compared with the others
	times  func(d draw, from, to time.Time) []time.Time
}

const day = 24 * time.Hour

// rhythms are those of single groups. The package comment describes each.
var rhythms = []rhythm{
	{"steady", 12, steady},
	{"levels", 10, levels},
	{"wandering", 8, wandering},
	{"office hours", 12, officeHours},
	{"working days", 8, workingDays},
	{"nightly", 10, nightly},
	{"weekly", 8, weekly},
	{"monthly", 5, monthly},
	{"hourly", 3, hourlyJob},
	{"bursts", 6, bursts},
	{"retry storms", 5, retryStorms},
	{"flapping", 6, flapping},
	{"weekends", 3, weekends},
	{"month end", 3, monthEnd},
	{"one-off", 8, oneOff},
	{"rare", 12, rare},
	{"heavy", 1, heavy},
}

// steady is a Poisson process.
func steady(d draw, from, to time.Time) []time.Time {
	rate := d.between(0.3, 20) / 24
	return d.hourly(from, to, func(time.Time) float64 { return rate })
}

// levels has a level of its own on each day.
func levels(d draw, from, to time.Time) []time.Time {
	rate, sigma := d.between(1, 15)/24, d.between(0.3, 0.9)
	factor := dailyFactors(d, from, to, func(float64) float64 { return sigma * d.NormFloat64() })
	return d.hourly(from, to, func(t time.Time) float64 { return rate * factor(t) })
}

// wandering has a level that keeps four fifths of its deviation from one day to the
// next.
func wandering(d draw, from, to time.Time) []time.Time {
	rate, sigma := d.between(1, 15)/24, d.between(0.3, 0.7)
	const keeps = 0.8
	factor := dailyFactors(d, from, to, func(last float64) float64 {
		return keeps*last + math.Sqrt(1-keeps*keeps)*sigma*d.NormFloat64()
	})
	return d.hourly(from, to, func(t time.Time) float64 { return rate * factor(t) })
}

// dailyFactors draws a factor for each day; next makes a day's logarithm from
// that of the day before.
func dailyFactors(d draw, from, to time.Time, next func(last float64) float64) func(time.Time) float64 {
	factors := map[time.Time]float64{}
	last := next(0)
	for t := from.Truncate(day); t.Before(to); t = t.Add(day) {
		last = next(last)
		factors[t] = math.Exp(last)
	}
	return func(t time.Time) float64 { return factors[t.Truncate(day)] }
}

// zones are where people and schedulers are. Some have daylight saving.
var zones = []*time.Location{zone("Europe/Berlin"), zone("America/New_York"), zone("America/Los_Angeles"), zone("Asia/Tokyo"), time.UTC}

func zone(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the database is compiled in
	}
	return l
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

// officeHours comes from nine to six on working days, by the local time of a place with
// daylight saving.
func officeHours(d draw, from, to time.Time) []time.Time {
	rate, place, quiet := d.between(1, 20)/9, pick(d, zones[:3]...), pick(d, 0, 0, 0.03)
	return d.hourly(from, to, func(t time.Time) float64 {
		if t = t.In(place); weekend(t) || t.Hour() < 9 || t.Hour() >= 18 {
			return rate * quiet
		}
		return rate
	})
}

// days calls f for the start of each local day that may touch the span.
func days(place *time.Location, from, to time.Time, f func(y int, m time.Month, d int, t time.Time)) {
	for t := from.Add(-day); t.Before(to.Add(day)); t = t.Add(day) {
		y, m, d := t.In(place).Date()
		f(y, m, d, time.Date(y, m, d, 12, 0, 0, 0, place))
	}
}

// job is a scheduled job that is denied on the days that runs accepts, within minutes.
// The number of denials hardly varies.
func job(d draw, from, to time.Time, runs func(noon time.Time) bool) (times []time.Time) {
	place, hour, minute := pick(d, zones...), d.IntN(24), d.IntN(60)
	n, takes := d.between(2, 40), d.span(10*time.Second, 40*time.Minute)
	days(place, from, to, func(y int, m time.Month, dd int, noon time.Time) {
		if runs(noon) {
			start := time.Date(y, m, dd, hour, minute, d.IntN(60), 0, place)
			times = append(times, d.burst(start, max(1, int(n*d.lognormal(0.2)+0.5)), takes)...)
		}
	})
	return times
}

// workingDays is a job that runs from Monday to Friday.
func workingDays(d draw, from, to time.Time) []time.Time {
	return job(d, from, to, func(noon time.Time) bool { return !weekend(noon) })
}

// nightly is a job that runs once a day, and sometimes does not.
func nightly(d draw, from, to time.Time) []time.Time {
	misses := pick(d, 0, 0, 0.05, 0.15)
	return job(d, from, to, func(time.Time) bool { return !d.chance(misses) })
}

// weekly is a job that runs on one day of the week.
func weekly(d draw, from, to time.Time) []time.Time {
	on := time.Weekday(d.IntN(7))
	return job(d, from, to, func(noon time.Time) bool { return noon.Weekday() == on })
}

// monthly is a job that runs on one day of the month.
func monthly(d draw, from, to time.Time) []time.Time {
	on := d.whole(1, 28)
	return job(d, from, to, func(noon time.Time) bool { return noon.Day() == on })
}

// hourlyJob is a job that runs each hour at the same minute.
func hourlyJob(d draw, from, to time.Time) (times []time.Time) {
	minute, n := time.Duration(d.IntN(60))*time.Minute, d.whole(1, 2)
	for h := from.Truncate(time.Hour); h.Before(to); h = h.Add(time.Hour) {
		times = append(times, d.burst(h.Add(minute), n, 20*time.Second)...)
	}
	return times
}

// bursts has a level that lasts for some hours and can be several times the mean.
func bursts(d draw, from, to time.Time) []time.Time {
	rate, sigma, holds := d.between(1, 20)/24, d.between(0.8, 1.5), d.whole(2, 8)
	factor, left := 1.0, 0
	return d.hourly(from, to, func(time.Time) float64 {
		if left--; left <= 0 {
			factor, left = d.lognormal(sigma), holds
		}
		return rate * factor
	})
}

// retryStorms has a call that fails every few days, and a client that tries again
// and again.
func retryStorms(d draw, from, to time.Time) (times []time.Time) {
	gap, size := d.between(0.7, 5), d.between(15, 150)
	for t := from.Add(-day); t.Before(to); t = t.Add(time.Duration(d.ExpFloat64() * gap * float64(day))) {
		wait, at := 2*time.Second, t.Truncate(time.Second)
		for range max(1, int(size*d.lognormal(0.8))) {
			times = append(times, at)
			wait = min(wait*2, time.Minute)
			at = at.Add(time.Duration(float64(wait) * (0.5 + d.Float64())).Truncate(time.Second))
		}
	}
	return times
}

// flapping is denied for some days, and then not for some days.
func flapping(d draw, from, to time.Time) []time.Time {
	rate, on, off := d.between(3, 25)/24, d.between(1, 3), d.between(1, 4)
	is := d.chance(on / (on + off))
	until := from.Add(time.Duration(d.ExpFloat64() * 2 * float64(day)))
	return d.hourly(from, to, func(t time.Time) float64 {
		for !t.Before(until) {
			is = !is
			mean := off
			if is {
				mean = on
			}
			until = until.Add(time.Duration(mean * (0.5 + d.Float64()) * float64(day)))
		}
		if is {
			return rate
		}
		return 0
	})
}

// weekends comes on Saturdays and Sundays only.
func weekends(d draw, from, to time.Time) []time.Time {
	rate, place := d.between(4, 40)/24, pick(d, zones...)
	return d.hourly(from, to, func(t time.Time) float64 {
		if weekend(t.In(place)) {
			return rate
		}
		return 0
	})
}

// monthEnd comes on the last two days of a month and the first.
func monthEnd(d draw, from, to time.Time) []time.Time {
	return job(d, from, to, func(noon time.Time) bool { return noon.AddDate(0, 0, 2).Day() <= 3 })
}

// oneOff is a job that failed once.
func oneOff(d draw, from, to time.Time) []time.Time {
	return d.burst(d.within(from, to), int(d.between(2, 60)), d.span(5*time.Second, 2*time.Hour))
}

// rare is denied a few times in total.
func rare(d draw, from, to time.Time) (times []time.Time) {
	for range d.whole(1, 6) {
		times = append(times, d.within(from, to))
	}
	return times
}

// heavy has hundreds of denials a day, more at day than at night.
func heavy(d draw, from, to time.Time) []time.Time {
	rate, place, sigma := d.between(80, 300)/24, pick(d, zones...), 0.25
	factor := dailyFactors(d, from, to, func(float64) float64 { return sigma * d.NormFloat64() })
	return d.hourly(from, to, func(t time.Time) float64 {
		wave := 1 + 0.6*math.Sin(2*math.Pi*float64(t.In(place).Hour()-9)/24)
		return rate * wave * factor(t)
	})
}
