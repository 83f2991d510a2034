package finding

import (
	"slices"
	"strings"

	"trail403/aggregate/group"
	"trail403/aggregate/incident"
	"trail403/ingest/event"
)

// Ranks of what groups may share, the most specific first. What a cause says is
// to blame comes before what is merely alike.
const (
	rankPolicy = iota
	rankKey
	rankEndpoint
	rankOrganization
	rankBucket
	rankPrincipal
	rankBucketByChance
	rankAccount
)

// byChance is how many groups it takes for a bucket to explain what a policy of
// the caller, or nothing at all, is blamed for.
const byChance = 3

// explanationsOf returns what may explain a group, for each cause that it has.
func explanationsOf(g *group.Group) (keys []incident.Key) {
	add := func(k incident.Key, parts ...string) {
		k.Value = strings.Join(parts, "\x00")
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	for _, c := range g.Causes {
		if c.PolicyARN != "" {
			add(incident.Key{Rank: rankPolicy}, "policy", c.PolicyARN)
		}
		switch {
		case c.Cause.Policy() == event.EndpointPolicy:
			for _, e := range g.VPCEndpoints {
				add(incident.Key{Rank: rankEndpoint}, "endpoint", e)
			}
		case event.OwnerOf(c.Cause, c.DeniedAction, true) == event.OwnerKey:
			for _, k := range g.BucketKeys {
				add(incident.Key{Rank: rankKey}, "key", k)
			}
		case c.Cause.Owner() == event.OwnerOrganization:
			if c.PolicyARN == "" {
				add(incident.Key{Rank: rankOrganization}, "cause", string(c.Cause))
			}
			continue // which bucket it was does not matter
		case c.Cause.OfBlockPublicAccess():
			if g.BucketAccount != "" {
				add(incident.Key{Rank: rankAccount, Wide: true}, "owner", g.BucketAccount, string(c.Cause))
			}
		}
		if g.Bucket != "" {
			k := incident.Key{Rank: rankBucket}
			if c.Cause.OfCaller() {
				k = incident.Key{Rank: rankBucketByChance, Least: byChance}
			}
			// That no reason is told is none that a person and a service share.
			owner := event.OwnerOf(c.Cause, c.DeniedAction, true)
			add(k, "bucket", g.Bucket, string(c.Cause), c.WhyNotTold, string(owner))
		}
		if g.PrincipalAccount != "" && c.Cause.OfCaller() {
			add(incident.Key{Rank: rankAccount, Wide: true}, "account", g.PrincipalAccount, string(c.Cause))
		}
	}
	if g.PrincipalType != "anonymous" && g.PrincipalType != "unknown" {
		add(incident.Key{Rank: rankPrincipal}, "principal", g.Principal)
	}
	return keys
}

// shareKeys lets the groups of a bucket know its KMS key where the denials of
// only some name it, or KMS's own denials do, and all that name one name the same.
func shareKeys(groups []group.Group, uses map[event.KeyUse]bool) {
	keys := map[string][]string{}
	for use := range uses {
		if !slices.Contains(keys[use.Bucket], use.Key) {
			keys[use.Bucket] = append(keys[use.Bucket], use.Key)
		}
	}
	for i := range groups {
		g := &groups[i]
		for _, k := range g.BucketKeys {
			if !slices.Contains(keys[g.Bucket], k) {
				keys[g.Bucket] = append(keys[g.Bucket], k)
			}
		}
	}
	for i := range groups {
		if g := &groups[i]; g.Bucket != "" && len(g.BucketKeys) == 0 && len(keys[g.Bucket]) == 1 {
			g.BucketKeys = keys[g.Bucket]
		}
	}
}
