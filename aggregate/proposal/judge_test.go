package proposal

import (
	"strings"
	"testing"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

const (
	reader = "arn:aws:iam::111122223333:role/reader"
	denyS3 = `{"Version":"2012-10-17","Statement":{"Sid":"No","Effect":"Deny","Principal":"*","Action":"s3:*",` +
		`"Resource":"*"%s}}`
	allow = `{"Statement":` + allowing + `}`

	allowing = `{"Effect":"Allow","Principal":{"AWS":"` + reader + `"},"Action":"s3:GetObject",` +
		`"Resource":"arn:aws:s3:::corp-data/*"}`
	allowButNoPut = `{"Statement":[` + allowing + `,{"Effect":"Deny","Principal":"*","Action":"s3:Put*","Resource":"*"}]}`
)

// denying returns a Deny statement for all of S3, with a condition or none.
func denying(condition string) string {
	if condition != "" {
		condition = `,"Condition":` + condition
	}
	return strings.Replace(denyS3, "%s", condition, 1)
}

// withoutPrincipal makes a policy of a resource one of an identity or organization.
func withoutPrincipal(text string) string {
	text = strings.Replace(text, `"Principal":"*",`, "", 1)
	return strings.Replace(text, `"Principal":{"AWS":"`+reader+`"},`, "", 1)
}

// success is a request that succeeded, from the reader role to a bucket of its account.
func success() event.Denial {
	return event.Denial{
		EventID: "e1", Time: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Source: "s3.amazonaws.com", Name: "GetObject",
		Region: "us-east-1", Principal: reader, PrincipalType: "role", CallerAccount: "111122223333", Session: "job", HasARN: true,
		Action: "s3:GetObject", Bucket: "corp-data", BucketAccount: "111122223333", Key: "a.csv",
		SourceIP: "198.51.100.7", VPCEndpoint: "",
	}
}

func denied(cause event.Cause) func(*event.Denial) {
	return func(d *event.Denial) { d.ErrorCode, d.Cause, d.DeniedAction = "AccessDenied", cause, "s3:GetObject" }
}

func elsewhere(d *event.Denial) { d.BucketAccount = "444455556666" }

func TestJudge(t *testing.T) {
	keep := func(*event.Denial) {}
	role := event.Target{Type: change.Role, Name: reader}
	readerAllowed := event.Snapshot{File: "f", Complete: []event.Target{role}, Documents: []event.Document{
		{Kind: event.IdentityPolicy, Of: role, Name: "in", Text: withoutPrincipal(allow)},
	}}
	readerHasNothing := event.Snapshot{File: "f", Complete: []event.Target{role}}
	const (
		outside = `{"StringNotEquals":{"aws:SourceVpce":"vpce-0a1b"}}`
		tagged  = `{"StringEquals":{"aws:PrincipalTag/team":"x"}}`
		inUS    = `{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}`
		inEU    = `{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}`
	)
	tests := []struct {
		name, as, text string
		request        func(*event.Denial)
		snapshots      []event.Snapshot
		want           Outcome
	}{
		{"another bucket", "bucket:other", denying(""), keep, nil, Same},
		{"a Deny of a bucket", "bucket:corp-data", denying(outside), keep, nil, Refused},
		{"a Deny that misses", "bucket:corp-data", strings.Replace(denying(""), "s3:*", "s3:Put*", 1), elsewhere, nil, Refused},
		{"a Deny that misses, beside an Allow", "bucket:corp-data", allowButNoPut, keep, nil, Same},
		{"what no record shows", "bucket:corp-data", denying(tagged), keep, nil, Unknown},
		{"an Allow of a bucket", "bucket:corp-data", allow, keep, nil, Same},
		{"no Allow, and the caller's own is not known", "bucket:corp-data", `{"Statement":[]}`, keep, nil, Unknown},
		{"no Allow, and the caller's own is enough", "bucket:corp-data", `{"Statement":[]}`, keep,
			[]event.Snapshot{readerAllowed}, Same},
		{"no Allow, and the caller has none", "bucket:corp-data", `{"Statement":[]}`, keep,
			[]event.Snapshot{readerHasNothing}, Refused},
		{"no Allow for another account", "bucket:corp-data", `{"Statement":[]}`, elsewhere, nil, Refused},

		{"an SCP that denies", "scp:111122223333", withoutPrincipal(denying(inUS)), keep, nil, Refused},
		{"an SCP that does not", "scp:111122223333", withoutPrincipal(denying(inEU)), keep, nil, Same},
		{"an SCP of another account", "scp:444455556666", withoutPrincipal(denying(inUS)), keep, nil, Same},
		{"an SCP of all accounts", "scp:r-ab12", withoutPrincipal(denying(inUS)), keep, nil, Refused},
		{"an SCP that only allows is one of several", "scp:111122223333", `{"Statement":[]}`, keep, nil, Same},
		{"an SCP for a service-linked role", "scp:111122223333", withoutPrincipal(denying(inUS)),
			func(d *event.Denial) { d.Principal = "arn:aws:iam::111122223333:role/AWSServiceRoleForX" }, nil, Same},
		{"an SCP changes nothing that is denied", "scp:111122223333", withoutPrincipal(denying("")),
			denied(event.IdentityImplicit), nil, Same},
		{"an RCP goes by the bucket", "rcp:444455556666", denying(inUS), elsewhere, nil, Refused},
		{"an RCP and a bucket of an unknown account", "rcp:444455556666", denying(inUS),
			func(d *event.Denial) { d.BucketAccount = "" }, nil, Unknown},

		{"a role that loses its Allow", "role:" + reader, `{"Statement":[]}`, elsewhere, nil, Refused},
		{"a role that loses it within an account", "role:" + reader, `{"Statement":[]}`, keep, nil, Unknown},
		{"a role that keeps it", "role:" + reader, withoutPrincipal(allow), keep, nil, Same},

		{"an endpoint that allows nothing", "endpoint:vpce-0a1b", `{"Statement":[]}`,
			func(d *event.Denial) { d.VPCEndpoint, d.SourceIP = "vpce-0a1b", "10.0.0.1" }, nil, Refused},
		{"another endpoint", "endpoint:vpce-0a1b", `{"Statement":[]}`, keep, nil, Same},

		{"still denied", "bucket:corp-data", denying(""), denied(event.ResourceExplicit), nil, Same},
		{"denied by another kind", "bucket:corp-data", allow, denied(event.SCPExplicit), nil, Same},
		{"no longer denied here", "bucket:corp-data", allow, denied(event.ResourceExplicit), nil, Unknown},
		{"still not allowed", "role:" + reader, `{"Statement":[]}`, denied(event.IdentityImplicit), nil, Same},
		{"now allowed here", "role:" + reader, withoutPrincipal(allow), denied(event.IdentityImplicit), nil, Unknown},
		{"nobody says who denied it", "bucket:corp-data", allow, denied(event.NotTold), nil, Unknown},
		{"not a matter of policies", "bucket:corp-data", allow, denied(event.RequestExpired), nil, Same},
	}
	for _, tt := range tests {
		target, err := ParseTarget(tt.as)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		d, err := policydoc.Parse([]byte(tt.text))
		if err != nil {
			t.Fatal(tt.name, err)
		}
		request := success()
		tt.request(&request)
		j := New(target, d, tt.snapshots).judge(&request)
		if j.Outcome != tt.want {
			t.Errorf("%s: %q (%s), want %q", tt.name, j.Outcome, j.Why, tt.want)
		}
		if (j.Outcome == Same) != (j.Why == "") {
			t.Errorf("%s: %q because of %q", tt.name, j.Outcome, j.Why)
		}
	}
}

func TestParseTarget(t *testing.T) {
	for _, s := range []string{
		"", "bucket", "bucket:", "bucket:a/b", "role:reader", "role:arn:aws:iam::111122223333:user/x", "user:" + reader,
		"scp:ou-ab12-cd34", "scp:12", "key:1234abcd", "endpoint:x", "folder:x",
	} {
		if got, err := ParseTarget(s); err == nil {
			t.Errorf("%q is %+v", s, got)
		}
	}
	got, err := ParseTarget("role:arn:aws:iam::111122223333:role/app/reader")
	if err != nil || got.Name != reader {
		t.Errorf("a role with a path is %+v, %v", got, err)
	}
}
