package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"trail403/aggregate/group"
	"trail403/aggregate/incident"
	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// describe turns what the statistics found into an incident.
func (f *Finder) describe(
	found incident.Incident, in []incident.Group, all *rows.Groups, groups []group.Group,
) Incident {
	out := Incident{
		Onset: time.UnixMicro(found.Onset).UTC(), OnsetLow: time.UnixMicro(found.Low).UTC(), OnsetHigh: time.UnixMicro(found.High).UTC(),
		Denials: found.Events,
	}
	members := slices.Clone(found.Groups)
	out.setGroups(groups, members)

	each, total := f.causesSince(all, members, found.Onset)
	out.Cause = total
	if !slices.ContainsFunc(each, func(c event.Cause) bool { return c != total }) {
		out.Shared.Cause = total
	}
	parts := strings.Split(found.Key.Value, "\x00")
	out.explain(parts)
	switch {
	case !slices.ContainsFunc(members, func(n int) bool { return groups[n].PrincipalType != "service" }):
		out.Pattern = ServiceDelivery
	case parts[0] == "principal" && out.Buckets >= manyBuckets && probing(found, in):
		out.Pattern = Enumeration
	}
	out.ID = out.id()
	return out
}

// explain says what the groups share and which pattern that is, from the parts of the
// key that explains them (see explanationsOf).
func (in *Incident) explain(parts []string) {
	s := &in.Shared
	switch parts[0] {
	case "":
		in.Pattern = Other
	case "policy":
		s.PolicyARN, in.Pattern = parts[1], policyPattern(parts[1])
	case "key":
		s.KMSKey, in.Pattern = parts[1], Key
	case "endpoint":
		s.VPCEndpoint, in.Pattern = parts[1], Endpoint
	case "cause":
		s.Cause, in.Pattern = event.Cause(parts[1]), OrganizationPolicy
	case "bucket":
		s.Bucket, s.Cause = parts[1], event.Cause(parts[2])
		in.Pattern = bucketPattern(s.Cause, event.Owner(parts[4]), in.Principals)
	case "principal":
		s.Principal, in.Pattern = parts[1], Identity
	case "owner":
		s.BucketAccount, s.Cause, in.Pattern = parts[1], event.Cause(parts[2]), Other
	default:
		s.Account, s.Cause, in.Pattern = parts[1], event.Cause(parts[2]), Other
	}
}

// id returns an id that depends only on what the groups share and on the onset.
func (in *Incident) id() string {
	s := &in.Shared
	sum := sha256.Sum256([]byte(strings.Join([]string{
		s.PolicyARN, s.KMSKey, s.VPCEndpoint, s.Principal, s.Account, s.Bucket, s.BucketAccount, string(s.Cause),
		in.Onset.Format(time.RFC3339),
	}, "\x00")))
	return "i-" + hex.EncodeToString(sum[:])[:12]
}

// causesSince returns the cause with the most denials since a time: of each group, and
// of all together. What denied them before may be something else.
func (f *Finder) causesSince(all *rows.Groups, members []int, since int64) (each []event.Cause, total event.Cause) {
	sum := map[event.Cause]int{}
	for _, n := range members {
		own := map[event.Cause]int{}
		for r := range all.Rows(n) {
			if r.Micros >= since {
				own[event.Cause(f.t.Text(f.t.Number(r, rows.Cause)))]++
			}
		}
		for c, k := range own {
			sum[c] += k
		}
		if len(own) > 0 {
			each = append(each, most(own))
		}
	}
	return each, most(sum)
}

// most returns the cause with the most denials, of several the first by name.
func most(counts map[event.Cause]int) (best event.Cause) {
	for _, c := range slices.Sorted(maps.Keys(counts)) {
		if best == "" || counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

func policyPattern(arn string) Pattern {
	if strings.Contains(arn, ":organizations:") {
		return OrganizationPolicy
	}
	return Identity
}

func bucketPattern(cause event.Cause, owner event.Owner, principals int) Pattern {
	switch {
	case owner == event.OwnerKey:
		return Key
	case cause.Policy() == event.EndpointPolicy:
		return Endpoint
	case cause.OfCaller() && principals == 1:
		return Identity
	}
	return BucketPolicy
}

// An enumeration tries many buckets, usually within an hour.
const (
	manyBuckets = 8
	probeTime   = time.Hour
)

func probing(found incident.Incident, in []incident.Group) bool {
	soon := 0
	for _, n := range found.Groups {
		if in[n].Times[0]-found.Onset <= probeTime.Microseconds() {
			soon++
		}
	}
	return 2*soon > len(found.Groups)
}
