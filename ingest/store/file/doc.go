// Package file writes and reads the files of a store. A file holds what was found in
// some objects: a row for each denial, each access change, and each KMS key that a
// bucket's objects are encrypted with. It is a Parquet file, which other tools read as
// it is.
//
// A row has all that is decoded of a record, so that a report needs no decoder, and the
// record itself, so that a better decoder can read it again. [DecoderVersion] says which
// decoder made the columns.
//
// The columns that a report needs stand first in a row group, then those that only
// examples show, then the record. So a report reads one range of the file for each row
// group. A file may be damaged or hostile: nothing that it claims is believed before it
// was compared with what is there.
//
// The files, each using only those before it:
//
//  1. limits.go: versions and bounds.
//  2. escape.go: texts of any bytes as UTF-8.
//  3. row.go: a row between an event and its columns.
//  4. texts.go, numbers.go: the columns, each with the fields that it holds.
//  5. schema.go: the columns for Parquet.
//  6. sum.go: the checksum of the end of a file. footer.go: what the end says. It can be
//     read alone.
//  7. writer.go writes a file.
//  8. hybrid.go, page.go: pages to values.
//  9. older.go: records that an older decoder read.
//  10. values.go, setter.go, group.go: from the values of columns to events.
package file
