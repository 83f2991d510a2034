package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source"
)

// changedAt is the record of a successful PutBucketPolicy.
func changedAt(id, at string) string {
	return fmt.Sprintf(`{"eventVersion":"1.11","eventTime":%q,"eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy","eventID":%q,`+
		`"userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/ana"},"requestParameters":{"bucketName":"corp"},"recipientAccountId":"111122223333"}`, at, id)
}

// Changes are found in the same pass as denials: in records whose envelope was
// opened and in those after it, also with the name written in escapes. They
// count as records that are no denials.
func TestChanges(t *testing.T) {
	f := func(name string, opts Options, m memory, want string) {
		t.Helper()
		for _, workers := range []int{1, 3} {
			var sinks []*collector
			opts.Workers = workers
			c, err := Run(context.Background(), []source.Source{m}, opts, func() Sink {
				sinks = append(sinks, &collector{})
				return sinks[len(sinks)-1]
			})
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			denials := 0
			for _, s := range sinks {
				denials += len(s.denials)
				for _, ch := range s.changes {
					ids = append(ids, ch.EventID)
				}
			}
			addsUp(t, c, denials)
			slices.Sort(ids)
			if got := strings.Join(ids, " "); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
	}
	const noon = "2026-10-05T12:00:00Z"
	change := func(id string) string { return changedAt(id, noon) }
	failed := strings.Replace(change("x"), `"eventID"`, `"errorCode":"AccessDenied","eventID"`, 1)
	escaped := strings.Replace(change("e"), "eventName", `\u0065ventName`, 1)
	escapedName := strings.Replace(change("n"), "PutBucketPolicy", `PutBucket\u0050olicy`, 1)
	f("in a trail file", Options{}, memory{"x": trail(change("a"), other("o"), denied("d"), change("b"), escaped, escapedName, failed)}, "a b e n")
	f("a record a line", Options{}, memory{"x": change("a") + "\n" + other("o") + "\n" + change("b")}, "a b")
	f("of EventBridge", Options{}, memory{"x": `{"detail-type":"AWS API Call via CloudTrail","detail":` + change("a") + `}`}, "a")
	f("compressed", Options{}, memory{"x": gz(trail(change("a"))), "y": gz(trail(change("b")))}, "a b")
	f("that is broken", Options{}, memory{"x": trail(strings.Replace(change("a"), `"bucketName":"corp"`, `"bucketName":corp`, 1), denied("d"), change("b"))}, "b")
	f("of an object that breaks", Options{}, memory{"x": gz(trail(change("a")))[:80], "y": trail(change("b"), `{"a":}`)[:300], "z": trail(change("c"))}, "c")

	at := func(times ...string) memory {
		var records []string
		for _, t := range times {
			records = append(records, changedAt(t[8:16], t))
		}
		return memory{"x": trail(records...)}
	}
	window := Options{From: day("2026-10-05"), To: day("2026-10-06"), ChangesBefore: 6 * time.Hour}
	f("shortly before the window", window, at("2026-10-04T17:59:59Z", "2026-10-04T18:00:00Z", noon, "2026-10-05T23:59:59Z", "2026-10-06T00:00:00Z"),
		"04T18:00 05T12:00 05T23:59")
	// The object of three days before is opened where changes of that day may count.
	window.ChangesBefore = 72 * time.Hour
	early := "AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/02/111122223333_CloudTrail_us-east-1_20261002T0105Z_abc.json"
	f("long before", window, memory{early: trail(changedAt("early", "2026-10-02T01:00:00Z"))}, "early")
}

// A change comes with the document that it set, free of secrets.
func TestChangesCarryDocuments(t *testing.T) {
	record := strings.Replace(changedAt("a", "2026-10-05T12:00:00Z"), `"bucketName":"corp"`,
		`"bucketName":"corp","bucketPolicy":{"Statement":[{"Sid":"AKIAIOSFODNN7EXAMPLE"}]}`, 1)
	sink := &collector{}
	_, err := Run(context.Background(), []source.Source{memory{"x": trail(record, other("o"))}}, Options{Workers: 1}, func() Sink { return sink })
	if err != nil {
		t.Fatal(err)
	}
	if len(sink.changes) != 1 || len(sink.changes[0].Documents) != 1 {
		t.Fatalf("got %+v", sink.changes)
	}
	if got := sink.changes[0].Documents[0].Text; !strings.Contains(got, `"Statement"`) || strings.Contains(got, "AKIA") {
		t.Errorf("got %s", got)
	}
}
