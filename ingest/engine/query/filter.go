package query

import (
	"slices"
	"strings"

	"trail403/ingest/change"
	"trail403/ingest/dataevent"
	"trail403/ingest/denial"
)

// record writes a member of a record as a text: NULL where it is missing or no scalar.
type record func(member string) string

// filter is which records matter.
type filter struct{ codes []string }

// newFilter returns the filter for the given error codes, without any for those that the
// decoder takes by default.
func newFilter(codes []string) filter {
	if len(codes) == 0 {
		codes = denial.DefaultErrorCodes()
	}
	codes = slices.Clone(codes)
	slices.Sort(codes)
	return filter{slices.Compact(codes)}
}

// hit says that a record may be a denial of S3, a denial by KMS that tells the key of a
// bucket, or an access change. parameters are those of the request, as JSON.
func (f filter) hit(r record, parameters string) string {
	code, source, name := r("errorCode"), r("eventSource"), r("eventName")
	return either(
		all(code+" IN "+list(f.codes), source+" LIKE 's3%'"),
		all(source+" = 'kms.amazonaws.com'", code+" IS NOT NULL", "strpos("+parameters+", 'aws:s3:arn') > 0"),
		all(name+" IN "+list(change.Names()), "coalesce("+code+", '') = ''"),
	)
}

// dataEvent says that a record is a data event of S3, exactly as package dataevent does.
// columns are the members that the table has.
func dataEvent(r record, has func(string) bool) string {
	source, name := r("eventSource"), r("eventName")
	known := name + " IN " + list(dataevent.Names())
	is := known
	if has("managementEvent") {
		is = when(r("managementEvent"), r("managementEvent")+" = 'false'", is)
	}
	if has("eventCategory") {
		is = when(r("eventCategory"), r("eventCategory")+" = 'Data'", is)
	}
	parts := []string{
		source + " LIKE 's3%'",
		"strpos(" + source + ", '.') = strpos(" + source + ", '.amazonaws.')",
		"split_part(" + source + ", '.', 1) NOT IN ('s3tables', 's3vectors')",
		either(known, "strpos("+name+", 'Object') > 0"),
	}
	if has("eventType") {
		parts = append(parts, "coalesce("+r("eventType")+", '') NOT LIKE 'AwsVpceEvent%'")
	}
	return all(append(parts, is)...)
}

// odd says that a value is not plainly a record of CloudTrail. What holds one must be read
// here: it may be something else, or be in need of a closer look.
func odd(r record, has func(string) bool) string {
	plain := []string{"strpos(" + r("eventSource") + ", '.amazonaws.') > 1", r("eventName") + " <> ''"}
	if has("eventVersion") {
		plain = append(plain, r("eventVersion")+" <> ''")
	}
	if has("eventType") {
		plain = append(plain, "coalesce("+r("eventType")+", '') NOT IN ('AwsCloudTrailInsight', 'AwsAggregatedEvent')")
	}
	return "NOT coalesce(" + all(plain...) + ", false)"
}

// when chooses by whether a text is there.
func when(text, then, otherwise string) string {
	return "CASE WHEN coalesce(" + text + ", '') <> '' THEN " + then + " ELSE " + otherwise + " END"
}

func all(conditions ...string) string { return "(" + strings.Join(conditions, " AND ") + ")" }

func either(conditions ...string) string { return "(" + strings.Join(conditions, " OR ") + ")" }
