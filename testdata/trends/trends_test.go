package main

import (
	"strings"
	"testing"
	"time"

	"trail403/aggregate/trend"
	"trail403/testdata/marked"
)

// The figures of docs/statistics.md, on other seeds and fewer groups, with room
// for chance.
func TestFigures(t *testing.T) {
	f := func(a archive, seeds int, mostFalse float64, least map[trend.Kind]float64) {
		t.Helper()
		sum := a.runs(77, seeds, 1)
		if share, groups := sum.named(trendless, planted...); share > mostFalse || groups == 0 {
			t.Errorf("%s, %d days: %.2f%% of %d trendless groups called something: %v", a.name, a.days, 100*share, groups, sum[trendless])
		}
		for _, k := range planted {
			if share, groups := sum.named(k, k); share < least[k] || groups == 0 {
				t.Errorf("%s, %d days: %.1f%% of %d were called %s: %v", a.name, a.days, 100*share, groups, k, sum[k])
			}
		}
	}
	if testing.Short() {
		t.Skip("it takes a minute with the race detector, and TestNeverStopped runs the same code")
	}
	goal := map[trend.Kind]float64{trend.New: 0.99, trend.Stopped: 0.99, trend.Spike: 0.97, trend.Rising: 0.97, trend.Falling: 0.97}
	bursts := map[trend.Kind]float64{trend.New: 0.97, trend.Stopped: 0.97, trend.Spike: 0.85, trend.Rising: 0.85, trend.Falling: 0.85}
	for _, days := range []int{30, 90} {
		a := archive{name: "mixed", days: days, ends: time.Saturday, trendless: 400, planted: 60, counts: usual}
		f(a, 3, 0.005, goal)
		a.name, a.counts.burst = "bursts of three hours", 3
		f(a, 3, 0.01, bursts)
	}
	// Half of the groups planted throws neither the correction nor what is shared.
	f(archive{name: "half planted", days: 30, ends: time.Sunday, trendless: 100, planted: 20, counts: usual}, 10, 0.005, goal)
	// Wandering levels are no trends.
	a := archive{name: "wandering", days: 30, trendless: 500, counts: usual}
	a.counts.wander = 0.35
	if share, _ := func() (float64, int) { t := a.runs(5, 2, 1); return t.named(trendless, planted...) }(); share > 0.01 {
		t.Errorf("wandering: %.2f%% of the trendless groups called something", 100*share)
	}
}

// What was never a habit does not stop, and where nobody looked nothing did.
func TestNeverStopped(t *testing.T) {
	for _, a := range conditions() {
		switch a.name {
		case "five events in total", "a single burst of three hours", "a single burst of a week", "a gap of three days at the end", "silent on weekends, ends on a Sunday":
		default:
			continue
		}
		a.trendless, a.planted = 200, 0
		if share, _ := a.run(9, 9).named(trendless, trend.Stopped); share > 0 {
			t.Errorf("%s, %d days: %.2f%% called stopped", a.name, a.days, 100*share)
		}
	}
}

// The page holds the tables of the seed that the Makefile names; make trends
// writes them.
func TestPage(t *testing.T) {
	tables, err := marked.Read("../../docs/statistics.md", "make trends")
	if err != nil {
		t.Fatal(err)
	}
	// The rows of one archive are drawn again: the page is of this program.
	var row strings.Builder
	printConditions(&row, "the window ends on a Saturday", 1, 1)
	lines := strings.Split(strings.TrimSpace(row.String()), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(tables, last) {
		t.Errorf("docs/statistics.md lacks the row\n%s\nrun make trends and read the diff", last)
	}
	for _, a := range conditions() {
		if !strings.Contains(tables, "| "+a.name+" |") {
			t.Errorf("docs/statistics.md lacks %q: run make trends", a.name)
		}
	}
}
