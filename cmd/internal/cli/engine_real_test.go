package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"trail403/ingest/engine/enginetest"
	"trail403/ingest/engine/trino"
	"trail403/ingest/source/s3/s3test"
)

// realTrail is an archive that the real Trino scans.
type realTrail struct {
	name, folder string
	ddl          []string // flags for its table; nil for one of columns
	answered     int      // objects at least; the others are not plain trail files, or not in the table
	bySDK        bool     // behind Athena's API, too
	stored       bool     // in a store, too
}

// withFat is the variable that adds a tenth of the archive fat, which takes a minute.
const withFat = "TRAIL403_ENGINE_FAT"

var realTrails = []realTrail{
	{"demo", "demo", []string{}, 321, true, true},
	{"odd", "odd", []string{}, 10, true, false},
	{"lines", "lines", nil, 322, true, true},
	// Two of four accounts are missing in the table, and some days of the others have no folder.
	{"some", "demo/AWSLogs/o-exampleorgid", []string{"--account", "444455556666,777788889999", "--aws-region", "us-east-1,eu-west-1"},
		180, false, false},
}

var fat = realTrail{
	"fat", "fat/AWSLogs", []string{"--account", "111122223333", "--aws-region", "us-east-1"}, 40, false, false,
}

// The real Trino scans archives, by both shapes of table and, behind Athena's API, by both
// transports. Every report is that of a run that reads the files.
func TestRealEngine(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: Trino takes a minute to start")
	}
	home := enginetest.FindHome("../../../.tools/trino")
	if home == nil {
		t.Skip("`make tools-engine` installs Trino, which needs Java 25")
	}
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "demo"), os.DirFS(demoDir)); err != nil {
		t.Fatal(err)
	}
	linesOf(t, demoDir, filepath.Join(root, "lines"))
	writeOdd(t, filepath.Join(root, "odd"))
	trails := slices.Clone(realTrails)
	if os.Getenv(withFat) != "" {
		makeFat := exec.Command("go", "run", "trail403/testdata/bench", "-tenth", "fat", "-dir", filepath.Join(root, "fat"))
		if out, err := makeFat.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		trails = append(trails, fat)
	}
	if shared := os.Getenv("TRAIL403_SHARED"); shared != "" {
		untar(t, filepath.Join(shared, "real-trails.tar.gz"), filepath.Join(root, "real"))
		trails = append(trails, realTrail{"real", "real", []string{}, 1000, false, false})
	}
	s3 := s3test.Start(t, root)
	url := home.Start(t, root, s3.URL)
	run := executor(t, url)
	must(t, run, "CREATE SCHEMA hive.logs")
	s3test.Setenv(t, s3.URL)
	for _, trail := range trails {
		t.Run(trail.name, func(t *testing.T) { trail.check(t, root, url, run) })
	}
}

func (r *realTrail) check(t *testing.T, root, url string, run func(string) ([][]string, string)) {
	for scheme, location := range map[string]string{"local": "local:///", "s3": "s3://"} {
		table := "hive.logs." + scheme + "_" + r.name
		if location += r.folder + "/"; r.ddl == nil {
			must(t, run, enginetest.ColumnsTable(table, location))
		} else {
			must(t, run, ddlOf(t, table, location, r.ddl...))
		}
	}
	trino := func(scheme string) []string {
		return []string{"--engine", "trino", "--engine-url", url, "--engine-table", "hive.logs." + scheme + "_" + r.name}
	}
	folder, local := filepath.Join(root, r.folder), append(trino("local"), "--engine-location", "local:///"+r.folder)
	sameAsReading(t, r.answered, folder, local...)
	if r.stored {
		sameStore(t, folder, local...)
	}
	if len(r.ddl) > 0 && r.name != fat.name {
		sameAsReading(t, r.answered, "s3://"+r.folder, trino("s3")...)
	}
	if r.bySDK {
		a := enginetest.NewAthena(t, run)
		t.Setenv("AWS_ENDPOINT_URL_ATHENA", a.URL)
		a.Put = putBelow(t, root)
		a.Columns = columnsOf(t, run, "hive.logs.s3_"+r.name)
		sameAsReading(t, r.answered, "s3://"+r.folder,
			"--engine", "athena", "--engine-table", "hive.logs.s3_"+r.name, "--region", s3test.Region,
			"--engine-output", "s3://results/", fmt.Sprintf("--engine-unload=%t", r.name == "lines"))
	}
}

