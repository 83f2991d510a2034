package cli

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	parquetfile "github.com/parquet-go/parquet-go"

	"trail403/ingest/redact"
	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3/s3test"
	"trail403/report"
	"trail403/report/events"
	"trail403/report/parquet"
)

// secretForms are texts with a secret in each form that is known, in place of %s.
var secretForms = []string{
	"x-amz-security-token: %s",
	`"X-Amz-Security-Token": "%s"`,
	`\"sessionToken\":\"%s\"`,
	"'secretAccessKey'='%s'",
	"k?X-Amz-Security-Token=%s&x=y",
	"k?X-Amz-Signature=%s",
	"k?X-Amz-Signature%%253D%s",
	"Signature = %s",
	"AWS AKIAIOSFODNN7EXAMPLE:%s",
	"AWS_SECRET_ACCESS_KEY=%s",
	"aws_session_token = %s",
	"Authorization: Bearer %s",
	"https://user:%s@example.com/x",
	"user:%s@example.com",
	"password: %s",
	"AKIA%s", // becomes an access key id
	"ASIA%s",
}

// noSecretIn looks for secrets in the files of a store.
func noSecretIn(t *testing.T, root string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "events", "*.parquet"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%q, %v", files, err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		noSecret(t, name+": manifest", text)
		noSecret(t, name, dumpParquet(t, text))
	}
}

// secretsOf returns the forms filled with secrets, each of which says its form.
func secretsOf() (texts []string) {
	for i, form := range secretForms {
		texts = append(texts, fmt.Sprintf(form, fmt.Sprintf("S3CRETS3CRETS3%02d", i)))
	}
	return texts
}

