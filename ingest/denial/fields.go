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

var errorCodeKey = []byte("errorCode")

// Needles returns texts of which every record that Decode takes for a denial
// holds one. "Code" stands for errorCode: a search is fast if the first byte is
// rare, and of the letters of the key only the C is.
func Needles() []string { return []string{"Code", field.EscapedLetter} }

// canBeDenial says whether the record can hold a member errorCode at all. It is
// what lets most records pass unparsed. A key can also be written with escapes
// (\u0065rrorCode); only those of letters matter.
func canBeDenial(record []byte) bool {
	return bytes.Contains(record, errorCodeKey) || field.HasEscapedLetter(record)
}
