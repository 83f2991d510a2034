package ingest

import (
	"strings"
	"testing"

	"trail403/ingest/coverage"
)

// The content of an object says what it is, not the name.
func TestContent(t *testing.T) {
	f := func(want, content string) {
		t.Helper()
		for name, bytes := range map[string]string{"plain.gz": content, "gzip.json": gz(content)} {
			c, _ := run(t, Options{}, memory{name: bytes})
			if got := result(c); got != want {
				t.Errorf("%s of %.200q: got %s, want %s", name, content, got, want)
			}
		}
	}
	// Records.
	f("1 read, 2 kept, 1 not denied", trail(denied("a"), other("b"), denied("c")))
	f("1 read, 1 kept", "{\r\n\t\"Records\" : [\n  "+strings.ReplaceAll(denied("a"), ",", ",\n    ")+"\n  ]\n}\n")
	f("1 read, 1 kept", "\xef\xbb\xbf"+trail(denied("a")))
	f("1 read, 1 kept", strings.Repeat(" \n", 5000)+trail(denied("a")))
	f("1 read, 1 kept, 1 not denied", "["+denied("a")+","+other("b")+"]")
	f("1 read, 1 kept", denied("a"))
	f("1 read, 2 kept, 1 not denied", denied("a")+"\n"+denied("b")+"\r\n\n"+other("c")+"\n")
	f("1 read, 2 kept", denied("a")+denied("b"))
	f("1 read, 2 kept", trail(denied("a"))+"\n"+trail(denied("b")))
	f("1 read, 1 kept", `{"next":{"Records":[7]},"Records":[`+denied("a")+`],"more":[]}`)
	f("1 read, 1 kept, 2 malformed", trail("null", denied("a"), `"text"`))
	f("1 read, 1 kept, 1 malformed", "[null,"+denied("a")+"]")
	f("1 read, 1 malformed", trail(deniedAt("a", "soon")))
	f("1 read, 1 kept", "["+strings.Repeat(" ", 300_000)+denied("a")+"]")
	f("1 read", trail())
	f("1 read", `{"Records":[ ] , "x":1}`)
	// Nothing.
	f("1 empty", "")
	f("1 empty", " \t\r\n")
	f("1 empty", strings.Repeat(" ", 5000))
	f("1 empty", "\xef\xbb\xbf")
	f("1 empty", "[]")
	f("1 empty", `{"Records":null}`)
	// Other things of AWS.
	f("1 s3-notification", `{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-10-05T12:00:00.000Z","eventName":"ObjectCreated:Put",
		"userIdentity":{"principalId":"AWS:AIDAEXAMPLE"},"requestParameters":{"sourceIPAddress":"10.0.0.1"},"s3":{"bucket":{"name":"b"},"object":{"key":"k"}}}]}`)
	f("1 s3-notification", `{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-10-05T12:00:00.000Z","Bucket":"b"}`)
	f("1 digest", `{"awsAccountId":"111122223333","digestStartTime":"2026-10-05T12:00:00Z","digestS3Bucket":"b","digestS3Object":"AWSLogs/x","logFiles":[]}`)
	f("1 insight", `{"Records":[{"eventVersion":"1.08","eventTime":"2026-10-05T12:00:00Z","awsRegion":"us-east-1","eventID":"a","eventType":"AwsCloudTrailInsight","insightDetails":{}}]}`)
	f("1 aggregated", `{"Records":[{"eventVersion":"1.0","accountId":"111122223333","eventId":"a","eventCategory":"Aggregated","eventType":"AwsAggregatedEvent","eventSource":"s3.amazonaws.com"}]}`)
	f("1 config", `{"fileVersion":"1.0","configSnapshotId":"a","configurationItems":[{"resourceType":"AWS::S3::Bucket"}]}`)
	f("1 config", `{"fileVersion":"1.0","configurationItems":[]}`)
	f("1 unsupported-shape", `{"QueryStatus":"FINISHED","QueryResultRows":[]}`)
	// Other things.
	f("1 not-cloudtrail", `{"errorCode":"AccessDenied"}`)
	f("1 not-cloudtrail", `{"Records":{"a":1}}`)
	f("1 not-cloudtrail", `[[1],[2]]`)
	f("1 not-cloudtrail", `["a","b"]`)
	f("1 not-cloudtrail", `[1, 2]`)
	f("1 not-cloudtrail", `[{"a":1}]`)
	f("1 not-cloudtrail", `12`)
	f("1 not-cloudtrail", `"AccessDenied"`)
	f("1 not-cloudtrail", "null")
	f("1 not-cloudtrail", "trail403 reads CloudTrail\n")
	f("1 not-cloudtrail", "[2026-10-05 12:00:00] GET / 403\n")
	f("1 not-cloudtrail", "[error] {not json}\n")
	f("1 not-cloudtrail", "{{ template }}\n")
	f("1 not-cloudtrail", "2 123456789010 eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK\n")
	f("1 not-cloudtrail", "version account-id interface-id srcaddr\n2 123456789010 eni-1235b8ca\n")
	f("1 not-cloudtrail", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
	f("1 not-cloudtrail", "<html>403</html>")
	f("1 not-cloudtrail", strings.Repeat("\x00", 1000))
	f("1 unsupported-shape", "\xfd7zXZ\x00\x00")
	f("1 read, 1 kept", "\xff\xfe"+strings.Join(strings.Split(denied("a"), ""), "\x00")+"\x00")
	f("1 read, 1 kept", "\xfe\xff\x00"+strings.Join(strings.Split(denied("a"), ""), "\x00"))
	f("1 failed", "PAR1\x15\x04")
	f("1 read, 1 not denied", "User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,Resources\nana,,")
	f("1 empty", `"eventversion","useridentity","eventtime","eventsource","eventname"`+"\n")
}

func TestGzipMembers(t *testing.T) {
	f := func(want, content string) {
		t.Helper()
		c, _ := run(t, Options{}, memory{"x": content})
		if got := result(c); got != want {
			t.Errorf("got %s, want %s: %v", got, want, c.Failures)
		}
		if n := int64(len(content)); c.Bytes.Compressed != n {
			t.Errorf("%d of %d bytes counted", c.Bytes.Compressed, n)
		}
	}
	whole := trail(denied("a"), denied("b"))
	f("1 read, 2 kept", gz(whole))
	f("1 read, 2 kept", gz(whole[:100], whole[100:]))
	f("1 read, 2 kept", gz("", whole[:300], "", "", whole[300:], ""))
	f("1 read, 2 kept", gz(trail(denied("a")), trail(denied("b"))))
	// Padding of tapes and block devices.
	f("1 read, 2 kept", gz(whole)+"\x00")
	f("1 read, 2 kept", gz(whole)+strings.Repeat("\x00", 100_000))
	f("1 read, 2 kept", gz(whole[:100], whole[100:])+strings.Repeat("\x00", 512))
}

func TestBytes(t *testing.T) {
	text := trail(denied("a"))
	c, _ := run(t, Options{}, memory{"a": gz(text), "b": text, "c": "text", "d": gz(text)[:30]})
	if want := (coverage.Bytes{Compressed: int64(len(gz(text)) + len(text)), Decompressed: 2 * int64(len(text))}); c.Bytes != want {
		t.Errorf("got %+v, want %+v: only what was read counts", c.Bytes, want)
	}
}
