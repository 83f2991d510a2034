package paste

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"trail403/ingest/event"
	"trail403/ingest/message"
)

// messages are the bare ones of the vectors whose reason is told, without those in
// which a key imitates a reason.
func messages(t testing.TB) (list []string) {
	t.Helper()
	f, err := os.Open("../message/testdata/vectors.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var v struct{ Message, Note string }
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		m := message.Parse(v.Message)
		if m.Cause.Policy() != "" && m.Cause.Effect() != "" && strings.HasPrefix(v.Message, "User: ") && len(v.Message) < 900 &&
			!strings.Contains(v.Note, "hostile") && !strings.Contains(v.Message, "...") && !strings.Contains(v.Message, "(Service") && !strings.ContainsAny(v.Message, "\n\t") && !strings.Contains(v.Message, "  ") &&
			!strings.ContainsAny(m.Principal, " ") && strings.Count(v.Message, `"`) < 3 && !strings.ContainsAny(v.Message, `\&'<`) {
			list = append(list, v.Message)
		}
	}
	return list
}

// wrap breaks a text after width characters, within words.
func wrap(s string, width int, trim bool) string {
	var lines []string
	for len(s) > width {
		lines, s = append(lines, s[:width]), s[width:]
	}
	lines = append(lines, s)
	if trim {
		for i := range lines {
			lines[i] = strings.TrimRight(lines[i], " ")
		}
	}
	return strings.Join(lines, "\n")
}

// fold breaks a text between words.
func fold(s string, width int) string {
	var b strings.Builder
	n := 0
	for i, w := range strings.Split(s, " ") {
		switch {
		case i > 0 && n+1+len(w) > width:
			b.WriteString("\n")
			n = 0
		case i > 0:
			b.WriteString(" ")
			n++
		}
		b.WriteString(w)
		n += len(w)
	}
	return b.String()
}

// each puts a prefix before each line.
func each(prefix, s string) string {
	return prefix + strings.ReplaceAll(s, "\n", "\n"+prefix)
}

func quoted(s string) string { return strconv.Quote(s) }

