package evaluate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/condition"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// keys are all that a record can show, with one that it cannot.
var keys = strings.Fields(`aws:CalledVia aws:CurrentTime aws:EpochTime aws:FederatedProvider aws:MultiFactorAuthPresent
	aws:PrincipalAccount aws:PrincipalArn aws:PrincipalIsAWSService aws:PrincipalOrgID aws:PrincipalServiceName aws:PrincipalType aws:RequestedRegion
	aws:ResourceAccount s3:ResourceAccount
	aws:SecureTransport aws:SourceIdentity aws:SourceIp aws:SourceVpce aws:TokenIssueTime aws:UserAgent aws:ViaAWSService
	aws:VpcSourceIp aws:userid aws:username ec2:RoleDelivery s3:TlsVersion s3:VersionId s3:authType s3:delimiter s3:max-keys
	s3:prefix s3:signatureversion s3:x-amz-acl s3:x-amz-server-side-encryption s3:x-amz-copy-source`)

// shown returns the keys with a value, and those that the request did not have.
func shownKeys(c *policydoc.Context) (with, without string) {
	var a, b []string
	for _, key := range keys {
		values, seen := c.Lookup(key)
		switch {
		case len(values) > 0:
			a = append(a, key+"="+strings.Join(values, ","))
		case seen:
			b = append(b, key)
		}
	}
	slices.Sort(a)
	return strings.Join(a, " "), strings.Join(b, " ")
}

