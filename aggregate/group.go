package aggregate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// GroupID returns a group's stable id, made of the principal without its path,
// the action and the bucket.
func GroupID(principal, action, bucket string) string {
	sum := sha256.Sum256([]byte(identity.Key(principal) + "\x00" + action + "\x00" + bucket))
	return "g-" + hex.EncodeToString(sum[:])[:12]
}

// group gathers the rows of one group at a time; its maps serve all of them.
type group struct {
	again    bool // the same rows come once more, so details of examples are kept
	t        *table
	interval Interval
	late     int64 // when of late begins
	denials  int
	first    int64
	last     int64
	names    map[uint32]int
	accounts map[uint32]int
	reasons  map[reason]*span
	series   map[int64]int
	from     origins
	examples []*row // the earliest, in order
	policies *policies
}

// reason is all that a row tells of why it was refused. endpoint and key are set
// only where they have to do with it.
type reason struct {
	cause, deniedAction, policyARN, endpoint, key uint32
	why                                           why
}

func (t *table) reasonOf(r *row) reason {
	x := reason{
		cause: r.text[cause], deniedAction: r.text[deniedAction], policyARN: r.text[policyARN],
		key: r.text[kmsKey], why: r.why,
	}
	if event.Cause(t.strings.text(x.cause)).Policy() == event.EndpointPolicy {
		x.endpoint = r.text[vpcEndpoint]
	}
	return x
}

// maxThings is how many VPC endpoints and KMS keys are kept of a group; more than
// a few come from hostile input alone.
const maxThings = 100

// maxExamples is how many examples a group shows.
const maxExamples = 3

// newGroup returns an empty group. The details of its examples are given up when it
// is done.
func newGroup(t *table, interval Interval, late time.Time) *group {
	return &group{
		t: t, interval: interval, late: late.UnixMicro(), from: newOrigins(t), policies: newPolicies(t),
		names: map[uint32]int{}, accounts: map[uint32]int{}, reasons: map[reason]*span{}, series: map[int64]int{},
	}
}

func (g *group) reset() {
	g.denials, g.examples = 0, g.examples[:0]
	clear(g.names)
	clear(g.accounts)
	clear(g.reasons)
	clear(g.series)
	g.from.reset()
}

func (g *group) add(r *row) {
	if g.denials == 0 {
		g.first, g.last = r.micros, r.micros
	}
	g.denials++
	g.first, g.last = min(g.first, r.micros), max(g.last, r.micros)
	g.names[r.text[eventName]]++
	if a := r.text[bucketAccount]; a != 0 {
		g.accounts[a]++
	}
	g.series[g.interval.Start(time.UnixMicro(r.micros)).UnixMicro()]++
	why := g.t.reasonOf(r)
	s := g.reasons[why]
	if s == nil {
		s = &span{}
		g.reasons[why] = s
	}
	s.add(r.micros)
	if r.micros >= g.late {
		s.late++
	}
	g.from.add(r)
	i, _ := slices.BinarySearchFunc(g.examples, r, g.t.compareRows)
	if i < maxExamples {
		g.examples = slices.Insert(g.examples, i, r)
		g.examples = g.examples[:min(len(g.examples), maxExamples)]
	}
}

