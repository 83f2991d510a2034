package aggregate

import (
	"maps"
	"slices"

	"trail403/aggregate/rows"
	"trail403/ingest/arn"
	"trail403/ingest/coverage"
)

// accountsOf returns the accounts whose trails were read: those that received a
// denial, and those in the names of the objects.
func accountsOf(t *rows.Table, seen coverage.Trails) []string {
	set := map[string]bool{}
	for p := range seen {
		set[p.Account] = true
	}
	numbers := map[uint32]bool{}
	t.EachContext(func(c *rows.Context) { numbers[c.Number(rows.Recipient)] = true })
	for n := range numbers {
		set[t.Text(n)] = true
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(set)), func(s string) bool { return !arn.IsAccount(s) })
}