func TestRequestOf(t *testing.T) {
	at := time.Date(2026, 10, 28, 9, 14, 7, 0, time.UTC)
	for name, x := range map[string]struct {
		denial        event.Denial
		record        string
		request       string // action, resource, caller
		with, without string
	}{
		"a role through an endpoint": {
			event.Denial{Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", CallerAccount: "111122223333", HasARN: true,
				Session: "job", Action: "s3:ListBucket", Bucket: "corp-data", BucketAccount: "444455556666", Region: "eu-west-1", SourceIP: "10.0.0.1",
				VPCEndpoint: "vpce-9f8e", UserAgent: "[aws-cli/2.1]"},
			`{"userIdentity": {"principalId": "AROAEXAMPLE:job", "arn": "arn:aws:sts::111122223333:assumed-role/reader/job", "sessionContext":
			{"sessionIssuer": {"arn": "arn:aws:iam::111122223333:role/app/reader"}, "attributes": {"creationDate": "2026-10-28T08:00:00Z",
			"mfaAuthenticated": "false"}}}, "requestParameters": {"prefix": "", "bucketName": "corp-data"}, "tlsDetails": {"tlsVersion": "TLSv1.3"},
			"additionalEventData": {"AuthenticationMethod": "AuthHeader", "SignatureVersion": "SigV4"}}`,
			"s3:ListBucket arn:aws:s3:::corp-data {arn:aws:iam::111122223333:role/app/reader arn:aws:sts::111122223333:assumed-role/reader/job " +
				"AROAEXAMPLE:job 111122223333  false false false}",
			"aws:CurrentTime=2026-10-28T09:14:07Z aws:EpochTime=1793178847 aws:MultiFactorAuthPresent=false aws:PrincipalAccount=111122223333 " +
				"aws:PrincipalArn=arn:aws:iam::111122223333:role/app/reader aws:PrincipalIsAWSService=false aws:PrincipalType=AssumedRole aws:RequestedRegion=eu-west-1 " +
				"aws:ResourceAccount=444455556666 aws:SecureTransport=true aws:SourceVpce=vpce-9f8e aws:TokenIssueTime=2026-10-28T08:00:00Z aws:UserAgent=aws-cli/2.1 " +
				"aws:ViaAWSService=false aws:VpcSourceIp=10.0.0.1 aws:userid=AROAEXAMPLE:job s3:ResourceAccount=444455556666 s3:TlsVersion=1.3 s3:authType=REST-HEADER " +
				"s3:prefix= s3:signatureversion=AWS4-HMAC-SHA256",
			"aws:CalledVia aws:SourceIp aws:username s3:VersionId s3:delimiter",
		},
		"a federated user": {
			event.Denial{Principal: "arn:aws:iam::111122223333:user/maria", PrincipalType: "user", CallerAccount: "111122223333", HasARN: true,
				Action: "s3:ListAllMyBuckets", SourceIP: "203.0.113.7"},
			`{"userIdentity": {"type": "FederatedUser", "principalId": "111122223333:bob", "arn": "arn:aws:sts::111122223333:federated-user/bob"}}`,
			"s3:ListAllMyBuckets * {arn:aws:iam::111122223333:user/maria arn:aws:sts::111122223333:federated-user/bob 111122223333:bob " +
				"111122223333  false false false}",
			"aws:CurrentTime=2026-10-28T09:14:07Z aws:EpochTime=1793178847 aws:PrincipalAccount=111122223333 " +
				"aws:PrincipalArn=arn:aws:sts::111122223333:federated-user/bob aws:PrincipalIsAWSService=false aws:PrincipalType=FederatedUser aws:SourceIp=203.0.113.7 " +
				"aws:ViaAWSService=false aws:userid=111122223333:bob",
			"aws:CalledVia aws:SourceVpce aws:VpcSourceIp aws:username",
		},
		"a user from the internet": {
			event.Denial{Principal: "arn:aws:iam::111122223333:user/maria", PrincipalType: "user", CallerAccount: "111122223333", HasARN: true,
				Action: "s3:PutObject", Bucket: "corp-data", Key: "a/b", SourceIP: "203.0.113.7"},
			`{"userIdentity": {"type": "IAMUser", "userName": "maria"}, "requestParameters": {"x-amz-acl": "public-read"}}`,
			"s3:PutObject arn:aws:s3:::corp-data/a/b {arn:aws:iam::111122223333:user/maria   111122223333  false false false}",
			"aws:CurrentTime=2026-10-28T09:14:07Z aws:EpochTime=1793178847 aws:PrincipalAccount=111122223333 " +
				"aws:PrincipalArn=arn:aws:iam::111122223333:user/maria aws:PrincipalIsAWSService=false aws:PrincipalType=User aws:SourceIp=203.0.113.7 " +
				"aws:ViaAWSService=false aws:username=maria s3:x-amz-acl=public-read",
			"aws:CalledVia aws:MultiFactorAuthPresent aws:SourceVpce aws:TokenIssueTime aws:VpcSourceIp ec2:RoleDelivery s3:VersionId " +
				"s3:x-amz-server-side-encryption s3:x-amz-copy-source",
		},
		"a service on behalf of a role that only a message names": {
			event.Denial{Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role", CallerAccount: "111122223333",
				Action: "s3:GetObject", DeniedAction: "kms:Decrypt", KMSKey: "arn:aws:kms:eu-west-1:111122223333:key/1", Bucket: "corp-data", Key: "k",
				SourceIP: "athena.amazonaws.com"},
			`{"userIdentity": {"invokedBy": "athena.amazonaws.com"}}`,
			"kms:Decrypt arn:aws:kms:eu-west-1:111122223333:key/1 {arn:aws:iam::111122223333:role/reader   111122223333  false true false}",
			"aws:CurrentTime=2026-10-28T09:14:07Z aws:EpochTime=1793178847 aws:PrincipalAccount=111122223333 aws:PrincipalIsAWSService=false " +
				"aws:PrincipalType=AssumedRole aws:ResourceAccount=111122223333 aws:ViaAWSService=true",
			"aws:username",
		},
		"a service": {
			event.Denial{Principal: "delivery.logs.amazonaws.com", PrincipalType: "service", Action: "s3:PutObject", Bucket: "corp-logs", Key: "k",
				SourceIP: "delivery.logs.amazonaws.com"},
			`{"userIdentity": {"type": "AWSService", "invokedBy": "delivery.logs.amazonaws.com"}}`,
			"s3:PutObject arn:aws:s3:::corp-logs/k {    delivery.logs.amazonaws.com false false false}",
			"aws:CurrentTime=2026-10-28T09:14:07Z aws:EpochTime=1793178847 aws:PrincipalIsAWSService=true " +
				"aws:PrincipalServiceName=delivery.logs.amazonaws.com aws:ViaAWSService=false",
			"",
		},
		"anonymous": {
			event.Denial{Principal: "anonymous", PrincipalType: "anonymous", Action: "s3:GetObject", Bucket: "corp-data", Key: "k"},
			`{}`,
			"s3:GetObject arn:aws:s3:::corp-data/k {     true false false}",
			"aws:CurrentTime=2026-10-28T09:14:07Z aws:EpochTime=1793178847 aws:PrincipalIsAWSService=false aws:PrincipalType=Anonymous " +
				"aws:ViaAWSService=false aws:userid=anonymous",
			"aws:CalledVia aws:MultiFactorAuthPresent aws:PrincipalAccount aws:PrincipalArn aws:PrincipalOrgID aws:TokenIssueTime aws:username",
		},
		"an account": {
			event.Denial{Principal: "111122223333:AIDAEXAMPLE", PrincipalType: "account", CallerAccount: "111122223333", Action: "s3:GetObject", Bucket: "corp-data"},
			`{"userIdentity": {"principalId": "AIDAEXAMPLE"}}`,
			"s3:GetObject  {  AIDAEXAMPLE 111122223333  false false false}",
			"aws:CurrentTime=2026-10-28T09:14:07Z aws:EpochTime=1793178847 aws:PrincipalAccount=111122223333 aws:ViaAWSService=false aws:userid=AIDAEXAMPLE",
			"aws:CalledVia",
		},
	} {
		t.Run(name, func(t *testing.T) {
			x.denial.Time = at
			c := condition.Read([]byte(x.record))
			r := RequestOf(&x.denial, &c)
			if got := fmt.Sprint(r.Action, " ", r.Resource, " ", r.Caller); got != x.request {
				t.Errorf("request:\ngot  %s\nwant %s", got, x.request)
			}
			with, without := shownKeys(&r.Context)
			if with != x.with || without != x.without {
				t.Errorf("keys:\ngot  %s\nwant %s\nabsent:\ngot  %s\nwant %s", with, x.with, without, x.without)
			}
		})
	}
}

