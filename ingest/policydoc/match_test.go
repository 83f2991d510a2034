package policydoc

import (
	"fmt"
	"strings"
	"testing"
)

// IAM User Guide, "Action" and "Resource", and S3 User Guide, "Policy resources":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
func TestActionsAndResources(t *testing.T) {
	for _, x := range []struct {
		elements, action, resource string
		want                       string // Truth of the action and of the resource
	}{
		{`"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"`, "s3:GetObject", "arn:aws:s3:::b/k", "2 2"},
		{`"Action": "S3:getobject", "Resource": "arn:aws:s3:::b/*"`, "s3:GetObject", "arn:aws:s3:::b/k", "2 2"},
		{`"Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"`, "s3:PutObject", "arn:aws:s3:::b", "0 0"},
		{`"Action": ["s3:List*", "s3:*Object"], "Resource": ["x", "arn:aws:s3:::*"]`, "s3:PutObject", "arn:aws:s3:::B", "2 2"},
		{`"Action": "s3:GetObjec?", "Resource": "arn:aws:s3:::B"`, "s3:GetObject", "arn:aws:s3:::b", "2 0"},
		{`"Action": "s3:GetObject", "Resource": "*"`, "s3:GetObjectVersion", "arn:aws:s3:::b/k", "0 2"},
		{`"NotAction": "s3:Get*", "NotResource": "arn:aws:s3:::b/public/*"`, "s3:PutObject", "arn:aws:s3:::b/k", "2 2"},
		{`"NotAction": "s3:Get*", "NotResource": "arn:aws:s3:::b/public/*"`, "s3:GetObject", "arn:aws:s3:::b/public/k", "0 0"},
		{`"Action": "s3:*", "Resource": "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/*"`,
			"s3:GetObject", "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k", "2 2"},
		{`"Action": "s3:ListAllMyBuckets", "Resource": "arn:aws:s3:::*"`, "s3:ListAllMyBuckets", "*", "2 0"},
		{`"Action": "s3:ListAllMyBuckets", "Resource": "*"`, "s3:ListAllMyBuckets", "*", "2 2"},
		{`"Action": "s3:GetObject"`, "s3:GetObject", "arn:aws:s3:::b/k", "2 2"},
		{`"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"`, "", "", "1 1"},
		{`"Action": "*", "Resource": "*"`, "", "", "2 2"},
		{`"NotAction": "*", "NotResource": "*"`, "", "", "0 0"},
		{`"Action": [], "Resource": []`, "s3:GetObject", "arn:aws:s3:::b", "0 0"},
		{`"NotAction": [], "NotResource": []`, "s3:GetObject", "arn:aws:s3:::b", "1 1"},
		{`"Action": "s3:*", "Resource": "arn:aws:s3:::b*"`, "s3:GetObject", "arn:aws:s3:::b/" + strings.Repeat("k", maxText), "2 1"},
	} {
		d := mustParse(t, `{"Version":"2012-10-17","Statement":{"Effect":"Deny",`+x.elements+`}}`)
		m := d.Statements[0].Match(&Request{Action: x.action, Resource: x.resource})
		if got := fmt.Sprint(m.Action, m.Resource); got != x.want {
			t.Errorf("%s, %q on %.60q: got %s, want %s", x.elements, x.action, x.resource, got, x.want)
		}
		if m.Truth() != Unseen && m.Unseen != nil || m.Truth() == Unseen && m.Unseen == nil {
			t.Errorf("%s: the answer is %d, and %q are unseen", x.elements, m.Truth(), m.Unseen)
		}
	}
}

var (
	user = Caller{
		ARN: "arn:aws:iam::111122223333:user/app/maria", Account: "111122223333", UserID: "AIDAEXAMPLE",
	}
	session = Caller{
		ARN:     "arn:aws:iam::111122223333:role/app/reader",
		Session: "arn:aws:sts::111122223333:assumed-role/reader/i-0abc", Account: "111122223333", UserID: "AROAEXAMPLE:i-0abc",
	}
	// hidden is a session of which a record tells only what a message has.
	hidden = Caller{
		ARN: "arn:aws:iam::111122223333:role/reader", Account: "111122223333", PathUnknown: true,
	}
	federated = Caller{
		ARN: "arn:aws:iam::111122223333:user/maria", Session: "arn:aws:sts::111122223333:federated-user/bob",
		Account: "111122223333", UserID: "111122223333:bob",
	}
	rootUser  = Caller{ARN: "arn:aws:iam::111122223333:root", Account: "111122223333", UserID: "111122223333"}
	service   = Caller{Service: "cloudtrail.amazonaws.com"}
	anonymous = Caller{Anonymous: true}
)

