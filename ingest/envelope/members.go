package envelope

import (
	"bytes"

	"trail403/ingest/scan"
)

// Kind says what a JSON value is.
type Kind string

const (
	// Records is a CloudTrail record, or an envelope that holds some.
	Records Kind = "records"
	// Control is an envelope that by its nature holds none, such as CloudWatch's
	// test of a subscription.
	Control Kind = "control"

	Digest         Kind = "digest"
	Insight        Kind = "insight"
	Aggregated     Kind = "aggregated"
	Config         Kind = "config"
	S3Notification Kind = "s3-notification"
	Foreign        Kind = "not-cloudtrail"
	AccessLog      Kind = "s3-access-log" // of S3's servers, as JSON

	// Empty is an object without members where a record is expected: {}. It is
	// handed out like a record, so that every shape counts it.
	Empty Kind = "empty-record"

	// The shapes below hold CloudTrail in a form that is not read.

	LakeResults Kind = "lake-results"
	Elastic     Kind = "elasticsearch"
	Splunk      Kind = "splunk"
)

// members are those of an object that tell what it is.
type members struct {
	record    int  // how many members has it that every record has
	whole     bool // one of them is eventVersion or userIdentity, which a query rarely selects
	dotted    bool // a member of userIdentity is one of the object: userIdentity.arn
	named     bool // eventName
	aws       bool // eventSource is a service of AWS
	eventType string
	s3Event   bool
	service   bool // the event of another service
	digest    bool
	config    bool
	lake      bool
	elastic   bool
	splunk    bool
	access    int // how many members has it that only access logs of S3 have together

	inner []byte // the member in whose place a record is expected
	rank  int    // of inner's name in wrappers
}

// wrappers are the members in whose place a record is expected, or an envelope of some:
// there, an empty object is an empty record. Where an object has several, that is the
// first in this list. Records in other members are read as well.
var wrappers = map[string]int{
	"CloudTrailEvent": 1,  // aws cloudtrail lookup-events
	"detail":          2,  // EventBridge
	"Sns":             3,  // Lambda's event for SNS
	"Message":         4,  // SNS
	"Body":            5,  // aws sqs receive-message
	"body":            6,  // Lambda's event for SQS
	"message":         7,  // CloudWatch Logs
	"Records":         8,  // a trail file in a message, Lambda's events
	"Events":          9,  // aws cloudtrail lookup-events
	"logEvents":       10, // CloudWatch Logs subscription, Firehose
	"events":          11, // aws logs filter-log-events
	"Messages":        12, // aws sqs receive-message
	"results":         13, // CloudWatch Logs Insights
	"@message":        14, // a column of it
}

func (m *members) parse(object []byte) {
	for key, value := range scan.Members(object) {
		m.take(key, value)
		if rank := wrappers[string(key)]; rank > 0 && (m.rank == 0 || rank <= m.rank) {
			m.inner, m.rank = value, rank
		}
	}
}

// take notes what a member tells about the object.
func (m *members) take(key, value []byte) {
	switch string(key) {
	case "eventVersion", "userIdentity", "eventTime", "eventSource":
		m.record++
		m.whole = m.whole || string(key) == "eventVersion" || string(key) == "userIdentity"
		switch {
		case string(value) == `"aws:s3"`:
			m.s3Event = true
		case bytes.HasPrefix(value, []byte(`"aws:`)):
			m.service = true
		case bytes.HasSuffix(value, []byte(`.amazonaws.com"`)):
			m.aws = true
		}
	case "eventName":
		m.named = true
	case "eventType":
		m.eventType, _ = scan.Text(value)
	case "digestS3Object", "digestPublicKeyFingerprint":
		m.digest = true
	case "configurationItems", "configSnapshotId":
		m.config = true
	case "s3":
		m.s3Event = true
	case "Event": // {"Service":"Amazon S3","Event":"s3:TestEvent"}
		m.s3Event = m.s3Event || string(value) == `"s3:TestEvent"`
	case "bucket_arn", "http_status", "requester", "remote_ip", "key_name":
		m.access++
	case "QueryResultRows":
		m.lake = true
	case "_source":
		m.elastic = true
	case "_raw", "result":
		m.splunk = true
	default:
		m.dotted = m.dotted || bytes.HasPrefix(key, []byte("userIdentity."))
	}
}

// kind tells what the object itself is, "" for an envelope or anything else.
func (m *members) kind() Kind {
	switch {
	case m.eventType == "AwsCloudTrailInsight":
		return Insight
	case m.eventType == "AwsAggregatedEvent":
		return Aggregated
	case m.digest:
		return Digest
	case m.config:
		return Config
	case m.s3Event && (m.record > 0 || m.inner == nil):
		// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
		return S3Notification
	case m.service:
		// aws:kinesis, aws:dynamodb, aws:ses and the like: the event source of a
		// CloudTrail record is NAME.amazonaws.com. What it holds may be records.
		return ""
	case m.record > 0 && m.named, m.record > 1:
		return Records
	case m.access >= 4 && m.inner == nil:
		// https://docs.aws.amazon.com/AmazonS3/latest/userguide/sal-cw-log-format.html
		return AccessLog
	}
	return ""
}

// unread tells what an object is that holds no record that can be read.
func (m *members) unread() Kind {
	switch {
	case m.lake:
		return LakeResults
	case m.elastic:
		return Elastic
	case m.splunk:
		return Splunk
	}
	return Foreign
}
