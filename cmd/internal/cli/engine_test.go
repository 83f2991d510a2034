package cli

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"trail403/ingest/engine/enginetest"
	"trail403/ingest/source/retry"
)

// textTable answers what the program asks about a text table.
func textTable(scan func(sql string) ([][]string, string)) func(sql string) ([][]string, string) {
	return func(sql string) ([][]string, string) {
		if strings.HasPrefix(sql, "DESCRIBE") {
			return [][]string{{"line", "varchar", "", ""}, {"rest", "varchar", "", ""}}, ""
		}
		return scan(sql)
	}
}

// sameReport says what differs between two reports in JSON, apart from the bytes that were
// read.
func sameReport(t *testing.T, got, want string) {
	t.Helper()
	var a, b map[string]any
	if err := json.Unmarshal([]byte(got), &a); err != nil {
		t.Fatalf("%v in %.300s", err, got)
	}
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatal(err)
	}
	for _, r := range []map[string]any{a, b} {
		delete(r["coverage"].(map[string]any), "bytes")
	}
	for section := range b {
		if !reflect.DeepEqual(a[section], b[section]) {
			t.Errorf("section %s differs", section)
		}
	}
}

// ran is what a run wrote and how it ended.
type ran struct {
	code           int
	stdout, stderr string
}

func runQuickly(args ...string) ran {
	env, out, errs := testEnv(args...)
	env.Retry = retry.Policy{Attempts: 3, First: time.Millisecond, Longest: time.Millisecond}
	code := Run(context.Background(), env)
	return ran{code, out.String(), errs.String()}
}

func engineArgs(command string, s *enginetest.Server, more ...string) []string {
	return append([]string{
		command, "--engine", "trino", "--engine-table", "hive.logs.trail", "--engine-url", s.URL,
		"--engine-location", "local:///trail",
	}, more...)
}

// A report with an engine is that of a run that reads everything.
func TestEngineReportIsTheSame(t *testing.T) {
	t.Parallel()
	rows := enginetest.Scan(t, demoDir, "local:///trail")
	s := enginetest.NewServer(t, textTable(func(string) ([][]string, string) { return rows, "" }))
	local := runQuickly("report", "--format", "json", demoDir)
	asked := runQuickly(engineArgs("report", s, "--format", "json", demoDir)...)
	if asked.code != local.code {
		t.Errorf("exit code %d instead of %d: %s", asked.code, local.code, asked.stderr)
	}
	sameReport(t, asked.stdout, local.stdout)
	if !strings.Contains(asked.stderr, "the engine answered for 321 of 325 objects; 4 were read here") {
		t.Errorf("standard error: %s", asked.stderr)
	}
	events := runQuickly(engineArgs("events", s, "--format", "jsonl", demoDir)...)
	if n := strings.Count(events.stdout, "\n"); n != strings.Count(runQuickly("events", "--format", "jsonl", demoDir).stdout, "\n") || n == 0 {
		t.Errorf("%d events", n)
	}
}

// What an engine does not answer is read here, whatever went wrong.
func TestEngineFaults(t *testing.T) {
	t.Parallel()
	const part = demoDir + "/AWSLogs/o-exampleorgid/444455556666/CloudTrail/us-east-1"
	rows := enginetest.Scan(t, part, "local:///trail")
	local := runQuickly("report", "--format", "json", part).stdout
	var cuts atomic.Int32
	for name, tt := range map[string]struct {
		change  func([][]string) [][]string
		failure string
		once    bool // the failure is that of the first query only
		before  func(w http.ResponseWriter, r *http.Request) bool
		says    string
	}{
		"no row":          {change: func(rows [][]string) [][]string { return nil }, says: "answered for 0 of 65 objects; 65 were read here"},
		"half of them":    {change: func(rows [][]string) [][]string { return rows[:len(rows)/2] }, says: "were read here"},
		"twice":           {change: func(rows [][]string) [][]string { return append(rows, rows...) }, says: "answered for 0 of 65"},
		"wrong count":     {change: func(rows [][]string) [][]string { return edited(rows, 5, "1") }},
		"garbage":         {change: func(rows [][]string) [][]string { return edited(rows, 6, `{"a":`) }},
		"no number":       {change: func(rows [][]string) [][]string { return edited(rows, 2, "many") }, says: "a query failed"},
		"another result":  {change: func(rows [][]string) [][]string { return [][]string{{"1"}} }, says: "a query failed"},
		"row too large":   {failure: "GENERIC_USER_ERROR", says: "a query failed, and what it is about was read here: 16 objects from local:///"},
		"timed out":       {failure: "EXCEEDED_TIME_LIMIT", once: true, says: "repeated for each half of their objects: 1"},
		"canceled":        {failure: "ADMINISTRATIVELY_KILLED", once: true, says: "the engine answered for 64 of 65 objects; 1 was read here"},
		"throttled":       {failure: "QUERY_QUEUE_FULL", once: true, says: "the engine answered for 64 of 65"},
		"corrupt object":  {failure: "HIVE_CURSOR_ERROR", says: "a query failed"},
		"many pages, cut": {before: func(w http.ResponseWriter, r *http.Request) bool { return cuts.Add(1)%3 == 0 && cutOff(w) }, says: "answered for 64 of 65"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var queries atomic.Int32
			s := enginetest.NewServer(t, textTable(func(string) ([][]string, string) {
				if queries.Add(1) > 1 && tt.once {
					return rows, ""
				}
				if tt.change == nil {
					return rows, tt.failure
				}
				return tt.change(append([][]string(nil), rows...)), tt.failure
			}))
			s.Before, s.PerPage = tt.before, 10
			got := runQuickly(engineArgs("report", s, "--format", "json", part)...)
			sameReport(t, got.stdout, local)
			if !strings.Contains(got.stderr, tt.says) {
				t.Errorf("standard error: %s", got.stderr)
			}
		})
	}
}

