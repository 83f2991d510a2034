package aggregate

import (
	"fmt"
	"slices"
	"testing"

	"trail403/ingest/event"
)

// putBy is a change that sets the policy of a bucket.
func putBy(id, when, bucket, sid string) event.Change {
	c := changed(when, "s3", "PutBucketPolicy", "bucket "+bucket)
	c.EventID = id
	c.Documents = []event.Document{{
		Kind: event.ResourcePolicy, Of: event.Target{Type: "bucket", Name: bucket},
		Text: fmt.Sprintf(`{"Statement": [{"Sid": %q, "Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}`, sid),
	}}
	return c
}

// The changes of a result are compared with earlier ones that it does not name. A
// difference is never made up: neither where the earlier document is not known, nor of
// a change that cannot be told from others.
func TestRevise(t *testing.T) {
	all := []event.Change{
		putBy("1", "01T10:00:00", "known", "Old"),
		putBy("2", "02T10:00:00", "other", "Other"),
		putBy("3", "03T10:00:00", "known", "New"),
		putBy("4", "04T10:00:00", "first", "First"),
		putBy("", "05T10:00:00", "known", "Unnamed"),
		changed("06T10:00:00", "iam", "AttachRolePolicy", "role r"),
		putBy("7", "07T10:00:00", "known", ""),
	}
	all[6].Documents[0].Text = `{"Statement": [{"Sid": "Key", "Effect": "Deny", "Action": "s3:*", "Resource": "\u0041KIAIOSFODNN7EXAMPLE"}]}`
	r := &Result{Changes: slices.Clone(all[2:])}
	r.revise(all)
	var got []string
	for i, c := range r.Changes {
		if c.Documents != nil {
			t.Errorf("change %d has its documents still", i)
		}
		for _, rv := range r.Revisions[i] {
			s := fmt.Sprint(c.EventID, " ", rv.Of.Name, " ", rv.Known, " after ", rv.Before.Change)
			for _, d := range rv.Differences {
				s += fmt.Sprintf(" %s %s: %s > %s", d.Op, d.Sid, d.Before, d.After)
			}
			got = append(got, s)
		}
	}
	want := []string{
		"3 known true after 1 changed New: Sid Old > Sid New",
		"4 first false after ",
		"7 known true after  added Key:  > Deny s3:* on [access-key] removed Unnamed: Deny s3:* on all resources > ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// A result whose changes set no document has no revisions.
func TestReviseNothing(t *testing.T) {
	all := []event.Change{changed("06T10:00:00", "iam", "AttachRolePolicy", "role r"), putBy("1", "01T10:00:00", "known", "Old")}
	r := &Result{Changes: all[:1]}
	r.revise(all)
	if r.Revisions != nil {
		t.Errorf("got %+v", r.Revisions)
	}
}
