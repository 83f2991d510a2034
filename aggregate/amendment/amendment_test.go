package amendment

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/statement"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

const (
	reader = "arn:aws:iam::111122223333:role/reader"
	writer = "arn:aws:iam::111122223333:role/writer"
)

var at = time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)

// denied is n requests for an object of the reader role that no bucket policy allowed.
func denied(action, key string, n int, change func(*event.Denial)) statement.Denied {
	d := &event.Denial{
		Time: at, Principal: reader, PrincipalType: "role", CallerAccount: "111122223333", Session: "s", HasARN: true,
		Action: action, DeniedAction: action, Bucket: "corp-data", BucketAccount: "111122223333", Key: key,
		Cause: "resource-implicit", SourceIP: "192.0.2.7",
		Context: event.Context{Credentials: event.Credentials{RoleNamed: true}},
	}
	if change != nil {
		change(d)
	}
	return statement.Denied{Denial: d, Request: evaluate.RequestOf(d, &d.Context), Denials: n}
}

func policyOf(t *testing.T, statements string) evaluate.Policy {
	t.Helper()
	d, err := policydoc.Parse([]byte(`{"Version": "2012-10-17", "Statement": [` + statements + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return evaluate.Policy{Kind: event.ResourcePolicy, On: "corp-data", Document: d}
}

// bookOf has a bucket policy that was set when the requests were denied.
func bookOf(statements string) *document.Book {
	return document.New([]event.Change{{EventID: "e", Time: at, Documents: []event.Document{{
		Of: event.Target{Type: "bucket", Name: "corp-data"}, Kind: event.ResourcePolicy,
		Text: `{"Statement": [` + statements + `]}`,
	}}}})
}

func needOf(action, resource string, requests ...statement.Denied) Need {
	return Need{Principal: reader, Action: action, Resources: []string{resource}, Requests: requests}
}

const b = `arn:aws:s3:::corp-data`

// One element that misses is added to, and nothing is added where more would be allowed
// than the statement lists.
func TestAmend(t *testing.T) {
	allow := func(principal, actions, resources, more string) string {
		return fmt.Sprintf(`{"Effect": "Allow", "Principal": {"AWS": %q}, "Action": %s, "Resource": %s%s}`,
			principal, actions, resources, more)
	}
	get, obj, other := `"s3:GetObject"`, `"`+b+`/a/*"`, `"`+b+`/b/*"`
	const both, addsResource = `["s3:GetObject", "s3:PutObject"]`, "Resource [arn:aws:s3:::corp-data/a/*]"
	f := func(statements string, want ...string) {
		t.Helper()
		need := needOf("s3:GetObject", b+"/a/*",
			denied("s3:GetObject", "a/x", 2, nil), denied("s3:GetObject", "a/y", 1, nil))
		after, edits, how := Amend([]evaluate.Policy{policyOf(t, statements)}, []Need{need})
		var got []string
		for _, e := range edits {
			got = append(got, fmt.Sprintf("%d %s%s %v%v", e.Number, e.Element, e.Operator, e.Add, e.Also))
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", statements, got, want)
		}
		if (how[0] == Edited) != (len(want) > 0) {
			t.Errorf("%s: covered %v", statements, how)
		}
		if len(want) > 0 && allows(after, &need.Requests[0]) != policydoc.Holds {
			t.Errorf("%s: the edited policy does not allow the request", statements)
		}
	}
	f(allow(reader, get, other, ""), "1 "+addsResource+"[]")
	f(allow(reader, both, other, ""), "1 "+addsResource+"[s3:PutObject]")
	f(allow(reader, `"s3:PutObject"`, obj, ""), "1 Action [s3:GetObject][]")
	f(allow(writer, get, obj, ""), "1 Principal ["+reader+"][]")
	f(allow(reader, get, obj, `, "Condition": {"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}}`),
		"1 ConditionIpAddress [192.0.2.7][]")
	// the statement that would allow the least besides
	f(allow(writer, both, obj, "")+","+allow(reader, get, other, ""), "2 "+addsResource+"[]")
	// two elements miss
	f(allow(writer, get, `"`+b+`/b/*"`, ""))
	// all actions on another resource, or an action on all resources
	f(allow(reader, `"s3:*"`, `"`+b+`/b/*"`, ""))
	f(allow(reader, `"s3:PutObject"`, `"*"`, ""))
	// what is excepted cannot be added to, nor can a condition be dropped
	f(`{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "NotResource": "` + b + `/a/*"}`)
	f(allow(reader, get, obj, `, "Condition": {"Bool": {"aws:SecureTransport": "false"}}`))
	f(allow(reader, get, obj, `, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}`)) // not visible
	// the policy allows it as it is
	f(allow(reader, get, obj, ""))
	f(`{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "` + b + `/b/*"}`)
}

// Two edits of one statement in different elements would allow more than both needs.
func TestAmendTwice(t *testing.T) {
	p := policyOf(t, `{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "`+b+`/a/*"}`)
	needs := []Need{
		needOf("s3:PutObject", b+"/a/*", denied("s3:PutObject", "a/x", 1, nil)),
		needOf("s3:GetObject", b+"/b/*", denied("s3:GetObject", "b/x", 1, nil)),
		needOf("s3:DeleteObject", b+"/a/*", denied("s3:DeleteObject", "a/x", 1, nil)),
	}
	_, edits, how := Amend([]evaluate.Policy{p}, needs)
	if want := []Coverage{Edited, Open, Edited}; !reflect.DeepEqual(how, want) || len(edits) != 1 {
		t.Fatalf("got %v, %d edits", how, len(edits))
	}
	if want := []string{"s3:DeleteObject", "s3:PutObject"}; !reflect.DeepEqual(edits[0].Add, want) {
		t.Errorf("added %q", edits[0].Add)
	}
}

// What a statement lists already is not added to it, and no value of a condition that holds.
func TestAmendAddsWhatIsMissing(t *testing.T) {
	f := func(statements string, need Need, want ...string) {
		t.Helper()
		_, edits, _ := Amend([]evaluate.Policy{policyOf(t, statements)}, []Need{need})
		if len(edits) != 1 || !reflect.DeepEqual(edits[0].Add, want) {
			t.Errorf("%s: got %+v, want %q", statements, edits, want)
		}
	}
	need := needOf("s3:GetObject", b+"/a/*", denied("s3:GetObject", "c/x", 1, nil))
	need.Resources = append(need.Resources, b+"/c/*")
	f(`{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "`+b+`/a/*"}`, need, b+"/c/*")
	from := func(ip string) statement.Denied {
		return denied("s3:GetObject", "a/x", 1, func(d *event.Denial) { d.SourceIP = ip })
	}
	f(`{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "`+b+`/a/*",
		"Condition": {"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}}}`,
		needOf("s3:GetObject", b+"/a/*", from("192.0.2.7"), from("198.51.100.9")), "192.0.2.7")
}

// A simulation counts what an edit allows, what else it allows, and names what still denies.
func TestSimulate(t *testing.T) {
	const no = `{"Sid": "No", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
		"Resource": "` + b + `/a/secret"}`
	before := policyOf(t, no+`,
		{"Effect": "Allow", "Principal": {"AWS": "`+writer+`"}, "Action": "s3:GetObject", "Resource": "`+b+`/b/*"}`)
	after := policyOf(t, no+`,
		{"Effect": "Allow", "Principal": {"AWS": ["`+writer+`", "`+reader+`"]}, "Action": "s3:GetObject",
			"Resource": ["`+b+`/b/*", "`+b+`/a/*"]}`)
	isWriter := func(d *event.Denial) { d.Principal = writer }
	meant := []statement.Denied{denied("s3:GetObject", "a/x", 5, nil), denied("s3:GetObject", "a/secret", 2, nil)}
	s := New(bookOf(no))
	s.Add(Group{reader, "s3:GetObject", "corp-data"}, meant, 0)
	s.Add(Group{writer, "s3:GetObject", "corp-data"}, []statement.Denied{
		denied("s3:GetObject", "a/x", 3, isWriter), // would be allowed too
		denied("s3:GetObject", "c/x", 7, isWriter),
		denied("s3:GetObject", "a/x", 9, func(d *event.Denial) { isWriter(d); d.Cause = "scp-explicit" }),
	}, 0)
	all := func(*statement.Denied) bool { return true }
	got := s.Simulate([]evaluate.Policy{before}, []evaluate.Policy{after}, meant, all)
	if got.Of != 7 || got.Allowed != 5 || got.Others != 3 || got.Unsure != 0 {
		t.Errorf("got %+v", got)
	}
	if len(got.Blocked) != 1 || got.Blocked[0].Sid != "No" {
		t.Errorf("blocked by %+v", got.Blocked)
	}
}

// Denials that are not among the requests are unsure, never left out of the sums.
func TestSimulateLeftOut(t *testing.T) {
	allow := policyOf(t, `{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "`+b+`/a/*"}`)
	meant := []statement.Denied{denied("s3:GetObject", "a/x", 5, nil)}
	s := New(bookOf(`{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "` + b + `/b/*"}`))
	s.Add(Group{reader, "s3:GetObject", "corp-data"}, meant, 20)
	s.Add(Group{reader, "s3:GetObject", "other"}, []statement.Denied{
		denied("s3:GetObject", "a/x", 1, func(d *event.Denial) { d.Bucket = "other" }),
	}, 100)
	got := s.Simulate(nil, []evaluate.Policy{allow}, meant, func(r *statement.Denied) bool {
		return r.Denial.Bucket == "corp-data"
	})
	if got.Of != 5 || got.Allowed != 5 || got.Unsure != 20 {
		t.Errorf("got %+v", got)
	}
	got.LeaveOut(15) // of the 20, as many are meant to be allowed
	if got.Of != 20 || got.Allowed != 5 || got.Unknown != 15 || got.Unsure != 5 {
		t.Errorf("after what was left out: %+v", got)
	}
}

// An exception is for the principal alone, in the condition that is there for that.
func TestExceptions(t *testing.T) {
	f := func(condition, operator string, exists bool) {
		t.Helper()
		s := New(bookOf(`{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"` + condition + `}`))
		requests := []statement.Denied{denied("s3:GetObject", "a", 4, nil), denied("s3:GetObject", "b", 2, nil)}
		list := s.Exceptions(reader, requests, "resource-explicit", "")
		if len(list) != 1 {
			t.Fatalf("%s: got %+v", condition, list)
		}
		x := list[0]
		if x.Denials != 6 || x.Operator != operator || x.Exists != exists || x.Principal != reader {
			t.Errorf("%s: got %+v", condition, x)
		}
	}
	f("", "ArnNotEquals", false)
	f(`, "Condition": {"NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"}}`, "ArnNotEquals", false)
	f(`, "Condition": {"StringNotLike": {"aws:principalarn": ["`+writer+`"]}}`, "StringNotLike", true)
}