// wrappers are what programs and people make of a message.
var wrappers = map[string]func(string) string{
	"bare": func(m string) string { return m },
	"cli": func(m string) string {
		return "\nAn error occurred (AccessDenied) when calling the PutObject operation: " + m + "\n"
	},
	"cli upload": func(m string) string {
		return "upload failed: ./a.csv to s3://b-1/a.csv An error occurred (AccessDenied) when calling the PutObject operation: " + m
	},
	"traceback": func(m string) string {
		return "Traceback (most recent call last):\n  File \"/a.py\", line 88, in handle\n    s3.upload(x)\nbotocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the PutObject operation: " + m
	},
	"chained": func(m string) string {
		e := "An error occurred (AccessDenied) when calling the PutObject operation: " + m
		return "Traceback (most recent call last):\n  File \"/a.py\", line 88\nbotocore.exceptions.ClientError: " + e + "\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"/b.py\", line 1\nboto3.exceptions.S3UploadFailedError: Failed to upload a to b/k: " + e
	},
	"java 2": func(m string) string {
		return "Caused by: software.amazon.awssdk.services.s3.model.S3Exception: " + m + " (Service: S3, Status Code: 403, Request ID: 8RX27QX3XB2ZRDH0, Extended Request ID: 9IjSrK+=) (SDK Attempt Count: 1)\n\tat com.a.B.c(B.java:1)\n\tat com.a.B.d(B.java:2)"
	},
	"java causes": func(m string) string {
		return "Exception in thread \"main\" java.lang.RuntimeException: software.amazon.awssdk.services.s3.model.S3Exception: " + m + " (Service: S3, Status Code: 403, Request ID: 8RX27QX3XB2ZRDH0)\n\tat com.a.B.c(B.java:1)\nCaused by: software.amazon.awssdk.services.s3.model.S3Exception: " + m + " (Service: S3, Status Code: 403, Request ID: 8RX27QX3XB2ZRDH0)\n\t... 12 more"
	},
	"s3a": func(m string) string {
		return "java.nio.file.AccessDeniedException: s3a://acme/t: getFileStatus on s3a://acme/t: software.amazon.awssdk.services.s3.model.S3Exception: " + m + " (Service: S3, Status Code: 403, Request ID: ABC, Extended Request ID: def=) (SDK Attempt Count: 1):AccessDenied\n\tat x.Y.z(Y.java:3)"
	},
	"go 2": func(m string) string {
		return "operation error S3: PutObject, https response error StatusCode: 403, RequestID: R9MK7Z9D37KW47QB, HostID: 1iYpODb/w9/g==, api error AccessDenied: " + m
	},
	"go 1": func(m string) string {
		return "AccessDenied: " + m + "\n\tstatus code: 403, request id: F93B7F10C87A8867, host id: aZec="
	},
	"logfmt": func(m string) string {
		return `time="2026-10-22T18:45:14Z" level=error msg=` + quoted("upload failed: AccessDenied: "+m+"\n\tstatus code: 403, request id: AAA111, host id: zzz=")
	},
	"logfmt bare": func(m string) string {
		return `ts=2026-10-22T18:45:14Z level=error err=` + quoted(m) + ` caller=main.go:12`
	},
	"zap console": func(m string) string {
		return "2026-10-22T18:45:14.123Z\tERROR\tcontroller/x.go:77\tReconciler error\t" + `{"controller": "bucket", "error": ` + quoted("api error AccessDenied: "+m) + `}`
	},
	"klog": func(m string) string {
		return `E1022 18:45:14.000000       1 controller.go:114] "Failed" err=` + quoted("api error AccessDenied: "+m)
	},
	"json in log": func(m string) string {
		return "2026-10-22T18:45:14.123Z\t1a-2b\tERROR\tInvoke Error\t" + `{"errorType":"AccessDenied","errorMessage":` + quoted(m) + `,"stack":["AccessDenied: x","    at a"]}`
	},
	"json in json": func(m string) string {
		return `INFO {"message":` + quoted(`{"errorMessage":`+quoted(m)+`,"x":"y"}`) + `}`
	},
	"python dict": func(m string) string {
		return `{'Error': {'Code': 'AccessDenied', 'Message': '` + m + `'}, 'ResponseMetadata': {'RequestId': 'A1', 'HTTPStatusCode': 403}}`
	},
	"python dict lines": func(m string) string {
		return "{'Error': {'Code': 'AccessDenied',\n           'Message': '" + m + "'},\n 'ResponseMetadata': {'HTTPStatusCode': 403,\n                      'RequestId': 'A1'}}"
	},
	"python repr": func(m string) string {
		return `ClientError('An error occurred (AccessDenied) when calling the GetObject operation: ` + m + `')`
	},
	"js 3": func(m string) string {
		return "AccessDenied: " + m + "\n    at throwDefaultError (/a/index.js:8:22)\n    at process (node:1) {\n  '$fault': 'client',\n  '$metadata': {\n    httpStatusCode: 403,\n    requestId: 'ABCD1234EFGH5678',\n    attempts: 1\n  },\n  Code: 'AccessDenied',\n  RequestId: 'ABCD1234EFGH5678'\n}"
	},
	"js 2": func(m string) string {
		return "{ AccessDenied: " + m + "\n    at Request.extractError (/x.js:577:35)\n  message:\n   '" + m + "',\n  code: 'AccessDenied',\n  region: null,\n  statusCode: 403 }"
	},
	"js error": func(m string) string { return "Uncaught Error('" + m + "')" },
	"ruby":     func(m string) string { return "#<Aws::S3::Errors::AccessDenied: " + m + ">" },
	"ruby raise": func(m string) string {
		return "/usr/lib/a.rb:17:in 'call': " + m + " (Aws::S3::Errors::AccessDenied)\n\tfrom /usr/lib/b.rb:3:in 'x'"
	},
	"rust": func(m string) string {
		return `service error: unhandled error (AccessDenied): Error { code: "AccessDenied", message: ` + quoted(m) + `, aws_request_id: "ABCD1234EFGH5678" }`
	},
	"php": func(m string) string {
		return "PHP Fatal error:  Uncaught exception 'Aws\\S3\\Exception\\S3Exception' with message 'Error executing \"PutObject\" on \"https://b.s3.amazonaws.com/k\"; AWS HTTP error: Client error: `PUT https://b.s3.amazonaws.com/k` resulted in a `403 Forbidden` response:\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>" + html.EscapeString(m) + "</Message><RequestId>ABCD1234EFGH5678</RequestId></Error>"
	},
	".net": func(m string) string {
		return "Unhandled exception. Amazon.S3.AmazonS3Exception: " + m + "\n ---> Amazon.Runtime.Internal.HttpErrorResponseException: Exception of type 'Amazon.Runtime.Internal.HttpErrorResponseException' was thrown.\n   at Amazon.Runtime.HttpWebRequestMessage.GetResponseAsync()"
	},
	".net one line": func(m string) string {
		return "Amazon.S3.AmazonS3Exception: " + m + " ---> Amazon.Runtime.Internal.HttpErrorResponseException: The remote server returned an error: (403) Forbidden."
	},
	"r": func(m string) string { return "Error: AccessDenied (HTTP 403). " + m + "\nBacktrace:" },
	"cfn": func(m string) string {
		return `Resource handler returned message: "` + m + ` (Service: S3, Status Code: 403, Request ID: ABCD1234EFGH5678, Extended Request ID: xyz/abc=) (SDK Attempt Count: 1)" (RequestToken: 1a2b, HandlerErrorCode: AccessDenied)`
	},
	"xml": func(m string) string {
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>" + m + "</Message><RequestId>ABCD1234EFGH5678</RequestId></Error>"
	},
	"xml &quot;": func(m string) string {
		return "<Error>\n  <Code>AccessDenied</Code>\n  <Message>" + html.EscapeString(m) + "</Message>\n</Error>"
	},
	"xml escaped": func(m string) string {
		return "body: " + html.EscapeString("<Error><Code>AccessDenied</Code><Message>"+m+"</Message></Error>")
	},
	"xml in json": func(m string) string {
		return `error body ` + quoted("<Error><Code>AccessDenied</Code><Message>"+m+"</Message></Error>")
	},
	"html": func(m string) string { return "<p>" + html.EscapeString(m) + "</p>" },
	"mail": func(m string) string {
		return each("> ", "hi,\n"+fold("An error occurred (AccessDenied) when calling the PutObject operation: "+m, 72)+"\nbye")
	},
	"mail twice": func(m string) string {
		return each("> > ", "An error occurred (AccessDenied) when calling the PutObject operation: "+m)
	},
	"comment": func(m string) string { return each("# ", "Error: "+m) },
	"slack":   func(m string) string { return strings.ReplaceAll(strings.Replace(m, `"`, "“", 1), `"`, "”") },
	"slack cli": func(m string) string {
		return "> An error occurred (AccessDenied) when calling the PutObject operation: " + strings.ReplaceAll(strings.Replace(m, `"`, "“", 1), `"`, "”")
	},
	"markdown":    func(m string) string { return "Getting this:\n\n```\n" + m + "\n```\n\nAny idea?" },
	"inline code": func(m string) string { return "We see `" + m + "` since today" },
	"terraform": func(m string) string {
		return each("│ ", "Error: creating S3 Bucket (sandbox-state) Lifecycle\n\n  with aws_s3_bucket.state,\n  on backend.tf line 41, in resource \"aws_s3_bucket\" \"state\":\n  41: resource \"aws_s3_bucket\" \"state\" {\n\n"+fold("operation error S3: GetBucketLifecycleConfiguration, https response error StatusCode: 403, RequestID: R9MK7Z9D37KW47QB, HostID: 1iYpODb/w9/g==, api error AccessDenied: "+m, 98)) + "\n╵"
	},
	"docker": func(m string) string { return "2026-10-01T10:00:00.000000000Z stderr F ERROR AccessDenied: " + m },
	"github": func(m string) string {
		return "2026-10-01T10:00:00.1234567Z ##[error]An error occurred (AccessDenied) when calling the PutObject operation: " + m
	},
	"python log": func(m string) string {
		return "2026-10-01 10:00:00,123 - app - ERROR - Failed: An error occurred (AccessDenied) when calling the GetObject operation: " + m
	},
	"level":     func(m string) string { return "ERROR: " + m },
	"label":     func(m string) string { return "errorMessage: " + m },
	"json line": func(m string) string { return `"errorMessage": ` + quoted(m) + "," },
	"record cut": func(m string) string {
		return `"errorCode": "AccessDenied",` + "\n" + `    "errorMessage": ` + quoted(m) + ",\n" + `    "requestParameters": {`
	},
	"yaml": func(m string) string { return "status:\n  conditions:\n  - message: '" + m + "'\n    reason: Failed" },
	"yaml fold": func(m string) string {
		return "status:\n  message: >-\n    " + strings.ReplaceAll(fold(m, 76), "\n", "\n    ") + "\n  reason: Failed"
	},
	"sentence": func(m string) string { return "It failed with: " + m },
	"curl": func(m string) string {
		return "< HTTP/1.1 403 Forbidden\n< x-amz-request-id: ABCD1234EFGH5678\n<\n<Error><Code>AccessDenied</Code><Message>" + html.EscapeString(m) + "</Message></Error>"
	},
	"mountpoint": func(m string) string {
		return "2026-10-01T10:00:00.000000Z  WARN lookup{req=4}: mountpoint_s3::fuse: lookup failed: inode error: error from ObjectClient: HeadObject error: Client error: Forbidden: " + m
	},
	"spark": func(m string) string {
		return "Py4JJavaError: An error occurred while calling o91.parquet.\n: java.nio.file.AccessDeniedException: s3a://acme/t: getFileStatus on s3a://acme/t: com.amazonaws.services.s3.model.AmazonS3Exception: " + m + " (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 6XJ9Y1R8Z3K4M5N6; S3 Extended Request ID: abc=; Proxy: null), S3 Extended Request ID: abc=:AccessDenied"
	},
}