// sameStore compares a store that an engine filled with one of the objects. Of copies of an
// event, they can show different ones.
func sameStore(t *testing.T, source string, args ...string) {
	t.Helper()
	report, events, read := collected(t, source)
	gotReport, gotEvents, got := collected(t, source, args...)
	if got.code != read.code {
		t.Errorf("exit code %d instead of %d: %s", got.code, read.code, got.stderr)
	}
	sameReport(t, gotReport, report)
	if n := strings.Count(events, "\n"); strings.Count(gotEvents, "\n") != n || n == 0 {
		t.Errorf("%d events instead of %d", strings.Count(gotEvents, "\n"), n)
	}
}

// sameAsReading compares a report with an engine, which answers for so many objects at
// least, and one without.
func sameAsReading(t *testing.T, atLeast int, source string, args ...string) {
	t.Helper()
	want := runQuickly("report", "--format", "json", source)
	got := runQuickly(append([]string{"report", "--format", "json", source}, args...)...)
	if got.code != want.code {
		t.Errorf("exit code %d instead of %d: %s", got.code, want.code, got.stderr)
	}
	sameReport(t, got.stdout, want.stdout)
	m := regexp.MustCompile(`the engine answered for ([0-9,]+) of`).FindStringSubmatch(got.stderr)
	if m == nil || strings.Contains(got.stderr, "a query failed") {
		t.Fatalf("standard error: %s", got.stderr)
	}
	if n, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", "")); err != nil || n < atLeast {
		t.Errorf("the engine answered for %s objects", m[1])
	}
}

// ddlOf returns what the program prints for a table of texts.
func ddlOf(t *testing.T, table, place string, flags ...string) string {
	t.Helper()
	got := runQuickly(append([]string{"engine", "ddl", "--engine", "trino", "--engine-table", table, place}, flags...)...)
	if got.code != OK {
		t.Fatal(got.stderr)
	}
	return strings.TrimSuffix(got.stdout, ";\n")
}

