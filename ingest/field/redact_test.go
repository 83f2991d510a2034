package field

import (
	"strings"
	"testing"
)

func TestRedact(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if got := Redact(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	same := func(s string) { t.Helper(); f(s, s) }
	f("AKIAIOSFODNN7EXAMPLE", "[access-key]")
	f("ASIAIOSFODNN7EXAMPLE", "[access-key]")
	f("a?X-Amz-Credential=ASIAIOSFODNN7EXAMPLE/20261001/us-east-1", "a?X-Amz-Credential=[access-key]/20261001/us-east-1")
	f("AKIAIOSFODNN7EXAMPLEAKIAIOSFODNN7EXAMPLE", "[access-key][access-key]")
	f("AKIAIOSFODNN7EXAMPLE,ASIAIOSFODNN7EXAMPLE.", "[access-key],[access-key].")
	f("AKIAKIAIOSFODNN7EXAMPLE", "[access-key]PLE")
	f("AKIA/AKIAIOSFODNN7EXAMPLE", "AKIA/[access-key]")
	f("xAKIAIOSFODNN7EXAMPLEx", "x[access-key]x")
	f("k?X-Amz-Security-Token=FwoG/Zx+=&X-Amz-Signature=5d67&versionId=1", "k?X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted]&versionId=1")
	f("k?x-amz-signature%3d5d67%26y", "k?x-amz-signature%3d[redacted]")
	f(`"k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=a%2Fb" because`, `"k?AWSAccessKeyId=[access-key]&Signature=[redacted]" because`)
	same("SignatureVersion=4, signature of a=b")
	same("")
	same("IA")
	same("IAIAIAIA")
	same("AKIAIOSFODNN7EXAMPL")
	same("AKIAIOSFODNN7EXAMPLe")
	same("akiaiosfodnn7example")
	same("AROAEXAMPLEEXAMPLE12") // the id of a role is no secret
	same("AIDAEXAMPLEEXAMPLE12")
}

// Redaction is linear: a hostile record may hold millions of keys.
func TestRedactMany(t *testing.T) {
	const n = 1 << 18
	if got := Redact(strings.Repeat("AKIAIOSFODNN7EXAMPLE ", n)); got != strings.Repeat("[access-key] ", n) {
		t.Error("not all were replaced")
	}
}
