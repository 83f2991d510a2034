package aggregate

import (
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/dustin/go-humanize"

	"trail403/aggregate/filter"
	"trail403/ingest"
	"trail403/ingest/event"
)

// Limits bound the memory of a run. All shards of a run share one. 0 stands for
// the default.
type Limits struct {
	Rows   int // denials and changes, copies of them included
	Groups int

	rows atomic.Int64
}

// Defaults of the limits. A row takes some 210 bytes at the peak, a group 2 to 9 KB:
// see docs/performance.md.
const (
	DefaultMaxRows   = 50_000_000
	DefaultMaxGroups = 1_000_000
)

func (l *Limits) maxRows() int {
	if l.Rows == 0 {
		return DefaultMaxRows
	}
	return l.Rows
}

func (l *Limits) maxGroups() int {
	if l.Groups == 0 {
		return DefaultMaxGroups
	}
	return l.Groups
}

// ErrLimit says that a limit was exceeded.
var ErrLimit = errors.New("limit exceeded")

type limitError string

func (e limitError) Error() string        { return string(e) }
func (e limitError) Is(target error) bool { return target == ErrLimit }

// addRow counts one more denial or change.
func (l *Limits) addRow() error {
	if n := l.rows.Add(1); n > int64(l.maxRows()) {
		return limitError(fmt.Sprintf("more than %s denials and changes (--max-rows)", humanize.Comma(int64(l.maxRows()))))
	}
	return nil
}

// tooManyGroups is an error where n groups are more than the limit.
func (l *Limits) tooManyGroups(n int) error {
	if n <= l.maxGroups() {
		return nil
	}
	return limitError(fmt.Sprintf("more than %s groups of principal, action and bucket (--max-groups)", humanize.Comma(int64(l.maxGroups()))))
}

// Shard collects the denials of one worker. It is used by one goroutine at a
// time.
type Shard struct {
	limits *Limits
	kept   table
	// staged holds the denials of the object that is being read; where that is an
	// archive, those of its members lie behind them until they are committed.
	staged []*table
	level  int // which of staged is filled
}

var _ ingest.Sink = (*Shard)(nil)

// NewShard returns an empty shard. With details it keeps the message and key of
// every denial, which costs several hundred bytes each, so that
// [Result.Denials] has them.
func NewShard(limits *Limits, details bool) *Shard {
	s := &Shard{limits: limits, staged: []*table{{}, {}}}
	for _, t := range append(s.staged, &s.kept) {
		t.allDetails = details
	}
	return s
}

// WillSelect tells the shard what Build will leave out, so that the examples
// that it keeps are of denials that stay.
func (s *Shard) WillSelect(selection *filter.Selection) {
	if selection.IsAll() {
		return
	}
	spare := &spare{selection: selection}
	for _, t := range append(s.staged, &s.kept) {
		t.spare = spare
	}
}

// Add takes a denial of the object that is being read. It fails beyond a limit.
func (s *Shard) Add(d *event.Denial) error {
	t := s.staged[s.level]
	t.add(d)
	if err := s.limits.addRow(); err != nil {
		return err
	}
	return s.limits.tooManyGroups(max(len(t.besides), len(s.kept.besides)))
}

// AddChange takes a change of the object that is being read. It fails beyond the
// limit of rows.
func (s *Shard) AddChange(c *event.Change) error {
	t := s.staged[s.level]
	t.changes = append(t.changes, *c)
	return s.limits.addRow()
}

// mostKeyUses bounds how many pairs of bucket and key are kept of an object, and
// in all. There are about as many as encrypted buckets.
const mostKeyUses = 100_000

// AddKey takes which key a bucket's objects are encrypted with.
func (s *Shard) AddKey(use event.KeyUse) { s.staged[s.level].addKeyUse(use) }

func (t *table) addKeyUse(use event.KeyUse) {
	if t.keyUses == nil {
		t.keyUses = map[event.KeyUse]bool{}
	}
	if len(t.keyUses) < mostKeyUses {
		t.keyUses[use] = true
	}
}

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
		s.limits.rows.Add(-int64(t.rows.n + len(t.changes)))
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
