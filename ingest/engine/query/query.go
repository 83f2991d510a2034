package query

import "strings"

// Columns are those of an answer, all as texts. There is one row for each object.
const (
	Path       = iota
	Lines      // of the object; a trail file has one
	Records    // empty if the object is no trail file
	Odd        // true if a value is not plainly a record
	DataEvents // true if a record is a data event of S3
	Hits       // how many records come
	Bodies     // the records, with commas between them
	Columns    // how many columns there are
)

// Query asks about the objects of a part.
func (s *Source) Query(o *Objects, codes []string) string {
	f := newFilter(codes)
	if s.shape == asText {
		return s.textQuery(o, f)
	}
	return s.columnsQuery(o, f)
}

// where selects the objects: by their names, and by the partitions in which they are.
func (s *Source) where(o *Objects) string {
	var ranges []string
	for _, r := range spans(o.Paths) {
		ranges = append(ranges, `"$path" BETWEEN `+literal(r.first)+" AND "+literal(r.last))
	}
	return strings.Join(append(s.partitions.conditions(o), either(ranges...)), "\n  AND ")
}

// textQuery reads complete objects. An object that is not one line with {"Records":[…]} and
// nothing else has no records.
func (s *Source) textQuery(o *Objects, f filter) string {
	r := func(member string) string { return "json_extract_scalar(element_at(r, '" + member + "'), '$')" }
	has := func(string) bool { return true }
	hit := f.hit(r, "coalesce(json_format(element_at(r, 'requestParameters')), '')")
	return `SELECT path, CAST(count(*) AS varchar), CAST(max(cardinality(rs)) AS varchar),
  CAST(bool_or(any_match(rs, r -> ` + either(odd(r, has), notText("errorCode", r), foreign) + `)) AS varchar),
  CAST(bool_or(any_match(rs, r -> ` + dataEvent(r, has) + `)) AS varchar),
  CAST(max(cardinality(hits)) AS varchar), max(array_join(hits, ','))
FROM (SELECT path, rs, transform(filter(rs, r -> ` + hit + `), r -> json_format(CAST(r AS json))) AS hits
FROM (SELECT path, IF(cardinality(m) = 1 AND rest IS NULL, element_at(m, 'Records')) AS rs
FROM (SELECT "$path" AS path, rest,
  TRY(CAST(json_parse(line) AS map(varchar, array(map(varchar, json))))) AS m
FROM ` + s.table.String() + `
WHERE ` + s.where(o) + `)))
GROUP BY path`
}

// notText says that a member is there and no scalar.
func notText(member string, r record) string {
	value := "element_at(r, '" + member + "')"
	return all(value+" IS NOT NULL", r(member)+" IS NULL", "json_format("+value+") <> 'null'")
}

// foreign says that a record has members of digests, AWS Config or notifications of S3,
// which decide what an object is.
var foreign = func() string {
	var has []string
	for _, member := range []string{
		"digestS3Object", "digestPublicKeyFingerprint", "configurationItems", "configSnapshotId", "s3", "Event",
	} {
		has = append(has, "element_at(r, '"+member+"') IS NOT NULL")
	}
	return either(has...)
}()

// columnsQuery reads records from columns. Those that matter come as objects of their
// columns, which package row makes records of.
func (s *Source) columnsQuery(o *Objects, f filter) string {
	r := func(member string) string { return identifier(strings.ToLower(member)) }
	has := func(member string) bool { return s.has[member] }
	hit := f.hit(r, "coalesce("+r("requestParameters")+", '')")
	var columns []string
	for _, m := range members {
		if s.has[m.name] {
			columns = append(columns, "ROW("+literal(m.name)+", CAST("+r(m.name)+" AS json))")
		}
	}
	return `SELECT "$path", '1', CAST(count(*) AS varchar),
  CAST(bool_or(` + odd(r, has) + `) AS varchar),
  CAST(bool_or(coalesce(` + dataEvent(r, has) + `, false)) AS varchar),
  CAST(count_if(` + hit + `) AS varchar),
  array_join(array_agg(json_format(CAST(map_from_entries(ARRAY[
    ` + strings.Join(columns, ",\n    ") + `]) AS json))) FILTER (WHERE ` + hit + `), ',')
FROM ` + s.table.String() + `
WHERE ` + s.where(o) + `
GROUP BY "$path"`
}
