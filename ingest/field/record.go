package field

import "trail403/ingest/scan"

// Record holds the members of a record that trail403 reads, as raw JSON: slices
// of the record, nil for what it lacks. CloudTrail's schema:
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html.
type Record struct {
	EventID, SharedEventID, Addendum               []byte
	EventTime, EventSource, EventName              []byte
	EventType, EventCategory, Region               []byte
	ErrorCode, ErrorMessage                        []byte
	UserIdentity, Recipient                        []byte
	RequestParameters, ResponseElements, Resources []byte
	SourceIP, UserAgent, VPCEndpoint               []byte
}

// Parse collects the members of a record; the last duplicate of a key counts.
func (r *Record) Parse(record []byte) {
	for key, value := range scan.Members(record) {
		switch string(key) {
		case "eventID":
			r.EventID = value
		case "sharedEventID":
			r.SharedEventID = value
		case "addendum":
			r.Addendum = value
		case "eventTime":
			r.EventTime = value
		case "eventSource":
			r.EventSource = value
		case "eventName":
			r.EventName = value
		case "eventType":
			r.EventType = value
		case "eventCategory":
			r.EventCategory = value
		case "awsRegion":
			r.Region = value
		case "errorCode":
			r.ErrorCode = value
		case "errorMessage":
			r.ErrorMessage = value
		case "userIdentity":
			r.UserIdentity = value
		case "recipientAccountId":
			r.Recipient = value
		case "requestParameters":
			r.RequestParameters = value
		case "responseElements":
			r.ResponseElements = value
		case "resources":
			r.Resources = value
		case "sourceIPAddress":
			r.SourceIP = value
		case "userAgent":
			r.UserAgent = value
		case "vpcEndpointId":
			r.VPCEndpoint = value
		}
	}
}
