package document_test

import (
	"fmt"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/ingest/change"
	"trail403/ingest/condition"
	"trail403/ingest/event"
)

// From the records of a change and a denial to the statement that denies the
// request.
func Example() {
	put := []byte(`{"eventTime": "2026-10-28T09:11:07Z", "eventSource": "s3.amazonaws.com", "eventName": "PutBucketPolicy", "eventID": "e-1",
		"requestParameters": {"bucketName": "corp-data", "bucketPolicy": {"Version": "2012-10-17", "Statement": [{"Sid": "OnlyOurEndpoint",
		"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::corp-data/*",
		"Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b"}}}]}}}`)
	denied := []byte(`{"userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::111122223333:assumed-role/reader/job"},
		"requestParameters": {"bucketName": "corp-data", "key": "k"}, "vpcEndpointId": "vpce-9f8e"}`)
	d := event.Denial{
		Time: time.Date(2026, 10, 28, 9, 14, 7, 0, time.UTC), Cause: event.ResourceExplicit,
		Action: "s3:GetObject", Bucket: "corp-data", Key: "k", SourceIP: "10.0.0.1", VPCEndpoint: "vpce-9f8e",
		Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role", CallerAccount: "111122223333",
	}

	c, _, _ := change.Decode(put)
	c.Documents = change.Documents(put, &c)
	book := document.New([]event.Change{c})
	context := condition.Read(denied)
	r := evaluate.RequestOf(&d, &context)
	for _, f := range evaluate.Explain(r, book.Concerned(&d, r), d.Cause, d.PolicyARN).Findings {
		fmt.Println(f.Statement.Sid, f.Matches, "since", f.Policy.Since.Format("15:04:05"))
		fmt.Println(f.Why)
	}
	// Output:
	// OnlyOurEndpoint refuses since 09:11:07
	// Denies s3:* on arn:aws:s3:::corp-data/* for everyone unless aws:SourceVpce is vpce-0a1b. The request had aws:SourceVpce vpce-9f8e.
}
