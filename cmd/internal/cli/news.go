package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"trail403/aggregate"
	storeplace "trail403/ingest/store/place"
	"trail403/ingest/store/told"
	"trail403/report/compare"
	reportjson "trail403/report/json"
)

// news is what a store remembers that was reported under a name.
type news struct {
	name string
	told *told.Told
	last *compare.Report // nil if nothing was reported so far
}

// openNews reads what was reported under a name. What cannot be read is as good as not
// reported: it is reported again.
func openNews(ctx context.Context, stderr io.Writer, at storeplace.Place, name string) (*news, error) {
	t, text, err := told.Open(ctx, at, name)
	if err != nil {
		return nil, err
	}
	n := &news{name: name, told: t}
	if text == nil {
		return n, nil
	}
	if n.last, err = compare.Read(bytes.NewReader(text), reportjson.Schema); err != nil {
		complain(stderr, "warning", fmt.Errorf("%s cannot be read, so everything counts as news: %w", t.Place(), err))
		n.last = nil
	}
	return n, nil
}

// remember notes that a result was reported.
func (n *news) remember(ctx context.Context, r *aggregate.Result) error {
	report := compare.FromResult(r)
	report.Schema = reportjson.Schema
	text, err := json.Marshal(report)
	if err == nil {
		err = n.told.Add(ctx, text)
	}
	if err != nil {
		return hintedError{
			fmt.Errorf("the report was written, but the store does not know that as %s: %w", n.name, err),
			[]string{"the next run with --news " + n.name + " reports the same news again"},
		}
	}
	return nil
}
