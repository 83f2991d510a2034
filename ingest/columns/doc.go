// Package columns reads the rows of Parquet files as JSON objects.
//
// The library that reads Parquet trusts the sizes that a file claims to have, and a
// hostile file claims anything. So each file is checked before:
//
//  1. thrift.go goes over the metadata of a file and counts what its lists claim.
//  2. check.go compares the sizes of pages with limits, and with what they decompress to.
//  3. json.go writes a row as a JSON object.
//  4. columns.go reads the rows.
package columns
