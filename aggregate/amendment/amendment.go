// Package amendment finds the smallest edit of a policy document that would have allowed
// requests that no statement allowed, and the narrowest exception to a Deny statement. It
// says what either would have done to the requests that were denied.
//
// An edit adds to one element of one Allow statement, so it is suggested only where one
// element is all that misses. It never gives more actions or resources than the statement
// names one by one.
//
// The files, each using only those before it:
//
//  1. amendment.go: what is asked for and what is found.
//  2. seen.go: the requests that were denied, and the documents that are in force now.
//  3. element.go: which element of a statement misses requests.
//  4. widening.go: what else an edit would allow.
//  5. edit.go: the edit of a document.
//  6. simulate.go: what documents would have done to the requests.
//  7. exception.go: the exception to a Deny statement.
package amendment

import (
	"trail403/aggregate/evaluate"
	"trail403/aggregate/statement"
	"trail403/ingest/policydoc"
)

// Need is what a policy would have to allow.
type Need struct {
	Principal string   // ARN of the role or user
	Action    string   // s3:GetObject
	Resources []string // as a policy writes them: together they cover the requests
	Requests  []statement.Denied
}

// Element is an element of a statement.
type Element string

// The elements that an edit can add to.
const (
	Principal Element = "Principal"
	Action    Element = "Action"
	Resource  Element = "Resource"
	Condition Element = "Condition"
)

// Place names a statement. Its texts are hostile: a document has them.
type Place struct {
	Policy *evaluate.Policy
	Sid    string
	Number int // in the document, from 1
}

func placeOf(p *evaluate.Policy, s *policydoc.Statement) Place { return Place{p, s.Sid, s.Number} }

// Edit is an addition to one element of an Allow statement.
type Edit struct {
	Place
	Element
	Operator, Key string   // of a condition
	Add           []string // the values
	// Also are the other actions, or resources, that the statement then allows as well.
	Also []string
}
