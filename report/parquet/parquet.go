// Package parquet writes a result as one Parquet file, which DuckDB, pyarrow,
// Spark, Athena and Trino read as it is. docs/report-format.md describes the
// columns.
package parquet

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"trail403/aggregate"
	"trail403/ingest/denial"
)

// Table is what the rows of a file are.
type Table string

const (
	// Series has a row for each group and interval that is not zero.
	Series Table = "series"
	// Denials has a row for each denial.
	Denials Table = "denials"
)

// maxRowGroup bounds what a writer or reader holds in memory at a time. Smaller
// groups compress worse, larger ones need more memory: parquet-go has no bound
// of its own.
const maxRowGroup = 64 << 10

// seriesRow is a group in one interval.
type seriesRow struct {
	GroupID          string    `parquet:"group_id,dict"`
	Principal        string    `parquet:"principal,dict"`
	PrincipalType    string    `parquet:"principal_type,dict"`
	PrincipalAccount string    `parquet:"principal_account,dict"`
	Action           string    `parquet:"action,dict"`
	Bucket           string    `parquet:"bucket,dict"`
	BucketAccount    string    `parquet:"bucket_account,dict"`
	IntervalStart    time.Time `parquet:"interval_start,timestamp(microsecond)"`
	Denials          int64     `parquet:"denials"`
	GroupDenials     int64     `parquet:"group_denials"`
	FirstSeen        time.Time `parquet:"first_seen,timestamp(microsecond)"`
	LastSeen         time.Time `parquet:"last_seen,timestamp(microsecond)"`
	Cause            string    `parquet:"cause,dict"`
	DeniedAction     string    `parquet:"denied_action,dict"`
	PolicyARN        string    `parquet:"policy_arn,dict"`
	WhyNotTold       string    `parquet:"why_not_told,dict"`
	Trend            string    `parquet:"trend,dict"`
	IncidentID       string    `parquet:"incident_id,dict"`
}

// denialRow is one denial.
type denialRow struct {
	EventID          string    `parquet:"event_id"`
	EventTime        time.Time `parquet:"event_time,timestamp(microsecond)"`
	GroupID          string    `parquet:"group_id,dict"`
	Principal        string    `parquet:"principal,dict"`
	PrincipalType    string    `parquet:"principal_type,dict"`
	PrincipalAccount string    `parquet:"principal_account,dict"`
	Action           string    `parquet:"action,dict"`
	Bucket           string    `parquet:"bucket,dict"`
	BucketAccount    string    `parquet:"bucket_account,dict"`
	Key              string    `parquet:"key"`
	EventSource      string    `parquet:"event_source,dict"`
	EventName        string    `parquet:"event_name,dict"`
	Region           string    `parquet:"region,dict"`
	SourceIP         string    `parquet:"source_ip,dict"`
	UserAgent        string    `parquet:"user_agent,dict"`
	VPCEndpoint      string    `parquet:"vpc_endpoint,dict"`
	RecipientAccount string    `parquet:"recipient_account,dict"`
	ErrorCode        string    `parquet:"error_code,dict"`
	Message          string    `parquet:"message"`
	Cause            string    `parquet:"cause,dict"`
	DeniedAction     string    `parquet:"denied_action,dict"`
	PolicyARN        string    `parquet:"policy_arn,dict"`
	WhyNotTold       string    `parquet:"why_not_told,dict"`
}

// Metadata is what the file's metadata holds beside the schema's version, as
// JSON: parts of the JSON report.
type Metadata struct{ Window, Coverage any }

// Write writes the table. An error is one of w.
func Write(w io.Writer, r *aggregate.Result, table Table, meta Metadata) error {
	if table == Denials {
		return write(w, table, meta, func(emit func(denialRow) error) error {
			for d := range r.Denials() {
				err := emit(denialRow{
					EventID: d.EventID, EventTime: d.Time, GroupID: aggregate.GroupID(d.Principal, d.Action, d.Bucket),
					Principal: d.Principal, PrincipalType: d.PrincipalType, PrincipalAccount: denial.PrincipalAccount(d.Principal),
					Action: d.Action, Bucket: d.Bucket, BucketAccount: d.BucketAccount, Key: d.Key,
					EventSource: d.Source, EventName: d.Name, Region: d.Region,
					SourceIP: d.SourceIP, UserAgent: d.UserAgent, VPCEndpoint: d.VPCEndpoint, RecipientAccount: d.Recipient,
					ErrorCode: d.ErrorCode, Message: d.Message,
					Cause: d.Cause, DeniedAction: d.DeniedAction, PolicyARN: d.PolicyARN, WhyNotTold: d.WhyNotTold,
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return write(w, table, meta, func(emit func(seriesRow) error) error {
		for i := range r.Groups {
			g := &r.Groups[i]
			c := g.Causes[0]
			row := seriesRow{
				GroupID: g.ID, Principal: g.Principal, PrincipalType: g.PrincipalType, PrincipalAccount: g.PrincipalAccount,
				Action: g.Action, Bucket: g.Bucket, BucketAccount: g.BucketAccount,
				GroupDenials: int64(g.Denials), FirstSeen: g.FirstSeen, LastSeen: g.LastSeen,
				Cause: c.Cause, DeniedAction: c.DeniedAction, PolicyARN: c.PolicyARN, WhyNotTold: c.WhyNotTold,
			}
			for _, p := range g.Series {
				row.IntervalStart, row.Denials = p.Start, int64(p.Denials)
				if err := emit(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// write writes the rows that each emits.
func write[T any](w io.Writer, table Table, meta Metadata, each func(func(T) error) error) error {
	window, err := json.Marshal(meta.Window)
	if err != nil {
		return err
	}
	coverage, err := json.Marshal(meta.Coverage)
	if err != nil {
		return err
	}
	config, err := parquet.NewWriterConfig(
		parquet.SchemaOf(new(T)),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault}),
		parquet.MaxRowsPerRowGroup(maxRowGroup),
		parquet.CreatedBy("trail403", "1", ""),
		parquet.KeyValueMetadata("trail403.schema", fmt.Sprintf("trail403.%s/1", table)),
		parquet.KeyValueMetadata("trail403.window", string(window)),
		parquet.KeyValueMetadata("trail403.coverage", string(coverage)),
	)
	if err != nil {
		return fmt.Errorf("configuring parquet: %w", err)
	}
	out := parquet.NewGenericWriter[T](w, config)
	const batch = 1024
	rows := make([]T, 0, batch)
	flush := func() error {
		_, err := out.Write(rows)
		rows = rows[:0]
		return err
	}
	err = each(func(row T) error {
		if rows = append(rows, row); len(rows) == batch {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	return err
}
