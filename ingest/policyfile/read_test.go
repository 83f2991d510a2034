package policyfile

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"trail403/ingest/event"
)

const (
	bucketPolicy = `{"Version":"2012-10-17","Statement":[{"Sid":"OnlyOurs","Effect":"Deny","Principal":"*",` +
		`"Action":"s3:*","Resource":["arn:aws:s3:::corp-data","arn:aws:s3:::corp-data/*"]}]}`
	plainPolicy = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}`
)

// write writes files below a new folder, and returns it.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// told returns what was read, in short lines.
func told(all *Files) (lines []string) {
	for _, s := range all.Snapshots {
		for _, d := range s.Documents {
			line := fmt.Sprintf("%s %s %s", d.Kind, d.Of.Type, d.Of.Name)
			for _, part := range []string{d.Name, d.Version} {
				if part != "" {
					line += " " + part
				}
			}
			lines = append(lines, strings.TrimSpace(line))
		}
		for _, l := range s.Links {
			lines = append(lines, fmt.Sprintf("%s %s %s", l.Of.Name, l.Relation, l.To.Name))
		}
	}
	return lines
}

func quoted(text string) string { return fmt.Sprintf("%q", text) }

// The shapes are those that the documentation of each tool shows.
func TestRead(t *testing.T) {
	const account = "arn:aws:iam::111122223333:"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"details.json", `{"UserDetailList":[{"UserName":"mary","Arn":"` + account + `user/eng/mary","GroupList":["devs"],
			"UserPolicyList":[{"PolicyName":"own","PolicyDocument":` + plainPolicy + `}]}],
			"GroupDetailList":[{"Arn":"` + account + `group/eng/devs","AttachedManagedPolicies":[
			{"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}]}],
			"RoleDetailList":[{"Arn":"` + account + `role/app/reader","AssumeRolePolicyDocument":{},
			"RolePolicyList":[{"PolicyName":"in","PolicyDocument":"%7B%22Statement%22%3A%5B%5D%7D"}],
			"PermissionsBoundary":{"PermissionsBoundaryArn":"` + account + `policy/edge"}}],
			"Policies":[{"Arn":"arn:aws:iam::aws:policy/ReadOnlyAccess","PolicyVersionList":[
			{"VersionId":"v2","IsDefaultVersion":true,"Document":` + plainPolicy + `},
			{"VersionId":"v1","IsDefaultVersion":false,"Document":{}}]}]}`,
			[]string{
				"identity role arn:aws:iam::111122223333:role/reader in",
				"identity user arn:aws:iam::111122223333:user/mary own",
				"identity policy arn:aws:iam::aws:policy/ReadOnlyAccess v2",
				"arn:aws:iam::111122223333:role/reader bounded arn:aws:iam::111122223333:policy/edge",
				"arn:aws:iam::111122223333:user/mary member arn:aws:iam::111122223333:group/devs",
				"arn:aws:iam::111122223333:group/devs attached arn:aws:iam::aws:policy/ReadOnlyAccess",
			}},
		{"any.json", `{"Policy":` + quoted(bucketPolicy) + `}`, []string{"resource bucket corp-data"}},
		{"bare.json", bucketPolicy, []string{"resource bucket corp-data"}},
		{"corp-logs.json", `{"Policy":` + quoted(strings.ReplaceAll(bucketPolicy, "corp-data", "corp-*")) + `}`,
			[]string{"resource bucket corp-logs"}},
		{"point.json", `{"Policy":` + quoted(strings.ReplaceAll(strings.ReplaceAll(bucketPolicy, "corp-data/*", "corp-data"),
			"arn:aws:s3:::corp-data", "arn:aws:s3:us-east-1:111122223333:accesspoint/mine")) + `}`,
			[]string{"resource access-point arn:aws:s3:us-east-1:111122223333:accesspoint/mine"}},
		{"corp-data.json", `{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":false}}`,
			[]string{"bucket corp-data BlockPublicAccess"}},
		{"111122223333.json", `{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true}}`,
			[]string{"account 111122223333 BlockPublicAccess"}},
		{"corp-data.acl.json", `{"Owner":{"ID":"x"},"Grants":[]}`, nil},
		{"scp.json", `{"Policy":{"PolicySummary":{"Id":"p-6v4y751d","Type":"SERVICE_CONTROL_POLICY"},
			"Content":` + quoted(plainPolicy) + `}}`,
			[]string{"scp organization-policy p-6v4y751d"}},
		{"us-east-1_111122223333_1234abcd-12ab-34cd-56ef-1234567890ab.json",
			`{"Policy":` + quoted(plainPolicy) + `,"PolicyName":"default"}`,
			[]string{"resource key arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}},
		{"endpoints.json", `{"VpcEndpoints":[{"VpcEndpointId":"vpce-0a1b","PolicyDocument":` + quoted(plainPolicy) + `}]}`,
			[]string{"vpce vpc-endpoint vpce-0a1b"}},
		{"state.json", `{"format_version":"1.0","terraform_version":"1.9","values":{"root_module":{"resources":[
			{"mode":"managed","type":"aws_s3_bucket_policy",
			"values":{"bucket":"corp-data","policy":` + quoted(bucketPolicy) + `}},
			{"mode":"data","type":"aws_s3_bucket_policy","values":{"bucket":"other","policy":` + quoted(bucketPolicy) + `}}],
			"child_modules":[{"resources":[
			{"type":"aws_iam_role_policy","values":{"role":"reader","name":"in","policy":` + quoted(plainPolicy) + `}},
			{"type":"aws_iam_role_policy_attachment",
			"values":{"role":"reader","policy_arn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}},
			{"type":"aws_iam_role","values":{"arn":"` + account + `role/app/reader"}},
			{"type":"aws_s3_bucket_public_access_block","values":{"bucket":"corp-data","block_public_acls":true}}]}]}}}`,
			[]string{
				"resource bucket corp-data",
				"identity role arn:aws:iam::111122223333:role/reader in",
				"bucket corp-data BlockPublicAccess",
				"arn:aws:iam::111122223333:role/reader attached arn:aws:iam::aws:policy/ReadOnlyAccess",
			}},
		{"template.json", `{"AWSTemplateFormatVersion":"2010-09-09",
			"Parameters":{"Password":{"Default":"hunter2"}},"Resources":{
			"A":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"corp-data"}},
			"B":{"Type":"AWS::S3::BucketPolicy","Properties":{"Bucket":{"Ref":"A"},"PolicyDocument":` + bucketPolicy + `}},
			"C":{"Type":"AWS::S3::BucketPolicy",
			"Properties":{"Bucket":{"Fn::Sub":"x"},"PolicyDocument":` + bucketPolicy + `}}}}`,
			[]string{"resource bucket corp-data"}},
		{"config.json", `{"fileVersion":"1.0","configurationItems":[
			{"resourceType":"AWS::S3::Bucket","resourceName":"corp-data",
			"configurationItemCaptureTime":"2026-10-01T08:00:00.000Z",
			"supplementaryConfiguration":{"BucketPolicy":` + quoted(`{"policyText":`+quoted(bucketPolicy)+`}`) + `}},
			{"resourceType":"AWS::IAM::Role","ARN":"` + account + `role/reader",
			"configurationItemCaptureTime":"2026-10-02T08:00:00.000Z",
			"configuration":{"rolePolicyList":[{"policyName":"in","policyDocument":"%7B%22Statement%22%3A%5B%5D%7D"}]}},
			{"resourceType":"AWS::S3::Bucket","resourceName":"gone","configurationItemStatus":"ResourceDeleted"}]}`,
			[]string{"resource bucket corp-data", "identity role arn:aws:iam::111122223333:role/reader in"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := write(t, map[string]string{tt.name: tt.text})
			all, err := Read([]string{filepath.Join(folder, tt.name)})
			if err != nil || len(all.Failures) > 0 {
				t.Fatal(err, all.Failures)
			}
			if got := told(all); strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			for _, s := range append(told(all), fmt.Sprint(all.Notes)) {
				if strings.Contains(s, "hunter2") {
					t.Errorf("a secret is in %s", s)
				}
			}
		})
	}
}

// An item of AWS Config has its own time, and other files have none.
func TestTime(t *testing.T) {
	folder := write(t, map[string]string{
		"a.json": `{"configurationItems":[{"resourceType":"AWS::S3::Bucket","resourceName":"corp-data",` +
			`"configurationItemCaptureTime":"2026-10-01T08:00:00.000Z",` +
			`"supplementaryConfiguration":{"PublicAccessBlockConfiguration":{"blockPublicAcls":true}}}]}`,
		"b.json": bucketPolicy,
	})
	written := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(folder+"/b.json", written, written); err != nil {
		t.Fatal(err)
	}
	all, err := Read([]string{folder})
	if err != nil || len(all.Snapshots) != 2 {
		t.Fatal(err, all)
	}
	if s := all.Snapshots[0]; !s.Told || !s.Time.Equal(time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("the item is of %v", s.Time)
	}
	if s := all.Snapshots[1]; s.Told || !s.Time.Equal(written) {
		t.Errorf("the file is of %v", s.Time)
	}
	if got := all.Snapshots[0].Documents[0].Text; got != `{"BlockPublicAcls":true}` {
		t.Errorf("the settings are %s", got)
	}
}

func TestCollected(t *testing.T) {
	in := "aws/aws/accounts/111122223333/"
	folder := write(t, map[string]string{
		in + "s3/us-east-1/bucket/corp-data/metadata.json": `{"arn":"arn:aws:s3:::corp-data"}`,
		in + "s3/us-east-1/bucket/corp-data/policy.json":   bucketPolicy,
		in + "s3/us-east-1/bucket/corp-data/bpa.json":      `{"BlockPublicAcls":true}`,
		in + "iam/role/reader/metadata.json": `{"arn":"arn:aws:iam::111122223333:role/app/reader",
			"permissionBoundary":"arn:aws:iam::111122223333:policy/edge"}`,
		in + "iam/role/reader/managed-policies.json": `["arn:aws:iam::aws:policy/ReadOnlyAccess"]`,
		in + "iam/role/reader/trust-policy.json":     plainPolicy,
		in + "ec2/vpc-endpoint/x/metadata.json":      `{"id":"vpce-0a1b","vpc":"vpc-1"}`,
		in + "ec2/vpc-endpoint/x/policy.json":        plainPolicy,
		"aws/aws/indexes/buckets-to-accounts.json":   `{"corp-data":"111122223333"}`,
	})
	all, err := Read([]string{folder})
	if err != nil || len(all.Failures) > 0 {
		t.Fatal(err, all.Failures)
	}
	want := []string{
		"vpce vpc-endpoint vpce-0a1b",
		"arn:aws:iam::111122223333:role/reader attached arn:aws:iam::aws:policy/ReadOnlyAccess",
		"arn:aws:iam::111122223333:role/reader bounded arn:aws:iam::111122223333:policy/edge",
		"resource bucket corp-data", "bucket corp-data BlockPublicAccess",
	}
	if got := told(all); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if len(all.Notes) != 1 || !strings.Contains(all.Notes[0].Text, "buckets-to-accounts.json") {
		t.Errorf("the notes are %v", all.Notes)
	}
}

// Whatever is wrong with a file, the others are read, and its name is told.
func TestHostile(t *testing.T) {
	statement := `{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::corp-data/*"}`
	many := `{"Statement":[` + strings.Repeat(statement+",", 9_999) + statement + `]}`
	tests := map[string]string{
		"deep":       `{"Policy":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`,
		"encoding":   "{\"Policy\":\"\xff\"}",
		"syntax":     `{"Policy":`,
		"duplicate":  `{"Policy":"{}","Policy":"{}"}`,
		"array":      `[1]`,
		"empty":      ``,
		"statements": many,
		"large":      `{"Policy":` + quoted(`{"Id":"`+strings.Repeat("x", 10<<20)+`"}`) + `}`,
		"inner":      `{"Policy":"{\"Statement\":[],\"Statement\":[]}"}`,
		"nothing":    `{"a":1}`,
		"endpoint":   `{"VpcEndpoints":[{"VpcEndpointId":"vpce-0a1b","PolicyDocument":"{\"Statement\":[],\"Statement\":[]}"}]}`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			folder := write(t, map[string]string{"a.json": text, "b.json": bucketPolicy})
			all, err := Read([]string{folder + "/a.json", folder + "/b.json"})
			if err != nil {
				t.Fatal(err)
			}
			last := all.Snapshots[len(all.Snapshots)-1]
			if len(all.Snapshots) > 2 || last.Documents[0].Of.Name != "corp-data" {
				t.Errorf("read %v", told(all))
			}
			named := 0
			for _, n := range append(all.Failures, all.Notes...) {
				if n.File == folder+"/a.json" {
					named++
				}
				if len(n.Text) > 300 {
					t.Errorf("a text has %d bytes", len(n.Text))
				}
			}
			if named != 1 {
				t.Errorf("the file is named %d times", named)
			}
		})
	}
}

func TestGzip(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte("\xef\xbb\xbf" + bucketPolicy + "\n"))
	w.Close()
	folder := write(t, map[string]string{"a.json.gz": packed.String(), "b.json.gz": packed.String()[:60]})
	all, err := Read([]string{folder})
	if err != nil || len(all.Snapshots) != 1 || len(all.Failures) != 1 {
		t.Fatal(err, all)
	}
	if _, err := Read([]string{folder + "/none"}); err == nil {
		t.Error("a name that does not exist is no error")
	}
}

// Access key ids are not kept, wherever they are.
func TestRedacted(t *testing.T) {
	key := "AKIA" + strings.Repeat("Q", 16)
	folder := write(t, map[string]string{"a.json": strings.ReplaceAll(bucketPolicy, "OnlyOurs", key)})
	all, err := Read([]string{folder})
	if err != nil || len(all.Snapshots) != 1 {
		t.Fatal(err, all)
	}
	if strings.Contains(all.Snapshots[0].Documents[0].Text, key) {
		t.Error("the key is kept")
	}
}

// Any content is read or rejected, and what is kept is bounded by it.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		bucketPolicy, `{"Policy":` + quoted(bucketPolicy) + `}`,
		`{"RoleDetailList":[{"Arn":"arn:aws:iam::111122223333:role/r"}]}`,
		`{"format_version":"1","values":{"root_module":{"child_modules":[{}]}}}`,
		`{"Resources":{"A":{"Type":"AWS::KMS::Key"}}}`,
		`{"configurationItems":[{"resourceType":"AWS::KMS::Key","supplementaryConfiguration":{"Policy":"{}"}}]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		one := &file{Snapshot: event.Snapshot{File: "corp-data.json"}}
		ok, err := one.parse(text)
		size := 0
		for _, s := range one.all() {
			for _, d := range s.Documents {
				size += len(d.Text)
				if d.Of.Name == "" || d.Of.Type == "" {
					t.Errorf("a document of nothing: %+v", d)
				}
			}
		}
		if (!ok || err != nil) && size > 0 {
			t.Errorf("kept %d bytes of a file that was rejected: %v", size, err)
		}
		if size > 2*len(text)+100 {
			t.Errorf("kept %d bytes of %d", size, len(text))
		}
	})
}
