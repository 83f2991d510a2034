package cli

import (
	"slices"

	"trail403/report"
	"trail403/report/parquet"
)

// output is a place for a report, and the format of the report there.
type output struct {
	name   string // - is standard output
	format report.Format
	table  parquet.Table // of Parquet and CSV; empty for the usual one
	folder string        // that is created for the file, or empty
}

// chosenTables returns the tables of --table, each once.
func (o *reportFlags) chosenTables() (list []parquet.Table, err error) {
	for _, name := range splitLists(o.tables) {
		table, err := oneOf("table", name, parquet.Tables(), "tables")
		if err != nil {
			return nil, err
		}
		if slices.Contains(list, table) {
			return nil, usagef("--table has %s twice", table).hint("name each table once")
		}
		list = append(list, table)
	}
	return list, nil
}

// folderOutputs are the files of a folder for tables: all of them, unless some were
// chosen.
func folderOutputs(folder string, tables []parquet.Table) (list []output) {
	if len(tables) == 0 {
		tables = parquet.Tables()
	}
	for _, table := range tables {
		list = append(list, output{
			name: folder + string(table) + ".parquet", format: report.Parquet, table: table, folder: folder,
		})
	}
	return list
}

// oneTable returns the table of a file: the chosen one, or "" for the usual one and for
// formats that have no tables.
func oneTable(name string, format report.Format, tables []parquet.Table) (parquet.Table, error) {
	switch {
	case format != report.Parquet && format != report.CSV, len(tables) == 0:
		return "", nil
	case len(tables) > 1:
		return "", usagef("-o %s can hold only one table, and --table names %d", name, len(tables)).
			hint("write each table to a file of its own in a folder: -o tables/")
	}
	return tables[0], nil
}

// formatOf returns the format and the name of an output: the format before the name, that
// of --format, or else the one that follows from the name.
func (o *reportFlags) formatOf(env Env, value string) (f report.Format, name string, err error) {
	f, name = formatBefore(value)
	switch {
	case value == "":
		return "", "", usagef("-o needs the name of a file").hint(unsetHint)
	case f != "" && name == "":
		return "", "", usagef("-o %s names no file", value).
			hint("write -o %sFILE, or -o %s- for standard output", value, value)
	case f != "" && o.format != "":
		return "", "", usagef("--format and -o %s both set the format", value).hint("use only one of them")
	case f != "":
		return f, name, nil
	case o.format != "":
		f, err = oneOf("format", o.format, report.Formats(), "formats")
		return f, name, err
	case name == "-" && env.IsTerminal(env.Stdout):
		return report.Text, name, nil
	case name == "-":
		return report.Markdown, name, nil
	}
	f, ok := report.FormatOf(name)
	if !ok {
		return "", "", usagef("-o %s: the name does not show the format", name).
			hint("end the name in %s, write -o FORMAT:FILE, or use --format", orList(extensions()))
	}
	return f, name, nil
}
