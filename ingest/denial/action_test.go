package denial

import (
	"strings"
	"testing"
)

// AWS's table has 178 rows. Two calls are in it more than once, in different
// chapters, but no call may have two answers.
func TestActionsTable(t *testing.T) {
	seen := map[actionKey]action{}
	repeated := map[string]int{}
	aws, own := 0, 0
	lines := strings.Split(strings.TrimSuffix(actionsTSV, "\n"), "\n")
	if lines[0] != "event\tscope\taction\tversion_action\trequirement" {
		t.Fatalf("the header is %q", lines[0])
	}
	for _, line := range lines[1:] {
		col := strings.Split(line, "\t")
		if len(col) != 5 {
			t.Fatalf("%q has %d columns", line, len(col))
		}
		key, got := actionKey{col[0], col[1]}, action{col[2], col[3]}
		if before, ok := seen[key]; ok {
			repeated[col[0]]++
			if before != got {
				t.Errorf("%v has two actions: %v and %v", key, before, got)
			}
		}
		seen[key] = got
		switch requirement := col[4]; {
		case strings.HasPrefix(requirement, "s3:"):
			aws++
			if !strings.Contains(requirement, got.plain) || !strings.Contains(requirement, got.version) && col[0] != "HeadObject" {
				t.Errorf("%q: the requirement does not name the action", line)
			}
		case requirement == "CloudTrail's own name":
			own++
		default:
			t.Errorf("%q: whose row is it?", line)
		}
		if !strings.HasPrefix(got.plain, "s3") || got.version != "" && !strings.Contains(got.version, "Version") {
			t.Errorf("%q: what action is that?", line)
		}
		if s := col[1]; s != "" && s != "bucket" && s != "account" {
			t.Errorf("%q: what scope is that?", line)
		}
		if _, ok := seen[actionKey{col[0], ""}]; ok && (col[1] == "bucket" || col[1] == "account") {
			t.Errorf("%q: the row without a scope hides this one", line)
		}
	}
	if aws != 178 || own != 18 {
		t.Errorf("%d rows are AWS's and %d CloudTrail's, want 178 and 18", aws, own)
	}
	if len(repeated) != 2 || repeated["CreateStorageLensGroup"] != 2 || repeated["ListStorageLensGroups"] != 1 {
		t.Errorf("repeated rows: %v", repeated)
	}
	if len(actions()) != len(seen) {
		t.Errorf("the table holds %d of %d rows", len(actions()), len(seen))
	}
}

func TestActionOf(t *testing.T) {
	f := func(want, event string, hasBucket, hasVersion bool) {
		t.Helper()
		if got := ActionOf("s3.amazonaws.com", event, hasBucket, hasVersion); got != want {
			t.Errorf("%s: got %s, want %s", event, got, want)
		}
	}
	f("s3:GetObject", "GetObject", true, false)
	f("s3:GetObjectVersion", "GetObject", true, true)
	f("s3:GetObjectVersion", "HeadObject", true, true)
	f("s3:DeleteObjectVersion", "DeleteObject", true, true)
	f("s3:GetObjectVersionAcl", "GetObjectAcl", true, true)
	f("s3:PutObjectVersionAcl", "PutObjectAcl", true, true)
	f("s3:GetObjectVersionTagging", "GetObjectTagging", true, true)
	f("s3:PutObjectVersionTagging", "PutObjectTagging", true, true)
	f("s3:DeleteObjectVersionTagging", "DeleteObjectTagging", true, true)
	f("s3:PutObject", "PutObject", true, true) // there is no s3:PutObjectVersion
	f("s3:GetObjectRetention", "GetObjectRetention", true, true)
	f("s3:PutObject", "CopyObject", true, false)
	f("s3:PutObject", "UploadPart", true, false)
	f("s3:ListBucket", "HeadBucket", true, false)
	f("s3:ListBucket", "ListObjects", true, false)
	f("s3:ListBucketVersions", "ListObjectVersions", true, false)
	f("s3:ListAllMyBuckets", "ListBuckets", false, false)
	f("s3:PutBucketCORS", "DeleteBucketCors", true, false)
	// One name for two calls: the bucket tells them apart.
	f("s3:GetBucketPublicAccessBlock", "GetPublicAccessBlock", true, false)
	f("s3:GetAccountPublicAccessBlock", "GetPublicAccessBlock", false, false)
	f("s3:PutBucketPublicAccessBlock", "PutPublicAccessBlock", true, false)
	f("s3:PutAccountPublicAccessBlock", "DeletePublicAccessBlock", false, false)
	// CloudTrail's own names.
	f("s3:GetLifecycleConfiguration", "GetBucketLifecycleConfiguration", true, false)
	f("s3:PutLifecycleConfiguration", "PutBucketLifecycle", true, false)
	f("s3:GetBucketNotification", "GetBucketNotification", true, false)
	f("s3:GetBucketPublicAccessBlock", "GetBucketPublicAccessBlock", true, false)
	f("s3:PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock", true, false)
	f("s3:GetAccountPublicAccessBlock", "GetAccountPublicAccessBlock", false, false)
	f("s3:GetBucketObjectLockConfiguration", "GetBucketObjectLockConfiguration", true, false)
	f("s3express:CreateSession", "CreateSession", true, false)
	f("s3-object-lambda:WriteGetObjectResponse", "WriteGetObjectResponse", false, false)
	// Calls that are not in the table.
	f("s3:PreflightRequest", "PreflightRequest", true, false)
	f("s3:GetStorageLensDashboardDataInternal", "GetStorageLensDashboardDataInternal", false, false)
	f("s3:getobject", "getobject", true, true)
	f("unknown", "", true, true)
}

