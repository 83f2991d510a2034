package denial

import (
	"trail403/ingest/condition"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// parts are the values of a record that a denial is made of, as raw JSON: slices of
// the record, nil for what it lacks. Of a key that comes twice the last value counts,
// with all that is in it.
type parts struct {
	field.Record
	originalEventID []byte
	account         []byte // accountId of userIdentity
	request         requestParts
	resources       []resourceParts
	conditions      condition.Parts
}

type requestParts struct{ bucket, key, otherKey []byte }

type resourceParts struct{ kind, arn, prefix, account []byte }

// read goes over a record once. It says whether the record is valid JSON, to its end.
func (p *parts) read(w *scan.Walk, record []byte) bool {
	*p = parts{resources: p.resources[:0]}
	w.Reset(record)
	return w.End(w.Object(0, p.member))
}

// member goes over a member of the record, and keeps what is in it.
func (p *parts) member(w *scan.Walk, key []byte, i int) int {
	c := &p.conditions
	switch string(key) {
	case "userIdentity":
		p.account, c.Caller = nil, condition.Caller{}
		return within(w, i, p.identityMember)
	case "requestParameters":
		p.request, c.Parameters = requestParts{}, condition.Parameters{}
		end := within(w, i, p.requestMember)
		c.Parameters.All = w.Text()[i:max(i, end)]
		return end
	case "resources":
		p.resources = p.resources[:0]
		return elements(w, i, p.resource)
	case "additionalEventData":
		c.Connection = condition.Connection{TLSVersion: c.Connection.TLSVersion}
		return within(w, i, keep(c.Connection.Additional))
	case "tlsDetails":
		c.Connection.TLSVersion = nil
		return within(w, i, keep(c.Connection.TLS))
	case "sessionCredentialFromConsole":
		return take(w, i, &c.Console)
	case "addendum":
		p.originalEventID = nil
		return within(w, i, keep(func(key []byte) *[]byte {
			if string(key) == "originalEventID" {
				return &p.originalEventID
			}
			return nil
		}))
	}
	return take(w, i, p.Record.Member(key))
}

func (p *parts) identityMember(w *scan.Walk, key []byte, i int) int {
	switch string(key) {
	case "accountId":
		return take(w, i, &p.account)
	case "sessionContext":
		p.conditions.Caller.Session = condition.Session{}
		return within(w, i, p.sessionMember)
	}
	return take(w, i, p.conditions.Caller.Member(key))
}

func (p *parts) sessionMember(w *scan.Walk, key []byte, i int) int {
	session := &p.conditions.Caller.Session
	if inner := session.Object(key); inner != nil {
		return within(w, i, keep(inner))
	}
	return take(w, i, session.Member(key))
}

func (p *parts) requestMember(w *scan.Walk, key []byte, i int) int {
	switch string(key) {
	case "bucketName":
		return take(w, i, &p.request.bucket)
	case "key":
		return take(w, i, &p.request.key)
	case "Key":
		return take(w, i, &p.request.otherKey)
	}
	return take(w, i, p.conditions.Parameters.Member(key))
}

// resource adds an element of the list of resources, which counts whatever it is.
func (p *parts) resource(w *scan.Walk, i int) int {
	p.resources = append(p.resources, resourceParts{})
	r := &p.resources[len(p.resources)-1]
	if b := w.Text(); i >= len(b) || b[i] != '{' {
		return w.Value(i)
	}
	return w.Object(i, func(w *scan.Walk, key []byte, i int) int {
		switch string(key) {
		case "type":
			return take(w, i, &r.kind)
		case "ARN":
			return take(w, i, &r.arn)
		case "ARNPrefix": // of a call that lists objects
			return take(w, i, &r.prefix)
		case "accountId":
			return take(w, i, &r.account)
		}
		return w.Value(i)
	})
}

// take goes over the value at i and keeps it, unless nobody wants it.
func take(w *scan.Walk, i int, part *[]byte) int {
	end := w.Value(i)
	if end >= 0 && part != nil {
		*part = w.Text()[i:end]
	}
	return end
}

// keep returns what goes over the members of an object and keeps those that have a place.
func keep(place func(key []byte) *[]byte) func(w *scan.Walk, key []byte, i int) int {
	return func(w *scan.Walk, key []byte, i int) int { return take(w, i, place(key)) }
}

// within goes over the value at i and, if it is an object or one that a tool turned
// into a string, over its members.
func within(w *scan.Walk, i int, member func(w *scan.Walk, key []byte, i int) int) int {
	if b := w.Text(); i < len(b) && b[i] == '{' {
		return w.Object(i, member)
	}
	end := w.Value(i)
	if inner, at := unwrapped(w, i, end); inner != nil {
		inner.Object(at, member)
	}
	return end
}

// elements does the same with the elements of an array.
func elements(w *scan.Walk, i int, element func(w *scan.Walk, i int) int) int {
	if b := w.Text(); i < len(b) && b[i] == '[' {
		return w.Array(i, element)
	}
	end := w.Value(i)
	if inner, at := unwrapped(w, i, end); inner != nil {
		inner.Array(at, element)
	}
	return end
}

// unwrapped returns a walk over the JSON text that the string at i holds, and where in
// it the value starts, or nil.
func unwrapped(w *scan.Walk, i, end int) (inner *scan.Walk, at int) {
	if b := w.Text(); end < 0 || b[i] != '"' {
		return nil, 0
	}
	raw := w.Text()[i:end]
	text := field.Unwrap(raw)
	if len(text) == len(raw) && &text[0] == &raw[0] {
		return nil, 0 // it holds none
	}
	inner = &scan.Walk{}
	inner.Reset(text)
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
		at++
	}
	return inner, at
}