func TestResourcesOf(t *testing.T) {
	const (
		point = "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k"
		says  = "User: arn:aws:iam::111122223333:user/maria is not authorized to perform: s3:GetObject on resource: \"%s\" " +
			"because no identity-based policy allows the s3:GetObject action"
	)
	for _, x := range []struct {
		d                     event.Denial
		resource, accessPoint string
	}{
		{event.Denial{Action: "s3:ListAllMyBuckets"}, "*", ""},
		{event.Denial{Action: "s3:GetBucketPolicy", Bucket: "b", Principal: "arn:aws-cn:iam::1:user/x"}, "arn:aws-cn:s3:::b", ""},
		{event.Denial{Action: "s3:GetObject", Bucket: "b", Key: "k"}, "arn:aws:s3:::b/k", ""},
		{event.Denial{Action: "s3:GetObject", Bucket: "b"}, "", ""},
		{event.Denial{Action: "s3:GetObject", Bucket: "x-s3alias", Key: "k"}, "", ""},
		{event.Denial{Action: "s3:GetObject", Bucket: "b", Key: "k", Message: fmt.Sprintf(says, "arn:aws:s3:::b/other")}, "arn:aws:s3:::b/other", ""},
		{event.Denial{Action: "s3:GetObject", Bucket: "b", Key: "k", Message: fmt.Sprintf(says, point)}, "arn:aws:s3:::b/k", point},
		{event.Denial{Action: "s3:GetObject", Key: "k", Message: fmt.Sprintf(says, point)}, "", point},
		{event.Denial{Action: "s3:GetAccessPoint", Bucket: "b"}, "", ""},
		{event.Denial{Action: "s3express:CreateSession", Bucket: "b"}, "", ""},
	} {
		if resource, point := resourcesOf(&x.d, x.d.Action); resource != x.resource || point != x.accessPoint {
			t.Errorf("%+v: got %q and %q", x.d, resource, point)
		}
	}
}

func TestKindOf(t *testing.T) {
	for want, actions := range map[kind]string{
		onObject: `AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectVersionTagging GetObject GetObjectAttributes
			GetObjectVersionForReplication ListMultipartUploadParts ObjectOwnerOverrideToBucketOwner PutObjectLegalHold ReplicateObject
			RestoreObject UpdateObjectEncryption PutObjectAnnotation`,
		onBucket: `CreateBucket DeleteBucketPolicy GetAccelerateConfiguration GetBucketObjectLockConfiguration GetEncryptionConfiguration
			ListBucket ListBucketMultipartUploads ListBucketVersions PutBucketPublicAccessBlock PutLifecycleConfiguration
			CreateBucketMetadataTableConfiguration`,
		onAccount: `GetAccountPublicAccessBlock ListAccessPoints ListAllMyBuckets ListJobs`,
		onOther:   `CreateAccessPoint GetAccessPointPolicy CreateJob GetStorageLensConfiguration CreateAccessGrant TagResource`,
	} {
		for action := range strings.FieldsSeq(actions) {
			if got := kindOf("s3:" + action); got != want {
				t.Errorf("%s: got %d, want %d", action, got, want)
			}
		}
	}
}
