package aggregate

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"trail403/ingest/denial"
)

// row is one denial in 120 bytes: ids as 128 bits, strings as numbers of the
// table's dictionary. Memory grows with rows, so every field counts.
type row struct {
	event       id
	shared      id // the zero id if the record has none
	micros      int64
	fingerprint uint64
	text        [columns]uint32
	why         why
	flags       flags
}

// column names a string of a row.
type column int

const (
	principal column = iota
	action
	bucket
	bucketAccount
	recipient
	cause
	deniedAction
	policyARN
	eventSource
	eventName
	errorCode
	region
	sourceIP
	userAgent
	vpcEndpoint
	kmsKey
	keyPrefix // see keys
	columns   // how many there are
)

type flags uint8

const (
	hasARN    flags = 1 << iota // the record names the caller by ARN
	requester                   // the copy that the caller's own account received
	noEventID                   // nobody's duplicate; event holds the fingerprint
	dropped                     // does not count: a copy of another row, or excluded
)

// why numbers the values of why_not_told.
type why uint8

var whys = []string{
	"", denial.WhyAnonymous, denial.WhyDirectoryBucket, denial.WhyAWSService,
	denial.WhyOtherAccount, denial.WhyBeforeRollout, denial.WhyUnknown,
}

func whyOf(s string) why { return why(max(slices.Index(whys, s), 0)) }

func (w why) String() string { return whys[w] }

// id is an event's id. CloudTrail's are UUIDs, kept as they are; anything else
// is hashed.
type id [16]byte

// idOf returns the id of a text and whether the text can be had back from it.
func idOf(s string) (x id, isUUID bool) {
	if len(s) == 36 && s[8] == '-' && s[13] == '-' && s[18] == '-' && s[23] == '-' {
		compact := s[:8] + s[9:13] + s[14:18] + s[19:23] + s[24:]
		if _, err := hex.Decode(x[:], []byte(compact)); err == nil && x.String() == s {
			return x, true
		}
	}
	sum := sha256.Sum256([]byte(s))
	copy(x[:], sum[:])
	return x, false
}

func (x id) String() string {
	h := hex.EncodeToString(x[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// fingerprintID stands in for the id of a record that has none.
func fingerprintID(fingerprint uint64) (x id) {
	binary.BigEndian.PutUint64(x[:], fingerprint)
	return x
}

// rows is a list that grows without moving: doubling a slice would need three
// times its memory for a moment.
type rows struct {
	chunks [][]row
	n      int
}

const chunkRows = 4096

func (r *rows) add(x row) {
	if r.n%chunkRows == 0 && r.n/chunkRows == len(r.chunks) {
		// The first chunk grows as it needs: most runs find few denials.
		size := chunkRows
		if len(r.chunks) == 0 {
			size = 64
		}
		r.chunks = append(r.chunks, make([]row, 0, size))
	}
	last := &r.chunks[r.n/chunkRows]
	*last = append(*last, x)
	r.n++
}

func (r *rows) at(i int) *row { return &r.chunks[i/chunkRows][i%chunkRows] }

// reset empties the list. It keeps a first chunk for reuse, if there is one left.
func (r *rows) reset() {
	if len(r.chunks) > 0 && r.chunks[0] != nil {
		r.chunks = r.chunks[:1]
		r.chunks[0] = r.chunks[0][:0]
	} else {
		r.chunks = nil
	}
	r.n = 0
}
