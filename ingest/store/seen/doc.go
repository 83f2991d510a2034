// Package seen remembers which objects a store has read, in about seven bytes each.
//
//  1. id.go: what makes an object that one, and no other.
//  2. pack.go: many ids as bytes of a file.
//  3. set.go: the ids of many files at once.
package seen
