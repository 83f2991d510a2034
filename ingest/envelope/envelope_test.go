package envelope

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"trail403/ingest/scan"
)

const record = `{"eventVersion":"1.11","userIdentity":{},"eventName":"GetObject","eventID":"1"}`

// quoted is a JSON value as JSON text in a string, as envelopes hold it.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func opened(value string) (kind Kind, records []string) {
	kind, err := new(Opener).Open([]byte(value), func(r []byte) error {
		records = append(records, string(r))
		return nil
	})
	if err != nil {
		panic(err)
	}
	return kind, records
}

func TestOpen(t *testing.T) {
	f := func(value string, want Kind, records ...string) {
		t.Helper()
		if kind, got := opened(value); kind != want || !slices.Equal(got, records) {
			t.Errorf("%s\n got %s with %q\nwant %s with %q", value, kind, got, want, records)
		}
	}
	f(record, Records, record)
	f(`[`+record+`,`+record+`]`, Records, record, record)

	// aws cloudtrail lookup-events, as AWS CLI 2 writes it and as tools do
	f(`{"EventId":"1","EventName":"GetObject","ReadOnly":"true","EventTime":"2026-10-01T00:00:00Z","EventSource":"s3.amazonaws.com","Resources":[],"CloudTrailEvent":`+quoted(record)+`}`, Records, record)
	f(`{"EventId":"1","CloudTrailEvent":`+record+`}`, Records, record)
	f(`{"Events":[{"CloudTrailEvent":`+quoted(record)+`},{"CloudTrailEvent":`+quoted(record)+`}]}`, Records, record, record)
	// EventBridge
	f(`{"version":"0","id":"x","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","account":"111122223333","time":"2026-10-01T00:00:00Z","region":"us-east-1","resources":[],"detail":`+record+`}`, Records, record)
	// CloudWatch Logs
	f(`{"id":"1","timestamp":1,"message":`+quoted(record)+`}`, Records, record)
	f(`{"logStreamName":"s","timestamp":1,"message":`+quoted(" "+record+"\n")+`,"eventId":"1"}`, Records, record)
	f(`{"messageType":"DATA_MESSAGE","logEvents":[{"message":`+quoted(record)+`}]}`, Records, record)
	f(`{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}`, Control)
	f(`{"message":"START RequestId: 1"}`, Foreign)
	f(`[{"field":"@timestamp","value":"2026-10-01"},{"field":"@message","value":`+quoted(record)+`},{"field":"@ptr","value":"x"}]`, Records, record)
	// SNS and SQS, nested
	sns := `{"Type":"Notification","MessageId":"1","TopicArn":"arn","Message":` + quoted(`{"detail":`+record+`}`) + `}`
	f(sns, Records, record)
	f(`{"MessageId":"1","ReceiptHandle":"x","Body":`+quoted(sns)+`}`, Records, record)
	f(`{"messageId":"1","eventSource":"aws:sqs","body":`+quoted(sns)+`}`, Records, record)
	f(`{"EventSource":"aws:sns","Sns":`+sns+`}`, Records, record)
	f(`{"Messages":[{"Body":`+quoted(`{"Records":[`+record+`]}`)+`}]}`, Records, record)

	// What looks like CloudTrail and holds no records
	f(`{"awsAccountId":"1","digestS3Object":"x"}`, Digest)
	f(`{"eventVersion":"1.08","eventType":"AwsCloudTrailInsight","eventTime":"x"}`, Insight)
	f(`{"eventVersion":"1.0","eventType":"AwsAggregatedEvent","eventSource":"s3.amazonaws.com"}`, Aggregated)
	f(`{"fileVersion":"1.0","configurationItems":[]}`, Config)
	f(`{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{}}`, S3Notification)
	f(`{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}`, S3Notification)
	f(`{"Message":`+quoted(`{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","s3":{}}]}`)+`}`, S3Notification)
	f(`{"Message":`+quoted(`{"s3Bucket":"b","s3ObjectKey":["k"]}`)+`}`, Foreign)
	f(`{"QueryStatus":"FINISHED","QueryResultRows":[[{"eventName":"x"}]]}`, LakeResults)
	f(`{"_index":"x","_source":{"aws":{}}}`, Elastic)
	f(`{"result":{"_raw":"{}"}}`, Splunk)
	f(`{"hello":"world"}`, Foreign)
	// Events of other services, as Lambda gets them
	f(`{"eventVersion":"1.0","eventSource":"aws:ses","ses":{"mail":{}}}`, Foreign)
	f(`{"eventID":"1","eventVersion":"1.0","eventName":"aws:kinesis:record","eventSource":"aws:kinesis","kinesis":{"data":"e30="}}`, Foreign)
	f(`{"eventID":"1","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb","dynamodb":{}}`, Foreign)
	f(`{"eventVersion":"1.0","eventSource":"aws:codecommit","codecommit":{}}`, Foreign)
	f(`[]`, Control)
	f(`{}`, Empty, `{}`)
	f(`{"detail":{ }}`, Empty, `{ }`)
	f(`{"Message":`+quoted(`{"Records":[{},`+record+`,{}]}`)+`}`, Records, `{}`, record, `{}`)
	f(`{"Message":`+quoted(`[{},{"a":1}]`)+`}`, Foreign, `{}`)
	f(`"text"`, Foreign)
	f(`7`, Foreign)
	f(`null`, Foreign)
	f(`{"message":"{broken"}`, Foreign)
	f(`{"message":`+quoted(record[:len(record)-1])+`}`, Foreign)
}

