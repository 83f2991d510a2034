package compare

import (
	"slices"
	"strconv"
	"time"
)

// coverageOf says where two reports did not look at the same.
func coverageOf(earlier, later *Report) (list []Unlike) {
	a, b := &earlier.Coverage, &later.Coverage
	add := func(what Aspect, before, after []string) {
		if len(before) > 0 || len(after) > 0 {
			list = append(list, Unlike{what, before, after})
		}
	}
	if isAfter(earlier.Window.From, later.Window.From) && isAfter(earlier.Window.To, later.Window.To) {
		add(Order, mark(true), nil)
	}
	if knowsAccounts(a) && knowsAccounts(b) {
		add(Accounts, without(a.Accounts, b.Accounts), without(b.Accounts, a.Accounts))
	} else {
		add(Unnamed, mark(!knowsAccounts(a)), mark(!knowsAccounts(b)))
	}
	if len(a.Regions) > 0 && len(b.Regions) > 0 {
		add(Regions, without(a.Regions, b.Regions), without(b.Regions, a.Regions))
	}
	add(Filters, without(a.rules(), b.rules()), without(b.rules(), a.rules()))
	add(Failed, a.failed(), b.failed())
	if sawNoDataEvents(a) != sawNoDataEvents(b) {
		add(DataEvents, mark(sawNoDataEvents(a)), mark(sawNoDataEvents(b)))
	}
	if from, to := apart(&earlier.Window, &later.Window); from != "" {
		list = append(list, Unlike{Time, []string{from}, []string{to}})
	}
	return list
}

func isAfter(a, b *time.Time) bool { return a != nil && b != nil && a.After(*b) }

// knowsAccounts says whether a report names the accounts whose trails it is made of. The
// names of objects may not show them.
func knowsAccounts(c *Coverage) bool { return len(c.Accounts) > 0 }

func sawNoDataEvents(c *Coverage) bool { return c.DataEvents != nil && !*c.DataEvents }

func mark(is bool) []string {
	if is {
		return []string{"true"}
	}
	return nil
}

// without returns what is in the first list and not in the second.
func without(list, others []string) (rest []string) {
	for _, s := range list {
		if !slices.Contains(others, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

// rules returns the filters and rules that applied.
func (c *Coverage) rules() (list []string) {
	for _, e := range c.Exclusions {
		if !e.Expired {
			list = append(list, e.Rule)
		}
	}
	return list
}

func (c *Coverage) failed() []string {
	if c.Objects.Failed == 0 {
		return nil
	}
	return []string{strconv.Itoa(c.Objects.Failed)}
}

// apart returns the time that lies between two windows, as the time from which to which
// no report looked. It is empty where the windows meet or overlap.
func apart(earlier, later *Window) (from, to string) {
	if earlier.To == nil || later.From == nil || !earlier.To.Before(*later.From) {
		return "", ""
	}
	return earlier.To.UTC().Format(time.RFC3339), later.From.UTC().Format(time.RFC3339)
}

// A reading says whose trails a report was made of that another one was not.
type reading struct{ accounts, regions, others []string }

// missing returns what the first report read, and the second did not.
func missing(of, in *Coverage) (r reading) {
	if knowsAccounts(of) && knowsAccounts(in) {
		r.accounts, r.others = without(of.Accounts, in.Accounts), in.Accounts
	}
	if len(of.Regions) > 0 && len(in.Regions) > 0 {
		r.regions = without(of.Regions, in.Regions)
	}
	return r
}

// hides says whether the denials of a group could not be seen where the trails of the
// reading are missing: no trail was read of the accounts that it involves, or of the
// Regions that it is denied in.
func (r *reading) hides(g *Group) bool {
	lost := false
	for _, account := range []string{g.PrincipalAccount, g.BucketAccount} {
		if slices.Contains(r.others, account) {
			lost = false
			break
		}
		lost = lost || slices.Contains(r.accounts, account)
	}
	if lost || len(g.From.Regions) == 0 {
		return lost
	}
	for _, region := range g.From.Regions {
		if !slices.Contains(r.regions, region.Value) {
			return false
		}
	}
	return true
}
