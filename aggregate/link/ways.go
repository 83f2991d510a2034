package link

import (
	"slices"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

// ways are the connections through which a change reaches more than it touches, as far
// as the changes in the trail show them: from a policy to the roles that it was
// attached to, from a group to its users, from an organizational unit to the accounts
// that were moved there.
type ways map[event.Target][]event.Target

// waysOf reads the ways from all changes. A way stays one after it was closed again,
// because closing it may be the reason for a denial.
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

// reaches says whether something of one type is reached by something of another when a
// call touches both. forward says that the first one is reached.
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

// all returns the targets and everything that reaches them.
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
