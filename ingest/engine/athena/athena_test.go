package athena

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"trail403/ingest/engine/enginetest"
	"trail403/ingest/engine/query"
	"trail403/ingest/source/retry"
)

func client(t *testing.T, a *enginetest.Athena, opts Options) *Client {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_ATHENA": a.URL, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y",
		"AWS_CONFIG_FILE": "/nonexistent", "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent", "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
	opts.Retry = retry.Policy{Attempts: 8, First: time.Millisecond, Longest: time.Millisecond}
	opts.First, opts.Longest = time.Microsecond, time.Millisecond
	c := New(opts)
	t.Cleanup(c.Close)
	return c
}

func rowsOfQuery(ctx context.Context, c *Client) (rows [][]string, err error) {
	err = c.Query(ctx, "SELECT 1", func(cells []string) error {
		rows = append(rows, cells)
		return nil
	})
	return rows, err
}

// Rows come in pages, and every call may fail a few times.
func TestQuery(t *testing.T) {
	var want [][]string
	for i := range 3*pageRows + 7 {
		want = append(want, []string{fmt.Sprint(i), "", "é"})
	}
	a := enginetest.NewAthena(t, func(string) ([][]string, string) { return want, "" })
	a.Polls = 3
	var n atomic.Int32
	a.Before = func(w http.ResponseWriter, call string) bool {
		switch n.Add(1) % 4 {
		case 1:
			enginetest.Fail(w, http.StatusBadRequest, "TooManyRequestsException")
		case 2:
			enginetest.Fail(w, http.StatusInternalServerError, "InternalServerException")
		case 3:
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				conn.Close()
			}
		default:
			return false
		}
		return true
	}
	got, err := rowsOfQuery(t.Context(), client(t, a, Options{Workgroup: "w", Output: "s3://out/"}))
	if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%d rows, %v", len(got), err)
	}
	in := a.Inputs()
	if len(in) != 1 || in[0]["WorkGroup"] != "w" || in[0]["QueryString"] != "SELECT 1" ||
		fmt.Sprint(in[0]["ResultConfiguration"]) != "map[OutputLocation:s3://out/]" ||
		fmt.Sprint(in[0]["ResultReuseConfiguration"]) != "map[ResultReuseByAgeConfiguration:map[Enabled:false]]" ||
		len(in[0]["ClientRequestToken"].(string)) < 32 {
		t.Errorf("%v", in)
	}
}

func TestFailures(t *testing.T) {
	for failure, kind := range map[string]retry.Kind{
		"SYNTAX_ERROR: line 1:1": retry.Fatal, "MISSING_SCHEMA_NAME: x": retry.Fatal, "Insufficient permissions to x": retry.Fatal,
		"INTERNAL_ERROR": retry.Again, "HIVE_BAD_DATA: row too large": retry.Final, "Query exhausted resources": retry.Final, "Query timeout": retry.Final,
		"CANCELLED: Bytes scanned limit was exceeded": retry.Final,
	} {
		a := enginetest.NewAthena(t, func(string) ([][]string, string) { return nil, failure })
		if _, err := rowsOfQuery(t.Context(), client(t, a, Options{})); retry.KindOf(err) != kind || !strings.Contains(err.Error(), failure) {
			t.Errorf("%s: kind %d, %v", failure, retry.KindOf(err), err)
		}
	}
	for _, code := range []string{"InvalidRequestException", "AccessDeniedException", "MetadataException"} {
		a := enginetest.NewAthena(t, nil)
		a.Before = func(w http.ResponseWriter, _ string) bool {
			enginetest.Fail(w, http.StatusBadRequest, code)
			return true
		}
		if _, err := rowsOfQuery(t.Context(), client(t, a, Options{})); retry.KindOf(err) != retry.Fatal || !strings.Contains(err.Error(), code) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// A query whose context ends is stopped.
func TestStop(t *testing.T) {
	a := enginetest.NewAthena(t, func(string) ([][]string, string) { return nil, "" })
	a.Polls = 1 << 30
	why := errors.New("Ctrl-C")
	ctx, cancel := context.WithCancelCause(t.Context())
	var looks atomic.Int32
	a.Before = func(_ http.ResponseWriter, call string) bool {
		if call == "GetQueryExecution" && looks.Add(1) == 3 {
			cancel(why)
		}
		return false
	}
	c := client(t, a, Options{})
	if _, err := rowsOfQuery(ctx, c); err != why {
		t.Errorf("%v", err)
	}
	if c.Close(); a.Stopped() != 1 {
		t.Errorf("%d queries were stopped", a.Stopped())
	}
}

// A query that nobody can watch any more is stopped, too.
func TestStopUnwatched(t *testing.T) {
	a := enginetest.NewAthena(t, func(string) ([][]string, string) { return nil, "" })
	a.Before = func(w http.ResponseWriter, call string) bool {
		if call != "GetQueryExecution" {
			return false
		}
		enginetest.Fail(w, http.StatusBadRequest, "AccessDeniedException")
		return true
	}
	if _, err := rowsOfQuery(t.Context(), client(t, a, Options{})); err == nil || a.Stopped() != 1 {
		t.Errorf("%v, %d queries were stopped", err, a.Stopped())
	}
}

// What a credential process writes is not shown: it may be credentials.
func TestCredentials(t *testing.T) {
	const secret = "correct-horse-battery"
	shared := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(shared, []byte("[profile prints]\ncredential_process = echo "+secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := client(t, enginetest.NewAthena(t, nil), Options{Profile: "prints"})
	t.Setenv("AWS_CONFIG_FILE", shared)
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	_, err := rowsOfQuery(t.Context(), c)
	if retry.KindOf(err) != retry.Fatal || !strings.Contains(err.Error(), "credential_process") || strings.Contains(err.Error(), secret) {
		t.Errorf("%v", err)
	}
}

func TestColumns(t *testing.T) {
	a := enginetest.NewAthena(t, nil)
	a.Columns = [][2]string{{"eventname", "string"}, {"useridentity", "struct<type:string>"}}
	a.Partitions = [][2]string{{"account", "string"}, {"dt", "string"}}
	a.Parameters = map[string]string{"projection.dt.format": "yyyy/MM/dd"}
	got, err := client(t, a, Options{}).Columns(t.Context(), query.Table{Schema: "logs", Name: "trail"})
	want := []query.Column{
		{Name: "eventname", Type: "string"}, {Name: "useridentity", Type: "struct<type:string>"},
		{Name: "account", Type: "string", Partition: true}, {Name: "dt", Type: "string", Partition: true, Sample: "yyyy/MM/dd"},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

// Without a Region there is nobody to ask.
func TestNoRegion(t *testing.T) {
	c := client(t, enginetest.NewAthena(t, nil), Options{})
	t.Setenv("AWS_REGION", "")
	t.Setenv("AWS_DEFAULT_REGION", "")
	if _, err := rowsOfQuery(t.Context(), c); retry.KindOf(err) != retry.Fatal || !strings.Contains(err.Error(), "use --region") {
		t.Errorf("%v", err)
	}
}
