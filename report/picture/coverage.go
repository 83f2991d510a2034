package picture

import (
	"trail403/ingest/coverage"
	"trail403/report/plot"
	"trail403/report/words"
)

// Records shows what became of the records that were seen. It leaves out those that are
// no S3 denials, which are nearly all, so that the others can be seen. It is nil if
// there are none.
func Records(c *coverage.Coverage) *plot.Picture {
	rec := &c.Records
	list := []plot.Bar{
		{Name: "kept", All: rec.Kept}, {Name: "duplicates", All: rec.Duplicate},
		{Name: "outside the window", All: rec.OutsideWindow}, {Name: "excluded", All: rec.Excluded},
		{Name: "malformed", All: rec.Malformed},
	}
	sum := 0
	for i := range list {
		list[i].Title = words.Comma(list[i].All).Plain() + " " + list[i].Name
		sum += list[i].All
	}
	if sum == 0 {
		return nil
	}
	return plot.Parts("What became of the records that are S3 denials or malformed", list, width)
}
