// Package ledger knows the runs of a store.
//
// A store has three kinds of files:
//
//	trail403-store.json          settings; made once
//	events/00000042.parquet      run 42: its rows, and its manifest at the end
//	events/c-00000001-00000041.parquet   the runs 1 to 41 in one file
//	seen/SHA256.bin              the ids of the objects of a run, named by their content
//
// Creating the file in events is the commit of a run. What was created before it, and is
// named in no manifest, means nothing.
//
// The files, each using only those before it:
//
//  1. name.go: the names of files.
//  2. problem.go: what can be wrong with a store.
//  3. settings.go: making a store, and finding out whether one is there.
//  4. run.go: one run.
//  5. cover.go: which files hold which runs, and which runs nobody holds.
//  6. ledger.go: all runs of a store, and those that came since.
package ledger
