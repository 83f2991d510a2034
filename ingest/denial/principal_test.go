package denial

import "testing"

func TestPrincipal(t *testing.T) {
	f := func(name, kind, account, userIdentity string) {
		t.Helper()
		d := decode(t, record("userIdentity", userIdentity))
		if d.Principal != name || d.PrincipalType != kind || d.CallerAccount != account {
			t.Errorf("got %s (%s of %q), want %s (%s of %q)", d.Principal, d.PrincipalType, d.CallerAccount, name, kind, account)
		}
	}
	// The issuer of the session comes first: its ARN has the role's path.
	f("arn:aws:iam::111122223333:role/app/reader", "role", "111122223333",
		`{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/reader/s","accountId":"111122223333","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/app/reader"}}}`)
	f("arn:aws:iam::111122223333:user/bob", "user", "111122223333",
		`{"type":"FederatedUser","arn":"arn:aws:sts::111122223333:federated-user/tmp","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/bob"}}}`)
	// Then the caller's own ARN. That of a session becomes the role's.
	for _, issuer := range []string{`{}`, `{"sessionIssuer":{}}`, `{"sessionIssuer":null}`, `{"sessionIssuer":{"arn":""}}`, `{"sessionIssuer":{"arn":"none"}}`, `null`, `"x"`} {
		f("arn:aws:iam::111122223333:role/reader", "role", "111122223333",
			`{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/reader/me@example.com","accountId":"111122223333","sessionContext":`+issuer+`}`)
	}
	f("arn:aws:iam::111122223333:role/reader", "role", "111122223333", `{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/reader"}`)
	f("arn:aws-cn:iam::111122223333:role/reader", "role", "111122223333", `{"arn":"arn:aws-cn:sts::111122223333:assumed-role/reader/s"}`)
	f("arn:aws-us-gov:iam::111122223333:role/reader", "role", "111122223333", `{"arn":"arn:aws-us-gov:sts::111122223333:assumed-role/reader/s"}`)
	f("arn:aws-us-gov:iam::111122223333:user/bob", "user", "111122223333", `{"type":"IAMUser","arn":"arn:aws-us-gov:iam::111122223333:user/bob"}`)
	f("arn:aws:iam::111122223333:user/team/bob", "user", "111122223333", `{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/team/bob","accountId":"111122223333","userName":"bob"}`)
	f("arn:aws:iam::111122223333:root", "root", "111122223333", `{"type":"Root","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333","principalId":"111122223333"}`)
	f("arn:aws:iam::111122223333:role/app/reader", "role", "111122223333", `{"type":"Role","arn":"arn:aws:iam::111122223333:role/app/reader"}`)
	f("arn:aws:sts::111122223333:federated-user/tmp", "federated-user", "111122223333", `{"type":"FederatedUser","arn":"arn:aws:sts::111122223333:federated-user/tmp"}`)
	f("arn:aws:iam::111122223333:saml-provider/okta", "unknown", "111122223333", `{"arn":"arn:aws:iam::111122223333:saml-provider/okta"}`)
	// Then the service.
	f("delivery.logs.amazonaws.com", "service", "", `{"type":"AWSService","invokedBy":"delivery.logs.amazonaws.com"}`)
	f("athena.amazonaws.com", "service", "111122223333", `{"type":"AWSService","accountId":"111122223333","invokedBy":"athena.amazonaws.com"}`)
	f("arn:aws:iam::111122223333:user/bob", "user", "111122223333", `{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/bob","invokedBy":"athena.amazonaws.com"}`)
	f("111122223333:AIDA", "account", "111122223333", `{"type":"AWSAccount","accountId":"111122223333","principalId":"AIDA","invokedBy":"athena.amazonaws.com"}`)
	// Then anonymous, in both spellings.
	f("anonymous", "anonymous", "", `{"type":"AWSAccount","principalId":"","accountId":"anonymous"}`)
	f("anonymous", "anonymous", "", `{"type":"AWSAccount","principalId":"","accountId":"ANONYMOUS_PRINCIPAL"}`)
	// Then ACCOUNT:UNIQUEID, without the session.
	f("444455556666:AROAEXAMPLE", "account", "444455556666", `{"type":"AWSAccount","principalId":"AROAEXAMPLE:me@example.com","accountId":"444455556666"}`)
	f("444455556666:AIDAEXAMPLE", "account", "444455556666", `{"type":"AWSAccount","principalId":"AIDAEXAMPLE","accountId":"444455556666"}`)
	f("444455556666:AIDAEXAMPLE", "account", "444455556666", `{"type":"IAMUser","arn":"bob","principalId":"AIDAEXAMPLE","accountId":444455556666}`)
	f("444455556666:901234", "account", "444455556666", `{"type":"IdentityCenterUser","principalId":"901234","accountId":"444455556666","onBehalfOf":{"userId":"u"}}`)
	f("444455556666", "account", "444455556666", `{"type":"AWSAccount","accountId":"444455556666"}`)
	f("444455556666", "account", "444455556666", `{"type":"Unknown","principalId":":session","accountId":"444455556666"}`)
	// Then nothing is known.
	for _, id := range []string{
		`{}`, `null`, `"root"`, `[]`, `7`, "",
		`{"type":"AWSService"}`,
		`{"type":"WebIdentityUser","principalId":"accounts.example.com:aud:sub","userName":"bob","identityProvider":"accounts.example.com"}`,
		`{"type":"SAMLUser","principalId":"hash:bob","userName":"bob"}`,
		`{"type":"Directory","userName":"bob@example.com"}`,
		`{"type":"AWSAccount","principalId":"AIDAEXAMPLE","accountId":"4444"}`,
		`{"type":"AWSAccount","principalId":"AIDAEXAMPLE","accountId":"44445555666x"}`,
	} {
		f("unknown", "unknown", "", id)
	}
	// An identity that a tool turned into text, and duplicates, of which the last counts.
	f("arn:aws:iam::111122223333:root", "root", "111122223333", `"{\"type\":\"Root\",\"arn\":\"arn:aws:iam::111122223333:root\"}"`)
	f("arn:aws:iam::111122223333:root", "root", "111122223333", `{"arn":"arn:aws:iam::111122223333:user/bob","\u0061rn":"arn:aws:iam::111122223333:root"}`)
	f("unknown", "unknown", "", `{"arn":"arn:aws:iam::111122223333:user/bob","Arn":"arn:aws:iam::111122223333:root","arn":null}`)
}

