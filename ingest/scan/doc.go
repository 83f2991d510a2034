// Package scan turns a stream of JSON bytes into whole CloudTrail records
// without parsing what lies inside them.
//
// A trail file is one object `{"Records":[…]}` of up to 50 MB, of which the
// records that matter are mostly a percent or less. [Reader] therefore follows
// only the structure (quotes, backslashes and brackets) and hands out each
// record as a slice of its buffer; [Members] then walks the members of one
// record, and [Text] decodes one string. Nothing here knows what a denial is.
//
// The package accepts all valid JSON. It rejects what breaks the structure it
// follows; a fault inside a value that is passed over, such as `tru`, may stay
// unseen, so a caller that uses a record should check it with [Valid].
// The tests hold it to encoding/json: see reference_test.go.
package scan
