package finding

import (
	"slices"
	"strings"

	"trail403/aggregate/group"
	"trail403/aggregate/incident"
	"trail403/ingest/event"
)

// Ranks of what groups can share, the most specific first. What a cause blames comes
// before what is merely the same.
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

// byChance is how many groups it takes before a shared bucket explains denials that a
// policy of the caller caused, or whose cause is unknown.
const byChance = 3

// explanationsOf returns what could explain a group, for each of its causes.
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
			continue // the bucket does not matter
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
			// A missing reason is not a reason that a person and an AWS service can
			// share.
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

// shareKeys gives the KMS key of a bucket to all groups of that bucket, if the denials
// of some name it or KMS's own denials do. Groups that name the same key by different
// names get the same name.
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
