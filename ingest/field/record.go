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
	RequestID                                      []byte
}

// Parse collects the members of a record. The last duplicate of a key counts.
func (r *Record) Parse(record []byte) {
	for key, value := range scan.Members(record) {
		if member := r.Member(key); member != nil {
			*member = value
		}
	}
}

// Member returns the member with the key, nil for one that is not read.
func (r *Record) Member(key []byte) *[]byte {
	switch string(key) {
	case "eventID":
		return &r.EventID
	case "sharedEventID":
		return &r.SharedEventID
	case "addendum":
		return &r.Addendum
	case "eventTime":
		return &r.EventTime
	case "eventSource":
		return &r.EventSource
	case "eventName":
		return &r.EventName
	case "eventType":
		return &r.EventType
	case "eventCategory":
		return &r.EventCategory
	case "awsRegion":
		return &r.Region
	}
	return r.detail(key)
}

// detail does the same for the members that say who called, for what, and what
// came of it.
func (r *Record) detail(key []byte) *[]byte {
	switch string(key) {
	case "errorCode":
		return &r.ErrorCode
	case "errorMessage":
		return &r.ErrorMessage
	case "userIdentity":
		return &r.UserIdentity
	case "recipientAccountId":
		return &r.Recipient
	case "requestParameters":
		return &r.RequestParameters
	case "responseElements":
		return &r.ResponseElements
	case "resources":
		return &r.Resources
	case "sourceIPAddress":
		return &r.SourceIP
	case "userAgent":
		return &r.UserAgent
	case "vpcEndpointId":
		return &r.VPCEndpoint
	case "requestID":
		return &r.RequestID
	}
	return nil
}
