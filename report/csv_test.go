package report

import (
	"encoding/csv"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"trail403/report/parquet"
)

// A CSV file has a header, and the rows of the table in Parquet, whatever texts are in
// them.
func TestCSV(t *testing.T) {
	for _, table := range parquet.Tables() {
		r := denials(t)
		if table != parquet.Denials {
			r = daily()
		}
		o := Options{Table: table}
		text := string(write(t, CSV, r, o))
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if want := openParquet(t, write(t, Parquet, r, o)).NumRows(); int64(len(rows)) != want+1 {
			t.Errorf("%s: got %d rows with the header, want %d more than %d", table, len(rows), 1, want)
		}
		if strings.Count(text, "\r\n") < len(rows) {
			t.Errorf("%s: lines end otherwise than in CR and LF", table)
		}
	}
	sum := 0
	rows, _ := csv.NewReader(strings.NewReader(string(write(t, CSV, daily(), Options{})))).ReadAll()
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[7])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	if rows[0][7] != "denials" || sum != daily().Totals.Denials {
		t.Errorf("column %s adds up to %d", rows[0][7], sum)
	}
}

// No cell of a file is a formula.
func TestCSVHostile(t *testing.T) {
	for _, s := range append(hostileTexts, "=1+1", "+x", "@x", "-x", " =x", "\t=x") {
		rows, err := csv.NewReader(strings.NewReader(string(write(t, CSV, hostile(s), Options{})))).ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.IndexAny(strings.TrimLeft(cell, " \t\r\n"), "=+-@") == 0 {
					t.Errorf("%q: cell %q", s, cell)
				}
			}
		}
	}
}

// With zeros, a group has a row for each interval of the window.
func TestSeriesZeros(t *testing.T) {
	r := daily()
	f := openParquet(t, write(t, Parquet, r, Options{Table: parquet.Series, Zeros: true}))
	if want := int64(len(r.Groups) * r.Window.Intervals()); f.NumRows() != want {
		t.Errorf("got %d rows, want %d", f.NumRows(), want)
	}
	sum, rows := 0, 0
	err := parquet.Each(r, parquet.Options{Table: parquet.Series, Zeros: true}, func(row []reflect.Value) error {
		sum += int(row[8].Int())
		rows++
		return nil
	})
	if err != nil || sum != r.Totals.Denials || int64(rows) != f.NumRows() {
		t.Errorf("%d rows with %d denials, %v", rows, sum, err)
	}
}
