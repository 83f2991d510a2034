package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"trail403/ingest/engine/query"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
)

// Transport runs queries.
type Transport interface {
	// Query runs a query of which all columns are texts, and hands out its rows, with NULL
	// as an empty text. The retry.Kind of an error says whether to run it again.
	Query(ctx context.Context, sql string, row func(cells []string) error) error
	// Columns returns the columns of a table.
	Columns(ctx context.Context, table query.Table) ([]query.Column, error)
}

// Options say what to ask, and whom.
type Options struct {
	Transport Transport
	Table     query.Table
	Codes     []string     // error codes that mean denied (none: those of the decoder)
	Retry     retry.Policy // of a query
	// Folder and Location map names of local objects to those that the engine has for
	// them: Folder is the source, and Location what the engine has instead. Objects in S3
	// have the same names everywhere.
	Folder, Location string
}

// Engine is a source.Answerer.
type Engine struct {
	opts  Options
	table *query.Source
	names names

	mu     sync.Mutex
	counts Counts
	inRow  int // parts that failed entirely, one after another
}

// Counts say what the engine did.
type Counts struct {
	Asked, Answered int      // objects
	Queries         int      // that succeeded
	Halved          int      // queries that failed, and of which both halves were asked about
	Failed          []string // why parts failed, the first few of them
	FailedParts     int
}

// Open looks at the table.
func Open(ctx context.Context, opts Options) (*Engine, error) {
	var columns []query.Column
	err := opts.Retry.Do(ctx, func() (err error) {
		columns, err = opts.Transport.Columns(ctx, opts.Table)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking at the table %s: %w", opts.Table, err)
	}
	table, err := query.NewSource(opts.Table, columns)
	if err != nil {
		return nil, fmt.Errorf("the table %s: %w", opts.Table, err)
	}
	return &Engine{opts: opts, table: table, names: newNames(opts.Folder, opts.Location)}, nil
}

// Lacks says what a report lacks because the table has no column for it.
func (e *Engine) Lacks() []string { return e.table.Lacks() }

// Warnings say what the table lacks, and why queries may be slow.
func (e *Engine) Warnings() []string {
	warnings := e.Lacks()
	for _, name := range e.table.Unused() {
		warnings = append(warnings, fmt.Sprintf(
			"the partition column %s is not understood: queries may scan more than they need", name))
	}
	return warnings
}

// Counts returns what the engine did so far.
func (e *Engine) Counts() Counts {
	e.mu.Lock()
	defer e.mu.Unlock()
	c := e.counts
	c.Failed = slices.Sorted(slices.Values(c.Failed))
	return c
}

// Covers says whether the engine can know an object.
func (e *Engine) Covers(name string) bool { return e.names.path(name) != "" }

// Query returns the query for a part.
func (e *Engine) Query(objects []source.Entry) string {
	o, _ := e.part(objects)
	return e.table.Query(o, e.opts.Codes)
}

// part returns what a query must know of objects, and their names by their paths.
func (e *Engine) part(objects []source.Entry) (*query.Objects, map[string]string) {
	byPath := map[string]string{}
	o := &query.Objects{}
	accounts, regions, days := map[string]bool{}, map[string]bool{}, map[time.Time]bool{}
	for _, entry := range objects {
		path := e.names.path(entry.Name)
		byPath[normal(path)] = entry.Name
		o.Paths = append(o.Paths, path)
		told := source.Tell(entry.Name)
		accounts[told.Account], regions[told.Region] = true, true
		days[told.Begin.Truncate(24*time.Hour)] = true
	}
	slices.Sort(o.Paths)
	// Objects whose names tell nothing must not make a query scan all partitions. If the
	// others leave them out, they are read here.
	delete(accounts, "")
	delete(regions, "")
	delete(days, time.Time{})
	o.Accounts = slices.Sorted(maps.Keys(accounts))
	o.Regions = slices.Sorted(maps.Keys(regions))
	o.Days = slices.SortedFunc(maps.Keys(days), time.Time.Compare)
	return o, byPath
}
