package report

import (
	"fmt"
	"io"
	"testing"
	"time"

	goparquet "github.com/parquet-go/parquet-go"

	"trail403/aggregate"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/report/parquet"
)

// maxRows is how many rows a row group may have: readers hold it in memory.
const maxRows = 64 << 10

func TestParquetRowGroups(t *testing.T) {
	const rows = 2*maxRows + 5
	g := aggregate.Group{Principal: "p", Causes: []aggregate.Cause{{Cause: "not-told"}}}
	w := aggregate.Window{From: date(2016, 1, 1), To: date(2016, 1, 1).Add(rows * time.Hour), Interval: aggregate.Hour}
	for i := range rows {
		g.Series = append(g.Series, aggregate.Point{Start: w.From.Add(time.Duration(i) * time.Hour), Denials: 2})
	}
	r := result(w, []aggregate.Group{g}, coverage.Coverage{})
	checkRowGroups(t, openParquet(t, write(t, Parquet, r, Options{})), rows)

	var list []event.Denial
	for i := range maxRows + 1 {
		list = append(list, event.Denial{EventID: fmt.Sprint(i), Time: date(2026, 10, 1).Add(time.Duration(i) * time.Second), Principal: fmt.Sprint(i % 1000)})
	}
	r = build(t, list)
	checkRowGroups(t, openParquet(t, write(t, Parquet, r, Options{Table: parquet.Denials})), maxRows+1)
}

func checkRowGroups(t *testing.T, f *goparquet.File, rows int64) {
	t.Helper()
	if f.NumRows() != rows {
		t.Errorf("got %d rows, want %d", f.NumRows(), rows)
	}
	if n := int64(len(f.RowGroups())); n != (rows+maxRows-1)/maxRows {
		t.Errorf("got %d row groups for %d rows", n, rows)
	}
	for i, g := range f.RowGroups() {
		if g.NumRows() > maxRows {
			t.Errorf("row group %d has %d rows", i, g.NumRows())
		}
	}
}

// The denials of all rows are the denials of the report; what belongs to the
// group stands on each of its rows.
func TestParquetSums(t *testing.T) {
	for _, fixture := range fixtures {
		r := fixture.make()
		f := openParquet(t, write(t, Parquet, r, Options{Top: 1, Table: parquet.Series}))
		total, groups := int64(0), map[string]int64{}
		reader := goparquet.NewReader(f)
		for {
			var row struct {
				GroupID      string `parquet:"group_id"`
				Denials      int64  `parquet:"denials"`
				GroupDenials int64  `parquet:"group_denials"`
			}
			if err := reader.Read(&row); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			total += row.Denials
			groups[row.GroupID] = row.GroupDenials
		}
		sum := int64(0)
		for _, n := range groups {
			sum += n
		}
		if total != int64(r.Totals.Denials) || sum != total || len(groups) != r.Totals.Groups {
			t.Errorf("%s: %d denials in rows, %d of %d groups; want %+v", fixture.name, total, sum, len(groups), r.Totals)
		}
	}
}
