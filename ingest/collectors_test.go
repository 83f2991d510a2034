package ingest

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/scan"
)

// inText writes a JSON value into a string.
func inText(s string) string { return string(scan.AppendText(nil, s)) }

// inBase64 writes a text into a string in base64.
func inBase64(s string) string { return `"` + base64.StdEncoding.EncodeToString([]byte(s)) + `"` }

// inCSV writes a text into a cell.
func inCSV(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// each wraps records and joins them.
func each(records []string, between string, wrap func(string) string) string {
	var out []string
	for _, r := range records {
		out = append(out, wrap(r))
	}
	return strings.Join(out, between)
}

// collected returns records as collectors wrap them, each in a shape of its own.
func collected(records []string) map[string]string {
	lines := func(before string, text func(string) string, after string) string {
		return each(records, "\n", func(s string) string { return before + text(s) + after })
	}
	plain := func(s string) string { return s }
	subscription := func(s string) string {
		return `{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"g","logEvents":[{"id":"1","timestamp":1,"message":` + inText(s) + `}]}`
	}
	list := each(records, ",", plain)
	return map[string]string{
		"CloudWatch Logs to Lambda": each(records, "\n", func(s string) string { return `{"awslogs":{"data":` + inBase64(gz(subscription(s))) + `}}` }),
		"CloudWatch Logs to Kinesis": `{"Records":[` + each(records, ",", func(s string) string {
			return `{"kinesis":{"data":` + inBase64(gz(subscription(s))) + `},"eventSource":"aws:kinesis","eventVersion":"1.0","eventName":"aws:kinesis:record"}`
		}) + `]}`,
		"Kinesis":                        `{"Records":[` + each(records, ",", func(s string) string { return `{"kinesis":{"data":` + inBase64(s) + `},"eventSource":"aws:kinesis"}` }) + `]}`,
		"Firehose to Lambda":             `{"deliveryStreamArn":"arn","records":[` + each(records, ",", func(s string) string { return `{"recordId":"1","data":` + inBase64(s+"\n") + `}` }) + `]}`,
		"Insights, objects":              "[" + each(records, ",", func(s string) string { return `{"@timestamp":"x","@message":` + s + `,"@log":"1:y"}` }) + "]",
		"Insights, texts":                "[" + each(records, ",", func(s string) string { return `{"eventTime":"x","eventName":"x","@message":` + inText(s) + `}` }) + "]",
		"Insights, lines":                lines(`{"@message":`, inText, `}`),
		"Insights, CSV":                  "@timestamp,@message\n" + lines("2026-10-05 10:01:00.000,", inCSV, "") + "\n",
		"Insights, CSV of a spreadsheet": "@timestamp;@message\r\n" + lines("2026-10-05 10:01:00.000;", inCSV, "\r"),
		"Splunk HEC":                     lines(`{"time":1,"sourcetype":"aws:cloudtrail","event":`, plain, `}`),
		"Splunk HEC, text":               lines(`{"time":1,"event":`, inText, `}`),
		"Splunk, search results":         `{"preview":false,"results":[` + each(records, ",", func(s string) string { return `{"_raw":` + inText(s) + `,"_time":"x"}` }) + `]}`,
		"Splunk, lines":                  lines(`{"preview":false,"result":{"_raw":`, inText, `}}`),
		"Splunk, CSV":                    "_raw,_time\n" + lines("", inCSV, ",x"),
		"Fluent Bit":                     lines(`{"date":1.5,"log":`, inText, `}`),
		"Filebeat":                       lines(`{"@timestamp":"x","event":{"original":`, inText, `},"agent":{"type":"filebeat"}}`),
		"Elasticsearch, answer":          `{"took":1,"hits":{"total":{"value":3},"hits":[` + each(records, ",", func(s string) string { return `{"_index":"c","_source":` + s + `}` }) + `]}}`,
		"Elasticsearch, dump":            lines(`{"_index":"c","_source":{"message":`, inText, `}}`),
		"Wazuh":                          lines(`{"rule":{"level":3},"data":{"integration":"aws","aws":`, plain, `}}`),
		"Datadog":                        lines(`{"_id":"A","service":"cloudtrail","attributes":`, plain, `}`),
		"GELF":                           lines(`{"version":"1.1","host":"h","short_message":"x","_timestamp":1,"full_message":`, inText, `}`),
		"OpenTelemetry":                  `{"resourceLogs":[{"resource":{},"scopeLogs":[{"scope":{},"logRecords":[` + each(records, ",", func(s string) string { return `{"body":{"stringValue":` + inText(s) + `}}` }) + `]}]}]}`,
		"Loki":                           `{"status":"success","data":{"result":[{"stream":{},"values":[` + each(records, ",", func(s string) string { return `["1",` + inText(s) + `]` }) + `]}]}}`,
		"Vector":                         lines(`{"source_type":"aws_s3","timestamp":"x","message":`, inText, `}`),
		"JSON text sequence":             each(records, "", func(s string) string { return "\x1e" + s + "\n" }),
		"keyed by id":                    "{" + each(records, ",", func(s string) string { return inText(s[len(s)-9:]) + ":" + s }) + "}",
		"texts in an array":              "[" + each(records, ",", inText) + "]",
		"lines in a text":                `{"body":` + inText(lines("", plain, "\n")) + `}`,
		"an array in base64":             `{"payload":` + inBase64("["+list+"]") + `}`,
		"base64 for URLs":                `{"payload":"` + base64.RawURLEncoding.EncodeToString([]byte("["+list+"]")) + `"}`,
		"base64 in lines":                `{"payload":"` + strings.ReplaceAll(base64.StdEncoding.EncodeToString([]byte("["+list+" ]")), "eyJ", `eyJ\n`) + `"}`,
		"log lines":                      lines("2026-10-05T12:00:00.000000+00:00 111122223333_CloudTrail_us-east-1 ", plain, ""),
		"syslog":                         lines("<134>1 2026-10-05T10:00:00Z host cloudtrail - - - ", plain, ""),
		"texts ten times nested":         nested(list, 10),
	}
}

// nested writes a list of records into texts within texts.
func nested(list string, times int) string {
	list = `{"Records":[` + list + `]}`
	for range times {
		list = `{"data":` + inBase64(list) + `}`
	}
	return list
}

// The wrappers of collectors hold the same records, of which two are denials.
func TestCollectors(t *testing.T) {
	records := []string{denied("aaaa"), other("bbbb"), denied("cccc")}
	for name, content := range collected(records) {
		cov, _ := run(t, Options{}, memory{"x": content})
		if r := cov.Records; cov.Objects.Read != 1 || r.Seen != 3 || r.Kept != 2 || r.NotS3Denied != 1 {
			t.Errorf("%s: %s %+v %v", name, result(cov), r, cov.Failures)
		}
	}
}

// A small text that unpacks to a huge one ends at a limit.
func TestPackedTextsAreBounded(t *testing.T) {
	bomb := gz(`{"Records":[` + strings.Repeat(" ", 1<<20) + denied("a") + `]}`)
	for name, content := range map[string]string{
		"one":  `{"awslogs":{"data":` + inBase64(bomb) + `}}`,
		"many": `{"x":[` + strings.Repeat(inBase64(bomb)+",", 50) + `1]}`,
	} {
		cov, _ := run(t, Options{MaxRecord: 200 << 10}, memory{"x": content})
		if got := result(cov); got != "1 failed" || !strings.Contains(cov.Failures[0].Err.Error(), "max-record") {
			t.Errorf("%s: got %s, %v", name, got, cov.Failures)
		}
	}
	cut, _ := json.Marshal([]byte(bomb[:len(bomb)-9]))
	cov, _ := run(t, Options{}, memory{"x": `{"awslogs":{"data":` + string(cut) + `}}`})
	if got := result(cov); got != "1 failed" {
		t.Errorf("a cut text: got %s", got)
	}
}

// Each collector that docs/inputs.md names is one whose records were read here, and the
// other way round.
func TestCollectorsDocs(t *testing.T) {
	page, err := os.ReadFile("../docs/inputs.md")
	if err != nil {
		t.Fatal(err)
	}
	_, row, _ := strings.Cut(string(page), "| Collectors | what ")
	row, _, isRow := strings.Cut(row, " wrap a complete record in")
	if !isRow {
		t.Fatal("docs/inputs.md has no row for collectors")
	}
	row = regexp.MustCompile(` \([^)]*\)`).ReplaceAllString(row, "")
	named := map[string]bool{}
	for _, name := range regexp.MustCompile(`, | and `).Split(row, -1) {
		named[name] = true
	}
	read := map[string]bool{}
	for name := range collected([]string{denied("a")}) {
		product, _, _ := strings.Cut(strings.ReplaceAll(name, " HEC", ""), ",")
		isProduct := product[0] >= 'A' && product[0] <= 'Z' && !notCollectors[strings.Fields(product)[0]]
		if isProduct {
			read[product] = true
		}
	}
	if !maps.Equal(named, read) {
		t.Errorf("docs/inputs.md names %v, and read were %v", slices.Sorted(maps.Keys(named)), slices.Sorted(maps.Keys(read)))
	}
}

// notCollectors begin the names of shapes that have rows of their own.
var notCollectors = map[string]bool{"CloudWatch": true, "Kinesis": true, "Firehose": true, "Insights": true, "JSON": true}
