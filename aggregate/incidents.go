package aggregate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"time"

	"trail403/aggregate/incident"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Pattern says what kind of thing an incident is.
type Pattern string

const (
	BucketPolicy       Pattern = "bucket-policy"       // of one bucket
	OrganizationPolicy Pattern = "organization-policy" // one SCP or RCP
	Identity           Pattern = "identity"            // policies of one principal
	Key                Pattern = "key"                 // a KMS key
	Endpoint           Pattern = "endpoint"            // a VPC endpoint
	ServiceDelivery    Pattern = "service-delivery"    // AWS services that deliver
	Enumeration        Pattern = "enumeration"         // one principal probes many buckets in a short time
	Other              Pattern = "other"
)

// Incident is a set of groups that began or jumped together and share what
// explains them. A group belongs to one at most.
type Incident struct {
	ID      string // stable while what it shares and its onset are
	Pattern Pattern
	Onset   time.Time // the first denial of the new level
	// OnsetLow and OnsetHigh are between which times the onset lies as far as the
	// denials tell. They are equal where nobody had been refused before.
	OnsetLow, OnsetHigh time.Time
	LastSeen            time.Time // the last denial of its groups
	Shared              Shared
	Groups              []string // ids, in the order of Result.Groups
	Denials             int      // of the groups, from the onset on
	Principals, Buckets int
	Matching            int // how many of its groups filters and rules leave
	// Changes could have caused its denials and came before the onset: what explains
	// it first, then by nearness. Certainty says how sure the first one is.
	Changes   []Link
	Certainty Certainty
	After     []Link // at or after the last denial, in order of time
}

// Certainty says how sure it is that a change caused an incident.
type Certainty string

const (
	Proven   Certainty = "proven"   // a statement of the policy refuses the requests
	Probable Certainty = "probable" // few denials would come as close to it by chance
	Possible Certainty = "possible" // it came before, and could have caused them
)

// What is asked of a change to be the probable cause: the first denial comes soon,
// and its groups would hardly have started as soon by chance.
const (
	probableLag      = time.Hour
	probableEvidence = 6.9 // the negative logarithm of 0.001
)

// certainty judges the first change of an incident. Another change that could
// have caused it, and came no earlier than probableLag before the onset, leaves
// open which of the two it was.
func certainty(found *incident.Incident, changes []Link) Certainty {
	switch {
	case len(changes) == 0:
		return ""
	case len(found.Changes) == 0 || found.Evidence < probableEvidence || changes[0].Lag > probableLag:
		return Possible
	case len(changes) > len(found.Changes) && changes[len(found.Changes)].Lag <= probableLag:
		return Possible
	}
	return Probable
}

// sharePolicy names the managed policy whose change explains an incident of
// several principals.
func (in *Incident) sharePolicy(c *event.Change) {
	if in.Pattern == Other && len(c.Targets) > 0 && c.Targets[0].Type == change.Policy {
		in.Pattern, in.Shared.PolicyARN = Identity, c.Targets[0].Name
	}
}

// end returns until when denials were seen, in unix microseconds.
func (ts *trends) end(times []int64) int64 {
	last := int64(math.MinInt64)
	for _, t := range times {
		last = max(last, t)
	}
	return last + 1
}

// Shared is what the groups of an incident share and what explains them; what
// they do not share is empty.
type Shared struct {
	PolicyARN     string
	KMSKey        string
	VPCEndpoint   string
	Principal     string
	Account       string // of the principals
	Bucket        string
	BucketAccount string // of the buckets
	Cause         event.Cause
}

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

