package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"trail403/ingest/engine/enginetest"
	"trail403/ingest/source/s3/s3test"
)

// With Athena, the objects lie in S3, and the report is that of a run that reads them
// there.
func TestAthenaReportIsTheSame(t *testing.T) {
	rows := enginetest.Scan(t, demoDir, "s3://demo-trail")
	a := enginetest.NewAthena(t, func(string) ([][]string, string) { return rows, "" })
	a.Columns = [][2]string{{"line", "string"}, {"rest", "string"}}
	a.Partitions = [][2]string{{"account", "string"}, {"region", "string"}, {"timestamp", "string"}}
	env, out, errs := s3Env(t, &s3test.Network{}, "report", "--format", "json", "s3://demo-trail")
	t.Setenv("AWS_ENDPOINT_URL_ATHENA", a.URL)
	if code := Run(t.Context(), env); code != OK {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	want := out.String()
	env.Args = append([]string{}, "report", "--format", "json", "--engine", "athena", "--engine-table", "logs.trail",
		"--engine-workgroup", "audit", "--engine-output", "s3://results/x/", "--region", "us-east-1", "s3://demo-trail")
	out.Reset()
	if code := Run(t.Context(), env); code != OK {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	sameReport(t, out.String(), want)
	if !strings.Contains(errs.String(), "the engine answered for 321 of 325 objects; 4 were read here") {
		t.Errorf("standard error: %s", errs)
	}
	in := a.Inputs()
	if len(in) != 1 || in[0]["WorkGroup"] != "audit" {
		t.Fatalf("queries: %v", in)
	}
	sql := in[0]["QueryString"].(string)
	for _, part := range []string{
		`FROM "logs"."trail"`, `"account" IN (`, `"region" IN ('eu-west-1', 'us-east-1')`, `'s3://demo-trail/AWSLogs/`,
	} {
		if !strings.Contains(sql, part) {
			t.Errorf("no %s in %s", part, sql)
		}
	}
}

// Answers that Athena writes to S3 are read from there.
func TestAthenaUnloads(t *testing.T) {
	const account = "AWSLogs/o-exampleorgid/123456789012/CloudTrail/us-east-1"
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "demo-trail", account), os.DirFS(filepath.Join(demoDir, account))); err != nil {
		t.Fatal(err)
	}
	server := s3test.Start(t, root)
	s3test.Setenv(t, server.URL)
	rows := enginetest.Scan(t, filepath.Join(root, "demo-trail"), "s3://demo-trail")
	a := enginetest.NewAthena(t, func(string) ([][]string, string) { return rows, "" })
	a.Columns = [][2]string{{"line", "string"}, {"rest", "string"}}
	a.Put = putBelow(t, root)
	t.Setenv("AWS_ENDPOINT_URL_ATHENA", a.URL)
	want := runQuickly("report", "--format", "json", "s3://demo-trail")
	got := runQuickly("report", "--format", "json", "--engine", "athena", "--engine-table", "logs.trail", "--engine-unload",
		"--engine-output", "s3://results/x/", "--region", s3test.Region, "s3://demo-trail")
	sameReport(t, got.stdout, want.stdout)
	if got.code != OK || !strings.Contains(got.stderr, "the engine answered for 31 of 31 objects") {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
}

// putBelow returns what writes objects into the folder of an S3 server.
func putBelow(t *testing.T, root string) func(name string, content []byte) {
	return func(name string, content []byte) {
		path := filepath.Join(root, strings.TrimPrefix(name, "s3://"))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Error(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Error(err)
		}
	}
}

func TestEngineUsage(t *testing.T) {
	t.Parallel()
	for args, says := range map[string]string{
		"--engine-table a.b x":                                                                  "--engine-table has no effect without --engine",
		"--engine spark x":                                                                      `unknown --engine "spark"`,
		"--engine trino x":                                                                      "--engine needs the name of a table",
		"--engine trino --engine-table b x":                                                     "--engine-table b: the name of a table is written",
		"--engine trino --engine-table a.b x":                                                   "--engine trino needs the URL of a coordinator",
		"--engine trino --engine-table a.b --engine-url x:1 x":                                  "--engine trino needs the URL of a coordinator",
		"--engine trino --engine-table a.b --engine-url http://a x":                             "the engine does not know the files in x",
		"--engine trino --engine-table a.b --engine-url http://u@a x":                           "--engine-url has a user name or password in it",
		"--engine trino --engine-table a.b --engine-url http://a --engine-location l x y":       "--engine-location needs exactly one SOURCE",
		"--engine trino --engine-table a.b --engine-url http://a --engine-workgroup w s3://b1x": "--engine-workgroup is for --engine athena",
		"--engine trino --engine-table a.b --engine-url http://a/b s3://b1x":                    "the URL of Trino does not have the form",
		"--engine athena --engine-table a.b x":                                                  "Athena does not know the local files in x",
		"--engine athena --engine-table a.b --engine-url u s3://b1x":                            "--engine-url is for --engine trino",
		"--engine athena --engine-table a.b --engine-output o s3://b1x":                         "--engine-output is not a place in S3",
		"--engine athena --engine-table a.b --engine-unload s3://b1x":                           "--engine-unload needs a place for answers",
		"--engine trino --engine-table a.b --engine-url http://a --engine-unload s3://b1x":      "--engine-unload is for --engine athena",
		"--engine athena --engine-table a.b --engine-queries 0 s3://b1x":                        "--engine-queries 0 is out of range",
	} {
		got := runQuickly(append([]string{"report"}, strings.Fields(args)...)...)
		if got.code != Usage || !strings.Contains(got.stderr, says) {
			t.Errorf("%s: exit code %d: %s", args, got.code, got.stderr)
		}
	}
}

// A dry run prints the queries, and what they may cost.
func TestEngineDryRun(t *testing.T) {
	t.Parallel()
	s := enginetest.NewServer(t, textTable(func(string) ([][]string, string) { return nil, "SYNTAX_ERROR" }))
	got := runQuickly(engineArgs("report", s, "--dry-run", demoDir)...)
	if got.code != OK || len(s.Queries()) != 1 {
		t.Errorf("exit code %d, queries %q: %s", got.code, s.Queries(), got.stderr)
	}
	for _, says := range []string{
		"Engine: 1 SQL queries about 325 objects with 1.4 MiB; 0 would be read here in any case",
		"Query 1: 325 objects, 1.4 MiB", `FROM "hive"."logs"."trail"`,
	} {
		if !strings.Contains(got.stdout, says) {
			t.Errorf("no %q in %s", says, got.stdout)
		}
	}
}

func TestEngineDDL(t *testing.T) {
	t.Parallel()
	for args, says := range map[string]string{
		"engine ddl --engine-table audit.trail s3://some-bucket/AWSLogs/o-abc/":                                          "CREATE EXTERNAL TABLE audit.trail (",
		"engine ddl --engine trino --engine-table hive.audit.trail s3://some-bucket/AWSLogs":                             "external_location = 's3://some-bucket/AWSLogs/'",
		"engine ddl --engine trino --engine-table hive.audit.trail local:///AWSLogs":                                     "external_location = 'local:///AWSLogs/'",
		"engine ddl --engine trino --account 111122223333,444455556666 --aws-region us-east-1 s3://some-bucket/AWSLogs/": "ARRAY['111122223333', '444455556666']",
		"engine ddl --engine athena --engine-table a.b s3://some-bucket/p/AWSLogs/":                                      "${account}/CloudTrail/${region}/${timestamp}'",
	} {
		if got := runQuickly(strings.Fields(args)...); got.code != OK || !strings.Contains(got.stdout, says) {
			t.Errorf("%s: exit code %d: %s%s", args, got.code, got.stdout, got.stderr)
		}
	}
	for args, says := range map[string]string{
		"engine":         "engine needs to know what to do",
		"engine drop x":  "engine needs to know what to do",
		"engine ddl":     "takes exactly one SOURCE",
		"engine ddl a b": "takes exactly one SOURCE",
		"engine ddl --engine x s3://some-bucket/":                                            `unknown --engine "x"`,
		"engine ddl --engine-table x s3://b1b/":                                              "the name of a table is written",
		"engine ddl --engine trino --account 111122223333 s3://some-bucket/AWSLogs/":         "--account and --aws-region need each other",
		"engine ddl --engine trino --account 1 --aws-region us-east-1 s3://b1b/AWSLogs/":     "--account \"1\" is not the id",
		"engine ddl --account 111122223333 --aws-region us-east-1 s3://some-bucket/AWSLogs/": "--account and --aws-region are for --engine trino",
		"engine ddl s3://some-bucket/logs/":                                                  "is not the folder AWSLogs",
		"engine ddl s3://x'y/AWSLogs/":                                                       "not the name of a bucket",
		"engine ddl s3://some-bucket/x';--/AWSLogs/":                                         "cannot be written into DDL",
	} {
		if got := runQuickly(strings.Fields(args)...); got.code != Usage || !strings.Contains(got.stderr, says) || got.stdout != "" {
			t.Errorf("%s: exit code %d: %s", args, got.code, got.stderr)
		}
	}
}
