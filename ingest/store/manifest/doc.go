// Package manifest says what a run of a store did. A manifest is JSON at the end of the
// file that holds the denials and changes of the run, so that neither is ever without
// the other.
//
// The files, each using only those before it:
//
//  1. cover.go: what was read in a folder, so that nothing of its coverage is lost.
//  2. manifest.go: all of a manifest, and how it is read.
//  3. history.go: what several manifests say together: which objects failed and were
//     never read since, which folders are known to hold no records, and how far
//     listings got.
//  4. merge.go: what one file says in place of several, and after retention.
package manifest
