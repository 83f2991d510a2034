package recovery

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"time"

	"trail403/ingest/event"
)

// most is how many requests of a kind are counted for one of some groups. They are kept, so
// that copies count once, and their number must not grow with the trail.
func most(groups int) int { return min(max(5_000_000/max(groups, 1), 50), 5000) }

// id identifies an event. Copies of an event have the same.
type id uint64

// idOf returns the id of a request. Of records without an event id, only those that are
// the same are copies.
func idOf(d *event.Denial) id {
	name := cmp.Or(d.SharedEventID, d.OriginalEventID, d.EventID)
	if name == "" {
		name = "\x00" + strconv.FormatInt(d.Time.UnixNano(), 10) + " " + strconv.FormatUint(d.Fingerprint, 10)
	}
	sum := sha256.Sum256([]byte(name))
	return id(binary.LittleEndian.Uint64(sum[:]))
}

// sample counts requests. What it says does not depend on their order.
type sample struct {
	ids   []id // sorted, up to most
	first int64
}

func (s *sample) add(x id, micros int64, most int) {
	if len(s.ids) == 0 {
		s.first = math.MaxInt64
	}
	s.first = min(s.first, micros)
	if i, ok := slices.BinarySearch(s.ids, x); !ok && len(s.ids) < most {
		s.ids = slices.Insert(s.ids, i, x)
	}
}

// recovery returns what the requests say of a group.
func (s *sample) recovery(state State, most int) *Recovery {
	return &Recovery{
		State: state, Successes: len(s.ids), AtLeast: len(s.ids) == most, First: time.UnixMicro(s.first).UTC(),
	}
}
