package ingest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/coverage"
)

// People hold CloudTrail in many shapes. Each here holds the same three records,
// of which two are denials.
func TestShapes(t *testing.T) {
	a, b, c := denied("a"), other("b"), denied("c")
	text := func(s string) string {
		quoted, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(quoted)
	}
	each := func(before, after, between string, wrap func(string) string) string {
		return before + strings.Join([]string{wrap(a), wrap(b), wrap(c)}, between) + after
	}
	plain := func(s string) string { return s }
	event := func(s string) string { return `{"EventId":"x","EventName":"x","CloudTrailEvent":` + text(s) + `}` }
	bridge := func(s string) string {
		return `{"version":"0","id":"x","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","account":"111122223333","time":"2026-10-05T12:00:00Z","region":"us-east-1","resources":[],"detail":` + s + `}`
	}
	logEvent := func(s string) string { return `{"id":"1","timestamp":1,"message":` + text(s) + `}` }
	subscription := func(s string) string {
		return `{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"g","logStream":"s","subscriptionFilters":["f"],"logEvents":[` + logEvent(s) + `]}`
	}
	sqs := func(s string) string {
		return `{"MessageId":"1","Body":` + text(`{"Type":"Notification","Message":`+text(bridge(s))+`}`) + `}`
	}
	const control = `{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}`

	for name, content := range map[string]string{
		"trail file":                 each(`{"Records":[`, `]}`, ",", plain),
		"trail file, pretty":         strings.ReplaceAll(each("{\n  \"Records\" : [\n", "\n ]\n}\n", " ,\n", plain), `":"`, `" : "`),
		"array":                      each("[", "]", ",\n", plain),
		"records a line":             each("", "\n", "\n", plain),
		"records a line, CRLF":       each("", "\r\n", "\r\n", plain),
		"records one after another":  each("", "", "", plain),
		"trail files in a row":       each("", "", "\n", func(s string) string { return `{"Records":[` + s + `]}` }),
		"lookup-events":              each(`{"Events":[`, `],"NextToken":"x"}`, ",", event),
		"lookup-events with objects": each(`{"Events":[`, `]}`, ",", func(s string) string { return `{"CloudTrailEvent":` + s + `}` }),
		"lookup-events a line":       each("", "", "\n", event),
		"EventBridge a line":         each("", "", "\n", bridge),
		"EventBridge array":          each("[", "]", ",", bridge),
		"subscription":               each(`{"messageType":"DATA_MESSAGE","logEvents":[`, `]}`, ",", logEvent),
		"Firehose without newlines":  control + each("", "", "", subscription) + control,
		"export task":                each("", "\n", "\n", func(s string) string { return "2026-10-05T12:00:00.000Z " + s }),
		"filter-log-events": each(`{"events":[`, `],"searchedLogStreams":[]}`, ",", func(s string) string {
			return `{"logStreamName":"s","timestamp":1,"message":` + text(s) + `,"eventId":"1"}`
		}),
		"Logs Insights": each(`{"results":[`, `],"status":"Complete"}`, ",", func(s string) string {
			return `[{"field":"@timestamp","value":"x"},{"field":"@message","value":` + text(s) + `}]`
		}),
		"SQS":                         each(`{"Messages":[`, `]}`, ",", sqs),
		"Lambda's event for SQS":      each(`{"Records":[`, `]}`, ",", func(s string) string { return `{"messageId":"1","eventSource":"aws:sqs","body":` + text(s) + `}` }),
		"envelope first, then record": bridge(a) + b + c,
	} {
		for kind, bytes := range map[string]string{"plain": content, "gzip": gz(content)} {
			cov, _ := run(t, Options{}, memory{"x": bytes})
			if r := cov.Records; cov.Objects.Read != 1 || r.Seen != 3 || r.Kept != 2 || r.NotS3Denied != 1 {
				t.Errorf("%s, %s: %s %+v %v", name, kind, result(cov), r, cov.Failures)
			}
		}
	}

	// CloudWatch's test of a subscription holds nothing.
	cov, _ := run(t, Options{}, memory{"x": control})
	if cov.Objects.Skipped[coverage.SkipEmpty] != 1 {
		t.Errorf("a control message is %s", result(cov))
	}
}

// An empty object in the place of a record is a malformed record, in every shape
// and at every place. It says nothing about what the rest of the object is.
func TestEmptyRecords(t *testing.T) {
	text := func(s string) string {
		quoted, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(quoted)
	}
	shapes := map[string]func(records ...string) string{
		"trail file": trail,
		"array":      func(r ...string) string { return "[" + strings.Join(r, ",") + "]" },
		"a line":     func(r ...string) string { return strings.Join(r, "\n") },
		"touching":   func(r ...string) string { return strings.Join(r, "") },
		"SNS":        func(r ...string) string { return `{"Type":"Notification","Message":` + text(trail(r...)) + `}` },
		"SNS, an array": func(r ...string) string {
			return `{"Type":"Notification","Message":` + text("["+strings.Join(r, ",")+"]") + `}`
		},
		"lookup-events": func(r ...string) string {
			for i := range r {
				r[i] = `{"EventId":"x","CloudTrailEvent":` + text(r[i]) + `}`
			}
			return `{"Events":[` + strings.Join(r, ",") + `]}`
		},
		"EventBridge": func(r ...string) string {
			for i := range r {
				r[i] = `{"detail-type":"AWS API Call via CloudTrail","detail":` + r[i] + `}`
			}
			return strings.Join(r, "\n")
		},
		"subscription": func(r ...string) string {
			for i := range r {
				r[i] = `{"id":"1","message":` + text(r[i]) + `}`
			}
			return `{"messageType":"DATA_MESSAGE","logEvents":[` + strings.Join(r, ",") + `]}`
		},
	}
	f := func(want string, records ...string) {
		t.Helper()
		for name, wrap := range shapes {
			c, _ := run(t, Options{}, memory{"x": wrap(slices.Clone(records)...)})
			if got := result(c); got != want {
				t.Errorf("%s of %q: got %s, want %s: %v", name, records, got, want, c.Failures)
			}
		}
	}
	f("1 read, 1 malformed", "{}")
	f("1 read, 2 malformed", "{}", "{ \t}")
	f("1 read, 1 kept, 2 malformed", denied("a"), "{}", "{}")
	f("1 read, 1 kept, 2 malformed", "{}", "{ }", denied("a"))
	f("1 read, 2 kept, 1 not denied, 1 malformed", denied("a"), other("b"), "{}", denied("c"))
	f("1 read, 1 not denied, 1 malformed", other("b"), "{}")
	f("1 s3-notification", "{}", `{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"x","s3":{}}`)
}

func TestUnsupportedShapesAreNamed(t *testing.T) {
	cov, _ := run(t, Options{}, memory{
		"z.xz":   "\xfd7zXZ\x00",
		"a.xz":   "\xfd7zXZ\x00",
		"b.json": `{"QueryStatus":"FINISHED","QueryResultRows":[]}`,
	})
	want := []coverage.Unsupported{
		{Object: "b.json", Shape: coverage.LakeResults, Objects: 1},
		{Object: "a.xz", Shape: coverage.XZ, Objects: 2},
	}
	if len(cov.Unsupported) != 2 || cov.Unsupported[0] != want[0] || cov.Unsupported[1] != want[1] {
		t.Errorf("got %v", cov.Unsupported)
	}
}