// Credentials never reach an output, whatever text they are in and wherever it comes
// from. A new command or format must be here, too.
func TestNoSecrets(t *testing.T) {
	dir, archive := secretTrail(t)
	shown := 0
	check := func(t *testing.T, env Env, out, errs *bytes.Buffer) {
		t.Helper()
		Run(t.Context(), env)
		text := out.Bytes()
		if bytes.HasPrefix(text, []byte("PAR1")) {
			text = dumpParquet(t, text)
		}
		shown += bytes.Count(text, []byte(redact.Hidden)) + bytes.Count(errs.Bytes(), []byte(redact.Hidden))
		noSecret(t, strings.Join(env.Args, " ")+": output", text)
		noSecret(t, strings.Join(env.Args, " ")+": messages", errs.Bytes())
	}
	run := func(t *testing.T, stdin string, args ...string) {
		t.Helper()
		env, out, errs := testEnv(args...)
		env.Stdin = strings.NewReader(stdin)
		env.IsTerminal = func(stream any) bool { return stream == env.Stderr } // with progress
		env.Retry = retry.Policy{Attempts: 1, First: time.Millisecond, Longest: time.Millisecond}
		check(t, env, out, errs)
	}
	commandsToTest := map[string]func(t *testing.T){
		"report": func(t *testing.T) {
			for _, format := range report.Formats() {
				for _, table := range []parquet.Table{parquet.Series, parquet.Denials} {
					run(t, "", "report", "--top=0", "--suggest", "--format", string(format), "--table", string(table), dir, archive)
				}
				run(t, "", "report", "--by", "principal,bucket,action", "--format", string(format), dir, archive)
			}
			run(t, "", "report", "--dry-run", dir)
			run(t, "", "report", "--dry-run", "--account", "444455556666", dir)
			for _, text := range secretsOf() {
				run(t, "", "report", filepath.Join(dir, "none", text))
				run(t, "", "report", text)
				run(t, "", "report", "s3://"+text+"/x")
				run(t, "", "report", "https://"+text+"/x")
				run(t, text+"\n", "report", "--objects-from", "-")
				run(t, "", "report", "--objects-from", text)
				run(t, "", "report", "-o", text+"/report.md", dir)
				run(t, "", "report", "--exclude", text, dir)
			}
		},
		"explain": func(t *testing.T) {
			records, err := os.ReadFile(filepath.Join(dir, "denied.json"))
			if err != nil {
				t.Fatal(err)
			}
			for _, format := range []string{"text", "json"} {
				run(t, string(records), "explain", "--format", format)
				run(t, strings.Join(secretsOf(), "\n"), "explain", "--format", format)
				for _, text := range secretsOf() {
					run(t, "", "explain", "--format", format, text)
					run(t, "", "explain", "--format", format, "User: arn:aws:iam::111122223333:user/"+text+
						" is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/"+text+"\"")
					run(t, `{"Records":[{"a":"`+text, "explain", "--format", format)
				}
			}
		},
		"events": func(t *testing.T) {
			for _, format := range events.Formats() {
				run(t, "", "events", "--format", string(format), dir, archive)
			}
			run(t, "", "events", "--raw", dir, archive)
			for _, text := range secretsOf() {
				run(t, "", "events", "--principal", text, dir)
			}
		},
		"why": func(t *testing.T) {
			for _, format := range report.ComparisonFormats() {
				run(t, "", "why", "--principal", "*", "--format", string(format), dir, archive)
				for _, text := range secretsOf() {
					run(t, "", "why", "--principal", text, "--format", string(format), dir)
				}
			}
		},
		"compare": func(t *testing.T) {
			for i, text := range secretsOf() {
				quoted, _ := json.Marshal(text)
				file := filepath.Join(t.TempDir(), "report.json")
				written := strings.ReplaceAll(`{"schema": "trail403.report/1", "coverage": {"accounts": [SECRET],
					"exclusions": [{"rule": SECRET}]}, "groups": [{"id": SECRET, "principal": SECRET, "bucket": SECRET,
					"causes": [{"cause": SECRET, "policy_arn": SECRET}]}], "incidents": [{"id": SECRET, "pattern": SECRET,
					"shared": {"bucket": SECRET}}], "policies": [{"principal": SECRET, "late_denials": 99}]}`,
					"SECRET", string(quoted))
				if err := os.WriteFile(file, []byte(written), 0o600); err != nil {
					t.Fatal(err)
				}
				other := filepath.Join(t.TempDir(), "other.json")
				if err := os.WriteFile(other, []byte(`{"schema": "trail403.report/1"}`), 0o600); err != nil {
					t.Fatal(err)
				}
				for _, format := range report.ComparisonFormats() {
					run(t, "", "compare", "--format", string(format), "--fail-on", "news", other, file)
					run(t, "", "compare", "--format", string(format), file, other)
				}
				run(t, "", "compare", text, file)
				run(t, "", "report", "--against", file, dir)
				if i == 0 {
					run(t, "", "report", "--against", text, dir)
				}
			}
		},
		"check": func(t *testing.T) {
			for _, text := range secretsOf() {
				sid, _ := json.Marshal(text)
				file := filepath.Join(t.TempDir(), "policy.json")
				written := `{"Statement": {"Sid": ` + string(sid) + `, "Effect": "Deny", "Action": "s3:*", "Resource": "*"}}`
				if err := os.WriteFile(file, []byte(written), 0o600); err != nil {
					t.Fatal(err)
				}
				for _, format := range []string{"text", "json"} {
					run(t, "", "check", "--format", format, "--proposed", file, "--as", "scp:r-ab12", dir, archive)
				}
				run(t, "", "check", "--proposed", file, "--as", text, dir)
				run(t, "", "check", "--proposed", text, "--as", "bucket:"+text, dir)
			}
		},
		"collect": func(t *testing.T) {
			root := filepath.Join(t.TempDir(), "store")
			run(t, "", "collect", "--store", root, dir, archive)
			noSecretIn(t, root)
			for _, action := range []string{"status", "check", "compact"} {
				run(t, "", "store", action, root)
			}
			for _, text := range secretsOf() {
				run(t, "", "collect", "--store", filepath.Join(t.TempDir(), text), dir)
				run(t, "", "collect", "--store", "s3://"+text+"/x", dir)
				run(t, "", "collect", "--store", filepath.Join(dir, text), dir)
				run(t, "", "collect", "--store", filepath.Join(t.TempDir(), "x"), text)
			}
		},
		"store": func(t *testing.T) {
			for _, text := range secretsOf() {
				run(t, "", "store", text, text)
				run(t, "", "store", "status", filepath.Join(t.TempDir(), text))
				run(t, "", "store", "forget", "--before", text, t.TempDir())
			}
		},
		"engine": func(t *testing.T) {
			for _, text := range secretsOf() {
				run(t, "", "engine", text)
				run(t, "", "engine", "ddl", text)
				run(t, "", "engine", "ddl", "--engine", text, "s3://trail/AWSLogs/")
				run(t, "", "engine", "ddl", "--engine-table", text, "s3://trail/AWSLogs/")
				run(t, "", "engine", "ddl", "s3://trail/AWSLogs/?"+text)
			}
		},
		"completion": nil, "man": nil, "version": nil, "demo": nil, "redact": nil, "mcp": nil, // their texts are our own
		"help": nil,
	}
	for _, c := range commands() {
		f, known := commandsToTest[c.name]
		if !known {
			t.Errorf("nobody looks for secrets in the outputs of %s", c.name)
		}
		if f != nil {
			t.Run(c.name, f)
		} else {
			for _, text := range secretsOf() {
				run(t, "", c.name, text)
			}
		}
	}
	for _, text := range secretsOf() {
		run(t, "", text)
		run(t, "", "report", "--"+text)
	}
	if want := 20 * len(secretForms); shown < want {
		t.Errorf("only %d texts were redacted, want at least %d", shown, want)
	}
}

