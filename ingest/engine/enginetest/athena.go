package enginetest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Athena speaks Athena's JSON API in front of another engine.
// https://docs.aws.amazon.com/athena/latest/APIReference/Welcome.html
type Athena struct {
	*httptest.Server
	// Run returns the rows of a query, and why it fails.
	Run func(sql string) (rows [][]string, failure string)
	// Columns and Partitions are those of the only table, name and type each.
	Columns, Partitions [][2]string
	Parameters          map[string]string
	// Before is called before each call, with its name, and may answer in its place.
	Before func(w http.ResponseWriter, call string) (done bool)
	// Put writes an object of an answer that is unloaded, or of the list of them.
	Put func(name string, content []byte)
	// Polls is for how many looks a query runs.
	Polls int

	mu      sync.Mutex
	queries []*execution
	stopped int
}

// execution is a query.
type execution struct {
	input   map[string]any
	rows    [][]string
	failure string
	looks   int
	list    string // of the objects of an answer that is unloaded
}

// NewAthena starts a server.
func NewAthena(t testing.TB, run func(sql string) ([][]string, string)) *Athena {
	a := &Athena{Run: run, Polls: 1}
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
	return a
}

// Inputs returns what queries were started with.
func (a *Athena) Inputs() (inputs []map[string]any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, q := range a.queries {
		inputs = append(inputs, q.input)
	}
	return inputs
}

// Stopped returns how many queries were stopped.
func (a *Athena) Stopped() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.stopped
}

func (a *Athena) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call := strings.TrimPrefix(r.Header.Get("X-Amz-Target"), "AmazonAthena.")
	if a.Before != nil && a.Before(w, call) {
		return
	}
	var in map[string]any
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		Fail(w, http.StatusBadRequest, "InvalidRequestException")
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	id, _ := in["QueryExecutionId"].(string)
	number, _ := strconv.Atoi(strings.TrimPrefix(id, "q-"))
	switch call {
	case "GetTableMetadata":
		answer(w, map[string]any{"TableMetadata": map[string]any{
			"Name": in["TableName"], "Columns": named(a.Columns),
			"PartitionKeys": named(a.Partitions), "Parameters": a.Parameters,
		}})
	case "StartQueryExecution":
		q := &execution{input: in}
		if sql, place := unloaded(in["QueryString"].(string)); place != "" {
			rows, failure := a.Run(sql)
			q.list, q.failure = place+"list.csv", failure
			unload(a.Put, place, q.list, rows)
		} else {
			q.rows, q.failure = a.Run(sql)
		}
		a.queries = append(a.queries, q)
		answer(w, map[string]any{"QueryExecutionId": fmt.Sprintf("q-%d", len(a.queries)-1)})
	case "GetQueryExecution":
		answer(w, map[string]any{"QueryExecution": a.queries[number].status(a.Polls)})
	case "GetQueryResults":
		answer(w, a.queries[number].page(in))
	case "StopQueryExecution":
		a.stopped++
		answer(w, map[string]any{})
	}
}

func (q *execution) status(polls int) map[string]any {
	status := map[string]any{"Status": q.state(polls)}
	if q.list != "" {
		status["Statistics"] = map[string]any{"DataManifestLocation": q.list}
	}
	return status
}

func (q *execution) state(polls int) map[string]any {
	q.looks++
	switch {
	case q.looks <= polls:
		return map[string]any{"State": "RUNNING"}
	case strings.HasPrefix(q.failure, "CANCEL"):
		state, _, _ := strings.Cut(q.failure, ": ")
		return map[string]any{"State": state, "StateChangeReason": q.failure}
	case q.failure != "":
		return map[string]any{"State": "FAILED", "StateChangeReason": q.failure, "AthenaError": map[string]any{
			"Retryable": strings.HasPrefix(q.failure, "INTERNAL") || strings.HasPrefix(q.failure, "Query"),
		}}
	}
	return map[string]any{"State": "SUCCEEDED"}
}

// page returns a page of rows, the first of which holds the names of columns.
func (q *execution) page(in map[string]any) map[string]any {
	first, _ := strconv.Atoi(fmt.Sprint(in["NextToken"]))
	most := int(in["MaxResults"].(float64))
	all := append([][]string{{"the", "names", "of", "columns"}}, q.rows...)
	end := min(first+most, len(all))
	rows := []any{}
	for _, cells := range all[first:end] {
		data := []any{}
		for _, cell := range cells {
			if cell == "" {
				data = append(data, map[string]any{})
			} else {
				data = append(data, map[string]any{"VarCharValue": cell})
			}
		}
		rows = append(rows, map[string]any{"Data": data})
	}
	page := map[string]any{"ResultSet": map[string]any{"Rows": rows}}
	if end < len(all) {
		page["NextToken"] = strconv.Itoa(end)
	}
	return page
}

func named(columns [][2]string) []any {
	all := []any{}
	for _, c := range columns {
		all = append(all, map[string]any{"Name": c[0], "Type": c[1]})
	}
	return all
}

// Fail answers a call with an error.
func Fail(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"__type": code, "message": "it failed"}) // The client may have left.
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_ = json.NewEncoder(w).Encode(value) // The client may have left.
}
