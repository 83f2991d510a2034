// Package statement finds the statements of policy documents that have to do with
// denials: those that deny the requests of a group, or the Allow that comes nearest, and
// those with which a change caused an incident.
//
// It goes by the documents that held when a request was denied, and by what the record
// shows of the request. Most requests of a group are alike in all that statements ask
// for, so each kind is judged once.
//
// The files, each using only those before it:
//
//  1. statement.go: a statement as the result has it.
//  2. request.go: which requests are alike.
//  3. judge.go: what the documents say about each request.
//  4. group.go: the statements of a group.
//  5. proof.go: whether the statement of a change explains denials.
//  6. denied.go: the requests of a group, those that are alike once.
package statement

import (
	"time"

	"trail403/aggregate/evaluate"
	"trail403/aggregate/rows"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Statement is a statement that has to do with denials. All its texts are hostile.
type Statement struct {
	Kind event.Policy
	Name string // ARN of a managed policy, ARN or id of one of an organization, name of an inline policy
	On   string // what the policy is attached to, see [evaluate.Policy]

	Sid    string
	Number int // in its document, from 1
	Effect policydoc.Effect
	Text   string // the statement in one line
	// Condition says in words under which conditions it applies, or is empty.
	Condition string

	Since  time.Time // the document held from then on
	Change string    // event id of the change that put it into force
	// File has the document, where no change did, and Read is when it held.
	File string
	Read time.Time

	Matches evaluate.Relation
	Why     string   // of most of the denials, in sentences
	Unseen  []string // what the answer depends on and the log does not show, sorted
	Denials int      // that it has to do with
	// Had says what their requests had of what a Deny statement asks for, by denials.
	Had []rows.Count
}

// IsSame says whether both are one statement, which has to do with denials in the same way.
func (s *Statement) IsSame(o *Statement) bool {
	return s.Matches == o.Matches && s.Kind == o.Kind && s.Name == o.Name && s.On == o.On &&
		s.Number == o.Number && s.Text == o.Text
}

// Proof says why a change caused an incident: the document that it put into force has a
// Deny statement that blocks the requests, and that the document before did not have, as
// far as that is known. Or the document before had an Allow statement for the requests.
type Proof struct {
	Statement
	IsNew     bool // of a Deny: the document before is known, and does not have it
	IsRemoved bool // of an Allow: the document after has nothing in its place
	Explained int  // denials that it explains, by what the log shows
	Of        int  // denials of the incident
}
