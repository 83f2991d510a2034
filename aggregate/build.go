package aggregate

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/filter"
	"trail403/ingest/arn"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Options say what to make of the denials.
type Options struct {
	// Window is what flags set; what is zero follows from the denials.
	Window Window
	// Denials makes the result hold all denials, not only groups.
	Denials bool
	// Recent is what counts as recent of a trend; 0 stands for three days or a
	// tenth of the window, whichever is longer.
	Recent time.Duration
	// ChangeWindow is how long before an onset a change may have come; 0 stands
	// for DefaultChangeWindow.
	ChangeWindow time.Duration
	// Select says which denials the result is about; nil stands for all.
	Select *filter.Selection
	// By makes the result hold a Breakdown by these dimensions.
	By []Dimension
	// Limits are those of the shards; nil stands for the defaults.
	Limits *Limits
}

// Build merges the shards into a result. It completes the coverage: of the
// records that the shards kept, copies of others become duplicates, and what
// opts leave out becomes excluded. The shards and the coverage belong to the
// result afterwards. The error is of a limit.
func Build(shards []*Shard, coverage *coverage.Coverage, opts Options) (*Result, error) {
	t := &table{allDetails: opts.Denials}
	for _, s := range shards {
		t.absorb(&s.kept)
		*s = Shard{}
	}
	duplicates := t.dedupe()
	coverage.Records.Duplicate += duplicates
	coverage.Records.Kept -= duplicates

	t.names = t.principals()

	r := &Result{}
	// Times are those of all denials: a filter does not make a trail shorter.
	first, last := t.span()
	r.Window = opts.Window.complete(first, last)
	sight := newSight(coverage.Trails)
	r.Late = r.Window.Late(last)
	frame := t.frameOf(opts.Window, opts.Recent, sight)
	r.Accounts = t.accounts(coverage.Trails)
	if opts.Limits == nil {
		opts.Limits = &Limits{}
	}
	// Trends, incidents and changes are found among all denials. Filters choose
	// later what is shown, so they cannot hide why something started.
	all, err := t.grouped(opts.Limits)
	if err != nil {
		return nil, err
	}
	r.Gaps = sight.findGaps(frame.Start, frame.Start.Add(time.Duration(frame.N)*frame.Step))
	r.Warnings = append(r.Warnings, gapWarnings(r.Gaps)...)
	judge := newTrends(t, frame, sight, len(all.keys))
	g := newGroup(t, r.Window.Interval, r.Late)
	g.again = opts.Select != nil && !opts.Select.IsAll()
	found := g.describe(all)
	for n := range found {
		found[n].Unseen = judge.add(all, n)
	}
	r.Groups = found
	changes := onlyOnce(t.changes)
	t.changes = nil
	l := newLinker(changes, opts.ChangeWindow)
	judge.judge(all, found, l)
	r.Incidents = judge.incidentsOf(all, found, l)
	if opts.Select != nil {
		r.Exclusions = t.exclude(opts.Select)
		for _, e := range r.Exclusions {
			coverage.Records.Excluded += e.Denials
			coverage.Records.Kept -= e.Denials
		}
		r.Warnings = append(r.Warnings, filter.Expired(opts.Select.Rules)...)
		if !opts.Select.IsAll() {
			chosen, err := t.grouped(opts.Limits)
			if err != nil {
				return nil, err
			}
			g = newGroup(t, r.Window.Interval, r.Late)
			r.show(g.describe(chosen), found)
		}
	}
	r.Coverage = *coverage
	r.Policies, r.Documents = g.policies.result()
	r.ChangesSeen = len(changes)
	r.keepLinked(changes)
	if len(r.Groups) > 0 && frame.Short() {
		r.Warnings = append(r.Warnings, shortWarning(frame))
	}
	slices.SortFunc(r.Groups, compareGroups)
	r.count()
	if len(opts.By) > 0 {
		if r.Breakdown, err = t.breakdown(opts.By, r.Window, opts.Limits); err != nil {
			return nil, err
		}
	}
	if opts.Denials {
		r.table, r.order = t, t.sorted()
	}
	return r, nil
}

