// Package replay reads what a store holds, as if the objects were read again that it was
// collected from.
//
// The files, each using only those before it:
//
//  1. scope.go: which objects count, by what their names tell.
//  2. part.go: a row group, and its events.
//  3. replay.go: all parts that a run needs, several at a time, and what was read.
//  4. records.go: the records of a span of time.
package replay
