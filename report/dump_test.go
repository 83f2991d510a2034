package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"trail403/aggregate"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

func openParquet(t *testing.T, file []byte) *parquet.File {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// dump shows a Parquet file as text: schema, metadata, row groups, rows.
func dump(t *testing.T, file []byte) []byte {
	t.Helper()
	f := openParquet(t, file)
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n\n", f.Schema())
	for _, key := range []string{"trail403.schema", "trail403.window", "trail403.coverage"} {
		value, ok := f.Lookup(key)
		fmt.Fprintf(&out, "%s (%v): %s\n", key, ok, value)
	}
	fmt.Fprintf(&out, "created by %s\n", f.Metadata().CreatedBy)
	columns := f.Schema().Columns()
	for i, group := range f.RowGroups() {
		chunk := f.Metadata().RowGroups[i].Columns[0].MetaData
		fmt.Fprintf(&out, "\nrow group %d: %d rows, %s\n", i, group.NumRows(), chunk.Codec)
		rows := group.Rows()
		buffer := make([]parquet.Row, 1)
		for {
			n, err := rows.ReadRows(buffer)
			if n == 1 {
				fmt.Fprintln(&out)
				for _, v := range buffer[0] {
					name := strings.Join(columns[v.Column()], ".")
					leaf, _ := f.Schema().Lookup(name)
					text := fmt.Sprintf("%q", v.String())
					switch {
					case strings.HasPrefix(leaf.Node.Type().String(), "TIMESTAMP"):
						text = time.UnixMicro(v.Int64()).UTC().Format(time.RFC3339Nano)
					case leaf.Node.Type().Kind() == parquet.Int64:
						text = v.String()
					}
					fmt.Fprintf(&out, "%s: %s\n", name, text)
				}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		rows.Close()
	}
	return out.Bytes()
}

// denials is a result that holds each denial, one of them with hostile strings.
func denials(t *testing.T) *aggregate.Result {
	t.Helper()
	var list []event.Denial
	for i := range 3 {
		list = append(list, event.Denial{
			EventID: fmt.Sprintf("a1b2c3d4-0000-4000-8000-%012d", i), Time: day(28, 9, 14+i),
			Source: "s3.amazonaws.com", Name: "GetObject", Region: "eu-west-1", ErrorCode: "AccessDenied",
			Message:   "Access Denied",
			Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", CallerAccount: "111122223333", HasARN: true,
			Action: "s3:GetObject", Bucket: "corp-data", BucketAccount: "444455556666", Key: "reports/a b.csv", Recipient: "111122223333",
			SourceIP: "10.0.0.1", UserAgent: "aws-cli/2", VPCEndpoint: "vpce-0a1b2c3d",
			Cause: "not-told", WhyNotTold: "other-account", Fingerprint: uint64(i),
		})
	}
	return build(t, append(list, event.Denial{
		EventID: "\x00\xff", Time: day(29, 0, 0), Name: "Put\nObject", Message: "\x1b[31m\u202e\xff", Principal: "anonymous",
		Action: "s3:PutObject", Bucket: "\xffx", Key: "a\x00b\xed\xa0\x80", Cause: "unrecognized", Fingerprint: 9,
	}))
}

// build makes a result that holds each denial.
func build(t *testing.T, denials []event.Denial) *aggregate.Result {
	t.Helper()
	s := aggregate.NewShard(&aggregate.Limits{}, true)
	for i := range denials {
		if err := s.Add(&denials[i]); err != nil {
			t.Fatal(err)
		}
	}
	s.Commit()
	n := len(denials)
	c := &coverage.Coverage{Objects: coverage.Objects{Listed: 1, Read: 1}, Records: coverage.Records{Seen: n, Kept: n}}
	r, err := aggregate.Build([]*aggregate.Shard{s}, c, aggregate.Options{Denials: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
