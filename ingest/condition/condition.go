// Package condition reads what a CloudTrail record shows of the condition keys of
// a request. Policies ask for more than a record has. What they ask for and a
// record may have is in [event.Context].
//
// Decoding a denial goes over its record once and collects the [Parts] on the way, so that
// no part of a record is read once more for them. [Read] does the same with one record.
//
// The files, each using only those before it: parts.go, reader.go, read.go.
package condition
