package engine

import (
	"errors"
	"fmt"
	"strconv"

	"trail403/ingest/engine/query"
	"trail403/ingest/engine/row"
	"trail403/ingest/scan"
	"trail403/ingest/source"
)

// rows are the rows of one result, which become answers.
type rows struct {
	byPath map[string]string // from the paths of the objects that were asked for to their names
	isText bool
	spool  *spool

	answers map[string]*source.Answer
	refused map[string]bool // objects that are no trail files, or came more than once
}

func newRows(byPath map[string]string, isText bool) (*rows, error) {
	s, err := newSpool()
	return &rows{
		byPath: byPath, isText: isText, spool: s,
		answers: map[string]*source.Answer{}, refused: map[string]bool{},
	}, err
}

// take takes a row. It ignores those of other objects, which a range of names can cover.
func (r *rows) take(cells []string) error {
	if len(cells) != query.Columns {
		return fmt.Errorf("the result has %d columns instead of %d", len(cells), query.Columns)
	}
	name, asked := r.byPath[normal(cells[query.Path])]
	if !asked || r.refused[name] {
		return nil
	}
	if r.answers[name] != nil {
		r.refused[name] = true // a query that groups by objects has one row for each
		delete(r.answers, name)
		return nil
	}
	if cells[query.Lines] != "1" || cells[query.Records] == "" || cells[query.Odd] == "true" {
		r.refused[name] = true
		return nil
	}
	return r.answer(name, cells)
}

func (r *rows) answer(name string, cells []string) error {
	records, err := strconv.Atoi(cells[query.Records])
	hits, err2 := strconv.Atoi(cells[query.Hits])
	if err := errors.Join(err, err2); err != nil {
		return fmt.Errorf("the result has a text in place of a number: %w", err)
	}
	a := &source.Answer{Records: records, DataEvents: cells[query.DataEvents] == "true", Hits: hits}
	r.answers[name] = a
	if hits == 0 {
		return nil
	}
	at, err := r.spool.put(cells[query.Bodies])
	if err != nil {
		return fmt.Errorf("keeping what the engine returned: %w", err)
	}
	a.Body = func() ([]byte, error) { return r.body(at) }
	return nil
}

// body returns records in the shape of a trail file.
func (r *rows) body(at place) ([]byte, error) {
	list, err := r.spool.take(at)
	if err != nil {
		return nil, err
	}
	body := append(make([]byte, 0, len(list)+16), `{"Records":[`...)
	if r.isText {
		return append(append(body, list...), "]}"...), nil
	}
	list = append(append([]byte{'['}, list...), ']')
	if !scan.Valid(list) {
		return nil, errors.New("the engine returned records that are not valid JSON")
	}
	first := true
	for columns := range scan.Elements(list) {
		if !first {
			body = append(body, ',')
		}
		first = false
		if body, err = row.Record(body, columns); err != nil {
			return nil, err
		}
	}
	return append(body, "]}"...), nil
}

// drop frees what nobody will take.
func (r *rows) drop() {
	r.spool.mu.Lock()
	defer r.spool.mu.Unlock()
	r.spool.drop()
}
