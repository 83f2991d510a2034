// Package policydoc reads policy documents, in the policy language of AWS, and
// matches one statement against one request.
//
// A log shows some of what AWS knew about a request and hides the rest. So a
// statement does not only match or fail: it can also depend on something that the
// log does not show, and then that is named. See [Truth].
//
// The package is pure: it uses only the standard library and ingest/glob, opens nothing, and
// bounds the work on documents of any content. The order of its steps, each using
// only those before it:
//
//  1. truth.go has the three truth values. glob.go, compare.go and operator.go
//     compare a value of a policy with a value of a request.
//  2. errors.go has what can be wrong with a document. document.go has the parts of
//     one. read.go reads JSON, and parse.go reads the grammar of policies from it.
//  3. print.go writes a statement in one line.
//  4. request.go has what is known about a request. variable.go replaces the policy
//     variables, condition.go decides one condition, and principal.go says whom a
//     Principal element means.
//  5. match.go matches a statement against a request, and words.go says in words
//     under which conditions it does.
//  6. pair.go finds the statements of two documents that belong together, and
//     diff.go names what differs.
//
// The grammar is that of
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
package policydoc
