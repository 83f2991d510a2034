package file

import "errors"

// DecoderVersion is the version of the decoders that fill the columns. It changes
// whenever a decoder reads something else of the same record, or a column is added:
// rows of another version are decoded again from their records.
const DecoderVersion = 1

// Schema is the version of the columns. Files of newer versions are not read.
const Schema = 1

// service is the AWS service that all rows are about, so far.
const service = "s3"

// A kind is what a row holds.
type kind string

const (
	denials kind = "denial"
	changes kind = "change"
	keys    kind = "key" // which KMS key the objects of a bucket are encrypted with
)

// ErrCorrupt says that a file is damaged.
var ErrCorrupt = errors.New("the file is damaged")

// Bounds of a row group, which a writer holds in memory. Larger ones take less space,
// and readers skip smaller ones more often.
const (
	maxGroupRows  = 8 << 10
	maxGroupBytes = 16 << 20 // of records
)

// MaxRecord is how many bytes a record may have. CloudTrail's have at most a megabyte.
const MaxRecord = 96 << 20

// Bounds of what a reader believes.
const (
	mostRows = 128 << 10 // of a row group: more than any writer made so far
	maxItems = 4 << 20   // elements of all lists in the metadata
	// maxPage is how many bytes a page may have. A writer begins a new one after 1 MiB,
	// so that only one with a very long record has more.
	maxPage = MaxRecord + 8<<20
	// maxGroup is how many bytes the pages of a row group may decompress to.
	maxGroup = 4*maxGroupBytes + maxPage
)

// tailSize is how many bytes the size of the metadata takes at the end of a file, with
// PAR1 after it.
const tailSize = 8
