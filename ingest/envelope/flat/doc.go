// Package flat turns flattened CloudTrail back into records: the events of OCSF, tables
// that Athena, CloudTrail Lake and Sentinel write, the event history of the console, and
// what Filebeat makes of a record. What a shape does not carry stays empty.
//
//  1. pairs.go reads the text that Athena makes of a struct, as JSON.
//  2. clock.go reads the times of all shapes.
//  3. nodes.go holds the members of an object under names that all spellings share.
//  4. writer.go writes an object by the paths of its members.
//  5. target.go lists the fields of a record, and what a report cannot do without.
//  6. tables.go says, a table a shape, which member becomes which field.
//  7. parts.go converts the values that no table can: resources, and the bucket of the
//     event history.
//  8. flat.go recognizes a shape and writes the record.
package flat
