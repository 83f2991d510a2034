package evaluate

import (
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// RequestOfMessage returns what an error message by itself tells about the request that
// was denied: who, what and on what, and nothing else of its context.
func RequestOfMessage(d *event.Denial) *Request {
	r := RequestOf(d, &event.Context{})
	all := r.Context
	r.Context = policydoc.Context{}
	for _, key := range [...]string{
		"aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:ResourceAccount", "s3:ResourceAccount",
	} {
		if values, seen := all.Lookup(key); seen {
			r.Context.Set(key, values...)
		}
	}
	return r
}
