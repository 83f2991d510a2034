package finding

import (
	"slices"
	"strings"

	"trail403/aggregate/group"
	"trail403/aggregate/incident"
	"trail403/aggregate/policy"
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
func explanationsOf(g *group.Group) []incident.Key {
	var keys explanations
	for i := range g.Causes {
		c := &g.Causes[i]
		keys.addBlamed(g, c)
		if c.Cause.Owner() != event.OwnerOrganization { // for its policies, the bucket does not matter
			keys.addSame(g, c)
		}
	}
	if g.PrincipalType != "anonymous" && g.PrincipalType != "unknown" {
		keys.add(incident.Key{Rank: rankPrincipal}, "principal", g.Principal)
	}
	return keys
}

// explanations are what could explain a group, each once.
type explanations []incident.Key

func (keys *explanations) add(k incident.Key, parts ...string) {
	k.Value = strings.Join(parts, "\x00")
	if !slices.Contains(*keys, k) {
		*keys = append(*keys, k)
	}
}

// addBlamed adds what a cause itself blames.
func (keys *explanations) addBlamed(g *group.Group, c *policy.Cause) {
	if c.PolicyARN != "" {
		keys.add(incident.Key{Rank: rankPolicy}, "policy", c.PolicyARN)
	}
	switch {
	case c.Cause.Policy() == event.EndpointPolicy:
		for _, e := range g.VPCEndpoints {
			keys.add(incident.Key{Rank: rankEndpoint}, "endpoint", e)
		}
	case event.OwnerOf(c.Cause, c.DeniedAction, true) == event.OwnerKey:
		for _, k := range g.BucketKeys {
			keys.add(incident.Key{Rank: rankKey}, "key", k)
		}
	case c.Cause.Owner() == event.OwnerOrganization && c.PolicyARN == "":
		keys.add(incident.Key{Rank: rankOrganization}, "cause", string(c.Cause))
	case c.Cause.OfBlockPublicAccess() && g.BucketAccount != "":
		keys.add(incident.Key{Rank: rankAccount, Wide: true}, "owner", g.BucketAccount, string(c.Cause))
	}
}

// addSame adds what groups with the same cause can merely have in common: the bucket
// and the account.
func (keys *explanations) addSame(g *group.Group, c *policy.Cause) {
	if g.Bucket != "" {
		k := incident.Key{Rank: rankBucket}
		if c.Cause.OfCaller() {
			k = incident.Key{Rank: rankBucketByChance, Least: byChance}
		}
		// A missing reason is not a reason that a person and an AWS service can share.
		owner := event.OwnerOf(c.Cause, c.DeniedAction, true)
		keys.add(k, "bucket", g.Bucket, string(c.Cause), c.WhyNotTold, string(owner))
	}
	if g.PrincipalAccount != "" && c.Cause.OfCaller() {
		keys.add(incident.Key{Rank: rankAccount, Wide: true}, "account", g.PrincipalAccount, string(c.Cause))
	}
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