// IAM User Guide, "Principal":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func TestPrincipals(t *testing.T) {
	aws := func(value string) string { return `{"AWS": "` + value + `"}` }
	for _, x := range []struct {
		principal string
		caller    Caller
		want      Truth
		grant     Grant
	}{
		{`"*"`, user, Holds, ToCaller},
		{aws("*"), session, Holds, ToCaller},
		{aws("*"), anonymous, Holds, ToCaller},
		{aws("*"), service, Holds, ToCaller},
		{aws("111122223333"), user, Holds, ToAccount},
		{aws("arn:aws:iam::111122223333:root"), session, Holds, ToAccount},
		{aws("arn:aws:iam::111122223333:root"), rootUser, Holds, ToAccount},
		{aws("444455556666"), user, Fails, NoGrant},
		{aws("111122223333"), anonymous, Fails, NoGrant},
		{aws("111122223333"), service, Fails, NoGrant},
		{aws("111122223333"), Caller{ARN: "x"}, Unseen, ToAccount},
		{aws("arn:aws:iam::111122223333:user/app/maria"), user, Holds, ToCaller},
		{aws("arn:aws:iam::111122223333:user/app/Maria"), user, Fails, NoGrant},
		{aws("arn:aws:iam::111122223333:user/maria"), user, Fails, NoGrant},
		{aws("arn:aws:iam::111122223333:user/*"), user, Fails, NoGrant},
		{aws("arn:aws:iam::111122223333:role/app/reader"), session, Holds, ToRole},
		{aws("arn:aws:iam::111122223333:role/reader"), session, Fails, NoGrant},
		{aws("arn:aws:iam::111122223333:role/app/reader"), hidden, Unseen, ToRole},
		{aws("arn:aws:iam::111122223333:role/app/writer"), hidden, Fails, NoGrant},
		{aws("arn:aws:iam::444455556666:role/app/reader"), hidden, Fails, NoGrant},
		{aws("arn:aws:sts::111122223333:assumed-role/reader/i-0abc"), session, Holds, ToCaller},
		{aws("arn:aws:sts::111122223333:assumed-role/reader/other"), session, Fails, NoGrant},
		{aws("arn:aws:sts::111122223333:assumed-role/reader/other"), hidden, Unseen, ToCaller},
		{aws("arn:aws:sts::111122223333:assumed-role/writer/other"), hidden, Fails, NoGrant},
		{aws("arn:aws:sts::111122223333:assumed-role/reader/i-0abc"), user, Fails, NoGrant},
		{aws("arn:aws:sts::111122223333:federated-user/bob"), federated, Holds, ToCaller},
		{aws("arn:aws:iam::111122223333:user/maria"), federated, Holds, ToRole},
		{aws("arn:aws:iam::111122223333:user/maria"), Caller{Account: "111122223333"}, Unseen, ToCaller},
		{aws("arn:aws:iam::444455556666:user/maria"), Caller{Account: "111122223333"}, Fails, NoGrant},
		{aws("arn:aws:sts::111122223333:assumed-role/reader/x"), Caller{}, Unseen, ToCaller},
		{aws("AIDAEXAMPLE"), user, Holds, ToCaller},
		{aws("AROAEXAMPLE"), session, Holds, ToRole},
		{aws("AROAOTHER"), session, Fails, NoGrant},
		{aws("AROAEXAMPLE"), hidden, Unseen, ToRole},
		{`{"Service": "cloudtrail.amazonaws.com"}`, service, Holds, ToCaller},
		{`{"Service": ["s3.amazonaws.com", "CloudTrail.amazonaws.com"]}`, service, Holds, ToCaller},
		{`{"Service": "cloudtrail.amazonaws.com"}`, session, Fails, NoGrant},
		{`{"Service": "s3.amazonaws.com"}`, service, Fails, NoGrant},
		{`{"Federated": "accounts.google.com"}`, session, Unseen, ToRole},
		{`{"Federated": "accounts.google.com"}`, user, Fails, NoGrant},
		{`{"CanonicalUser": "79a5"}`, user, Unseen, ToAccount},
		{`{"CanonicalUser": "79a5"}`, anonymous, Fails, NoGrant},
		{`{"AWS": ["444455556666", "111122223333", "arn:aws:iam::111122223333:role/app/reader"]}`, session, Holds, ToRole},
		{`{"AWS": "444455556666", "CanonicalUser": "79a5"}`, session, Unseen, ToAccount},
		{`{"AWS": "111122223333", "CanonicalUser": "79a5"}`, session, Holds, ToAccount},
		{`{"AWS": []}`, session, Fails, NoGrant},
	} {
		d := mustParse(t, `{"Statement":{"Effect":"Allow","Action":"*","Principal":`+x.principal+`}}`)
		m := d.Statements[0].Match(&Request{Action: "s3:GetObject", Caller: x.caller})
		if m.Principal != x.want || m.Grant != x.grant {
			t.Errorf("%s, %s: got %d and grant %d, want %d and %d", x.principal, x.caller.ARN, m.Principal, m.Grant, x.want, x.grant)
		}
		if (m.Principal == Unseen) != (len(m.Unseen) == 1) {
			t.Errorf("%s, %s: %q are unseen", x.principal, x.caller.ARN, m.Unseen)
		}
	}
}