// The ARN in the message names a caller that the record does not.
func TestPrincipalOfMessage(t *testing.T) {
	f := func(name, kind, account, arn, userIdentity string) {
		t.Helper()
		d := decode(t, record("userIdentity", userIdentity, "errorMessage",
			`"User: `+arn+` is not authorized to perform: s3:GetObject because no resource-based policy allows the s3:GetObject action"`))
		if d.Principal != name || d.PrincipalType != kind || d.CallerAccount != account || d.HasARN {
			t.Errorf("got %s (%s of %q, ARN %v), want %s (%s of %q)", d.Principal, d.PrincipalType, d.CallerAccount, d.HasARN, name, kind, account)
		}
	}
	const ownersCopy = `{"type":"AWSAccount","principalId":"AROAEXAMPLE:s","accountId":"444455556666"}`
	f("arn:aws:iam::444455556666:role/reader", "role", "444455556666", "arn:aws:sts::444455556666:assumed-role/reader/s", ownersCopy)
	f("arn:aws:iam::444455556666:user/team/bob", "user", "444455556666", "arn:aws:iam::444455556666:user/team/bob", ownersCopy)
	f("arn:aws:sts::444455556666:federated-user/tmp", "federated-user", "444455556666", "arn:aws:sts::444455556666:federated-user/tmp", ownersCopy)
	f("arn:aws:iam::444455556666:user/bob", "user", "444455556666", "arn:aws:iam::444455556666:user/bob", `null`)
	f("arn:aws:iam::xxxx:user/bob", "user", "", "arn:aws:iam::xxxx:user/bob", `{}`)
	f("444455556666:AROAEXAMPLE", "account", "444455556666", "bob", ownersCopy)
	f("anonymous", "anonymous", "", "arn:aws:iam::444455556666:user/bob", `{"type":"AWSAccount","accountId":"anonymous"}`)
	f("s3.amazonaws.com", "service", "", "arn:aws:iam::444455556666:user/bob", `{"type":"AWSService","invokedBy":"s3.amazonaws.com"}`)
}

func TestHasARN(t *testing.T) {
	f := func(want bool, userIdentity string) {
		t.Helper()
		if d := decode(t, record("userIdentity", userIdentity)); d.HasARN != want {
			t.Errorf("%s: got %v", userIdentity, d.HasARN)
		}
	}
	f(true, `{"arn":"arn:aws:iam::111122223333:user/bob"}`)
	f(false, `{"arn":""}`)
	f(false, `{"arn":"bob"}`)
	f(false, `{"type":"AWSAccount","accountId":"111122223333"}`)
}