// The same holds for what the environment and a server say.
func TestNoSecretsOfServers(t *testing.T) {
	for _, text := range secretsOf() {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var code bytes.Buffer
			xml.EscapeText(&code, []byte(text))
			w.Header().Set("Location", "http://"+text)
			w.Header().Set("X-Amz-Bucket-Region", text)
			w.WriteHeader(map[bool]int{true: 400, false: 500}[strings.Contains(r.URL.Path, "400")])
			fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s %s</Message></Error>", code.String(), code.String(), strings.Repeat("long ", 10_000))
		}))
		for name, value := range map[string]string{
			"AWS_ENDPOINT_URL": "", "AWS_PROFILE": text, "AWS_CA_BUNDLE": text, "AWS_REGION": text, "HTTPS_PROXY": "http://" + text, "AWS_CONFIG_FILE": text,
		} {
			s3test.Setenv(t, server.URL)
			if name != "AWS_ENDPOINT_URL" {
				t.Setenv(name, value)
			}
			for _, source := range []string{"s3://bucket-400/" + text, "s3://bucket/x"} {
				for _, args := range [][]string{{"report", "--format", "json", source}, {"report", "--objects-from", "-", source[:strings.LastIndex(source, "/")]}} {
					env, out, errs := testEnv(args...)
					if args[1] == "--objects-from" && strings.Contains(source, text) {
						continue
					}
					env.Stdin = strings.NewReader("AWSLogs/" + text)
					env.Retry = retry.Policy{Attempts: 1, First: time.Millisecond, Longest: time.Millisecond}
					Run(t.Context(), env)
					noSecret(t, name+" "+source+": output", out.Bytes())
					noSecret(t, name+" "+source+": messages", errs.Bytes())
					if errs.Len() > 3000 {
						t.Errorf("%s: %d bytes of messages", name, errs.Len())
					}
				}
			}
			os.Unsetenv(name)
		}
		server.Close()
		for _, url := range []string{"https://" + text, text, "http://127.0.0.1:1/" + text} {
			s3test.Setenv(t, url)
			env, _, errs := testEnv("report", "s3://bucket/x")
			env.Retry = retry.Policy{Attempts: 1, First: time.Millisecond, Longest: time.Millisecond}
			Run(t.Context(), env)
			noSecret(t, "AWS_ENDPOINT_URL="+url, errs.Bytes())
		}
	}
}

