package denial

import (
	"reflect"
	"strings"
	"testing"

	"trail403/ingest/event"
)

func TestOfMessage(t *testing.T) {
	const reason = " because no identity-based policy allows the s3:GetObject action"
	tests := []struct {
		text string
		want event.Denial
	}{
		{
			`User: arn:aws:sts::111122223333:assumed-role/reader/i-0f00 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::corp-data/a b.csv"` + reason,
			event.Denial{
				Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role", CallerAccount: "111122223333", HasARN: true,
				Action: "s3:GetObject", DeniedAction: "s3:GetObject", Bucket: "corp-data", Cause: "identity-implicit",
			},
		},
		{
			"User: arn:aws:iam::111122223333:user/app/Mary is not authorized to perform: kms:Decrypt with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/p",
			event.Denial{
				Principal: "arn:aws:iam::111122223333:user/app/Mary", PrincipalType: "user", CallerAccount: "111122223333", HasARN: true,
				DeniedAction: "kms:Decrypt", Cause: "identity-explicit", PolicyARN: "arn:aws:iam::111122223333:policy/p",
			},
		},
		{"Access Denied", event.Denial{Cause: "not-told", WhyNotTold: "unknown"}},
		{
			"An error occurred (AccessDenied) when calling the GetObject operation: Anonymous users cannot invoke this API. Please authenticate.",
			event.Denial{Cause: "not-told", WhyNotTold: "anonymous"},
		},
		{
			"User: anonymous is not authorized to perform: s3:GetObject" + reason,
			event.Denial{Principal: "anonymous", PrincipalType: "anonymous", Action: "s3:GetObject", DeniedAction: "s3:GetObject", Cause: "identity-implicit"},
		},
		{
			"User: access-grants.s3.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/grants",
			event.Denial{Principal: "access-grants.s3.amazonaws.com", PrincipalType: "service", DeniedAction: "sts:AssumeRole", Cause: "access-grants"},
		},
		{
			"User: <masked> is not authorized to perform: s3:GetObject" + reason,
			event.Denial{Principal: "<masked>", PrincipalType: "unknown", Action: "s3:GetObject", DeniedAction: "s3:GetObject", Cause: "identity-implicit"},
		},
		{"what?", event.Denial{Cause: "unrecognized"}},
	}
	for _, tt := range tests {
		tt.want.Message = tt.text
		if got := OfMessage(tt.text); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("OfMessage(%q)\n got %+v\nwant %+v", tt.text, got, tt.want)
		}
	}
}

func TestOfMessageHidesKeys(t *testing.T) {
	const key = "AKIAIOSFODNN7EXAMPLE"
	d := OfMessage(`User: ` + key + ` is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/` + key + `" with an explicit deny in a session policy`)
	if s := d.Message + d.Principal; strings.Contains(s, key) || d.Cause != "session-explicit" {
		t.Errorf("%+v", d)
	}
}
