package denial

import "testing"

func TestBucket(t *testing.T) {
	f := func(want, requestParameters, resources string) {
		t.Helper()
		if d := decode(t, record("requestParameters", requestParameters, "resources", resources)); d.Bucket != want {
			t.Errorf("got %q, want %q", d.Bucket, want)
		}
	}
	const (
		bucket = `{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}`
		object = `{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::corp-data/a/b.txt"}`
		prefix = `{"type":"AWS::S3::Object","ARNPrefix":"arn:aws:s3:::corp-data/"}`
		point  = `{"accountId":"111122223333","type":"AWS::S3::AccessPoint","ARN":"arn:aws:s3:us-west-2:111122223333:accesspoint/ap"}`
		other  = `{"accountId":"444455556666","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::source-data"}`
	)
	// The request comes first, whatever it names.
	f("named", `{"bucketName":"named"}`, "["+bucket+"]")
	f("named", `{"bucketName":["named","more"]}`, "["+bucket+"]")
	f("123456", `{"bucketName":123456}`, "")
	f("my-ap-alias-s3alias", `{"bucketName":"my-ap-alias-s3alias"}`, "["+object+","+bucket+","+point+"]")
	f("arn:aws:s3:us-west-2:111122223333:accesspoint/ap", `{"bucketName":"arn:aws:s3:us-west-2:111122223333:accesspoint/ap"}`, "["+bucket+"]")
	f("named", `"{\"bucketName\":\"named\"}"`, "["+bucket+"]") // turned into text by a tool
	// Then the resources, in any order.
	for _, none := range []string{"", "null", "{}", "[]", `"bucketName"`, `{"bucketName":""}`, `{"bucketName":null}`, `{"bucketname":"x"}`} {
		f("corp-data", none, "["+bucket+","+object+"]")
		f("corp-data", none, "["+object+","+bucket+"]")
		f("corp-data", none, "["+prefix+","+bucket+"]")
		f("corp-data", none, "["+prefix+"]")
		f("corp-data", none, "["+object+"]")
		f("corp-data", none, "["+point+","+object+"]")
		f("", none, "["+point+"]")
		f("", none, "")
	}
	f("source-data", "", "["+object+","+other+"]") // an entry of a bucket says more than one of an object
	f("corp-data", "", `"[{\"type\":\"AWS::S3::Bucket\",\"ARN\":\"arn:aws:s3:::corp-data\"}]"`)
	for _, none := range []string{"", "null", "{}", "7", `"x"`, "[]", "[null]", "[7,[],{}]", `[{"ARN":null}]`, `[{"type":"AWS::S3::Bucket","ARN":"corp-data"}]`} {
		f("", "null", none)
		f("named", `{"bucketName":"named"}`, none)
	}
}

// Where neither the request nor the resources tell, the message may.
func TestBucketOfMessage(t *testing.T) {
	f := func(want, resource string) {
		t.Helper()
		d := decode(t, record("requestParameters", "null", "resources", "", "errorMessage",
			`"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject`+resource+` because no identity-based policy allows the s3:GetObject action"`))
		if d.Bucket != want {
			t.Errorf("%s: got %q, want %q", resource, d.Bucket, want)
		}
	}
	f("corp-data", ` on resource: \"arn:aws:s3:::corp-data/a\"`)
	f("corp-data", ` on resource: \"arn:aws:s3:::corp-data\"`)
	f("", ` on resource: \"arn:aws:s3:::*\"`)
	f("", ` on resource: \"arn:aws:s3:us-west-2:111122223333:accesspoint/ap/object/a\"`)
	f("", ` on resource: arn:aws:kms:us-west-2:111122223333:key/1`)
	f("", ``)
}

func TestBucketAccount(t *testing.T) {
	f := func(want string, changes ...string) {
		t.Helper()
		if d := decode(t, record(changes...)); d.BucketAccount != want {
			t.Errorf("%q: got %q, want %q", changes, d.BucketAccount, want)
		}
	}
	const (
		ownersCopy = `{"type":"AWSAccount","principalId":"AROAEXAMPLE:s","accountId":"444455556666"}`
		anonymous  = `{"type":"AWSAccount","principalId":"","accountId":"anonymous"}`
		hidden     = `[{"accountId":"","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`
		owned      = `{"accountId":"777788889999","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}`
		other      = `{"accountId":"888899990000","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::source-data"}`
	)
	f("777788889999", "resources", "["+owned+"]")
	f("777788889999", "resources", `[{"accountId":777788889999,"type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`)
	f("777788889999", "resources", "["+owned+"]", "userIdentity", ownersCopy)
	f("777788889999", "resources", `[{"accountId":"777788889999","type":"AWS::S3Express::DirectoryBucket","ARN":"arn:aws:s3express:us-west-2:777788889999:bucket/corp-data"}]`)
	f("", "resources", hidden)
	f("", "resources", `[{"accountId":"77778888999","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`)
	f("", "resources", `[{"accountId":"777788889999","type":"AWS::S3::Object","ARN":"arn:aws:s3:::corp-data/k"}]`)
	// A copy has two buckets. The account is that of the one that counts.
	for _, both := range []string{"[" + owned + "," + other + "]", "[" + other + "," + owned + "]"} {
		f("777788889999", "resources", both)
		f("888899990000", "resources", both, "requestParameters", `{"bucketName":"source-data"}`)
	}
	f("888899990000", "resources", "["+other+","+owned+"]", "requestParameters", `null`)
	f("777788889999", "resources", "["+owned+"]", "requestParameters", `{"bucketName":"my-alias-s3alias"}`)
	// The owner's copy names the caller by account only: its receiver is the owner.
	f("111122223333", "resources", "", "userIdentity", ownersCopy)
	f("111122223333", "resources", hidden, "userIdentity", ownersCopy)
	f("111122223333", "resources", "", "userIdentity", anonymous)
	f("", "resources", "", "userIdentity", ownersCopy, "recipientAccountId", `"444455556666"`)
	f("", "resources", "", "userIdentity", ownersCopy, "recipientAccountId", "")
	f("", "resources", "", "userIdentity", ownersCopy, "recipientAccountId", `"x"`)
	f("", "resources", "", "userIdentity", `{"type":"AWSService","invokedBy":"s3.amazonaws.com"}`)
	f("", "resources", "")
	// Network activity goes to the owner of the VPC endpoint.
	f("", "resources", "", "userIdentity", ownersCopy, "eventCategory", `"NetworkActivity"`)
	f("", "resources", "", "userIdentity", ownersCopy, "eventType", `"AwsVpceEvent"`)
	f("", "resources", "", "userIdentity", ownersCopy, "eventType", `"AwsVpceEvents"`)
}

func TestKey(t *testing.T) {
	f := func(want, requestParameters string) {
		t.Helper()
		if d := decode(t, record("requestParameters", requestParameters)); d.Key != want {
			t.Errorf("%s: got %q, want %q", requestParameters, d.Key, want)
		}
	}
	f("a b/ü😀", `{"key":"a b/\u00fc\ud83d\ude00"}`)
	f("k", `{"Key":"k"}`) // Outposts
	f("k", `{"Key":"K","key":"k"}`)
	f("7", `{"key":7}`)
	f("last", `{"key":"first","k\u0065y":"last"}`)
	f("", `{"key":{"x":1}}`)
	f("", `null`)
}
