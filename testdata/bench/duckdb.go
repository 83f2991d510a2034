package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
)

// duckdb groups the denials of an archive with DuckDB, the fastest program for it that
// was found. It only groups them; trail403 makes a complete report. The number of
// groups goes to standard output.
const duckdb = `
import duckdb, os, sys
db = duckdb.connect()
db.execute("SET enable_progress_bar = false")
db.execute("SET threads = %d" % len(os.sched_getaffinity(0)))
columns = """{Records: 'STRUCT(eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR,
 errorCode VARCHAR, errorMessage VARCHAR,
 userIdentity STRUCT(arn VARCHAR, sessionContext STRUCT(sessionIssuer STRUCT(arn VARCHAR))),
 requestParameters STRUCT(bucketName VARCHAR))[]'}"""
groups = db.execute("""
SELECT coalesce(r.userIdentity.sessionContext.sessionIssuer.arn, r.userIdentity.arn),
 r.eventName, r.requestParameters.bucketName,
 count(*), min(r.eventTime), max(r.eventTime), min(r.errorMessage)
FROM (SELECT unnest(Records) AS r
 FROM read_json(?, columns=%s, format='newline_delimited', maximum_object_size=67108864))
WHERE r.eventSource = 's3.amazonaws.com' AND r.errorCode = 'AccessDenied'
GROUP BY ALL""" % columns, [sys.argv[1] + "/**/*.json.gz"]).fetchall()
print(len(groups))
`

// duckVersion is compared with: later versions read JSON more slowly.
const duckVersion = "1.5.6"

// hasDuck says whether a Python has that version of DuckDB.
func hasDuck(python string) bool {
	version, err := exec.Command(python, "-c", "import duckdb; print(duckdb.__version__)").Output()
	return err == nil && strings.TrimSpace(string(version)) == duckVersion
}

// ducks groups the denials of an archive once.
func ducks(a archive, python, dir string) (run, error) {
	var out bytes.Buffer
	r, err := measure(&out, python, "-c", duckdb, dir)
	if err != nil {
		return r, err
	}
	if groups := strings.TrimSpace(out.String()); a.groups > 0 && groups != fmt.Sprint(a.groups) {
		return r, fmt.Errorf("DuckDB finds %s groups, want %d", groups, a.groups)
	}
	return r, nil
}
