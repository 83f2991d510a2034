package words

import (
	"fmt"

	"trail403/ingest/coverage"
)

var shapeText = map[coverage.Shape]string{
	coverage.Parquet:       "Parquet without CloudTrail records",
	coverage.XZ:            "xz",
	coverage.NestedArchive: "an archive within an archive",
	coverage.LakeResults:   "results of a CloudTrail Lake query",
	coverage.Elasticsearch: "an Elasticsearch export",
	coverage.Splunk:        "a Splunk export",
}

// unsupported words a warning for each shape that was not read.
func unsupported(list []coverage.Unsupported) (warnings []string) {
	for _, u := range list {
		warning := fmt.Sprintf("%s was skipped: it is %s, which is not read", u.Object, shapeText[u.Shape])
		if u.Objects > 1 {
			warning = fmt.Sprintf("%d objects were skipped, %s among them: they are %s, which is not read",
				u.Objects, u.Object, shapeText[u.Shape])
		}
		warnings = append(warnings, warning)
	}
	return warnings
}
