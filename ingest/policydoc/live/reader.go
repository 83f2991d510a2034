package live

import (
	"cmp"
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

// Reader reads what denials name. What it has read once it does not ask for again. Read is to
// be called by one goroutine at a time.
type Reader struct {
	reader
	seen    map[[3]string]bool // what was asked for
	left    time.Duration
	reading event.Reading
}

// New returns a reader. It makes no call before something is wanted.
func New(opts Options) *Reader {
	return &Reader{
		reader: reader{client: newClient(opts), managed: map[string]*managed{}, organization: map[string]*organizationPolicy{}},
		seen:   map[[3]string]bool{}, left: MaxTime,
	}
}

// Close ends the connections.
func (r *Reader) Close() { r.close() }

// readers read the things of each type.
var readers = map[string]func(*reader, context.Context, *part, *event.Wanted){
	change.Bucket:             (*reader).readBucket,
	change.AccessPoint:        (*reader).readAccessPoint,
	change.Key:                (*reader).readKey,
	change.Endpoint:           (*reader).readEndpoint,
	change.Role:               (*reader).readIdentity,
	change.User:               (*reader).readIdentity,
	change.Policy:             (*reader).readManaged,
	change.OrganizationPolicy: (*reader).readOrganizationPolicy,
	change.Account:            (*reader).readApplied,
}

// Read reads what is wanted, what has the most denials first, and returns everything that was
// read so far. What fails is part of the answer. When ctx ends it returns at once.
func (r *Reader) Read(ctx context.Context, wanted []event.Wanted) *event.Reading {
	wanted = r.choose(wanted)
	if len(wanted) == 0 {
		return r.copied()
	}
	if r.reading.At.IsZero() {
		r.reading.At = r.opts.Now().UTC()
	}
	begin := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, max(r.left, 1), errTime)
	defer cancel()
	if _, err := r.own(ctx); err != nil {
		if len(r.reading.Failures) == 0 {
			r.reading.Failures = append(r.reading.Failures, r.unread(getCallerIdentity, event.Target{}, "", err))
		}
		return r.finish(begin)
	}
	parts := make([]part, len(wanted))
	group := errgroup.Group{}
	group.SetLimit(atOnce)
	for i := range wanted {
		w := &wanted[i]
		parts[i] = part{c: r.client, of: w.Of, account: w.Account}
		group.Go(func() error {
			if ctx.Err() == nil {
				readers[w.Of.Type](&r.reader, ctx, &parts[i], w)
			}
			return nil
		})
	}
	_ = group.Wait() // no part has an error of its own
	if context.Cause(ctx) == errTime {
		r.note(r.unread(getCallerIdentity, event.Target{}, "", errTime))
	}
	for i := range parts {
		r.keep(&parts[i])
	}
	return r.finish(begin)
}

// choose returns what was not asked for before, in a fixed order, up to the limit.
func (r *Reader) choose(wanted []event.Wanted) (list []event.Wanted) {
	at := map[[3]string]int{}
	for _, w := range wanted {
		key := w.Key()
		i, twice := at[key]
		switch {
		case twice:
			list[i].Denials += w.Denials
			list[i].Settings = list[i].Settings || w.Settings
			list[i].Account = cmp.Or(list[i].Account, w.Account)
		case readers[w.Of.Type] != nil && !r.seen[key]:
			at[key] = len(list)
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(x, y event.Wanted) int {
		return cmp.Or(cmp.Compare(y.Denials, x.Denials), cmp.Compare(x.Of.Type, y.Of.Type), cmp.Compare(x.Of.Name, y.Of.Name),
			cmp.Compare(x.Kind, y.Kind))
	})
	if room := max(maxThings-len(r.seen), 0); len(list) > room {
		r.note(event.Unread{Why: errThings.Error(), Hint: "narrow the report with filters or a shorter time"})
		list = list[:room]
	}
	for _, w := range list {
		r.seen[w.Key()] = true
	}
	return list
}

// keep keeps what was read of one thing.
func (r *Reader) keep(p *part) {
	if len(p.Documents)+len(p.Links)+len(p.Complete) > 0 {
		p.File, p.Time, p.Told = event.FromAWS, r.reading.At, true
		r.reading.Snapshots = append(r.reading.Snapshots, p.Snapshot)
	}
	if p.settings != nil {
		r.reading.Settings = append(r.reading.Settings, *p.settings)
	}
	r.reading.Documents += p.read
	for _, u := range p.failures {
		r.note(u)
	}
	for _, u := range p.notes {
		if len(r.reading.Notes) < maxFailures && !slices.Contains(r.reading.Notes, u) {
			r.reading.Notes = append(r.reading.Notes, u)
		}
	}
}

// maxFailures is how many failures are kept. Those of accounts and servers are alike.
const maxFailures = 20

// note notes a failure. If it is that of an account, a server or a limit, once is enough.
func (r *Reader) note(u event.Unread) {
	if u.Call == "" {
		u.Of = event.Target{}
	}
	switch {
	case slices.Contains(r.reading.Failures, u):
	case len(r.reading.Failures) < maxFailures:
		r.reading.Failures = append(r.reading.Failures, u)
	default:
		r.reading.MoreFailures++
	}
}

// copied returns what was read so far. It does not change when more is read.
func (r *Reader) copied() *event.Reading {
	out := r.reading
	return &out
}

func (r *Reader) finish(begin time.Time) *event.Reading {
	r.left -= time.Since(begin)
	r.reading.Calls = r.budget.spent()
	return r.copied()
}
