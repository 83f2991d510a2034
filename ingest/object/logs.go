package object

import (
	"bytes"

	"trail403/ingest/coverage"
	"trail403/ingest/pattern"
)

// logLines recognize other kinds of logs by their first line.
var logLines = []struct {
	kind coverage.Log
	line *pattern.Pattern
}{
	// A line of field names, or a record of the default format. An export of CloudWatch
	// Logs has a time before it.
	// https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
	{coverage.FlowLog, pattern.New(`(?:^| )(?:interface-id|srcaddr|pkt-srcaddr|flow-direction)(?: |$)|` +
		`(?:^| )[2-9] (?:\d{12}|unknown) (?:eni-[0-9a-f]+|-) `)},
	// Application and Network Load Balancers write the type first, Classic ones the time.
	// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
	{coverage.LoadBalancerLog, pattern.New(`^(?:https?|h2|grpcs|wss?|tls)(?: \d\.\d)? ` +
		`\d{4}-\d\d-\d\dT[\d:.]+Z? (?:app|net)/|` +
		`^\d{4}-\d\d-\d\dT[\d:.]+Z [A-Za-z0-9-]+ [\d.]+:\d+ (?:[\d.]+:\d+|-) -?[\d.]+ `)},
	// Owner, bucket and time.
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
	{coverage.AccessLog, pattern.New(`^(?:[0-9a-f]{64}|-) [a-z0-9][a-z0-9._-]* ` +
		`\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] `)},
}

// logOf recognizes another kind of log by the first bytes of its text, "" for anything
// else.
func logOf(head []byte) coverage.Log {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	for _, l := range logLines {
		if l.line.Match(line) {
			return l.kind
		}
	}
	return ""
}
