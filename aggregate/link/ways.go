package link

import (
	"slices"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

// ways are by which things a change reaches others, as far as the changes in the
// trail show it: a policy the roles that it was attached to, a group its users, an
// organizational unit the accounts that were moved to it.
type ways map[event.Target][]event.Target

// waysOf reads the ways out of all changes. A way that was closed again stays
// one: what it is for, why somebody is refused, may be that it was closed.
func waysOf(changes []event.Change) ways {
	w := ways{}
	for i := range changes {
		c := &changes[i]
		for _, t := range c.Targets[min(len(c.Targets), 1):] {
			if from, ok := reaches(c.Targets[0].Type, t.Type); ok {
				a, b := c.Targets[0], t
				if !from {
					a, b = b, a
				}
				if !slices.Contains(w[a], b) {
					w[a] = append(w[a], b)
				}
			}
		}
	}
	return w
}

// reaches says whether something of one type, touched together with one of the
// other, is reached by it: forward if first is what is reached.
func reaches(first, second string) (forward, ok bool) {
	switch [2]string{first, second} {
	case [2]string{change.Role, change.Policy}, [2]string{change.User, change.Policy}, [2]string{change.Group, change.Policy},
		[2]string{change.User, change.Group}, [2]string{change.PermissionSet, change.Policy}, [2]string{change.IdentityUser, change.IdentityGroup},
		[2]string{change.Account, change.Unit}, [2]string{change.Account, change.Root}:
		return true, true
	case [2]string{change.PermissionSet, change.PermissionSetName}, [2]string{change.Alias, change.Key},
		[2]string{change.AccessPoint, change.Bucket}, [2]string{change.MultiRegionAccessPoint, change.Bucket},
		[2]string{change.OrganizationPolicy, change.Account}, [2]string{change.OrganizationPolicy, change.Unit}:
		return false, true
	}
	return false, false
}

// all returns the targets with all that reaches them.
func (w ways) all(targets []event.Target) map[event.Target]bool {
	set := map[event.Target]bool{}
	for len(targets) > 0 {
		t := targets[len(targets)-1]
		targets = targets[:len(targets)-1]
		if !set[t] {
			set[t] = true
			targets = append(targets, w[t]...)
		}
	}
	return set
}
