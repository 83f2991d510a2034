package words

import (
	"fmt"

	"trail403/ingest/coverage"
)

var shapeText = map[coverage.Shape]string{
	coverage.Parquet:       "Parquet, such as Security Lake's OCSF",
	coverage.UTF16:         "UTF-16 text",
	coverage.XZ:            "xz",
	coverage.NestedArchive: "an archive within an archive",
	coverage.HistoryCSV:    "event history as CSV",
	coverage.QueryCSV:      "query results as CSV, of Athena or CloudTrail Lake",
	coverage.LakeResults:   "results of a CloudTrail Lake query",
	coverage.Elasticsearch: "an Elasticsearch export",
	coverage.Splunk:        "a Splunk export",
}

// unsupported words a warning for each shape that was not read. The list is
// sorted by shape.
func unsupported(list []coverage.Unsupported) (warnings []string) {
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Shape == list[0].Shape {
			n++
		}
		warning := fmt.Sprintf("%s was skipped: it is %s, which is not read", list[0].Object, shapeText[list[0].Shape])
		if n > 1 {
			warning = fmt.Sprintf("%d objects were skipped, %s among them: they are %s, which is not read", n,
				list[0].Object, shapeText[list[0].Shape])
		}
		warnings = append(warnings, warning)
		list = list[n:]
	}
	return warnings
}
