package flat

import (
	"strings"

	"trail403/ingest/scan"
)

// resourcesOf writes the list of resources that a value holds as a record has it.
func resourcesOf(value []byte) []byte {
	out := []byte{'['}
	for element := range scan.Elements(value) {
		if element[0] != '{' {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = appendResource(out, nodesOf(element))
	}
	return append(out, ']')
}

// appendResource appends a resource, which has an ARN under one of three names.
func appendResource(out []byte, n nodes) []byte {
	o := object{out: append(out, '{')}
	o.text("ARN", first(n, "arn", "uid=arn", "name=arn"))
	o.text("ARNPrefix", first(n, "arnprefix"))
	o.text("accountId", first(n, "accountid", "owner.account.uid", "accountuid", "account.uid"))
	o.text("type", first(n, "type"))
	return append(o.out, '}')
}

// first returns the text at the first path that has one.
func first(n nodes, paths ...string) string {
	for _, path := range paths {
		if value := n.at(path); value != nil {
			return textOf(value)
		}
	}
	return ""
}

// at returns the value at a path with a condition: see [table].
func (n nodes) at(path string) []byte {
	path, not, isNot := strings.Cut(path, "!")
	path, only, isOnly := strings.Cut(path, "=")
	value := n[path].value
	switch {
	case value == nil:
		return nil
	case isNot && is(not, textOf(value)), isOnly && !is(only, textOf(value)):
		return nil
	}
	return value
}

func is(kind, text string) bool {
	if kind == "arn" {
		return strings.HasPrefix(text, "arn:")
	}
	switch text {
	case "Management", "Data", "NetworkActivity", "Insight":
		return true
	}
	return false
}

// historyRequest returns the bucket that a row of the event history names, as parameters
// of a request: the row has none of those.
func historyRequest(n nodes) []byte {
	if n.text("resourcetype") == "AWS::S3::Bucket" { // until 2020
		return bucketParameter(n.text("resources"))
	}
	for element := range scan.Elements(n["resources"].value) {
		if element[0] != '{' {
			continue
		}
		r := nodesOf(element)
		if r.text("resourcetype") == "AWS::S3::Bucket" {
			return bucketParameter(r.text("resourcename"))
		}
	}
	return nil
}

func bucketParameter(name string) []byte {
	if name = name[strings.LastIndexByte(name, ':')+1:]; name == "" {
		return nil
	}
	return append(scan.AppendText([]byte(`{"bucketName":`), name), '}')
}