// A table that is older than some columns serves, and a warning says what each of them
// costs.
func TestEngineTableLacksColumns(t *testing.T) {
	t.Parallel()
	const part = demoDir + "/AWSLogs/o-exampleorgid/123456789012/CloudTrail/us-east-1"
	s := enginetest.NewServer(t, func(sql string) ([][]string, string) {
		if !strings.HasPrefix(sql, "DESCRIBE") {
			return nil, ""
		}
		var columns [][]string
		for _, name := range strings.Fields(`eventversion useridentity eventtime eventsource eventname awsregion
			sourceipaddress useragent errorcode errormessage requestparameters responseelements additionaleventdata
			requestid eventid resources eventtype recipientaccountid sharedeventid sessioncredentialfromconsole tlsdetails`) {
			columns = append(columns, []string{name, "varchar", "", ""})
		}
		return columns, ""
	})
	got := runQuickly(engineArgs("report", s, "--format", "json", part)...)
	sameReport(t, got.stdout, runQuickly("report", "--format", "json", part).stdout)
	for _, says := range []string{
		"warning: the table has no column addendum: ", "warning: the table has no column eventcategory: ",
		"warning: the table has no column vpcendpointid: ",
	} {
		if !strings.Contains(got.stderr, says) {
			t.Errorf("no %q in %s", says, got.stderr)
		}
	}
	if n := strings.Count(got.stderr, "has no column"); got.code != OK || n != 3 {
		t.Errorf("exit code %d, %d columns: %s", got.code, n, got.stderr)
	}
	if last := s.Queries()[len(s.Queries())-1]; strings.Contains(last, "addendum") || strings.Contains(last, "eventcategory") {
		t.Errorf("a column that is not there: %s", last)
	}
}

// edited returns rows with another cell in each that has hits.
func edited(rows [][]string, column int, cell string) [][]string {
	for i, row := range rows {
		if row[6] != "" {
			rows[i] = append([]string(nil), row...)
			rows[i][column] = cell
		}
	}
	return rows
}

// cutOff ends the connection without an answer.
func cutOff(w http.ResponseWriter) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		conn.Close()
	}
	return true
}

// What is wrong for every query ends the run, instead of reading a large trail here.
func TestEngineEndsRuns(t *testing.T) {
	t.Parallel()
	for failure, says := range map[string]string{
		"PERMISSION_DENIED": "asking the engine: the query failed with PERMISSION_DENIED",
		"SYNTAX_ERROR":      "asking the engine: the query failed with SYNTAX_ERROR",
	} {
		s := enginetest.NewServer(t, textTable(func(string) ([][]string, string) { return nil, failure }))
		got := runQuickly(engineArgs("report", s, demoDir)...)
		if got.code != Failed || !strings.Contains(got.stderr, says) || got.stdout != "" {
			t.Errorf("%s: exit code %d: %s", failure, got.code, got.stderr)
		}
	}
	s := enginetest.NewServer(t, func(string) ([][]string, string) { return nil, "TABLE_NOT_FOUND" })
	got := runQuickly(engineArgs("report", s, demoDir)...)
	if got.code != Failed || !strings.Contains(got.stderr, `looking at the table "hive"."logs"."trail": the query failed with TABLE_NOT_FOUND`) {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
	rows := edited(enginetest.Scan(t, demoDir, "local:///trail"), 2, "403")
	s = enginetest.NewServer(t, textTable(func(string) ([][]string, string) { return rows, "" }))
	got = runQuickly(engineArgs("report", s, demoDir)...)
	if got.code != Failed || !strings.Contains(got.stderr, "loses records, or makes some up: it has 403 records of ../") {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
	s = enginetest.NewServer(t, func(string) ([][]string, string) { return [][]string{{"a", "bigint", "", ""}}, "" })
	got = runQuickly(engineArgs("report", s, demoDir)...)
	if got.code != Failed || !strings.Contains(got.stderr, "the table is neither one of texts") {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
}

// Ctrl-C cancels the query.
func TestEngineIsCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := enginetest.NewServer(t, textTable(func(string) ([][]string, string) { return [][]string{{"x"}}, "" }))
	canceled := make(chan bool, 1)
	s.Before = func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case r.Method == http.MethodDelete:
			canceled <- true
		case r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/page/1/"):
			cancel()
			<-r.Context().Done()
			return true
		}
		return false
	}
	env, _, _ := testEnv(engineArgs("report", s, demoDir)...)
	env.Retry = retry.Policy{Attempts: 2, First: time.Millisecond, Longest: time.Millisecond}
	if code := Run(ctx, env); code != Interrupted {
		t.Errorf("exit code %d", code)
	}
	<-canceled
}
