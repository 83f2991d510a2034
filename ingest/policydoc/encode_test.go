package policydoc

import "testing"

// A statement that is written again says the same.
func TestJSON(t *testing.T) {
	const text = `{"Version":"2012-10-17","Statement":[{"Sid":"S","Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::111122223333:root"],"Service":["a.amazonaws.com","b.amazonaws.com"]},` +
		`"Action":["s3:*"],"NotResource":["a<b","c"],"Condition":{"Bool":{"aws:SecureTransport":["false"]},"StringLike":{"aws:PrincipalArn":["x"],"s3:prefix":["a","b"]}}}]}`
	d, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Statements[0].JSON(); got != text {
		t.Errorf("got  %s\nwant %s", got, text)
	}
	d, err = Parse([]byte(`{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:Get*", "Resource": "*"}}`))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["s3:Get*"],"Resource":["*"]}]}`
	if got := d.Statements[0].JSON(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
