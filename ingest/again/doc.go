// Package again reads chosen records a second time, from the places where they were read
// first, and hands them out in the order in which they are wanted. So what is only shown
// of a record takes no memory while everything is read.
//
// A record that is not the one that was read first is an error that names its object:
// an archive may be replaced in the meantime, and other records would be shown.
//
// The files, each using only those before it:
//
//  1. chunk.go: records in little memory.
//  2. kept.go: records that need not be read again, as far as they have room, and those
//     of standard input, which cannot.
//  3. plan.go: which records are wanted of which object.
//  4. runs.go, sorter.go: the records in order, beyond some memory in a temporary file.
//  5. object.go: the wanted records of one object.
//  6. entry.go: those of one entry of a listing, which may be an archive.
//  7. again.go: all of them. Those that a store keeps come from there.
package again
