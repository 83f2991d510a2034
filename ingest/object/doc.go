// Package object reads one object (a CloudTrail file, or what somebody keeps in
// its place), from its bytes to its records.
//
//  1. gunzip.go and unpack.go undo compressions.
//  2. limits.go holds the limits, and says what errors mean.
//  3. sniff.go recognizes archives, and texts that hold no JSON. logs.go
//     tells which other kind of log a text is.
//  4. lookalike.go recognizes CloudTrail in what cannot be read, so that denials are
//     never lost in silence.
//  5. reader.go opens an object: it unpacks it and says what it holds.
//  6. archive.go and zip.go yield the members of an archive (member.go).
//  7. values.go takes values one after another, and finds the records in them.
//  8. lines.go, table.go and parquet.go hand it the lines of a text and the rows of a
//     table. temp.go copies to a file what cannot be read in order.
//  9. records.go splits JSON into values, and hands it those.
//
// What an object is follows from its bytes, never from its name.
package object
