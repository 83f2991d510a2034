// Package store adds what is new in a trail to a store, exactly once, whoever else does
// the same and whenever a run is killed.
//
// A run takes these steps. Whoever starts it reads the sources in between:
//
//  1. ledger reads what was committed so far, and collector.go which objects were seen.
//  2. collector.go leaves out the objects of a listing that were seen, or that belong to
//     another shard.
//  3. shard.go takes what one worker finds in an object, without secrets.
//  4. batch.go collects the objects that are done, with their rows in a temporary file.
//     What must not be lost is in the batch, and only there, until it is committed.
//  5. commit.go creates the file with the ids of the objects, and then the file with
//     their rows: that is the commit. If another collector was faster, the run drops the
//     objects that the other one took, and tries again under the next number.
//
// There are no locks, and no decision depends on a clock, but for when a long run commits
// what it has.
//
// The packages below it: place is where a store lies; file is a file with rows; manifest
// says what a run did; seen remembers objects; ledger knows all runs;
// version says that something is of a newer version of the program.
package store
