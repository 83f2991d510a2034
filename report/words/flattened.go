package words

import (
	"fmt"
	"strings"

	"trail403/ingest/coverage"
	"trail403/ingest/envelope/flat"
)

// FlatText names the flattened shapes.
var FlatText = map[flat.Shape]string{
	flat.OCSF:     "OCSF",
	flat.Sentinel: "the table AWSCloudTrail of Microsoft Sentinel",
	flat.Elastic:  "the Elastic Common Schema",
	flat.History:  "the event history of the CloudTrail console",
	flat.Query:    "the columns of a query",
}

// fieldText names what the records of a shape may lack.
var fieldText = []struct {
	field flat.Fields
	text  string
}{
	{flat.ErrorMessage, "error message"},
	{flat.CallerARN, "ARN of the caller"},
	{flat.Request, "request parameters"},
	{flat.EventSource, "event source"},
	{flat.EventID, "event ID"},
	{flat.Recipient, "recipient account"},
	{flat.SourceIP, "source IP address"},
}

// flattened words a warning for each shape whose records lack something.
func flattened(list coverage.Flattened) (warnings []string) {
	for _, f := range list {
		var lacks []string
		missing := f.Missing()
		for _, t := range fieldText {
			if missing&t.field != 0 {
				lacks = append(lacks, t.text)
			}
		}
		if lacks == nil {
			continue
		}
		which := f.Object + " is in the form of " + FlatText[f.Shape]
		if f.Objects > 1 {
			which = fmt.Sprintf("%d objects are in the form of %s, %s among them", f.Objects, FlatText[f.Shape], f.Object)
		}
		warnings = append(warnings, fmt.Sprintf("%s: no record with an error has %s", which, orList(lacks)))
	}
	return warnings
}

// orList joins texts as alternatives, each with its article.
func orList(texts []string) string {
	for i, t := range texts {
		article := "a"
		switch {
		case strings.HasSuffix(t, "parameters"):
			article = ""
		case strings.ContainsRune("aeiouA", rune(t[0])):
			article = "an"
		}
		texts[i] = strings.TrimSpace(article + " " + t)
	}
	last := len(texts) - 1
	if last == 0 {
		return texts[0]
	}
	return strings.Join(texts[:last], ", ") + " or " + texts[last]
}
