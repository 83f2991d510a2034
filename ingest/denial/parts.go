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
	identity        identityParts
	request         requestParts
	resources       []resourceParts
	conditions      condition.Parts
}

type identityParts struct{ kind, arn, account, principalID, invokedBy, issuer []byte }

type requestParts struct{ bucket, key, otherKey, version, kmsKey []byte }

type resourceParts struct{ kind, arn, prefix, account []byte }

// read goes over a record once. It says whether the record is valid JSON, to its end.
func (p *parts) read(w *scan.Walk, record []byte) bool {
	*p = parts{resources: p.resources[:0]}
	w.Reset(record)
	return w.End(w.Object(0, p.member))
}

// member goes over a member of the record, and keeps what is in it.
func (p *parts) member(w *scan.Walk, key []byte, i int) int {
	end := p.inner(w, key, i)
	if part := p.conditions.Member(key); part != nil && end >= 0 {
		*part = w.Text()[i:end]
	}
	return end
}

func (p *parts) inner(w *scan.Walk, key []byte, i int) int {
	switch string(key) {
	case "userIdentity":
		p.identity = identityParts{}
		return within(w, i, p.identity.member)
	case "requestParameters":
		p.request = requestParts{}
		return within(w, i, p.request.member)
	case "resources":
		p.resources = p.resources[:0]
		return elements(w, i, p.resource)
	case "addendum":
		p.originalEventID = nil
		return within(w, i, func(w *scan.Walk, key []byte, i int) int {
			if string(key) == "originalEventID" {
				return take(w, i, &p.originalEventID)
			}
			return w.Value(i)
		})
	}
	return take(w, i, p.Record.Member(key))
}

func (p *identityParts) member(w *scan.Walk, key []byte, i int) int {
	switch string(key) {
	case "type":
		return take(w, i, &p.kind)
	case "arn":
		return take(w, i, &p.arn)
	case "accountId":
		return take(w, i, &p.account)
	case "principalId":
		return take(w, i, &p.principalID)
	case "invokedBy":
		return take(w, i, &p.invokedBy)
	case "sessionContext":
		p.issuer = nil
		return within(w, i, p.contextMember)
	}
	return w.Value(i)
}

func (p *identityParts) contextMember(w *scan.Walk, key []byte, i int) int {
	if string(key) != "sessionIssuer" {
		return w.Value(i)
	}
	p.issuer = nil
	return within(w, i, func(w *scan.Walk, key []byte, i int) int {
		if string(key) == "arn" {
			return take(w, i, &p.issuer)
		}
		return w.Value(i)
	})
}

func (p *requestParts) member(w *scan.Walk, key []byte, i int) int {
	switch string(key) {
	case "bucketName":
		return take(w, i, &p.bucket)
	case "key":
		return take(w, i, &p.key)
	case "Key":
		return take(w, i, &p.otherKey)
	case "versionId":
		return take(w, i, &p.version)
	case "x-amz-server-side-encryption-aws-kms-key-id":
		return take(w, i, &p.kmsKey)
	}
	return w.Value(i)
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
