package change

import (
	"fmt"
	"strings"
	"testing"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// recordOf returns the record of a call.
func recordOf(source, name, request, response string) []byte {
	return fmt.Appendf(nil, `{"eventSource": "%s.amazonaws.com", "eventName": %q, "eventTime": "2026-10-28T09:14:07Z",
		"awsRegion": "eu-west-1", "recipientAccountId": "111122223333", "requestParameters": %s, "responseElements": %s}`,
		source, name, request, response)
}

func TestDocuments(t *testing.T) {
	const (
		policy = `{"Version": "2012-10-17", "Statement": []}`
		quoted = `"{\"Version\": \"2012-10-17\", \"Statement\": []}"`
		role   = "arn:aws:iam::111122223333:role/reader"
		key    = "arn:aws:kms:eu-west-1:111122223333:key/1"
	)
	for _, x := range []struct {
		source, name, request, response string
		want                            []event.Document
	}{
		{"s3", "PutBucketPolicy", `{"bucketName": "b", "bucketPolicy": ` + policy + `, "policy": ""}`, "null",
			[]event.Document{{Kind: event.ResourcePolicy, Of: event.Target{Type: Bucket, Name: "b"}, Text: policy}}},
		{"s3", "PutBucketPolicy", `{"bucketName": "b", "bucketPolicy": ` + quoted + `}`, "null",
			[]event.Document{{Kind: event.ResourcePolicy, Of: event.Target{Type: Bucket, Name: "b"}, Text: policy}}},
		{"s3", "PutBucketPolicy", `{"bucketName": "b"}`, "null",
			[]event.Document{{Kind: event.ResourcePolicy, Of: event.Target{Type: Bucket, Name: "b"}, Missing: true}}},
		{"s3", "PutBucketPolicy", `{"bucketName": "b", "bucketPolicy": "` + strings.Repeat("x", policydoc.MaxBytes) + `"}`, "null",
			[]event.Document{{Kind: event.ResourcePolicy, Of: event.Target{Type: Bucket, Name: "b"}, Missing: true}}},
		{"s3", "DeleteBucketPolicy", `{"bucketName": "b", "policy": ""}`, "null",
			[]event.Document{{Kind: event.ResourcePolicy, Of: event.Target{Type: Bucket, Name: "b"}}}},
		{"s3", "CreateBucket", `{"bucketName": "b"}`, "null",
			[]event.Document{{Kind: event.ResourcePolicy, Of: event.Target{Type: Bucket, Name: "b"}}}},
		{"s3", "PutAccessPointPolicy", `{"name": "ap", "policy": ` + quoted + `}`, "null",
			[]event.Document{{Kind: event.ResourcePolicy, Text: policy,
				Of: event.Target{Type: AccessPoint, Name: "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap"}}}},
		{"s3", "PutBucketPublicAccessBlock", `{"bucketName": "b", "PublicAccessBlockConfiguration": {"BlockPublicAcls": true}}`, "null",
			[]event.Document{{Of: event.Target{Type: Bucket, Name: "b"}, Name: event.BlockPublicAccess, Text: `{"BlockPublicAcls": true}`}}},
		{"s3", "PutPublicAccessBlock", `{"accountId": "111122223333", "PublicAccessBlockConfiguration": {"BlockPublicAcls": true}}`, "null",
			[]event.Document{{Of: event.Target{Type: Account, Name: "111122223333"}, Name: event.BlockPublicAccess, Text: `{"BlockPublicAcls": true}`}}},
		{"s3", "PutBucketAcl", `{"bucketName": "b"}`, "null", nil},

		{"iam", "PutRolePolicy", `{"roleName": "reader", "policyName": "inline", "policyDocument": ` + quoted + `}`, "null",
			[]event.Document{{Kind: event.IdentityPolicy, Of: event.Target{Type: Role, Name: role}, Name: "inline", Text: policy}}},
		{"iam", "DeleteRolePolicy", `{"roleName": "reader", "policyName": "inline"}`, "null",
			[]event.Document{{Kind: event.IdentityPolicy, Of: event.Target{Type: Role, Name: role}, Name: "inline"}}},
		{"iam", "CreatePolicy", `{"policyName": "p", "policyDocument": ` + quoted + `}`, `{"policy": {"arn": "arn:aws:iam::111122223333:policy/p"}}`,
			[]event.Document{{Kind: event.IdentityPolicy, Of: event.Target{Type: Policy, Name: "arn:aws:iam::111122223333:policy/p"},
				Version: "v1", Default: true, Text: policy}}},
		{"iam", "CreatePolicyVersion", `{"policyArn": "arn:aws:iam::111122223333:policy/p", "policyDocument": ` + quoted + `, "setAsDefault": true}`,
			`{"policyVersion": {"versionId": "v2", "isDefaultVersion": true}}`,
			[]event.Document{{Kind: event.IdentityPolicy, Of: event.Target{Type: Policy, Name: "arn:aws:iam::111122223333:policy/p"},
				Version: "v2", Default: true, Text: policy}}},
		{"iam", "CreatePolicyVersion", `{"policyArn": "arn:aws:iam::111122223333:policy/p", "policyDocument": ` + quoted + `}`,
			`{"policyVersion": {"versionId": "v3"}}`,
			[]event.Document{{Kind: event.IdentityPolicy, Of: event.Target{Type: Policy, Name: "arn:aws:iam::111122223333:policy/p"},
				Version: "v3", Text: policy}}},
		{"iam", "SetDefaultPolicyVersion", `{"policyArn": "arn:aws:iam::111122223333:policy/p", "versionId": "v1"}`, "null",
			[]event.Document{{Kind: event.IdentityPolicy, Of: event.Target{Type: Policy, Name: "arn:aws:iam::111122223333:policy/p"},
				Version: "v1", Default: true, Missing: true}}},

		{"organizations", "CreatePolicy", `{"name": "x", "type": "RESOURCE_CONTROL_POLICY", "content": ` + quoted + `}`,
			`{"policy": {"policySummary": {"id": "p-1"}}}`,
			[]event.Document{{Kind: event.RCP, Of: event.Target{Type: OrganizationPolicy, Name: "p-1"}, Text: policy}}},
		{"organizations", "UpdatePolicy", `{"policyId": "p-1", "content": ` + quoted + `}`,
			`{"policy": {"policySummary": {"id": "p-1", "type": "SERVICE_CONTROL_POLICY"}}}`,
			[]event.Document{{Kind: event.SCP, Of: event.Target{Type: OrganizationPolicy, Name: "p-1"}, Text: policy}}},
		{"organizations", "UpdatePolicy", `{"policyId": "p-1", "name": "y"}`, "null", nil},
		{"organizations", "DeletePolicy", `{"policyId": "p-1"}`, "null",
			[]event.Document{{Of: event.Target{Type: OrganizationPolicy, Name: "p-1"}}}},

		{"ec2", "ModifyVpcEndpoint", `{"ModifyVpcEndpointRequest": {"VpcEndpointId": "vpce-1", "PolicyDocument": ` + quoted + `}}`, "null",
			[]event.Document{{Kind: event.EndpointPolicy, Of: event.Target{Type: Endpoint, Name: "vpce-1"}, Text: policy}}},
		{"ec2", "ModifyVpcEndpoint", `{"ModifyVpcEndpointRequest": {"VpcEndpointId": "vpce-1", "ResetPolicy": true}}`, "null",
			[]event.Document{{Kind: event.EndpointPolicy, Of: event.Target{Type: Endpoint, Name: "vpce-1"}, Text: everything}}},
		{"ec2", "ModifyVpcEndpoint", `{"ModifyVpcEndpointRequest": {"VpcEndpointId": "vpce-1", "AddRouteTableId": "rtb-1"}}`, "null", nil},
		{"ec2", "CreateVpcEndpoint", `{"CreateVpcEndpointRequest": {}}`, `{"CreateVpcEndpointResponse": {"vpcEndpoint": {"vpcEndpointId": "vpce-1"}}}`,
			[]event.Document{{Kind: event.EndpointPolicy, Of: event.Target{Type: Endpoint, Name: "vpce-1"}, Text: everything}}},
		{"ec2", "DeleteVpcEndpoints", `{"DeleteVpcEndpointsRequest": {"VpcEndpointId": [{"content": "vpce-1"}, {"content": "vpce-2"}]}}`, "null",
			[]event.Document{{Kind: event.EndpointPolicy, Of: event.Target{Type: Endpoint, Name: "vpce-1"}},
				{Kind: event.EndpointPolicy, Of: event.Target{Type: Endpoint, Name: "vpce-2"}}}},

		{"kms", "PutKeyPolicy", `{"keyId": "` + key + `", "policyName": "default", "policy": ` + quoted + `}`, "null",
			[]event.Document{{Kind: event.ResourcePolicy, Of: event.Target{Type: Key, Name: key}, Text: policy}}},
		{"kms", "CreateKey", `{"description": "x"}`, `{"keyMetadata": {"arn": "` + key + `"}}`, nil},
		{"kms", "CreateKey", `{"policy": ` + quoted + `}`, `{"keyMetadata": {"arn": "` + key + `"}}`,
			[]event.Document{{Kind: event.ResourcePolicy, Of: event.Target{Type: Key, Name: key}, Text: policy}}},
		{"sso", "PutInlinePolicyToPermissionSet", `{"permissionSetArn": "arn:aws:sso:::permissionSet/i/p", "inlinePolicy": ` + quoted + `}`, "null",
			[]event.Document{{Kind: event.IdentityPolicy, Of: event.Target{Type: PermissionSet, Name: "arn:aws:sso:::permissionSet/i/p"}, Text: policy}}},
	} {
		record := recordOf(x.source, x.name, x.request, x.response)
		c, ok, err := Decode(record)
		if !ok || err != nil {
			t.Errorf("%s is not a change: %v", x.name, err)
			continue
		}
		if got := Documents(record, &c); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", x.want) {
			t.Errorf("%s %s:\ngot  %.300s\nwant %.300s", x.name, x.request[:min(len(x.request), 100)], fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", x.want))
		}
	}
}

// Every call with a document is a listed call, and touches what has the document.
func TestHolders(t *testing.T) {
	for c, h := range holders {
		if touches, ok := calls()[c]; !ok || len(touches) == 0 {
			t.Errorf("%s %s is not in calls.tsv", c.service, c.name)
		}
		if (h.kind == "") != (strings.Contains(c.name, "PublicAccessBlock") || c.service == "organizations") {
			t.Errorf("%s %s has the kind %q", c.service, c.name, h.kind)
		}
	}
}

// No access key gets out in a document.
func TestDocumentsAreRedacted(t *testing.T) {
	record := recordOf("s3", "PutBucketPolicy", `{"bucketName": "b", "bucketPolicy": {"Id": "AKIAABCDEFGHIJKLMNOP"}}`, "null")
	c, _, _ := Decode(record)
	if got := Documents(record, &c); len(got) != 1 || strings.Contains(got[0].Text, "AKIA") {
		t.Errorf("got %+v", got)
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add(recordOf("s3", "PutBucketPolicy", `{"bucketName": "b", "bucketPolicy": "{\"x\": 1}"}`, "null"))
	f.Add(recordOf("ec2", "ModifyVpcEndpoint", `{"ModifyVpcEndpointRequest": {"VpcEndpointId": "vpce-1", "ResetPolicy": "true"}}`, "null"))
	f.Fuzz(func(t *testing.T, record []byte) {
		c, ok, _ := Decode(record)
		if !ok {
			return
		}
		for _, d := range Documents(record, &c) {
			if len(d.Text) > policydoc.MaxBytes || d.Missing && d.Text != "" || d.Of.Name == "" {
				t.Errorf("%+v", d)
			}
		}
	})
}