// lossy wrappers cannot be undone for every message.
func skipped(name, m string) bool {
	switch name {
	case "python dict", "python dict lines", "python repr", "js 2", "js error", "yaml":
		return strings.Contains(m, "'")
	}
	return false
}

// Whatever is around a message, the answer is that of the bare message.
func TestWrapped(t *testing.T) {
	all := messages(t)
	if len(all) < 20 {
		t.Fatalf("%d messages", len(all))
	}
	for name, w := range wrappers {
		for _, m := range all {
			if !skipped(name, m) {
				check(t, name, m, w(m))
			}
		}
	}
}

// A terminal wraps anywhere.
func TestWrappedAtWidth(t *testing.T) {
	cli := "An error occurred (AccessDenied) when calling the PutObject operation: "
	for n, m := range messages(t) {
		for width := 60 + n%17; width <= 140; width += 17 {
			for name, s := range map[string]string{"bare": m, "cli": cli + m, "traceback": "botocore.exceptions.ClientError: " + cli + m} {
				check(t, fmt.Sprintf("%s wrapped at %d", name, width), m, wrap(s, width, false))
				check(t, fmt.Sprintf("%s wrapped at %d, trimmed", name, width), m, wrap(s, width, true))
				check(t, fmt.Sprintf("%s folded at %d", name, width), m, fold(s, width))
				check(t, fmt.Sprintf("%s boxed at %d", name, width), m, "╷\n"+each("│ ", fold(s, width))+"\n╵")
				check(t, fmt.Sprintf("%s quoted at %d", name, width), m, each("> ", wrap(s, width, true)))
			}
			if failures > 20 {
				t.Fatal("enough")
			}
		}
	}
}

