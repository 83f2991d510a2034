package rows

// Row is one denial in 120 bytes: ids as 128 bits, strings as numbers of the
// table's dictionary. Memory grows with rows, so every field counts.
type Row struct {
	event       id
	shared      id    // the zero id if the record has none
	Micros      int64 // the event's time in Unix microseconds
	fingerprint uint64
	text        [columns]uint32
	Why         Why
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
	SourceIP
	UserAgent
	VPCEndpoint
	KMSKey
	KeyPrefix // the prefix of the object key, see objectKeys
	columns   // how many there are
)

type flags uint8

const (
	hasARN    flags = 1 << iota // the record names the caller by ARN
	requester                   // the copy that the caller's own account received
	noEventID                   // never a duplicate; event holds the fingerprint
	dropped                     // not counted: a copy of another row, or excluded
)

// Number returns the number of a string of the row, which [Table.Text] turns into
// the string.
func (r *Row) Number(c Column) uint32 { return r.text[c] }

// Drop takes the row out of everything that is counted.
func (r *Row) Drop() { r.flags |= dropped }

// GroupKey names a principal, an action and a bucket by their numbers.
type GroupKey struct{ Principal, Action, Bucket uint32 }

func (r *Row) group() GroupKey {
	return GroupKey{r.text[Principal], r.text[Action], r.text[Bucket]}
}

func (r *Row) mapTexts(number func(uint32) uint32) {
	for c, n := range r.text {
		r.text[c] = number(n)
	}
}