func compareGroups(a, b Group) int {
	return cmp.Or(
		cmp.Compare(b.Denials, a.Denials),
		cmp.Compare(a.Principal, b.Principal),
		cmp.Compare(a.Action, b.Action),
		cmp.Compare(a.Bucket, b.Bucket),
	)
}

// count sums the groups up.
func (r *Result) count() {
	principals, buckets := map[string]bool{}, map[string]bool{}
	for i := range r.Groups {
		g := &r.Groups[i]
		r.Totals.Denials += g.Denials
		principals[g.Principal] = true
		if g.Bucket != "" {
			buckets[g.Bucket] = true
		}
	}
	r.Totals.Groups, r.Totals.Principals, r.Totals.Buckets = len(r.Groups), len(principals), len(buckets)
}

func sortCauses(counts map[Cause]int) []Cause {
	list := make([]Cause, 0, len(counts))
	for c, n := range counts {
		c.Denials = n
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Cause) int {
		return cmp.Or(
			cmp.Compare(b.Denials, a.Denials),
			cmp.Compare(a.Cause, b.Cause),
			cmp.Compare(a.DeniedAction, b.DeniedAction),
			cmp.Compare(a.PolicyARN, b.PolicyARN),
			cmp.Compare(a.WhyNotTold, b.WhyNotTold),
		)
	})
	return list
}

func sortCounts(counts map[string]int) []Count {
	list := make([]Count, 0, len(counts))
	for value, n := range counts {
		list = append(list, Count{value, n})
	}
	slices.SortFunc(list, compareCounts)
	return list
}

// each walks the rows that stayed.
func (t *table) each(f func(*row)) {
	for i := range t.rows.n {
		if r := t.rows.at(i); r.flags&dropped == 0 {
			f(r)
		}
	}
}

// accounts returns whose trail was read: the accounts that received a denial, and
// those that the names of the objects tell.
func (t *table) accounts(seen coverage.Trails) []string {
	set := map[string]bool{}
	for p := range seen {
		set[p.Account] = true
	}
	numbers := map[uint32]bool{}
	t.each(func(r *row) { numbers[r.text[recipient]] = true })
	for n := range numbers {
		set[t.strings.text(n)] = true
	}
	return slices.DeleteFunc(sortedKeys(set), func(s string) bool { return !arn.IsAccount(s) })
}

// span returns the times of the first and last denial.
func (t *table) span() (first, last time.Time) {
	t.each(func(r *row) {
		at := time.UnixMicro(r.micros).UTC()
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if last.IsZero() || at.After(last) {
			last = at
		}
	})
	return first, last
}

func (t *table) sorted() []*row {
	var list []*row
	t.each(func(r *row) { list = append(list, r) })
	slices.SortFunc(list, t.compareRows)
	return list
}

// denial gives a row back its form.
func (t *table) denial(r *row) *event.Denial {
	text := func(c column) string { return t.strings.text(r.text[c]) }
	d := t.detail(r)
	name := t.strings.text(t.names[r.text[principal]])
	return &event.Denial{
		EventID:       t.eventID(r),
		Time:          time.UnixMicro(r.micros).UTC(),
		Source:        text(eventSource),
		Name:          text(eventName),
		Region:        text(region),
		ErrorCode:     text(errorCode),
		Message:       d.message,
		Principal:     name,
		PrincipalType: identity.TypeOf(name),
		Action:        text(action),
		Bucket:        text(bucket),
		BucketAccount: text(bucketAccount),
		Key:           d.key,
		Session:       d.session,
		Recipient:     text(recipient),
		SourceIP:      text(sourceIP),
		UserAgent:     text(userAgent),
		VPCEndpoint:   text(vpcEndpoint),
		Cause:         event.Cause(text(cause)),
		DeniedAction:  text(deniedAction),
		PolicyARN:     text(policyARN),
		WhyNotTold:    r.why.String(),
	}
}
