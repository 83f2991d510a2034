// Package aggregate turns denials into a Result: groups, the policies that denied
// them, their trends, the incidents that they belong to and the changes that came
// before. [Build] does it in stages:
//
//  1. merge: the rows of all workers become one table without copies of an event
//     (package rows).
//  2. look: what was seen of the trails, and which time the result is about
//     (packages window and sight).
//  3. gather: rows become groups, with the policies that denied them (packages
//     group, policy and agent).
//  4. find: trends, incidents and the changes before them, among all denials
//     (packages finding, trend, incident and link).
//  5. leave: what was read only to judge, the time before the window, is left behind.
//  6. prove: the statements of changes that explain incidents (package statement).
//  7. choose: filters and rules decide what is shown (package filter).
//  8. finish: everything is sorted and counted.
//
// The files, each using only those before it:
//
//  1. names.go: the names of what the packages below define.
//  2. breakdown.go: denials by dimensions of choice.
//  3. exclude.go: what filters and rules left out.
//  4. options.go: what a run is asked for.
//  5. result.go: what a run found.
//  6. events.go: the denials of a result, one by one.
//  7. accounts.go: whose trails were read.
//  8. shown.go: a result restricted to what filters and rules leave.
//  9. history.go: a result restricted to the window.
//  10. prove.go: which statement of a change explains an incident.
//  11. revise.go: what the changes that are kept did to policy documents.
//  12. seen.go: the requests that were denied.
//  13. ask.go: the policies that AWS is asked for.
//  14. finish.go: totals, and the changes that are kept.
//  15. confirm.go: what became of the requests of groups.
//  16. build.go: the stages.
package aggregate

import (
	"math"
	"slices"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/filter"
	"trail403/aggregate/finding"
	"trail403/aggregate/group"
	"trail403/aggregate/link"
	"trail403/aggregate/rows"
	"trail403/aggregate/sight"
	"trail403/aggregate/statement"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/source"
)

// builder holds what the stages of Build hand on.
type builder struct {
	*Result
	opts    Options
	rows    *rows.Table
	sight   *sight.Sight
	groups  *rows.Groups
	changes []event.Change
	book    *document.Book
	judge   *statement.Judge
	// matchers judged the denials by filters on single events.
	matchers []*filter.Matcher
}

// Build merges the shards into a result. It completes the coverage: of the records
// that the shards kept, copies of others become duplicates, and what opts leave out
// becomes excluded. The shards and the coverage belong to the result afterwards. The
// error is a [LimitError].
func Build(shards []*Shard, coverage *coverage.Coverage, opts Options) (*Result, error) {
	if opts.Limits == nil {
		opts.Limits = &Limits{}
	}
	b := &builder{Result: &Result{Coverage: *coverage}, opts: opts}
	b.merge(shards)
	b.look()
	if err := b.gather(); err != nil {
		return nil, err
	}
	b.find()
	b.leave()
	b.prove(b.judge, b.changes, b.groups)
	if err := b.choose(); err != nil {
		return nil, err
	}
	if err := b.finish(); err != nil {
		return nil, err
	}
	return b.Result, nil
}

// from returns the start of the window that was asked for, in Unix microseconds. What
// is before it is history.
func (b *builder) from() int64 {
	if b.opts.Window.From.IsZero() {
		return math.MinInt64
	}
	return b.opts.Window.From.UnixMicro()
}

// merge makes one table of the shards and takes out the copies.
func (b *builder) merge(shards []*Shard) {
	for _, s := range shards {
		if m := s.Matcher(); m != nil {
			b.matchers = append(b.matchers, m)
		}
	}
	b.rows = rows.Merge(shards, b.opts.Denials)
	duplicates := b.rows.Dedupe(b.from())
	b.Coverage.Records.Duplicate += duplicates
	b.Coverage.Records.Kept -= duplicates
	b.rows.NameRoles()
}

// look finds which time the result is about. It goes by all denials, because a
// filter does not make a trail shorter.
func (b *builder) look() {
	first, last := b.rows.Span(b.from())
	b.Window = b.opts.Window.Complete(first, last)
	b.sight = sight.New(b.Coverage.Trails)
	if b.Coverage.Undated > 0 {
		b.sight.Cover(b.rows.SpansIn(func(o *event.Object) bool { return source.Tell(o.Name).Begin.IsZero() }))
	}
	b.Frame, b.RecentFrom = b.sight.Frame(b.rows, b.opts.Window, b.Coverage.HistoryFrom, b.opts.Recent)
	b.Gaps = b.sight.FindGaps(b.Frame.Start, b.Frame.Start.Add(time.Duration(b.Frame.N)*b.Frame.Step))
	b.Gaps = slices.DeleteFunc(b.Gaps, func(g Gap) bool {
		return !g.Day.Add(24 * time.Hour).After(b.opts.Window.From)
	})
	b.Accounts = accountsOf(b.rows, b.Coverage.Trails)
	b.Stale = sight.IsStale(b.Coverage.Delivered, b.opts.Present, b.opts.IsCurrent)
}

