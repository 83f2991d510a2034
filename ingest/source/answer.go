package source

import "context"

// Answer is what a query engine reported about an object: what reading the object
// would have found.
type Answer struct {
	// Records is how many records the object holds.
	Records int
	// DataEvents says whether one of them is a data event of S3.
	DataEvents bool
	// Hits is how many records Body returns: all that can be denials or access changes, and
	// perhaps others.
	Hits int
	// Body returns these records in the shape of a trail file. It is called once, and only
	// if there are any.
	Body func() ([]byte, error)
}

// Answerer is a query engine that can report what objects hold. It is safe for concurrent
// use.
type Answerer interface {
	// Covers says whether the object may be among those that the engine can read.
	Covers(name string) bool
	// Answer asks about objects, all at once. The result has an answer for each object that
	// the engine read completely, by the object's name. All others must be read here. An
	// error ends the run.
	Answer(ctx context.Context, objects []Entry) (map[string]*Answer, error)
	// Query returns what Answer would ask.
	Query(objects []Entry) string
}
