// Package scan turns a stream of JSON bytes into complete CloudTrail records
// without parsing what is inside them.
//
// A trail file is one object `{"Records":[…]}` of up to 50 MB, of which the
// records that matter are usually a percent or less. [Reader] therefore follows
// only the structure (quotes, backslashes and brackets) and hands out each
// record as a slice of its buffer. [Walk] and [Members] then go over the members of
// one record, and [Text] decodes one string. Nothing here knows what a denial is.
//
// The package accepts all valid JSON. It rejects what breaks the structure it
// follows. A fault inside a value that is skipped, such as `tru`, may stay
// unseen, so a caller that uses a record should check it with [Valid].
// The tests compare it with encoding/json: see reference_test.go.
//
// The files, each using only those before it:
//
//  1. structure.go says which bytes make structure.
//  2. follow.go says what it is to follow brackets through blocks of bytes.
//     follow_words.go does it eight bytes at a time. The vector files do the same with
//     AVX2 on AMD64 and NEON on ARM64.
//  3. skipper.go finds the end of a value a byte at a time, blocks.go a block at a
//     time, and skip.go by both.
//  4. members.go, text.go and word.go read a value that is in memory.
//  5. scalar.go checks a value without others in it, walk.go goes over any value and
//     checks it, and valid.go checks it alone.
//  6. reader.go reads a stream.
package scan
