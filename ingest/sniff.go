package ingest

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// sniff looks at the first bytes of the text: what is empty or no JSON at all is
// skipped.
func (d *decoder) sniff() (Reason, error) {
	head, err := d.out.Peek(512)
	if err != nil && err != io.EOF {
		return "", err
	}
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, bom) {
		d.out.Discard(len(bom))
		head = head[len(bom):]
	}
	d.shape, d.isJSON = "", looksLikeJSON(head)
	if !d.isJSON {
		d.shape = knownShape(head)
	}
	switch {
	case d.shape != "":
		return SkipUnsupported, nil
	case len(bytes.TrimSpace(head)) > 0 && !d.isJSON:
		return SkipNotCloudTrail, nil
	case len(bytes.TrimSpace(head)) == 0 && err == io.EOF:
		return SkipEmpty, nil
	}
	return "", nil
}

// knownShape names a shape that is no JSON, but may well be CloudTrail.
func knownShape(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		// https://docs.aws.amazon.com/security-lake/latest/userguide/open-cybersecurity-schema-framework.html
		return "Parquet, such as Security Lake's OCSF"
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return "UTF-16 text"
	case bytes.HasPrefix(head, []byte("\xfd7zXZ\x00")):
		return "xz"
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	header := strings.ToLower(strings.ReplaceAll(string(line), `"`, ""))
	columns := func(names ...string) bool {
		for _, n := range names {
			if !strings.Contains(","+header+",", ","+n+",") {
				return false
			}
		}
		return true
	}
	switch {
	case columns("event time", "event name", "error code"):
		// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-console.html
		return "event history as CSV"
	case columns("eventtime", "eventname"):
		return "query results as CSV, of Athena or CloudTrail Lake"
	}
	return ""
}

// looksLikeJSON says whether a text may be a JSON document that holds objects,
// going by its first bytes. What does not is no CloudTrail, rather than broken.
func looksLikeJSON(head []byte) bool {
	const space = " \t\n\r"
	head = bytes.TrimLeft(head, space)
	if word, rest, ok := bytes.Cut(head, []byte(" ")); ok && isTime(word) {
		head = bytes.TrimLeft(rest, space) // CloudWatch Logs export
	}
	if len(head) == 0 {
		return false
	}
	inner := bytes.TrimLeft(head[1:], space)
	if len(inner) == 0 { // the text ends: it may be anything
		return head[0] == '{' || head[0] == '['
	}
	switch head[0] {
	case '{':
		return inner[0] == '"' || inner[0] == '}'
	case '[':
		switch inner[0] {
		case '{', '[', ']', '"':
			return true
		}
		// A number or literal, unlike "[2026-10-01 09:00] a line of a log".
		if i := bytes.IndexAny(inner, ",] \t\n\r"); i > 0 {
			return json.Valid(inner[:i])
		}
	}
	return false
}
