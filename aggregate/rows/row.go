package rows

import "trail403/aggregate/filter"

// Row is one denial in 72 bytes. What many denials have alike is its context. Memory
// grows with rows, so every field counts.
type Row struct {
	event       id
	Micros      int64 // the event's time in Unix microseconds
	fingerprint uint64
	context     uint32 // the number of the context
	sourceIP    uint32
	keyPrefix   uint32 // the prefix of the object key, see objectKeys
	object      uint32 // the number of the object that holds the record
	record      uint32 // the number of the record in it
	credentials uint32 // what conditions compare, see conditions.go
	call        uint32
	issued      uint32           // when its session started, in Unix seconds
	matched     filter.Fulfilled // conditions of filters, see Shard.Look
	flags       flags
}

// Column names a string of a row.
type Column int

// The columns of a row.
const (
	Principal Column = iota
	Action
	Bucket
	BucketAccount
	Recipient // the account whose trail holds the record
	Cause
	DeniedAction
	PolicyARN
	EventSource
	EventName
	ErrorCode
	Region
	UserAgent
	VPCEndpoint
	KMSKey
	ofContext // how many there are in a context
	SourceIP
	KeyPrefix
)

type flags uint8

const (
	hasARN    flags = 1 << iota // of a context: the record names the caller by ARN
	requester                   // of a context: the copy that the caller's own account received
	noEventID                   // never a duplicate; event holds the fingerprint
	updates                     // it corrects another row (addendum)
	dropped                     // not counted: a copy of another row, or excluded
)

// Drop takes the row out of everything that is counted.
func (r *Row) Drop() { r.flags |= dropped }

// GroupKey names a principal, an action and a bucket by their numbers.
type GroupKey struct{ Principal, Action, Bucket uint32 }

// Matched returns on which fields the event, or a copy of it, fulfills a filter.
func (r *Row) Matched() filter.Fulfilled { return r.matched }

// Context returns the number of the row's context.
func (r *Row) Context() uint32 { return r.context }

// Object returns the number of the object that holds the record of a row. Rows of one
// object have the same number.
func (r *Row) Object() uint32 { return r.object }

// Record returns the number of the row's record in its object.
func (r *Row) Record() uint32 { return r.record }

// Fingerprint returns the hash of the row's record.
func (r *Row) Fingerprint() uint64 { return r.fingerprint }
