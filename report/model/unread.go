package model

import (
	"slices"

	"trail403/aggregate"
	"trail403/ingest/arn"
	"trail403/ingest/event"
)

// unread returns the account that has what denied the groups for a cause, and what it
// has, where the trail of that account was not read: a change there cannot be known. The
// account is empty if none is known, or several are.
func unread(r *aggregate.Result, groups []*aggregate.Group, cause event.Cause) (account string, owner event.Owner) {
	if len(r.Accounts) == 0 {
		return "", ""
	}
	for _, g := range groups {
		for _, c := range g.Causes {
			if c.Cause != cause {
				continue
			}
			of := event.OwnerOf(c.Cause, c.DeniedAction, g.Bucket != "")
			a := accountOf(g, of)
			if !arn.IsAccount(a) || slices.Contains(r.Accounts, a) || account != "" && account != a {
				return "", ""
			}
			account, owner = a, of
		}
	}
	return account, owner
}

// accountOf returns the account that has the policy of a kind that denied a group, as
// far as it is known.
func accountOf(g *aggregate.Group, owner event.Owner) string {
	switch owner {
	case event.OwnerBucket:
		return g.BucketAccount
	case event.OwnerIdentity:
		return g.PrincipalAccount
	case event.OwnerKey:
		if len(g.BucketKeys) == 1 {
			key, _ := arn.Parse(g.BucketKeys[0])
			return key.Account
		}
	}
	return ""
}
