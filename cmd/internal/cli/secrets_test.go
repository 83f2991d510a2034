package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Credentials never reach a report, an answer or an error message, wherever in
// a record they stand. (Access key ids are in every record: in userIdentity.)
func TestNoSecrets(t *testing.T) {
	const (
		key   = "AKIAIOSFODNN7SECRET0"
		temp  = "ASIAIOSFODNN7SECRET1"
		token = "FwoGZXIvYXdzEBYaDSECRETSECRETSECRETSECRETSECRETSECRET"
		sign  = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924aSECRET00"
	)
	record := `{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/` + key + `","accessKeyId":"` + key + `","principalId":"` + key + `"},
		"eventTime":"2026-10-05T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"us-east-1","sourceIPAddress":"10.0.0.1","userAgent":"[tool ` + temp + `]",
		"errorCode":"AccessDenied","errorMessage":"User: arn:aws:iam::111122223333:user/` + key + ` is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/` + key + `\" with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/` + temp + `",
		"requestParameters":{"bucketName":"b","key":"x?X-Amz-Credential=` + key + `/20261005/us-east-1/s3/aws4_request&X-Amz-Security-Token=` + token + `&X-Amz-Signature=` + sign + `","X-Amz-Credential":"` + key + `","X-Amz-Security-Token":"` + token + `"},
		"eventID":"` + temp + `","resources":[{"type":"AWS::S3::Bucket","accountId":"111122223333","ARN":"arn:aws:s3:::b"}]}`
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("denied.json", `{"Records":[`+record+`]}`)
	write("broken.json", `{"Records":[`+record+`,{"accessKeyId":"`+key+`"`)
	write("broken2.json", `{"Records":[{"errorCode":"AccessDenied","eventSource":"s3.amazonaws.com","accessKeyId":`+key+`}]}`)

	run := func(stdin string, args ...string) {
		t.Helper()
		env, out, errs := testEnv(args...)
		env.Stdin = strings.NewReader(stdin)
		Run(t.Context(), env)
		for name, text := range map[string][]byte{"output": out.Bytes(), "messages": errs.Bytes()} {
			noSecret(t, strings.Join(args, " ")+": "+name, text)
		}
	}
	run("", "report", dir)
	run("", "report", "--suggest", dir)
	run("", "report", "--format", "json", dir)
	run("", "report", "--suggest", "--format", "json", dir)
	run("", "report", "--format", "parquet", dir)
	run("", "report", "--format", "parquet", "--table", "denials", dir)
	run(record, "explain")
	run(record, "explain", "--format", "json")
	run("", "explain", "User: arn:aws:iam::111122223333:user/"+key+" is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/"+temp+"?X-Amz-Security-Token="+token+"\"")
	run("what is "+key+"?X-Amz-Security-Token="+token+"&X-Amz-Signature="+sign, "explain")
	run(`{"Records":[{"accessKeyId":"`+key, "explain")
}

var secret = regexp.MustCompile(`A[KS]IAIOSFODNN7|SECRETSECRET|SECRET00`)

func noSecret(t *testing.T, where string, text []byte) {
	t.Helper()
	if at := secret.FindIndex(text); at != nil {
		t.Errorf("%s holds a secret: …%q…", where, text[max(at[0]-60, 0):min(at[1]+20, len(text))])
	}
	if where == "" || bytes.Contains(text, []byte("X-Amz-Signature=5d")) {
		t.Errorf("%s holds a signature", where)
	}
}
