package rows

import (
	"slices"

	"trail403/ingest/denial"
)

// Why numbers the values of why_not_told.
type Why uint8

var whys = []string{
	"", denial.WhyAnonymous, denial.WhyDirectoryBucket, denial.WhyAWSService,
	denial.WhyOtherAccount, denial.WhyBeforeRollout, denial.WhyUnknown,
}

func whyOf(s string) Why { return Why(max(slices.Index(whys, s), 0)) }

func (w Why) String() string { return whys[w] }