// The key that names an identity provider can be visible.
func TestFederatedProvider(t *testing.T) {
	d := mustParse(t, `{"Statement":{"Effect":"Allow","Action":"*","Principal":{"Federated":"accounts.google.com"}}}`)
	for provider, want := range map[string]Truth{"accounts.google.com": Holds, "graph.facebook.com": Fails, "-": Fails} {
		r := &Request{Action: "s3:GetObject", Caller: session, Context: contextOf("aws:FederatedProvider", provider)}
		if m := d.Statements[0].Match(r); m.Truth() != want {
			t.Errorf("%s: got %+v", provider, m)
		}
	}
}

// IAM User Guide, "NotPrincipal":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func TestNotPrincipals(t *testing.T) {
	bounded := user
	bounded.Bounded = true
	const (
		account = `"arn:aws:iam::111122223333:root"`
		maria   = `"arn:aws:iam::111122223333:user/app/maria"`
		reader  = `"arn:aws:iam::111122223333:role/app/reader"`
	)
	for _, x := range []struct {
		values string
		caller Caller
		want   Truth
	}{
		{`{"AWS": [` + account + `, ` + maria + `]}`, user, Fails},
		{`{"AWS": [` + account + `, ` + maria + `]}`, session, Holds},
		{`{"AWS": [` + account + `, ` + maria + `]}`, bounded, Holds},
		{`{"AWS": [` + account + `, ` + reader + `]}`, session, Fails},
		{`{"AWS": [` + account + `, ` + reader + `]}`, hidden, Unseen},
		{`{"AWS": ` + maria + `}`, user, Unseen},
		{`{"AWS": ` + account + `}`, user, Holds},
		{`{"AWS": ` + account + `}`, rootUser, Fails},
		{`{"AWS": "444455556666"}`, rootUser, Holds},
		{`{"AWS": ` + account + `}`, anonymous, Holds},
		{`{"Service": "cloudtrail.amazonaws.com"}`, service, Fails},
		{`{"Service": "cloudtrail.amazonaws.com"}`, user, Holds},
		{`{"AWS": ` + account + `}`, service, Holds},
	} {
		d := mustParse(t, `{"Statement":{"Effect":"Deny","Action":"*","NotPrincipal":`+x.values+`}}`)
		m := d.Statements[0].Match(&Request{Action: "s3:GetObject", Caller: x.caller})
		if m.Truth() != x.want || (x.want == Unseen) != (len(m.Unseen) > 0) {
			t.Errorf("%s, %s: got %+v, want %d", x.values, x.caller.ARN, m, x.want)
		}
	}
}