func noSecret(t *testing.T, where string, text []byte) {
	t.Helper()
	if at := bytes.Index(text, []byte("S3CRETS3")); at >= 0 {
		t.Errorf("%.200s holds a secret: …%q…", where, text[max(at-100, 0):min(at+30, len(text))])
	}
}

// secretTrail writes a folder and an archive in which every text that an output may show
// has a secret: texts of records, and names of files that are read, that fail, that are
// skipped and that are not listed.
func secretTrail(t *testing.T) (dir, archive string) {
	dir = t.TempDir()
	var records []any
	for i, text := range secretsOf() {
		for n := range 3 {
			records = append(records, secretRecord(text, fmt.Sprintf("2026-10-%02dT10:0%d:00Z", i+1, n), map[string]any{
				"eventName": "GetObject" + text, "errorCode": "AccessDenied",
				"errorMessage": "User: arn:aws:iam::111122223333:user/" + text + " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/" + text +
					"\" with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/" + text,
			}))
		}
		records = append(records, secretRecord(text, fmt.Sprintf("2026-10-%02dT09:58:00Z", i+1), map[string]any{"eventName": "PutUserPolicy", "eventSource": "iam.amazonaws.com"}))
	}
	all, err := json.Marshal(map[string]any{"Records": records})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"denied.json": string(all)}
	for i, text := range secretsOf() {
		files[text+"/broken.json"] = `{"Records":[{"a":"` + text
		files["x"+text] = `{"Records":[` + text + `]}`
		files[fmt.Sprint(i)+text+".csv"] = "eventtime,eventname\n"
		files[text+"/CloudTrail-Digest/x"] = "{}"
		files[text+"/AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/01/x.json"] = `{"Records":[]}`
	}
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(content)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(content))
	}
	w.Close()
	archive = filepath.Join(t.TempDir(), "archive password=S3CRETS399.tar")
	if err := os.WriteFile(archive, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir, archive
}

// secretRecord is a record with the text in all of its members.
func secretRecord(text, at string, more map[string]any) map[string]any {
	r := map[string]any{
		"eventVersion": "1.11", "eventTime": at, "eventSource": "s3.amazonaws.com", "eventID": at + text, "sharedEventID": at + text, "awsRegion": text,
		"userIdentity": map[string]any{
			"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/" + text, "principalId": "AROAEXAMPLE:" + text, "userName": text, "accessKeyId": text,
			"accountId": "111122223333", "invokedBy": text,
		},
		"sourceIPAddress": text, "userAgent": "[tool " + text + "]", "vpcEndpointId": text, "recipientAccountId": text,
		"requestParameters": map[string]any{"bucketName": text, "key": "a/" + text, "userName": text, "policyName": text, "policyDocument": text},
		"resources":         []any{map[string]any{"type": "AWS::S3::Bucket", "accountId": "111122223333", "ARN": "arn:aws:s3:::" + text}},
	}
	for key, value := range more {
		r[key] = value
	}
	return r
}

// dumpParquet returns all values and metadata of a Parquet file.
func dumpParquet(t *testing.T, file []byte) []byte {
	t.Helper()
	f, err := parquetfile.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, kv := range f.Metadata().KeyValueMetadata {
		fmt.Fprintln(&b, kv.Key, kv.Value)
	}
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquetfile.Row, 100)
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				fmt.Fprintf(&b, "%v\n", row)
			}
			if err != nil || n == 0 {
				break
			}
		}
		rows.Close()
	}
	return b.Bytes()
}