var failures int

func check(t *testing.T, name, m, text string) {
	t.Helper()
	want := message.Parse(m)
	found := Find(text)
	if len(found) != 1 {
		failures++
		t.Errorf("%s: %d findings in\n%s", name, len(found), text)
		return
	}
	got := found[0].Message
	if strings.Contains(name, " at ") { // a break in a key may have been a space
		got.Resource, want.Resource = strings.ReplaceAll(got.Resource, " ", ""), strings.ReplaceAll(want.Resource, " ", "")
	}
	if got != want {
		failures++
		t.Errorf("%s:\ngot  %#v\nwant %#v\nin\n%s", name, got, want, text)
	}
}

// A wrapper around a message never makes another cause of it.
func FuzzWrapped(f *testing.F) {
	f.Add("INFO ", " (Service: S3)", uint(0), uint(80))
	f.Add("\"", "\"", uint(3), uint(40))
	all := messages(f)
	f.Fuzz(func(t *testing.T, before, after string, n, width uint) {
		m := all[n%uint(len(all))]
		for _, w := range []string{"authorized", "because", "explicit", "enied", "403", "orbidden"} {
			if strings.Contains(before+after, w) {
				t.Skip("another message")
			}
		}
		if r, _ := utf8.DecodeRuneInString(after); unicode.IsLetter(r) || unicode.IsDigit(r) {
			t.Skip("the last word is another one")
		}
		want := message.Parse(m)
		for _, text := range []string{before + m + after, before + wrap(m, 40+int(width%100), false) + after} {
			for _, f := range Find(text) {
				if f.Message.Cause == event.ExplicitUnknown && want.Cause.Effect() == event.Explicit {
					continue // true, and less than the message says
				}
				switch f.Message.Cause {
				case want.Cause, event.Unrecognized, event.AccessGrants, event.Truncated, event.NotTold, event.NotAuthorization, event.AccessDisabled:
				default:
					t.Errorf("got %s, want %s in\n%q", f.Message.Cause, want.Cause, text)
				}
			}
		}
	})
}
