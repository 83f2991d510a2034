package denial

import (
	"bytes"
	"encoding/json"
	"strings"

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

// text reads a value that should be a string. Logs that went through other
// tools hold numbers and lists in its place: a number is taken as written, a
// list by its first element, anything else is empty.
func text(value []byte) string {
	if len(value) > 0 && value[0] == '[' {
		value = first(value)
	}
	if len(value) == 0 {
		return ""
	}
	switch c := value[0]; {
	case c == '"':
		return clipped(value)
	case c == '-' || c >= '0' && c <= '9':
		return string(value[:min(len(value), maxText)])
	}
	return ""
}

// maxText is how many bytes of a string are read. CloudTrail cuts messages and
// user agents at 1 KB and S3 keys have at most 1 KB; only hostile input has more.
const maxText = 16 << 10

// clipped decodes the JSON string, or the beginning of a long one.
func clipped(value []byte) string {
	if len(value) <= maxText {
		s, _ := scan.Text(value)
		return s
	}
	beginning := make([]byte, 0, maxText)
	// An escape must not be cut: the longest, a pair of \u…, has twelve bytes.
	for n := maxText - 1; n > maxText-13; n-- {
		beginning = append(append(beginning[:0], value[:n]...), '"')
		if s, ok := scan.Text(beginning); ok {
			return strings.ToValidUTF8(s, "\ufffd")
		}
	}
	return ""
}

func first(array []byte) []byte {
	for element := range scan.Elements(array) {
		return element
	}
	return nil
}

// unwrap returns the object or array that a tool turned into a string, and any
// other value as it is.
func unwrap(value []byte) []byte {
	if len(value) == 0 || value[0] != '"' {
		return value
	}
	s, _ := scan.Text(value)
	if inner := []byte(s); json.Valid(inner) {
		return inner
	}
	return value
}

// member returns the value of one member of an object, nil if there is none.
func member(object []byte, name string) (found []byte) {
	for key, value := range scan.Members(unwrap(object)) {
		if string(key) == name {
			found = value
		}
	}
	return found
}

var (
	errorCodeKey  = []byte("errorCode")
	escapedLetter = []byte(`\u00`)
)

// Needles returns texts of which every record that Decode takes for a denial
// holds one. "Code" stands for errorCode: a search is fast if the first byte is
// rare, and of the letters of the key only the C is.
func Needles() []string { return []string{"Code", string(escapedLetter)} }

// canBeDenial says whether the record can hold a member errorCode at all. It is
// what lets most records pass unparsed. A key can also be written with escapes
// (\u0065rrorCode); only those of letters, \u0041 to \u007a, matter.
func canBeDenial(record []byte) bool {
	if bytes.Contains(record, errorCodeKey) {
		return true
	}
	for {
		i := bytes.Index(record, escapedLetter)
		if i < 0 || i+len(escapedLetter) == len(record) {
			return false
		}
		record = record[i+len(escapedLetter):]
		if record[0] >= '4' && record[0] <= '7' {
			return true
		}
	}
}
