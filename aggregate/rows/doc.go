// Package rows holds denials in little memory and finds the copies among them.
// Workers fill shards, whose tables are merged; then the rows of one event are
// reduced to one, and the rest is arranged by what is to be counted.
//
// The files, each using only those before it:
//
//  1. id.go, why.go: an event id, and why a reason was not given, as numbers.
//  2. dictionary.go: strings as numbers.
//  3. row.go, list.go: a denial as numbers, and a list of them.
//  4. prefix.go, detail.go: what is kept of object keys and of examples.
//  5. spare.go: denials of which nothing else is kept.
//  6. table.go: all of these.
//  7. count.go: how often values occur.
//  8. objectkeys.go, add.go, absorb.go: a denial, and another table, into a table.
//  9. sets.go, dedupe.go: copies of one event.
//  10. names.go, partition.go, denial.go: the way out.
//  11. limit.go, shard.go: what one worker fills, within limits.
package rows
