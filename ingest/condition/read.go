package condition

import (
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// Read returns what a record, the JSON text of an object, shows. Of duplicate keys, the
// last one counts, with all that is in it.
func Read(record []byte) event.Context {
	var p Parts
	for key, value := range scan.Members(record) {
		switch string(key) {
		case "userIdentity":
			p.Caller = callerOf(value)
		case "requestParameters":
			p.Parameters = Parameters{All: value}
			collect(value, p.Parameters.Member)
		case "additionalEventData":
			p.Connection = Connection{TLSVersion: p.Connection.TLSVersion}
			collect(value, p.Connection.Additional)
		case "tlsDetails":
			p.Connection.TLSVersion = nil
			collect(value, p.Connection.TLS)
		case "sessionCredentialFromConsole":
			p.Console = value
		}
	}
	var r Reader
	return r.Of(&p)
}

func callerOf(identity []byte) (c Caller) {
	collect(identity, c.Member)
	session := field.Member(identity, "sessionContext")
	collect(session, c.Session.Member)
	for name, object := range scan.Members(field.Unwrap(session)) {
		if member := c.Session.Object(name); member != nil {
			collect(object, member)
		}
	}
	return c
}

// collect keeps the members of an object that somebody wants.
func collect(object []byte, member func(key []byte) *[]byte) {
	for key, value := range scan.Members(field.Unwrap(object)) {
		if part := member(key); part != nil {
			*part = value
		}
	}
}