// result gives the group its final form.
func (g *group) result(key groupKey) Group {
	t := g.t
	name := t.strings.text(key.principal)
	out := Group{
		Principal:        name,
		PrincipalType:    identity.TypeOf(name),
		PrincipalAccount: identity.AccountOf(name),
		Action:           t.strings.text(key.action),
		Bucket:           t.strings.text(key.bucket),
		Denials:          g.denials,
		FirstSeen:        time.UnixMicro(g.first).UTC(),
		LastSeen:         time.UnixMicro(g.last).UTC(),
	}
	out.ID = GroupID(out.Principal, out.Action, out.Bucket)
	counts := map[string]int{}
	for n, c := range g.names {
		counts[t.strings.text(n)] = c
	}
	out.EventNames = sortCounts(counts)
	counts = map[string]int{}
	for n, c := range g.accounts {
		counts[t.strings.text(n)] = c
	}
	if accounts := sortCounts(counts); len(accounts) > 0 {
		out.BucketAccount = accounts[0].Value
	}
	g.explain(key, &out)
	sources := g.from.sources(key)
	out.From = g.from.result(sources)
	out.Keys = t.keysOf(sources)
	for _, micros := range slices.Sorted(maps.Keys(g.series)) {
		out.Series = append(out.Series, Point{time.UnixMicro(micros).UTC(), g.series[micros]})
	}
	for _, r := range g.examples {
		d := t.detail(r)
		out.Examples = append(out.Examples, Example{
			EventID:   t.eventID(r),
			EventTime: time.UnixMicro(r.micros).UTC(),
			ErrorCode: t.strings.text(r.text[errorCode]),
			Message:   d.message,
			Key:       d.key,
			Session:   d.session,
			SourceIP:  t.strings.text(r.text[sourceIP]),
			UserAgent: t.strings.text(r.text[userAgent]),
		})
	}
	if !t.allDetails && !g.again {
		for _, k := range sources { // no other group has them
			delete(t.besides, k)
		}
	}
	return out
}

// explain says why the group was refused, to the group and to the policies.
func (g *group) explain(key groupKey, out *Group) {
	t := g.t
	causes := map[Cause]int{}
	byCause := map[Cause]*causeSpan{}
	endpoints, keys := map[uint32]bool{}, map[uint32]bool{}
	for r, s := range g.reasons {
		c := Cause{
			Cause:        event.Cause(t.strings.text(r.cause)),
			DeniedAction: t.strings.text(r.deniedAction),
			PolicyARN:    t.strings.text(r.policyARN),
			WhyNotTold:   r.why.String(),
		}
		causes[c] += s.n
		c.DeniedAction = ""
		if byCause[c] == nil {
			byCause[c] = &causeSpan{cause: c}
		}
		byCause[c].merge(s)
		if r.endpoint != 0 {
			endpoints[r.endpoint] = true
		}
		if r.key != 0 {
			keys[r.key] = true
		}
		g.policies.add(key, r, s)
	}
	out.Causes = sortCauses(causes)
	var spans []causeSpan
	for _, s := range byCause {
		spans = append(spans, *s)
	}
	out.Layers = layersOf(spans)
	out.endpoints, out.KMSKeys = t.texts(endpoints), t.texts(keys)
	out.keys = out.KMSKeys
}

// principals returns, by the number of each principal's name, the number of the
// name to show for it: of the names that differ only in a role's path, the one
// of the latest row that has a path. An ARN made from a session's has none.
func (t *table) principals() map[uint32]uint32 {
	type shown struct {
		name   uint32
		micros int64
		path   bool
	}
	latest := map[string]shown{}
	keys := map[uint32]string{}
	t.each(func(r *row) {
		n := r.text[principal]
		key, ok := keys[n]
		if !ok {
			key = identity.Key(t.strings.text(n))
			keys[n] = key
		}
		s := shown{n, r.micros, t.strings.text(n) != key}
		old, ok := latest[key]
		better := s.path && !old.path || s.path == old.path && cmp.Or(
			cmp.Compare(s.micros, old.micros),
			cmp.Compare(t.strings.text(n), t.strings.text(old.name))) > 0
		if !ok || better {
			latest[key] = s
		}
	})
	names := map[uint32]uint32{}
	for n, key := range keys {
		names[n] = latest[key].name
	}
	return names
}

// texts returns the strings of the numbers, sorted.
func (t *table) texts(numbers map[uint32]bool) []string {
	var list []string
	for n := range numbers {
		list = append(list, t.strings.text(n))
	}
	slices.Sort(list)
	return list[:min(len(list), maxThings)]
}
