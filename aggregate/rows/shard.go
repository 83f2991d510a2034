package rows

import (
	"time"

	"trail403/aggregate/filter"
	"trail403/ingest"
	"trail403/ingest/again"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/message"
)

// Shard collects the denials of one worker. It is used by one goroutine at a
// time.
type Shard struct {
	limits *Limits
	kept   Table
	// staged holds the denials of the object that is being read. If that is an
	// archive, the next one holds those of its current member until it is committed.
	staged []*Table
	level  int // which of staged is filled
	spare  *spare
	// matcher judges each denial by the filters on single events, or is nil.
	matcher *filter.Matcher
	asked   filter.Fulfilled
	from    time.Time // the start of the window
	only    *filter.Filter
	// records are those that need not be read again, or nil.
	records *again.Kept
}

var (
	_ ingest.Looker     = (*Shard)(nil)
	_ ingest.RecordSink = (*Shard)(nil)
	_ ingest.LateSink   = (*Shard)(nil)
)

// NewShard returns an empty shard. With details it keeps the message and object key
// of every denial, which costs several hundred bytes each.
func NewShard(limits *Limits, details bool) *Shard {
	s := &Shard{limits: limits, staged: []*Table{{}, {}}}
	for _, t := range append(s.staged, &s.kept) {
		t.allDetails = details
	}
	return s
}

// WillSelect tells the shard which denials will be left out later, so that it keeps
// examples of the others: those before from, and those that a selection leaves out. Nil
// stands for a selection of all.
func (s *Shard) WillSelect(from time.Time, selection *filter.Selection) {
	if selection != nil && selection.IsAll() {
		selection = nil
	}
	if selection != nil {
		s.only, s.matcher, s.asked = &selection.Only, selection.Only.Matcher(), selection.Only.Asked()
	}
	s.from = from
	if from.IsZero() && selection == nil {
		return
	}
	s.spare = &spare{from: from, selection: selection}
	for _, t := range append(s.staged, &s.kept) {
		t.spare = s.spare
	}
}

// KeepRecords makes the shard keep the records of denials, as far as they have room, so
// that they need not be read again.
func (s *Shard) KeepRecords(records *again.Kept) { s.records = records }

// Matcher returns what judged the denials by filters on single events, or nil.
func (s *Shard) Matcher() *filter.Matcher { return s.matcher }

// NeedsRecords says whether Look needs the records of denials that a store has.
func (s *Shard) NeedsRecords() bool { return s.only != nil && s.only.Asks(filter.RequestID) }

// Look sees the record of the denial that Add takes next. It may be nil if the denial
// comes from a store: the store has the record.
func (s *Shard) Look(d *event.Denial, record []byte) {
	var matched filter.Fulfilled
	if s.matcher != nil {
		e := filter.Event{
			Session: d.Session, SourceIP: d.SourceIP, UserAgent: d.UserAgent, VPCEndpoint: d.VPCEndpoint,
			Region: d.Region, Key: d.Key, EventID: d.EventID, RequestID: d.RequestID,
		}
		if s.only.Asks(filter.RequestID) || s.only.Asks(filter.AccessKey) {
			e.AccessKey, e.ID2 = denial.Identifiers(record)
			e.AuthorizationID = message.AuthorizationOf(d.Message).ID
		}
		matched = s.matcher.Match(&e, !d.Time.Before(s.from))
		s.staged[s.level].matched = matched
	}
	if s.records != nil && record != nil && matched == s.asked && !s.spare.has(d) {
		s.records.Add(&d.Place, record)
	}
}

// Add takes a denial of the object that is being read. It fails beyond a limit.
func (s *Shard) Add(d *event.Denial) error { return s.AddLate(d, complete{}) }

// AddLate does the same with a denial that lacks what only details show.
func (s *Shard) AddLate(d *event.Denial, rest ingest.Completer) error {
	t := s.staged[s.level]
	if err := t.addLate(d, rest); err != nil {
		return err
	}
	if err := s.limits.addRow(); err != nil {
		return err
	}
	return s.limits.Check(OverGroups, max(len(t.besides), len(s.kept.besides)))
}

// AddChange takes a change of the object that is being read. It fails beyond the
// limit of rows.
func (s *Shard) AddChange(c *event.Change) error {
	t := s.staged[s.level]
	t.changes = append(t.changes, *c)
	return s.limits.addRows(rowsOf(c))
}

// AddKey takes which key a bucket's objects are encrypted with.
func (s *Shard) AddKey(use event.KeyUse) { s.staged[s.level].addKeyUse(use) }

// Commit keeps the object's denials and changes.
func (s *Shard) Commit() {
	t := s.staged[s.level]
	if t.rows.n == 0 && len(t.changes) == 0 && len(t.keyUses) == 0 {
		return
	}
	below := &s.kept
	if s.level > 0 {
		below = s.staged[s.level-1]
	}
	below.absorb(t)
	t.reset()
}

// Discard drops the object's denials.
func (s *Shard) Discard() {
	if t := s.staged[s.level]; t.rows.n+len(t.changes)+len(t.keyUses) > 0 {
		s.limits.rows.Add(-int64(t.rows.n + rowsOfAll(t.changes)))
		t.reset()
	}
}

// Begin stages what the members of an archive commit until End.
func (s *Shard) Begin() { s.level++ }

// End ends what Begin began.
func (s *Shard) End() {
	s.Discard()
	s.level--
}

// Merge makes one table of the shards, which are not to be used afterwards.
func Merge(shards []*Shard, details bool) *Table {
	t := &Table{allDetails: details}
	for _, s := range shards {
		t.absorb(&s.kept)
		*s = Shard{}
	}
	return t
}