// gather makes groups of the rows, and finds the policies that denied them. It returns
// an error if there are more groups than the limit.
func (b *builder) gather() error {
	b.groups = b.rows.Groups()
	if err := b.opts.Limits.Check(rows.OverGroups, len(b.groups.Keys)); err != nil {
		return err
	}
	b.changes = link.Unique(b.rows.TakeChanges())
	b.ChangesSeen = len(b.changes)
	b.book = document.New(b.changes, b.opts.Policies...)
	b.ask()
	b.judge = statement.New(b.rows, b.groups, b.book, b.opts.Suggest)
	b.describe(b.groups, b.selects() || b.Coverage.HistoryFrom.Before(b.opts.Window.From))
	return nil
}

// ask asks AWS for the policies that denials name and that are not known from the trail and
// the files, if that was asked for.
func (b *builder) ask() {
	if b.opts.Live == nil {
		return
	}
	a := asked{rows: b.rows, groups: b.groups, book: b.book, from: b.from(), sel: b.opts.Select}
	b.Live = b.opts.Live(a.wanted())
	if b.Live != nil && len(b.Live.Snapshots) > 0 {
		b.opts.Policies = slices.Concat(b.opts.Policies, b.Live.Snapshots)
		b.book = document.New(b.changes, b.opts.Policies...)
	}
}

// selects says whether filters or rules could leave something out.
func (b *builder) selects() bool { return b.opts.Select != nil && !b.opts.Select.IsAll() }

// describe makes the groups, and their policies, those of the result. It says whether
// the same rows will be described again.
func (b *builder) describe(all *rows.Groups, again bool) {
	g := group.NewGatherer(b.rows, b.Window.Interval, b.RecentFrom, again)
	list, found := g.Gather(all)
	b.Groups, b.Policies, b.Documents = list, found.Policies, found.Documents
	for n := range b.Groups {
		b.Groups[n].Statements, b.Groups[n].Disagrees = b.judge.Of(all.Rows(n))
	}
}

// find judges the groups together, and links changes to what it finds. It looks at
// all denials: filters choose later what is shown, so that they cannot hide why
// something started.
func (b *builder) find() {
	f := finding.New(b.rows, b.Frame, b.sight, len(b.Groups))
	for n := range b.Groups {
		b.Groups[n].Unseen = f.Add(b.groups, n)
	}
	l := link.New(b.changes, b.opts.ChangeWindow)
	f.Trends(b.groups, b.Groups, l)
	b.Incidents = f.Incidents(b.groups, b.Groups, l, b.judge)
}

// leave drops the denials before the window. What they tell about the others stays.
func (b *builder) leave() {
	if b.opts.Window.From.IsZero() {
		return
	}
	h := historyOf(b.groups, b.Groups, b.Incidents, b.Frame.Start.UnixMicro(), b.from())
	if b.rows.DropBefore(b.from()) == 0 {
		return
	}
	found := b.Groups
	b.groups = b.rows.Groups()
	b.describe(b.groups, b.selects())
	h.restrict(b.Result, found, b.groups)
}

// choose leaves out what the selection does. What was found stays.
func (b *builder) choose() error {
	if b.opts.Select == nil {
		return nil
	}
	b.Exclusions, b.Unmatched = exclude(b.rows, b.opts.Select, b.Groups, b.matchers)
	for _, e := range b.Exclusions {
		b.Coverage.Records.Excluded += e.Denials
		b.Coverage.Records.Kept -= e.Denials
	}
	if !b.selects() {
		return nil
	}
	chosen := b.rows.Groups()
	if err := b.opts.Limits.Check(rows.OverGroups, len(chosen.Keys)); err != nil {
		return err
	}
	found := b.Groups
	b.describe(chosen, false)
	b.show(found)
	return nil
}

// finish sorts and counts, and lists the denials if that was asked for. It fails
// if the breakdown has too many parts.
func (b *builder) finish() (err error) {
	b.keepLinked(b.changes)
	b.revise(b.changes, b.opts.Policies...)
	sortGroups(b.Groups)
	b.count()
	if len(b.opts.By) > 0 {
		if b.Breakdown, err = breakdownOf(b.rows, b.opts.By, b.Window, b.opts.Limits); err != nil {
			return err
		}
	}
	if b.opts.Suggest {
		b.Seen = seenOf(b.rows, b.judge, b.book)
	}
	if b.opts.Denials || b.opts.Events {
		b.table, b.order = b.rows, b.rows.Sorted()
	}
	return nil
}