// executor returns what runs queries on Trino as they are.
func executor(t *testing.T, url string) func(sql string) ([][]string, string) {
	c, err := trino.New(trino.Options{URL: url, User: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return func(sql string) (rows [][]string, failure string) {
		err := c.Query(context.Background(), sql, func(cells []string) error {
			rows = append(rows, cells)
			return nil
		})
		if err != nil {
			return nil, err.Error()
		}
		return rows, ""
	}
}

// columnsOf returns the columns of a table, as Athena's catalog has them.
func columnsOf(t *testing.T, run func(string) ([][]string, string), table string) (columns [][2]string) {
	rows, failure := run("DESCRIBE " + table)
	if failure != "" {
		t.Fatal(failure)
	}
	for _, row := range rows {
		columns = append(columns, [2]string{row[0], row[1]})
	}
	return columns
}

// untar unpacks an archive.
func untar(t *testing.T, archive, folder string) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("tar", "-xzf", archive, "-C", folder).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// must runs what makes a table.
func must(t *testing.T, run func(string) ([][]string, string), sql string) {
	t.Helper()
	for range 60 { // the node that works is known some seconds after the coordinator answers
		_, failure := run(sql)
		if failure == "" {
			return
		}
		if !strings.Contains(failure, "NO_NODES_AVAILABLE") {
			t.Fatal(failure)
		}
		time.Sleep(time.Second)
	}
	t.Fatal("Trino has no node")
}

// linesOf writes the records of trail files one a line, as the table of columns needs it.
func linesOf(t *testing.T, from, to string) {
	t.Helper()
	for path, text := range enginetest.Texts(t, from) {
		var file struct{ Records []json.RawMessage }
		if json.Unmarshal(text, &file) != nil || file.Records == nil {
			continue
		}
		lines := &strings.Builder{}
		for _, record := range file.Records {
			line, err := json.Marshal(record) // without line breaks
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(lines, "%s\n", line)
		}
		name := filepath.Join(to, strings.TrimSuffix(path, ".gz"))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(lines.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// writeOdd writes files that an engine may read in another way than a trail file.
func writeOdd(t *testing.T, folder string) {
	t.Helper()
	record := func(more string) string {
		return `{"eventVersion":"1.08","eventTime":"2026-10-01T00:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject",` +
			`"errorCode":"AccessDenied","requestParameters":{"bucketName":"b"},` +
			`"userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/u","accountId":"111122223333"}` + more + `}`
	}
	file := func(records ...string) string { return `{"Records":[` + strings.Join(records, ",") + "]}" }
	for name, text := range map[string]string{
		"plain.json":         file(record(`,"eventID":"p1"`), record(`,"eventID":"p2"`)),
		"pretty.json":        strings.ReplaceAll(file(record(`,"eventID":"y1"`)), ",", ",\n"),
		"carriage.json":      strings.ReplaceAll(file(record(`,"eventID":"c1"`)), ",", ",\r"),
		"empty.json":         file(),
		"nothing.json":       "",
		"lines.json":         record(`,"eventID":"l1"`) + "\n" + record(`,"eventID":"l2"`) + "\n",
		"two.json":           file(record(`,"eventID":"t1"`)) + "\n" + file(record(`,"eventID":"t2"`)),
		"twice.json":         `{"Records":[` + record(`,"eventID":"w1"`) + `],"Records":[` + record(`,"eventID":"w2"`) + `]}`,
		"beside.json":        `{"Other":1,"Records":[` + record(`,"eventID":"b1"`) + `]}`,
		"cut.json":           file(record(`,"eventID":"x1"`))[:300],
		"trailing.json":      file(record(`,"eventID":"r1"`)) + " garbage",
		"separator.json":     file(record(`,"eventID":"s1"`)) + "\x01garbage",
		"bom.json":           "\xef\xbb\xbf" + file(record(`,"eventID":"m1"`)),
		"not-utf8.json":      file(record(`,"eventID":"n1","userAgent":"` + "\xff" + `"`)),
		"escaped.json":       file(strings.Replace(record(`,"eventID":"e1"`), `"errorCode"`, `"error\u0043ode"`, 1)),
		"escaped-value.json": file(strings.Replace(record(`,"eventID":"e2"`), `"AccessDenied"`, `"\u0041ccessDenied"`, 1)),
		"nul.json":           file(record(`,"eventID":"u1","userAgent":"a\u0000b"`)),
		"listed.json":        file(strings.Replace(record(`,"eventID":"i1"`), `"AccessDenied"`, `["AccessDenied"]`, 1)),
		"null-code.json":     file(strings.Replace(record(`,"eventID":"i2"`), `"AccessDenied"`, `null`, 1)),
		"doubled-key.json":   file(record(`,"eventID":"d1","errorCode":"NoSuchKey"`)),
		"no-time.json":       file(strings.Replace(record(`,"eventID":"o1"`), "2026-10-01T00:00:00Z", "yesterday", 1)),
		"mixed.json":         file(record(`,"eventID":"k1"`), "3", "{}", "null", `"text"`, record(`,"eventID":"k2"`)),
		"insight.json":       file(record(`,"eventID":"g1","eventType":"AwsCloudTrailInsight"`)),
		"notice.json": `{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","eventTime":"2026-10-01T00:00:00Z",` +
			`"s3":{"bucket":{"name":"b"}}}]}`,
		"detail.json":                           `{"detail":` + record(`,"eventID":"v1"`) + `}`,
		"it's a \"name\"; DROP TABLE x --.json": file(record(`,"eventID":"q1"`)),
		"日本.json":                               file(record(`,"eventID":"q2"`)),
		"change.json": `{"Records":[{"eventVersion":"1.08","eventTime":"2026-10-01T00:00:00Z","eventSource":"iam.amazonaws.com",` +
			`"eventName":"PutRolePolicy","eventID":"h1","requestParameters":{"roleName":"r","policyName":"p"},"errorCode":""}]}`,
		"kms.json": `{"Records":[{"eventVersion":"1.08","eventTime":"2026-10-01T00:00:00Z","eventSource":"kms.amazonaws.com",` +
			`"eventName":"Decrypt","eventID":"z1","errorCode":"AccessDenied","requestParameters":{"encryptionContext":{"aws:s3:arn":` +
			`"arn:aws:s3:::b/k"}},"resources":[{"ARN":"arn:aws:kms:us-east-1:111122223333:key/k"}]}]}`,
	} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
