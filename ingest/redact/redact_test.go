package redact

import (
	"encoding/base64"
	"strings"
	"testing"
)

// Every form in which a secret is known to get into a text, and texts that only look
// like one.
func TestText(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if got := Text(in); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
	same := func(s string) { t.Helper(); f(s, s) }

	// Access key ids, and what belongs to one.
	f("AKIAIOSFODNN7EXAMPLE", "[access-key]")
	f("ASIAIOSFODNN7EXAMPLE", "[access-key]")
	f("a?X-Amz-Credential=ASIAIOSFODNN7EXAMPLE/20261001/us-east-1", "a?X-Amz-Credential=[access-key]/20261001/us-east-1")
	f("AKIAIOSFODNN7EXAMPLEAKIAIOSFODNN7EXAMPLE", "[access-key][access-key]")
	f("AKIAIOSFODNN7EXAMPLE,ASIAIOSFODNN7EXAMPLE.", "[access-key],[access-key].")
	f("AKIAKIAIOSFODNN7EXAMPLE", "[access-key]PLE")
	f("AKIA/AKIAIOSFODNN7EXAMPLE", "AKIA/[access-key]")
	f("xAKIAIOSFODNN7EXAMPLEx", "x[access-key]x")
	f("AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg= x", "AWS [access-key]:[redacted] x")
	f("AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "[access-key],[redacted]")
	f(`"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"`, `"[access-key]", "[redacted]"`)
	f("AKIAIOSFODNN7EXAMPLE: not found", "[access-key]: not found")
	same("")
	same("IA")
	same("IAIAIAIA")
	same("AKIAIOSFODNN7EXAMPL")
	same("AKIAIOSFODNN7EXAMPLe")
	same("akiaiosfodnn7example")
	same("AROAEXAMPLEEXAMPLE12") // the id of a role is no secret
	same("AIDAEXAMPLEEXAMPLE12")

	// Values with a name.
	f("k?X-Amz-Security-Token=FwoG/Zx+=&X-Amz-Signature=5d67&versionId=1", "k?X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted]&versionId=1")
	f("k?x-amz-signature%3d5d67%26y", "k?x-amz-signature%3d[redacted]")
	f("k?X-Amz-Signature%253D5d67 y", "k?X-Amz-Signature%253D[redacted] y")
	f("X-Amz-Security-Token%25253AFwoG", "X-Amz-Security-Token%25253A[redacted]")
	f(`"k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=a%2Fb" because`, `"k?AWSAccessKeyId=[access-key]&Signature=[redacted]" because`)
	f("x-amz-security-token: FwoGZX, host", "x-amz-security-token: [redacted], host")
	f("Signature = 5d67", "Signature = [redacted]")
	f(`{"sessionToken":"FwoG","secretAccessKey" : "wJa/l"}`, `{"sessionToken":"[redacted]","secretAccessKey" : "[redacted]"}`)
	f(`{\"sessionToken\":\"FwoG\",\"x\":1}`, `{\"sessionToken\":\"[redacted]\",\"x\":1}`)
	f("%22sessionToken%22%3A%22FwoG%22%7D", "%22sessionToken%22%3A%22[redacted]%22%7D")
	f("AWS_SECRET_ACCESS_KEY=wJa/l trail403", "AWS_SECRET_ACCESS_KEY=[redacted] trail403")
	f("aws_session_token = FwoG\n", "aws_session_token = [redacted]\n")
	f("'secret-access-key' => 'a b'", "'secret-access-key' => '[redacted]'")
	f("x-amz-server-side-encryption-customer-key: MTIz", "x-amz-server-side-encryption-customer-key: [redacted]")
	f("X-Amz-Security-Token=", "X-Amz-Security-Token=")
	f(`"sessionToken":null`, `"sessionToken":null`)
	f("token: Bearer abc", "token: Bearer [redacted]")
	same("SignatureVersion=4, signature of a=b")
	same("arn:aws:secretsmanager:us-east-1:111122223333:secret:name")
	same("x-amz-server-side-encryption-customer-key-MD5: MTIz")

	// Tokens that show what they are.
	f("Authorization: Bearer eyJhbGciOi.J9-_~x/+==, then", "Authorization: Bearer [redacted], then")
	f("BEARER abc", "BEARER [redacted]")
	f("authorization%20Bearer%20abc", "authorization%20Bearer%20[redacted]")
	f("Authorization: Basic "+base64.StdEncoding.EncodeToString([]byte("ana:hunter2"))+" x", "Authorization: Basic [redacted] x")
	f("is IQoJb3JpZ2luX2VjEJr/x+= valid", "is [redacted] valid")
	f("FwoGZXIvYXdzEBYaDA", "[redacted]")
	same("The bearer token is not valid")
	same("Basic authentication")

	// User names and passwords.
	f("Get https://u:p@host/x: EOF", "Get https://[redacted]@host/x: EOF")
	f(`parse "http://us er:p@ss w@host": invalid`, `parse "http://[redacted]@host": invalid`)
	f("https://u:a/b@c?d@host", "https://[redacted]@host")
	f("postgres://token@host/a", "postgres://[redacted]@host/a")
	f("s3a://AKIAIOSFODNN7EXAMPLE:wJalr/XUtn@trail/x", "s3a://[redacted]@trail/x")
	f("at //ana:hunter2@host", "at //[redacted]@host")
	f("ana:hunter2@example.com", "ana:[redacted]@example.com")
	f("logs/ana:hunter2@example.com.json", "logs/ana:[redacted]@example.com.json")
	f("x//ana:#hunter2@host", "x//[redacted]@host")
	same("plain text, of foo@example.com")
	same("s3://trail/home/ana@example.com/x")
	same("http://127.0.0.1:9000/trail/ana@example.com")
	same("AROAEXAMPLEEXAMPLE12:ana@example.com")
	same("home/111122223333:ana@example.com")
	same("mailto:ana@example.com")
	same("arn:aws:sts::111122223333:assumed-role/reader/ana@example.com")
	same("a//ana@example.com")
}

// A text that is a URL as a whole may have any password.
func TestURL(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if got := URL(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	f("https://example.com/trail", "https://example.com/trail")
	f("https://ana:hunter2@example.com/trail?x", "https://[redacted]@example.com/trail?x")
	f("https://ana:hun?ter/2@3@example.com/trail", "https://[redacted]@example.com/trail")
	f("https://ana:12/34@example.com", "https://[redacted]@example.com")
	f("s3://ana:hun\nter2@trail/x", "s3://[redacted]@trail/x")
	f("mail@example.com", "mail@example.com")
}

// Redaction is linear: a hostile record may hold millions of anything. In the time of a
// square, this test would not end.
func TestMany(t *testing.T) {
	const n = 1 << 18
	if got := Text(strings.Repeat("AKIAIOSFODNN7EXAMPLE ", n)); got != strings.Repeat("[access-key] ", n) {
		t.Error("not all were replaced")
	}
	for _, unit := range []string{"//", "://", `"a://`, "a:b@", "@", "token=", `token="`, "token=%22", "bearer ", "Basic ", "%25", "%3D", "IA", "token bearer", "oJb3JpZ2lu", "AKIAIOSFODNN7EXAMPLE:", "\"", "-"} {
		Text(strings.Repeat(unit, n))
		Text(strings.Repeat(unit, n) + "@x")
	}
}

// To redact a text again changes nothing, whatever it is.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"AWS AKIAIOSFODNN7EXAMPLE:x", "Signature = 5d67", `\"sessionToken\":\"FwoG\"`, "Bearer a", "u:p@h", "http://u:p@h", "%22token%22%3A%22a%22", "oJb3JpZ2lu", "Basic YTpi",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Text(s)
		if again := Text(once); again != once {
			t.Errorf("%q becomes %q, then %q", s, once, again)
		}
	})
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{
		"message": `User: arn:aws:sts::111122223333:assumed-role/reader/i-0abc is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::corp-data/exports/part-0001.parquet" because no identity-based policy allows the s3:GetObject action`,
		"arn":     "arn:aws:sts::111122223333:assumed-role/reader/i-0abc",
		"short":   "us-east-1",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Text(s)
			}
		})
	}
}

// A quick look passes over no secret: it finds all names.
func TestLook(t *testing.T) {
	for _, names := range secretNames {
		for _, name := range names {
			for _, name := range []string{name, strings.ToUpper(name)} {
				for _, sep := range []string{"=", ":", "%3D", "%253a", `" = "`, "'=>", "%22%3A", "%20="} {
					if s := name + sep + "hunter2"; strings.Contains(Text(s), "hunter2") {
						t.Errorf("%s: %s", s, Text(s))
					}
				}
			}
		}
	}
}
