package condition

import (
	"reflect"
	"testing"

	"trail403/ingest/event"
)

func TestRead(t *testing.T) {
	for name, x := range map[string]struct {
		record string
		want   event.Context
	}{
		"a session": {`{"userIdentity": {"type": "AssumedRole", "principalId": "AROAEXAMPLE:job", "userName": "not a user",
			"arn": "arn:aws:sts::111122223333:assumed-role/reader/job", "accountId": "111122223333", "accessKeyId": "ASIAEXAMPLEEXAMPLE12",
			"sessionContext": {"sessionIssuer": {"type": "Role", "arn": "arn:aws:iam::111122223333:role/app/reader"},
			"attributes": {"creationDate": "2026-10-28T08:00:00Z", "mfaAuthenticated": "false"}, "sourceIdentity": "dana",
			"ec2RoleDelivery": "2.0", "webIdFederationData": {"federatedProvider": "accounts.google.com", "attributes": {}}}}}`,
			event.Context{Credentials: event.Credentials{UniqueID: "AROAEXAMPLE", RoleNamed: true, HasSession: true, TokenIssued: 1793174400,
				MFA: "false", SourceIdentity: "dana", Provider: "accounts.google.com", RoleDelivery: "2.0"}}},
		"a user": {`{"userIdentity": {"type": "IAMUser", "principalId": "AIDAEXAMPLE", "userName": "maria",
			"arn": "arn:aws:iam::111122223333:user/maria", "invokedBy": "athena.amazonaws.com"}}`,
			event.Context{Credentials: event.Credentials{UniqueID: "AIDAEXAMPLE", UserName: "maria", InvokedBy: "athena.amazonaws.com"}}},
		"a session of a user": {`{"userIdentity": {"type": "FederatedUser", "arn": "arn:aws:sts::111122223333:federated-user/bob",
			"sessionContext": {"sessionIssuer": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/maria"}, "attributes": {}}}}`,
			event.Context{Credentials: event.Credentials{FederatedUser: "bob"}}},
		"the parameters": {`{"requestParameters": {"bucketName": "b", "key": "k", "x-amz-acl": "private", "x-amz-server-side-encryption": "aws:kms",
			"x-amz-server-side-encryption-aws-kms-key-id": "1", "x-amz-storage-class": "GLACIER", "x-amz-copy-source": "b/k",
			"versionId": "v", "delimiter": "/", "max-keys": "2", "prefix": "home/"}}`,
			event.Context{Call: event.Call{HasParameters: true, ACL: "private", Encryption: "aws:kms", EncryptionKey: "1", StorageClass: "GLACIER",
				CopySource: "b/k", VersionID: "v", Delimiter: "/", MaxKeys: "2", Prefix: "home/", HasPrefix: true}}},
		"an empty prefix":             {`{"requestParameters": {"prefix": "", "max-keys": 5}}`, event.Context{Call: event.Call{HasParameters: true, HasPrefix: true, MaxKeys: "5"}}},
		"no parameters":               {`{"requestParameters": null, "userIdentity": null}`, event.Context{}},
		"parameters in a string":      {`{"requestParameters": "{\"prefix\": \"a\"}"}`, event.Context{Call: event.Call{HasParameters: true, HasPrefix: true, Prefix: "a"}}},
		"the connection":              {`{"tlsDetails": {"tlsVersion": "TLSv1.3"}}`, event.Context{Call: event.Call{TLSVersion: "TLSv1.3", Encrypted: true}}},
		"a connection of long ago":    {`{"additionalEventData": {"CipherSuite": "x"}}`, event.Context{Call: event.Call{Encrypted: true}}},
		"the signature":               {`{"additionalEventData": {"AuthenticationMethod": "QueryString", "SignatureVersion": "SigV4"}}`, event.Context{Call: event.Call{AuthenticationType: "QueryString", SignatureVersion: "SigV4"}}},
		"an access key in a value":    {`{"requestParameters": {"prefix": "AKIAABCDEFGHIJKLMNOP/"}}`, event.Context{Call: event.Call{HasParameters: true, HasPrefix: true, Prefix: "[access-key]/"}}},
		"what is not a record":        {`[]`, event.Context{}},
		"an object that is not ended": {`{"requestParameters": {"prefix": "a"`, event.Context{}},
	} {
		if got := Read([]byte(x.record)); !reflect.DeepEqual(got, x.want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, x.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"userIdentity": {"sessionContext": {"attributes": {"creationDate": 1}}}, "requestParameters": "{\"prefix\": [\"a\"]}"}`))
	f.Fuzz(func(t *testing.T, record []byte) {
		if c := Read(record); c != Read(record) || c.HasPrefix && !c.HasParameters {
			t.Errorf("%+v", c)
		}
	})
}
