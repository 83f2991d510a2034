package file

import "trail403/ingest/event"

// numberColumn is a column of whole numbers.
type numberColumn struct {
	name   string
	unique bool
	isTime bool // in Unix microseconds
	get    func(*row) int64
	set    func(*row, int64)
}

func numberColumns() []numberColumn {
	return []numberColumn{
		{"event_time", true, true, func(r *row) int64 { return r.micros }, func(r *row, n int64) { r.micros = n }},
		{"nanoseconds", false, false, func(r *row) int64 { return r.nanos }, func(r *row, n int64) { r.nanos = n }},
		{"fingerprint", true, false,
			func(r *row) int64 { return r.fingerprint }, func(r *row, n int64) { r.fingerprint = n }},
		{"ordinal", true, false,
			func(r *row) int64 { return int64(r.place.Record) }, func(r *row, n int64) { r.place.Record = int(n) }},
		{"entry_length", false, false,
			func(r *row) int64 { return int64(r.place.Object.Entry) },
			func(r *row, n int64) { r.place.Object.Entry = int(n) }},
		{"member", false, false,
			func(r *row) int64 { return int64(r.place.Object.Member) },
			func(r *row, n int64) { r.place.Object.Member = int(n) }},
		{"token_issued", false, false,
			func(r *row) int64 { return r.denial.Context.TokenIssued },
			func(r *row, n int64) { r.denial.Context.TokenIssued = n }},
		{"schema_version", false, false,
			func(r *row) int64 { return r.schema }, func(r *row, n int64) { r.schema = n }},
	}
}

// flagColumn is a column of truth values.
type flagColumn struct {
	name   string
	row    func(*row) *bool
	denial func(*event.Denial) *bool
	change func(*event.Change) *bool
}

// of returns the field of a row that the column holds, or nil.
func (c *flagColumn) of(r *row) *bool { return fieldOf(r, c.row, c.denial, c.change) }

func flagColumns() []flagColumn {
	return []flagColumn{
		{name: "read_once", row: func(r *row) *bool { return &r.place.Object.Once }},
		{name: "has_arn",
			denial: func(d *den) *bool { return &d.HasARN }, change: func(c *cha) *bool { return &c.HasARN }},
		{name: "role_named", denial: func(d *den) *bool { return &d.Context.RoleNamed }},
		{name: "has_session", denial: func(d *den) *bool { return &d.Context.HasSession }},
		{name: "from_console", denial: func(d *den) *bool { return &d.Context.FromConsole }},
		{name: "encrypted", denial: func(d *den) *bool { return &d.Context.Encrypted }},
		{name: "has_parameters", denial: func(d *den) *bool { return &d.Context.HasParameters }},
		{name: "has_prefix", denial: func(d *den) *bool { return &d.Context.HasPrefix }},
	}
}