// One table holds for all services of the S3 family; calls that are not in it are
// known by the service's own prefix.
func TestActionOfFamily(t *testing.T) {
	f := func(want, service, event string) {
		t.Helper()
		if got := ActionOf(service+".amazonaws.com", event, true, false); got != want {
			t.Errorf("%s of %s: got %s, want %s", event, service, got, want)
		}
	}
	f("s3express:CreateSession", "s3express", "CreateSession")
	f("s3express:ListAllMyDirectoryBuckets", "s3express", "ListDirectoryBuckets")
	f("s3:GetObject", "s3express", "GetObject")
	f("s3tables:CreateTableBucket", "s3tables", "CreateTableBucket")
	f("s3vectors:QueryVectors", "s3vectors", "QueryVectors")
	f("s3:GetObject", "s3", "GetObject")
	if got := ActionOf("s3.amazonaws.com.cn", "ListObjects", true, false); got != "s3:ListBucket" {
		t.Errorf("in China: %s", got)
	}
}

// The message's action counts if it is one of S3's.
func TestActionOfMessage(t *testing.T) {
	f := func(action, denied, message, event, requestParameters string) {
		t.Helper()
		d := decode(t, record("errorMessage", `"`+message+`"`, "eventName", `"`+event+`"`, "requestParameters", requestParameters))
		if d.Action != action || d.DeniedAction != denied {
			t.Errorf("%s: got %s (%s), want %s (%s)", message, d.Action, d.DeniedAction, action, denied)
		}
	}
	const bucket = `{"bucketName":"corp-data"}`
	says := func(action string) string {
		return "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: " + action + " because no identity-based policy allows the " + action + " action"
	}
	f("s3:ListBucket", "s3:ListBucket", says("s3:ListBucket"), "GetObject", bucket)
	f("s3:CopyObject", "s3:CopyObject", says("s3:CopyObject"), "CopyObject", bucket)
	f("s3express:CreateSession", "s3express:CreateSession", says("s3express:CreateSession"), "GetObject", bucket)
	f("s3-object-lambda:GetObject", "s3-object-lambda:GetObject", says("s3-object-lambda:GetObject"), "GetObject", bucket)
	f("s3:GetObject", "kms:Decrypt", says("kms:Decrypt"), "GetObject", bucket)
	f("s3:GetDataAccess", "sts:AssumeRole", says("sts:AssumeRole"), "GetDataAccess", "null")
	f("s3:GetObject", "s3:", says("s3:"), "GetObject", bucket)
	f("s3:GetObject", "", "Access Denied", "GetObject", bucket)
	f("s3:GetObjectVersion", "", "Access Denied", "GetObject", `{"bucketName":"corp-data","versionId":"null"}`)
	f("s3:GetObjectVersion", "", "Access Denied", "GetObject", `{"bucketName":"corp-data","versionId":3.0}`)
	f("s3:GetObject", "", "Access Denied", "GetObject", `{"bucketName":"corp-data","versionId":null}`)
	f("s3:GetObject", "", "Access Denied", "GetObject", `{"bucketName":"corp-data","versionId":""}`)
	f("s3:PutBucketPublicAccessBlock", "", "Access Denied", "PutPublicAccessBlock", bucket)
}
