// Package csv writes the tables of package parquet as RFC 4180 has them, for
// spreadsheets.
package csv

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"trail403/aggregate"
	"trail403/report/parquet"
)

// Write writes a header and the rows of a table. An error comes from w.
func Write(w io.Writer, r *aggregate.Result, o parquet.Options) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	row := parquet.Columns(o.Table)
	if err := out.Write(row); err != nil {
		return err
	}
	err := parquet.Each(r, o, func(values []reflect.Value) error {
		for i, v := range values {
			row[i] = Cell(text(v))
		}
		return out.Write(row)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// text writes a value. Times have the form that spreadsheets and pandas read as a time.
func text(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'g', 6, 64)
	case time.Time:
		return x.UTC().Format("2006-01-02T15:04:05.999999Z")
	default:
		return fmt.Sprint(x)
	}
}

// Cell returns a text so that a spreadsheet shows it. One that a spreadsheet would run as
// a formula gets an apostrophe before it. Zero bytes and bytes that are not UTF-8 become
// U+FFFD, because some readers end a text there or reject the file.
func Cell(s string) string {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	s = strings.ReplaceAll(s, "\x00", "\ufffd")
	// White space before a sign does not stop every spreadsheet.
	start, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \t\r\n\v\f\u00a0"))
	if strings.ContainsRune("=+-@＝＋－＠", start) || s != "" && strings.IndexByte("\t\r\n", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
