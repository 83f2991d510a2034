package source

import (
	"errors"
	"testing"
)

func TestParseLocation(t *testing.T) {
	f := func(text, bucket, key string) {
		t.Helper()
		got, err := ParseLocation(text)
		if err != nil || got != (Location{bucket, key}) || !IsLocation(text) {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
	}
	f("s3://trail", "trail", "")
	f("s3://trail/", "trail", "")
	f("s3://trail/AWSLogs/x", "trail", "AWSLogs/x")
	f("S3://trail/a?b#c%41", "trail", "a?b#c%41") // a key is what it is
	f("s3a://trail.example.com//x", "trail.example.com", "/x")
	// Addresses of the console.
	f("https://s3.console.aws.amazon.com/s3/buckets/trail?region=us-east-1&prefix=AWSLogs/o-x/&showversions=false", "trail", "AWSLogs/o-x/")
	f("https://s3.console.aws.amazon.com/s3/buckets/trail", "trail", "")
	f("https://s3.console.aws.amazon.com/s3/buckets/trail/?tab=overview", "trail", "")
	f("https://us-east-1.console.aws.amazon.com/s3/buckets/trail?region=us-east-1&bucketType=general&prefix=a%20b/%C3%A9/", "trail", "a b/é/")
	f("https://111122223333-abcd1234.us-east-1.console.aws.amazon.com/s3/buckets/trail?prefix=a/", "trail", "a/")
	f("https://us-east-1.console.aws.amazon.com/s3/object/trail?region=us-east-1&prefix=a/b.json.gz", "trail", "a/b.json.gz")
	f("https://s3.console.aws.amazon.com/s3/object/trail/a/b.json.gz?region=us-east-1", "trail", "a/b.json.gz")
	f("https://us-gov-west-1.console.amazonaws-us-gov.com/s3/buckets/trail?prefix=a/", "trail", "a/")
	f("https://cn-north-1.console.amazonaws.cn/s3/buckets/trail?prefix=a/", "trail", "a/")
	// URLs of objects; a signature is of no use to us.
	f("https://trail.s3.us-east-1.amazonaws.com/a/b%20c.json.gz?X-Amz-Signature=x", "trail", "a/b c.json.gz")
	f("https://trail.s3.amazonaws.com/a", "trail", "a")
	f("https://tr.ail.s3-us-west-2.amazonaws.com/a", "tr.ail", "a")
	f("https://trail.s3.dualstack.us-east-1.amazonaws.com/a", "trail", "a")
	f("https://s3.us-east-1.amazonaws.com/trail/a/b", "trail", "a/b")
	f("https://s3.amazonaws.com/trail", "trail", "")
	f("https://trail.s3.cn-north-1.amazonaws.com.cn/a", "trail", "a")

	wrong := func(text string, want error) {
		t.Helper()
		if got, err := ParseLocation(text); !errors.Is(err, want) || !IsLocation(text) {
			t.Errorf("%s: got %+v, %v, want %v", text, got, err, want)
		}
	}
	wrong("s3:/trail", ErrScheme)
	wrong("s3://", ErrBucket)
	wrong("s3:///x", ErrBucket)
	wrong("s3://a b/x", ErrBucket)
	wrong("s3://-x/y", ErrBucket)
	wrong("s3://arn:aws:s3:us-east-1:111122223333:accesspoint/a/b", ErrARN)
	wrong("arn:aws:s3:::trail", ErrARN)
	wrong("https://example.com/s3/buckets/trail", ErrWebsite)
	wrong("https://console.aws.amazon.com.example.com/s3/buckets/trail", ErrWebsite)
	wrong("https://us-east-1.console.aws.amazon.com/cloudtrail/home", ErrWebsite)
	wrong("https://us-east-1.console.aws.amazon.com/s3/home", ErrWebsite)
	wrong("https://trail.s3.us-east-1.amazonaws.com.example.com/a", ErrWebsite)
	wrong("https://%zz", ErrWebsite)
	wrong("https:/x", ErrScheme)

	for _, local := range []string{"trail", "./s3:/x", "/s3/x", "s3", "C:/x", "a:b", "-", ""} {
		if IsLocation(local) {
			t.Errorf("%s is local", local)
		}
	}
}
