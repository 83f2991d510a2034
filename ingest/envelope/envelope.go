// Package envelope finds CloudTrail records in what other services wrap them
// in, and tells what else looks like them. members.go judges an object by its
// members, and envelope.go opens it.
//
// People hold CloudTrail not only as trail files: `aws cloudtrail lookup-events`,
// EventBridge, CloudWatch Logs (subscriptions, Firehose, filter-log-events,
// Insights), SNS and SQS each put a record into an envelope of their own, as an
// object or as text, and they nest.
package envelope

import (
	"bytes"

	"trail403/ingest/scan"
)

// maxNesting is how many envelopes may lie in one another: SQS in SNS in
// EventBridge are three.
const maxNesting = 8

// Open calls found for each record that value is or holds, in order, and says
// what value is. An empty object in the place of a record is one of them. An error
// of found ends it. The records are valid as long as
// value and are valid JSON if value is.
func Open(value []byte, found func(record []byte) error) (Kind, error) {
	return open(value, found, maxNesting)
}

func open(value []byte, found func([]byte) error, nesting int) (Kind, error) {
	if len(value) == 0 || nesting == 0 {
		return Foreign, nil
	}
	switch value[0] {
	case '{':
		if scan.IsEmpty(value) {
			return Empty, found(value)
		}
		var m members
		m.parse(value)
		if kind := m.kind(); kind != "" {
			if kind == Records {
				return kind, found(value)
			}
			return kind, nil
		}
		return unwrap(&m, found, nesting)
	case '[':
		return openAll(value, found, nesting)
	case '"':
		return openText(value, found, nesting)
	}
	return Foreign, nil
}

// unwrap opens what the envelope with the members holds.
func unwrap(m *members, found func([]byte) error, nesting int) (Kind, error) {
	switch {
	case m.lake:
		return LakeResults, nil
	case string(m.inner) == "null" && m.rank == wrappers["Records"]:
		return Control, nil // a trail file without records, as some tools write it
	case m.inner != nil:
		return open(m.inner, found, nesting-1)
	case m.elastic:
		return Elastic, nil
	case m.splunk:
		return Splunk, nil
	}
	return Foreign, nil
}

// openText opens a value that is written into a string. A text that is not JSON
// holds no record.
func openText(value []byte, found func([]byte) error, nesting int) (Kind, error) {
	s, _ := scan.Text(value)
	text := bytes.TrimSpace([]byte(s))
	if bytes.HasPrefix(text, []byte("CWL CONTROL MESSAGE")) {
		// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/SubscriptionFilters.html
		return Control, nil
	}
	if len(text) == 0 || text[0] != '{' && text[0] != '[' || !scan.Valid(text) {
		return Foreign, nil
	}
	return open(text, found, nesting-1)
}

// openAll opens the elements of an array. It is of the kind of its first
// element that is not empty, unless a later one holds records.
func openAll(array []byte, found func([]byte) error, nesting int) (Kind, error) {
	all := Kind("")
	for element := range scan.Elements(array) {
		if name := fieldName(element); name != "" && name != "@message" {
			continue // a column of a CloudWatch Logs Insights row
		}
		kind, err := open(element, found, nesting-1)
		if err != nil {
			return kind, err
		}
		if all == "" || all == Empty || kind == Records {
			all = kind
		}
	}
	if all == "" {
		return Control, nil
	}
	return all, nil
}

// fieldName returns the name of a column of a row of CloudWatch Logs Insights:
// {"field":"@message","value":"…"}.
func fieldName(object []byte) (name string) {
	n := 0
	for key, value := range scan.Members(object) {
		switch string(key) {
		case "field":
			name, _ = scan.Text(value)
		case "value":
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return name
}