// keysOf returns what may explain a group, for each cause that it has.
func keysOf(g *Group) (keys []incident.Key) {
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
			for _, e := range g.endpoints {
				add(incident.Key{Rank: rankEndpoint}, "endpoint", e)
			}
		case event.OwnerOf(c.Cause, c.DeniedAction, true) == event.OwnerKey:
			for _, k := range g.keys {
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

// incidentsOf finds the incidents and the changes before them. groups are in the
// order of all; their IncidentID is filled in.
func (ts *trends) incidentsOf(all *grouping, groups []Group, l *linker) []Incident {
	shareKeys(groups, ts.t.keyUses)
	in := make([]incident.Group, len(groups))
	times := make([]int64, 0, len(all.order))
	for n := range groups {
		g := &in[n]
		begin := len(times)
		for r := range all.rows(n) {
			times = append(times, r.micros)
		}
		g.Times = times[begin:len(times):len(times)]
		slices.Sort(g.Times)
		g.Begin = ts.frame.Start.Add(time.Duration(ts.groups[n].Begin) * ts.frame.Step).UnixMicro()
		g.Unseen = ts.groups[n].Unseen
		g.Keys = keysOf(&groups[n])
		g.Source = identity.Key(groups[n].Principal)
	}
	suspects := l.suspectsOf(groups)
	var out []Incident
	for _, found := range suspects.rollouts(incident.Find(ts.frame, ts.end(times), in, incident.Changes{List: suspects.changes, Reach: l.window.Microseconds()})) {
		members := make([]*Group, len(found.Groups))
		for i, n := range found.Groups {
			members[i] = &groups[n]
		}
		if moments := suspects.moments(&found); len(found.Changes) == 0 && len(moments) > 0 {
			pooled := incident.Pool(in, found.Groups, found.From, found.To)
			found.Onset = incident.Settle(pooled, found.From, found.To, found.Onset, found.Low, found.High, moments)
			found.Events = len(incident.Pool(in, found.Groups, found.Onset, math.MaxInt64))
		}
		i := describe(found, in, groups)
		i.Matching = len(i.Groups)
		i.Changes = suspects.before(&found, i.Onset)
		i.Certainty = certainty(&found, i.Changes)
		i.After = l.after(l.aboutOf(members), i.Onset, i.LastSeen)
		if len(i.Changes) > 0 {
			i.sharePolicy(&l.changes[i.Changes[0].Change])
		}
		out = append(out, i)
		for _, g := range members {
			g.IncidentID = i.ID
			l.inherit(g, &i)
		}
	}
	slices.SortFunc(out, compareIncidents)
	return out
}

// shareKeys lets the groups of a bucket know its KMS key where the denials of
// only some name it, or KMS's own denials do, and all that name one name the same.
func shareKeys(groups []Group, uses map[event.KeyUse]bool) {
	keys := map[string][]string{}
	for use := range uses {
		if !slices.Contains(keys[use.Bucket], use.Key) {
			keys[use.Bucket] = append(keys[use.Bucket], use.Key)
		}
	}
	for i := range groups {
		g := &groups[i]
		for _, k := range g.keys {
			if !slices.Contains(keys[g.Bucket], k) {
				keys[g.Bucket] = append(keys[g.Bucket], k)
			}
		}
	}
	for i := range groups {
		if g := &groups[i]; g.Bucket != "" && len(g.keys) == 0 && len(keys[g.Bucket]) == 1 {
			g.keys = keys[g.Bucket]
		}
	}
}

// describe says what an incident is.
func describe(found incident.Incident, in []incident.Group, groups []Group) Incident {
	out := Incident{
		Onset: time.UnixMicro(found.Onset).UTC(), OnsetLow: time.UnixMicro(found.Low).UTC(), OnsetHigh: time.UnixMicro(found.High).UTC(),
		Denials: found.Events,
	}
	members := slices.Clone(found.Groups)
	slices.SortFunc(members, func(a, b int) int { return compareGroups(groups[a], groups[b]) })
	principals, buckets, causes := map[string]bool{}, map[string]bool{}, map[string]bool{}
	services := true
	for _, n := range members {
		g := &groups[n]
		out.Groups = append(out.Groups, g.ID)
		principals[g.Principal] = true
		if g.Bucket != "" {
			buckets[g.Bucket] = true
		}
		causes[string(mainCause(g))] = true
		services = services && g.PrincipalType == "service"
		if g.LastSeen.After(out.LastSeen) {
			out.LastSeen = g.LastSeen
		}
	}
	out.Principals, out.Buckets = len(principals), len(buckets)

	parts := strings.Split(found.Key.Value, "\x00")
	if len(causes) == 1 {
		out.Shared.Cause = event.Cause(sortedKeys(causes)[0])
	}
	switch parts[0] {
	case "":
		out.Pattern = Other
	case "policy":
		out.Shared.PolicyARN, out.Pattern = parts[1], policyPattern(parts[1])
	case "key":
		out.Shared.KMSKey, out.Pattern = parts[1], Key
	case "endpoint":
		out.Shared.VPCEndpoint, out.Pattern = parts[1], Endpoint
	case "cause":
		out.Shared.Cause, out.Pattern = event.Cause(parts[1]), OrganizationPolicy
	case "bucket":
		out.Shared.Bucket, out.Shared.Cause, out.Pattern = parts[1], event.Cause(parts[2]), bucketPattern(event.Cause(parts[2]), event.Owner(parts[4]), len(principals))
	case "principal":
		out.Shared.Principal, out.Pattern = parts[1], Identity
		if out.Buckets >= manyBuckets && probing(found, in) {
			out.Pattern = Enumeration
		}
	case "owner":
		out.Shared.BucketAccount, out.Shared.Cause, out.Pattern = parts[1], event.Cause(parts[2]), Other
	default:
		out.Shared.Account, out.Shared.Cause, out.Pattern = parts[1], event.Cause(parts[2]), Other
	}
	if services {
		out.Pattern = ServiceDelivery
	}
	s := out.Shared
	sum := sha256.Sum256([]byte(strings.Join([]string{s.PolicyARN, s.KMSKey, s.VPCEndpoint, s.Principal, s.Account, s.Bucket, s.BucketAccount, string(s.Cause), out.Onset.Format(time.RFC3339)}, "\x00")))
	out.ID = "i-" + hex.EncodeToString(sum[:])[:12]
	return out
}

func mainCause(g *Group) event.Cause {
	if len(g.Causes) == 0 {
		return ""
	}
	return g.Causes[0].Cause
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

// An enumeration tries many buckets, most of them within an hour.
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

func sortedKeys(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for s := range set {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}

// compareIncidents orders incidents: those with a change before them first, since
// the reader can do something; then by denials, the most first.
func compareIncidents(a, b Incident) int {
	return cmp.Or(cmpBool(len(a.Changes) > 0, len(b.Changes) > 0), cmp.Compare(b.Denials, a.Denials), a.Onset.Compare(b.Onset), cmp.Compare(a.ID, b.ID))
}
