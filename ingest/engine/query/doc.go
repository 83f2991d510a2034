// Package query writes the SQL that an engine runs, and the DDL of tables for it. It is
// pure: the same questions have the same texts.
//
// Names and values come from people and from logs. None of them can change what a query
// does: identifiers and literals are quoted where they are written, and what cannot be
// quoted is rejected.
//
//  1. quote.go quotes identifiers and literals, and reads the name of a table.
//  2. filter.go says which records matter, from the tables of the decoder. It may select
//     more than the decoder takes, and never less.
//  3. objects.go says what is known of the objects of a part, and covers their names by few
//     ranges.
//  4. column.go describes the columns of a table. partition.go recognizes those that tell
//     accounts, Regions and days.
//  5. table.go recognizes a table by its columns, and says what it lacks.
//  6. query.go asks about the objects of a part, of either shape of table. unload.go makes
//     Athena write the answer.
//  7. ddl.go makes tables.
//
// Both dialects are Trino's: Athena runs the same engine.
package query
