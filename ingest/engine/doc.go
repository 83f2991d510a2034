// Package engine asks Athena or Trino what objects hold, so that they need not be read
// here. The engine scans, and returns only the records that can matter, object by object.
//
//  1. spool.go holds records until the objects of a part were taken.
//  2. rows.go makes answers of the rows of a result, and trusts none that contradicts
//     itself.
//  3. names.go maps the names of objects to the paths that the engine knows them by.
//  4. engine.go looks at the table. ask.go runs one query for each part, and others for
//     halves of a part that failed.
//
// An object that the engine does not answer for, or not beyond doubt, has no answer. It is
// read here, so that a report misses nothing. Package query writes the SQL, package row
// makes records of columns, and the packages trino and athena run queries.
package engine
