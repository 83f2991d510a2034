package denial

import (
	"bytes"

	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// fields are the parts of a record that trail403 reads, as raw JSON. A field
// that the record lacks is nil. CloudTrail's schema:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html.
type fields struct {
	eventID, sharedEventID, addendum        []byte
	eventTime, eventSource, eventName       []byte
	eventType, eventCategory, awsRegion     []byte
	errorCode, errorMessage                 []byte
	userIdentity, recipientAccountID        []byte
	requestParameters, resources            []byte
	sourceIPAddress, userAgent, vpcEndpoint []byte
}

// parse collects the fields of a record; the last duplicate of a key counts.
func (f *fields) parse(record []byte) {
	for key, value := range scan.Members(record) {
		switch string(key) {
		case "eventID":
			f.eventID = value
		case "sharedEventID":
			f.sharedEventID = value
		case "addendum":
			f.addendum = value
		case "eventTime":
			f.eventTime = value
		case "eventSource":
			f.eventSource = value
		case "eventName":
			f.eventName = value
		case "eventType":
			f.eventType = value
		case "eventCategory":
			f.eventCategory = value
		case "awsRegion":
			f.awsRegion = value
		case "errorCode":
			f.errorCode = value
		case "errorMessage":
			f.errorMessage = value
		case "userIdentity":
			f.userIdentity = value
		case "recipientAccountId":
			f.recipientAccountID = value
		case "requestParameters":
			f.requestParameters = value
		case "resources":
			f.resources = value
		case "sourceIPAddress":
			f.sourceIPAddress = value
		case "userAgent":
			f.userAgent = value
		case "vpcEndpointId":
			f.vpcEndpoint = value
		}
	}
}

// Needle is a text that every record holds that Decode takes for a denial, as it
// is or written with escapes.
const Needle = "errorCode"

var codeKey = scan.NewWord(Needle)

// canBeDenial says whether the record may hold a member errorCode that means
// denied. It is what lets most records pass unparsed: it looks at what follows
// the key wherever it stands, and rejects only a plain string of another code.
func (d *Decoder) canBeDenial(record []byte) bool {
	for rest := record; ; {
		i := codeKey.Index(rest)
		if i < 0 {
			return field.HasEscapedLetter(record)
		}
		rest = rest[i+len(Needle):]
		value, isKey := bytes.CutPrefix(rest, []byte(`"`))
		if isKey {
			value, isKey = bytes.CutPrefix(field.TrimSpace(value), []byte(":"))
		}
		code, isText := plainText(field.TrimSpace(value))
		if !isKey || !isText || d.codes[string(code)] {
			return true
		}
	}
}

// plainText returns what a JSON string at the beginning of b holds, if that is
// short and printable ASCII without escapes.
func plainText(b []byte) ([]byte, bool) {
	const longest = 256
	if len(b) == 0 || b[0] != '"' {
		return nil, false
	}
	for i, c := range b[1:min(len(b), longest)] {
		switch {
		case c == '"':
			return b[1 : 1+i], i > 0
		case c == '\\' || c < ' ' || c > '~':
			return nil, false
		}
	}
	return nil, false
}
