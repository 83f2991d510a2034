package denial

import (
	"strings"
	"testing"
	"trail403/ingest/event"
)

const (
	anonymousID = `{"type":"AWSAccount","principalId":"","accountId":"anonymous"}`
	strangerID  = `{"type":"AWSAccount","principalId":"AROAEXAMPLE:s","accountId":"444455556666"}`
	serviceID   = `{"type":"AWSService","invokedBy":"delivery.logs.amazonaws.com"}`
	before2024  = `"2024-08-20T23:59:59Z"`
	directory   = `[{"accountId":"111122223333","type":"AWS::S3Express::DirectoryBucket","ARN":"arn:aws:s3express:us-west-2:111122223333:bucket/b--usw2-az1--x-s3"}]`
	stranger    = `[{"accountId":"444455556666","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`
	hiddenOwner = `[{"accountId":"","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`
)

func TestWhyNotTold(t *testing.T) {
	f := func(want string, changes ...string) {
		t.Helper()
		d := decode(t, record(changes...))
		if d.WhyNotTold != want || d.Cause != event.NotTold {
			t.Errorf("got %q with the cause %s, want %q", d.WhyNotTold, d.Cause, want)
		}
	}
	f(WhyAnonymous, "userIdentity", anonymousID)
	f(WhyOtherAccount, "resources", stranger)
	f(WhyOtherAccount, "resources", hiddenOwner)
	f(WhyOtherAccount, "userIdentity", strangerID, "resources", "") // the owner's copy
	f(WhyDirectoryBucket, "resources", directory)
	f(WhyDirectoryBucket, "eventSource", `"s3express.amazonaws.com"`)
	f(WhyDirectoryBucket, "requestParameters", `{"bucketName":"b--usw2-az1--x-s3"}`)
	f(WhyAWSService, "userIdentity", serviceID)
	f(WhyBeforeRollout, "eventTime", before2024)
	f(WhyBeforeRollout, "eventTime", `"2024-08-21T01:59:59+02:00"`)
	f(WhyUnknown, "eventTime", `"2024-08-21T00:00:00Z"`)
	f(WhyUnknown)
	f(WhyUnknown, "resources", "")
	f(WhyUnknown, "errorMessage", "")
	f(WhyUnknown, "errorMessage", "null")
	f(WhyUnknown, "errorMessage", `"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject"`)
	f(WhyUnknown, "errorMessage", `"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::corp-data/a\""`)

	// The first that applies.
	f(WhyAnonymous, "userIdentity", anonymousID, "resources", stranger, "requestParameters", `{"bucketName":"b--x-s3"}`, "eventTime", before2024)
	f(WhyDirectoryBucket, "resources", hiddenOwner, "requestParameters", `{"bucketName":"b--x-s3"}`, "userIdentity", serviceID, "eventTime", before2024)
	f(WhyAWSService, "resources", hiddenOwner, "userIdentity", serviceID, "eventTime", before2024)
	f(WhyOtherAccount, "resources", hiddenOwner, "eventTime", before2024)
}

// Only a missing reason has a why.
func TestWhyOfToldReasons(t *testing.T) {
	f := func(cause event.Cause, changes ...string) {
		t.Helper()
		d := decode(t, record(append(changes, "userIdentity", anonymousID)...))
		if d.Cause != cause || d.WhyNotTold != "" {
			t.Errorf("got %s, %q, want %s", d.Cause, d.WhyNotTold, cause)
		}
	}
	says := func(reason string) string {
		return `"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject` + reason + `"`
	}
	f(event.IdentityImplicit, "errorMessage", says(" because no identity-based policy allows the s3:GetObject action"))
	f(event.ResourceExplicit, "errorMessage", says(" with an explicit deny in a resource-based policy"))
	f(event.Unrecognized, "errorMessage", says(" since the moon is full"))
	f(event.Unrecognized, "errorMessage", `7`)
	f(event.ObjectLock, "errorMessage", `"Access Denied because object protected by object lock."`)
	// Network activity has one text, which may be missing.
	f(event.VPCEUnknown, "errorCode", `"VpceAccessDenied"`, "errorMessage", `"The request was denied due to a VPC endpoint policy"`)
	f(event.VPCEUnknown, "errorCode", `"VpceAccessDenied"`, "errorMessage", "null")
	f(event.VPCEUnknown, "errorCode", `"VpceAccessDenied"`, "errorMessage", "")
}

// A message that was cut stays so, even if redaction makes it shorter.
func TestCutMessage(t *testing.T) {
	text := `User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::corp-data/`
	text += strings.Repeat("AKIAIOSFODNN7EXAMPLE", 60)
	d := decode(t, record("errorMessage", `"`+text[:1026]+`"`))
	if d.Cause != event.Truncated || strings.Contains(d.Message, "AKIAIO") || len(d.Message) > 800 {
		t.Errorf("got %s: %s", d.Cause, d.Message)
	}
}
