package cli

import (
	"fmt"
	"io"

	"github.com/dustin/go-humanize"

	"trail403/ingest"
)

// What Athena charges in most Regions: by the bytes that it reads from S3, and for each
// query at least for 10 MB.
// https://aws.amazon.com/athena/pricing/
const (
	athenaPerTB    = 5.0 // US dollars
	athenaAtLeast  = 10 << 20
	bytesPerAthena = 1 << 40
)

// printQueries prints what an engine would be asked.
func printQueries(w io.Writer, found *ingest.Plan, engine string) {
	if engine == "" {
		return
	}
	var objects int
	var bytes, paid int64
	for _, q := range found.Queries {
		objects += q.Objects
		bytes += q.Bytes
		paid += max(q.Bytes, athenaAtLeast)
	}
	fmt.Fprintf(w, "Engine: %d SQL queries about %s with %s; %s would be read here in any case\n",
		len(found.Queries), counted(objects, "object"), humanize.IBytes(uint64(max(bytes, 0))),
		humanize.Comma(int64(found.Unasked)))
	if engine == athenaEngine {
		fmt.Fprintf(w, "Athena: up to around $%.2f at $5 per TB, if the partitions of the table select no other objects\n",
			float64(paid)/bytesPerAthena*athenaPerTB)
	}
	for i, q := range found.Queries {
		fmt.Fprintf(w, "Query %d: %s, %s\n", i+1, counted(q.Objects, "object"), humanize.IBytes(uint64(max(q.Bytes, 0))))
	}
	if found.SQL != "" {
		fmt.Fprintf(w, "\nSQL of query 1:\n%s;\n\n", found.SQL)
	}
}
