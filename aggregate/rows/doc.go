// Package rows holds denials in little memory and finds the copies among them.
// Workers fill shards, whose tables are merged; then the rows of one event are
// reduced to one, and the rest is arranged by what is to be counted.
//
// What is kept of a denial, and where:
//
//   - A row is 72 bytes: the event id, the time, a hash of the record, when the session
//     started, and the numbers of the source address, of the prefix of the object key, of
//     the context, of the two parts of what conditions compare (the credentials and how
//     they were used), of the object that holds the record, and of the record in it. There
//     is one row per denial, so whatever differs from request to request and is counted or
//     judged belongs here.
//   - A context is interned. It holds what is alike for many denials of a caller: the
//     principal, action, bucket and accounts, the cause and the policy, the call, Region,
//     user agent, VPC endpoint and KMS key. It takes 64 bytes, once. A field that repeats
//     with its caller belongs here and costs a row nothing.
//   - Ids that few records have, those of copies in other accounts and of updates, are
//     lists beside the rows, with 24 bytes per id.
//   - Texts that only examples show, such as the message and the object key, are kept for
//     the earliest denials of each group, see detail.go. Messages share their shapes: what
//     is left of them without the key, the session and the names of their group.
//   - What filters ask for is decided when a denial is added, see spare.go, and its texts
//     are not kept.
//   - Everything else of a denial, such as its session, the caller's own ARN and the request
//     id, is read again from its object when it is shown. The hash of the record says
//     whether it is still the same one.
//
// A row may take 120 bytes. A session and the ARN of the caller, as numbers, would take 8
// of the 48 that are free, and a request id 16. They are not in it, because nothing counts
// them, and because callers that open a session for each request would fill the memory
// with the names of sessions.
//
// The files, each using only those before it:
//
//  1. id.go, why.go: an event id, and why a reason was not given, as numbers.
//  2. dictionary.go: strings as numbers.
//  3. row.go, list.go, context.go: a denial as numbers, a list of them, and what many
//     have alike. objects.go: the objects that hold the records of rows.
//  4. prefix.go, message.go, detail.go: what is kept of object keys and of examples.
//     shapes.go: the shapes of messages, each once.
//  5. spare.go: denials of which nothing else is kept.
//  6. recall.go, mapping.go: numbers that need not be looked up again.
//  7. documents.go, conditions.go: texts of policy documents, and what conditions
//     compare, each once. table.go: all of these.
//  8. count.go: how often values occur.
//  9. prefixes.go, interning.go, objectkeys.go, add.go, absorb.go: a denial, and another table, into a
//     table.
//  10. sets.go, ids.go, dedupe.go: copies of one event.
//  11. names.go, partition.go, signed.go, denial.go: the way out.
//  12. limit.go, shard.go: what one worker fills, within limits.
package rows
