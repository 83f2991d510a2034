package proposal

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"strconv"
	"time"

	"trail403/ingest/event"
)

// Shard collects what one worker judges. It is an ingest.RequestSink.
type Shard struct {
	proposal *Proposal
	limit    *Limit

	staged []judged // of the object that is being read, or of the archive
	start  int      // where those of the object, or of the member of the archive, start
	outer  []int    // the same of the archives that the member is in

	staging counts
	kept    map[id]judged
	counts  counts

	trail trail
}

// id identifies an event. Copies of an event have the same.
type id [16]byte

// counts are how many requests were judged, with their copies.
type counts struct{ requests, concerned int }

// GroupKey is what the requests of a group have in common.
type GroupKey struct {
	Outcome   Outcome
	Principal string
	Action    string
	Bucket    string
}

// judged is a request that the proposal would have changed something for.
type judged struct {
	id
	Judgment
	group    GroupKey
	at       time.Time
	eventID  string
	key      string // of the object
	hasARN   bool
	first    Outcome       // before the policies in the trail were known
	request  *event.Denial // if the outcome depends on other policies
	identity uint64        // of the record
}

// ErrTooMany says that more requests change than are kept.
var ErrTooMany = errors.New("the proposed policy changes too many requests")

// Limit bounds how many requests all shards of a run keep.
type Limit struct{ Requests int }

// NewShard returns an empty shard.
func (p *Proposal) NewShard(limit *Limit) *Shard {
	return &Shard{proposal: p, limit: limit, kept: map[id]judged{}}
}

// AddRequest judges a request.
func (s *Shard) AddRequest(d *event.Denial) error {
	s.staging.requests++
	if !s.proposal.concerns(d) {
		return nil
	}
	s.staging.concerned++
	j := s.proposal.judge(d)
	if j.Outcome == Same && d.SharedEventID == "" && !j.ByOthers {
		return nil // of copies in other accounts, one that tells less can be judged otherwise
	}
	if len(s.kept)+len(s.staged) >= s.limit.Requests {
		return ErrTooMany
	}
	var request *event.Denial
	if j.ByOthers {
		copied := *d
		request = &copied
	}
	s.staged = append(s.staged, judged{
		first: j.Outcome, request: request,
		id: idOf(d), Judgment: j, group: GroupKey{j.Outcome, d.Principal, d.Action, d.Bucket},
		at: d.Time, eventID: d.EventID, key: d.Key, hasARN: d.HasARN, identity: d.Fingerprint,
	})
	return nil
}

// idOf returns what all copies of an event share. Of records without an event id, only
// those that are the same are copies.
func idOf(d *event.Denial) id {
	name := cmp.Or(d.SharedEventID, d.OriginalEventID, d.EventID)
	if name == "" {
		name = "\x00" + strconv.FormatInt(d.Time.UnixNano(), 10) + " " + strconv.FormatUint(d.Fingerprint, 10)
	}
	sum := sha256.Sum256([]byte(name))
	return id(sum[:len(id{})])
}

// AddChange notes a change that says something about policies.
func (s *Shard) AddChange(c *event.Change) error {
	s.trail.add(c)
	if len(s.trail.changes) > s.limit.Requests {
		return ErrTooMany
	}
	return nil
}

// Add and AddKey leave out what requests tell already.
func (s *Shard) Add(*event.Denial) error { return nil }
func (s *Shard) AddKey(event.KeyUse)     {}

// Commit keeps what was staged. What a member of an archive commits counts with it.
func (s *Shard) Commit() {
	s.trail.start = len(s.trail.changes)
	if len(s.outer) > 0 {
		s.start = len(s.staged)
		return
	}
	for _, j := range s.staged {
		if old, ok := s.kept[j.id]; !ok || j.isBetter(&old) {
			s.kept[j.id] = j
		}
	}
	s.counts.requests += s.staging.requests
	s.counts.concerned += s.staging.concerned
	s.staged, s.start, s.staging = s.staged[:0], 0, counts{}
}

// Discard drops what was staged since the last Commit.
func (s *Shard) Discard() {
	s.staged = s.staged[:s.start]
	s.trail.changes = s.trail.changes[:s.trail.start]
	if len(s.outer) == 0 {
		s.staging = counts{}
	}
}

// Begin starts an archive.
func (s *Shard) Begin() {
	s.outer, s.trail.outer = append(s.outer, s.start), append(s.trail.outer, s.trail.start)
	s.start, s.trail.start = len(s.staged), len(s.trail.changes)
}

// End ends the archive.
func (s *Shard) End() {
	s.Discard()
	last := len(s.outer) - 1
	s.start, s.outer = s.outer[last], s.outer[:last]
	s.trail.start, s.trail.outer = s.trail.outer[last], s.trail.outer[:last]
}

// isBetter says whether a copy of an event tells more than another one. It does not
// depend on which was read first.
func (j *judged) isBetter(o *judged) bool {
	if j.hasARN != o.hasARN {
		return j.hasARN
	}
	return cmp.Or(cmp.Compare(j.first, o.first), cmp.Compare(j.eventID, o.eventID), cmp.Compare(j.identity, o.identity)) < 0
}
