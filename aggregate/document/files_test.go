package document

import (
	"testing"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

var corpData = event.Target{Type: change.Bucket, Name: "corp-data"}

func on(day int) time.Time { return time.Date(2026, 10, day, 0, 0, 0, 0, time.UTC) }

// policyOf returns a policy of the bucket whose statement has the Sid.
func policyOf(sid string) event.Document {
	return event.Document{Kind: event.ResourcePolicy, Of: corpData, Text: `{"Statement":{"Sid":"` + sid +
		`","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}`}
}

func changeTo(day int, sid string) event.Change {
	return event.Change{
		EventID: sid, Time: on(day), Source: "s3.amazonaws.com", Name: "PutBucketPolicy",
		Targets: []event.Target{corpData}, Documents: []event.Document{policyOf(sid)},
	}
}

// A document from a file also held before, unless the trail has a change in between.
func TestFileAndChanges(t *testing.T) {
	file := event.Snapshot{File: "f.json", Time: on(20), Documents: []event.Document{policyOf("file")}}
	tests := []struct {
		name    string
		changes []event.Change
		day     int
		want    string
	}{
		{"before", nil, 10, "file"},
		{"after", nil, 25, "file"},
		{"a change in between", []event.Change{changeTo(15, "new")}, 10, ""},
		{"after that change", []event.Change{changeTo(15, "new")}, 16, "new"},
		{"the file after that change", []event.Change{changeTo(15, "new")}, 21, "file"},
		{"a change after the file", []event.Change{changeTo(22, "new")}, 10, "file"},
		{"an older change", []event.Change{changeTo(5, "old")}, 10, "old"},
	}
	for _, tt := range tests {
		held := New(tt.changes, file).at(corpData, on(tt.day))
		got := ""
		if len(held) > 0 {
			got = held[0].Document.Statements[0].Sid
			fromFile := held[0].File == "f.json" && held[0].Read.Equal(on(20)) && held[0].Since.IsZero()
			if fromFile != (got == "file") {
				t.Errorf("%s: it is of the file %q", tt.name, held[0].File)
			}
		}
		if got != tt.want {
			t.Errorf("%s: held %q, want %q", tt.name, got, tt.want)
		}
	}
	// The difference of a change is to what the file has.
	revisions := New([]event.Change{changeTo(22, "new")}, file).Revisions("new")
	if len(revisions) != 1 || revisions[0].Before.File != "f.json" || len(revisions[0].Differences) != 1 {
		t.Errorf("the revision is %+v", revisions)
	}
}

// What a role has attached, files and changes tell together.
func TestLinksOfFiles(t *testing.T) {
	role := event.Target{Type: change.Role, Name: "arn:aws:iam::111122223333:role/reader"}
	policy := func(name string) event.Target {
		return event.Target{Type: change.Policy, Name: "arn:aws:iam::111122223333:policy/" + name}
	}
	attach := func(name string, day int, to string) event.Change {
		return event.Change{
			EventID: to + name, Time: on(day), Source: "iam.amazonaws.com", Name: name,
			Targets: []event.Target{role, policy(to)},
		}
	}
	file := event.Snapshot{File: "f.json", Time: on(20), Complete: []event.Target{role}, Links: []event.Link{
		{Of: role, Relation: event.Attached, To: policy("a")}, {Of: role, Relation: event.Attached, To: policy("b")},
	}}
	tests := []struct {
		name    string
		changes []event.Change
		day     int
		want    string
	}{
		{"before", nil, 10, "ab"},
		{"after", nil, 25, "ab"},
		{"detached after the file", []event.Change{attach("DetachRolePolicy", 22, "a")}, 25, "b"},
		{"detached after the file, asked before", []event.Change{attach("DetachRolePolicy", 22, "a")}, 21, "ab"},
		{"attached only later", []event.Change{attach("AttachRolePolicy", 15, "b")}, 10, "a"},
		{"the file has all", []event.Change{attach("AttachRolePolicy", 5, "c")}, 25, "ab"},
		{"one that the file lacks, before it", []event.Change{attach("AttachRolePolicy", 5, "c")}, 10, "abc"},
	}
	for _, tt := range tests {
		got := ""
		for _, to := range New(tt.changes, file).links.of(role, event.Attached, on(tt.day)) {
			got += to.Name[len(to.Name)-1:]
		}
		if len(got) != len(tt.want) || sorted(got) != tt.want {
			t.Errorf("%s: attached are %q, want %q", tt.name, got, tt.want)
		}
	}
}

func sorted(s string) string {
	b := []byte(s)
	for i := range b {
		for j := range b[:i] {
			if b[i] < b[j] {
				b[i], b[j] = b[j], b[i]
			}
		}
	}
	return string(b)
}
