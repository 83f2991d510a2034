package paste

import (
	"testing"

	"trail403/ingest/event"
)

// Every example in the table of forms is a bare denial.
func TestForms(t *testing.T) {
	for _, f := range Forms() {
		found := Find(f.Example)
		if len(found) != 1 || found[0].Message.Cause != event.NotTold {
			t.Errorf("%s: %q gives %+v", f.Product, f.Example, found)
		}
	}
}

// Every example in the table of codes is known by its text, and by its code as the
// AWS CLI prints it.
func TestCodes(t *testing.T) {
	for _, c := range Codes() {
		for _, text := range []string{c.Example, "An error occurred (" + c.Name + ") when calling the GetObject operation: " + c.Example} {
			found := Find(text)
			if len(found) != 1 || found[0].Message.Cause != event.NotAuthorization || found[0].Code != c.Name {
				t.Errorf("%s: %q gives %+v", c.Name, text, found)
			}
		}
	}
}

// Other systems deny access too.
func TestStrangers(t *testing.T) {
	for _, text := range []string{
		"ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)",
		"bash: ./run.sh: Permission denied",
		"java.nio.file.AccessDeniedException: /var/log/app.log",
		"AccessDeniedException: 403 user@example.com does not have storage.objects.list access to the Google Cloud Storage bucket.",
		"This request is not authorized to perform this operation using this permission.",
		"HTTP Error 403: Forbidden",
		"Error from server (Forbidden): pods is forbidden: User \"x\" cannot list resource",
		"An error occurred (NoSuchBucket) when calling the ListObjects operation: The specified bucket does not exist",
		"An error occurred (SlowDown) when calling the PutObject operation (reached max retries: 4): Please reduce your request rate.",
		"git@github.com: Permission denied (publickey).",
		"connect: connection refused",
	} {
		if found := Find(text); len(found) > 0 {
			t.Errorf("%q gives %+v", text, found[0])
		}
	}
}

// What is around a denial tells more about it.
func TestContext(t *testing.T) {
	tests := []struct {
		text string
		want Context
	}{
		{
			"fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden",
			Context{Operation: "HeadObject", Head: true},
		},
		{
			"download failed: s3://amzn-s3-demo-bucket/a/b.csv to ./b.csv An error occurred (403) when calling the HeadObject operation: Forbidden",
			Context{Operation: "HeadObject", Head: true, Bucket: "amzn-s3-demo-bucket", Key: "a/b.csv"},
		},
		{
			"copy failed: s3://amzn-s3-demo-bucket1/x to s3://amzn-s3-demo-bucket2/y An error occurred (AccessDenied) when calling the CopyObject operation: Access Denied",
			Context{Operation: "CopyObject", Bucket: "amzn-s3-demo-bucket2", Key: "y"},
		},
		{
			"HTTP Error: HTTP GET error on 'https://amzn-s3-demo-bucket.s3.eu-west-1.amazonaws.com/a%20b.parquet' (HTTP 403)",
			Context{Operation: "GetObject", Bucket: "amzn-s3-demo-bucket", Key: "a b.parquet"},
		},
		{
			"AccessDenied: Access Denied\n\tstatus code: 403, request id: F93B7F10C87A8867, host id: aZeczZjajYeBlHjI5YT82fmWhOI01RjOI",
			Context{RequestID: "F93B7F10C87A8867", HostID: "aZeczZjajYeBlHjI5YT82fmWhOI01RjOI"},
		},
		{
			"Error: putting S3 Bucket (amzn-s3-demo-bucket) ACL: operation error S3: PutBucketAcl, https response error StatusCode: 403, RequestID: R9MK7Z9D37KW47QB, HostID: x=, api error AccessDenied: Access Denied",
			Context{Operation: "PutBucketAcl", Bucket: "amzn-s3-demo-bucket", RequestID: "R9MK7Z9D37KW47QB"},
		},
		{
			"> PUT /k HTTP/1.1\n> x-amz-acl: public-read\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
			Context{ACL: true},
		},
	}
	for _, tt := range tests {
		found := Find(tt.text)
		if len(found) != 1 || found[0].Context != tt.want {
			t.Errorf("%s\ngives %+v\nwant %+v", tt.text, found, tt.want)
		}
	}
}

// Two errors are two, also if they are alike.
func TestSeveral(t *testing.T) {
	const denied = "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied"
	for text, want := range map[string]int{
		"upload failed: ./a to s3://b-1/a " + denied + "\nupload failed: ./b to s3://b-1/b " + denied: 2,
		"Access Denied\nAccess Denied\nAccess Denied":                                                 3,
		"AccessDenied\nAccess Denied\nF93B7F10C87A8867":                                               1,
		"<Error><Code>AccessDenied</Code>\n<Message>Access Denied</Message>\n</Error>":                1,
		"2026-10-01T10:00:00Z ERROR " + denied + "\n2026-10-01T10:00:05Z ERROR " + denied:             2,
		"":      0,
		"\n \n": 0,
	} {
		if found := Find(text); len(found) != want {
			t.Errorf("%d findings, want %d, in\n%s", len(found), want, text)
		}
	}
}