// Envelopes in envelopes end somewhere.
func TestOpenNesting(t *testing.T) {
	value := record
	for range 100 {
		value = `{"detail":` + value + `}`
	}
	if kind, records := opened(value); kind != Foreign || records != nil {
		t.Errorf("got %s with %d records", kind, len(records))
	}
	if kind, _ := opened(strings.Repeat("[", 1000) + strings.Repeat("]", 1000)); kind == Records {
		t.Errorf("got %s", kind)
	}
}

func TestOpenError(t *testing.T) {
	want := errors.New("stop")
	n := 0
	_, err := new(Opener).Open([]byte(`{"Events":[`+record+`,`+record+`]}`), func([]byte) error { n++; return want })
	if err != want || n != 1 {
		t.Errorf("got %v after %d records", err, n)
	}
}

func zipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(text))
	w.Close()
	return b.Bytes()
}

// Records in any order of wrappers, each of which may hold more than one.
func TestOpenAnything(t *testing.T) {
	f := func(value string, want ...string) {
		t.Helper()
		if kind, got := opened(value); !slices.Equal(got, want) || (kind == Records) != (want != nil) {
			t.Errorf("%s\n got %s with %q\nwant %q", value, kind, got, want)
		}
	}
	other := strings.Replace(record, "GetObject", "PutObject", 1)
	packed := `"` + base64.StdEncoding.EncodeToString(zipped(`[`+record+`,`+other+`]`)) + `"`
	f(`{"a":{"b":[`+record+`,{"c":`+quoted(other)+`}]},"d":`+record+`}`, record, other, record)
	f(`{"before":`+record+`,"after":`+other+`}`, record, other)
	f(`{"data":`+packed+`,"detail":`+record+`}`, record, record, other)
	f(`{"log":`+quoted("a "+record+" b\nc\n"+other)+`}`, record, other)
	f(`["x",`+packed+`]`, record, other)
	// What others call by the same names.
	f(`{"event":{"eventName":"click","eventTime":"x"}}`)
	f(`{"id":"` + strings.Repeat("eyJh", 30) + `","sha":"` + strings.Repeat("W1tb", 30) + `"}`)
	// A query that selects fields and the record: the record counts.
	f(`{"eventTime":"x","eventName":"x","eventSource":"s3.amazonaws.com","@message":`+quoted(record)+`}`, record)
}

// Whatever is opened, records are valid JSON objects and nothing panics.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		record, `{"Events":[{"CloudTrailEvent":` + quoted(record) + `}]}`,
		`[{"field":"@message","value":` + quoted(record) + `}]`, `{"Body":` + quoted(`{"Message":`+quoted(record)+`}`) + `}`,
		`{"kinesis":{"data":"` + base64.StdEncoding.EncodeToString([]byte(record)) + `"}}`,
		`{"awslogs":{"data":"` + base64.StdEncoding.EncodeToString(zipped(record)) + `"}}`,
		`{"log":"<1> x ` + quoted(record)[1:] + `}`, `[{"eventName":"x"},{"eventTime":"x"},{"eventSource":"s3.amazonaws.com"}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		opener := Opener{MaxText: 1 << 20}
		kind, err := opener.Open(value, func(r []byte) error {
			if json.Valid(value) && (!json.Valid(r) || r[0] != '{') {
				t.Errorf("found %s", strconv.Quote(string(r)))
			}
			return nil
		})
		if err == scan.ErrTooLarge || err == errPacked {
			return
		}
		if err != nil || kind == "" {
			t.Errorf("%q, %v", kind, err)
		}
	})
}
