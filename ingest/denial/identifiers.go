package denial

import "trail403/ingest/field"

// Identifiers returns what a record shows to be compared, and never to be kept: the id of
// the access key that signed the request, and the second id that S3 gave it (x-amz-id-2).
func Identifiers(record []byte) (accessKey, id2 string) {
	accessKey = field.Text(field.Member(field.Member(record, "userIdentity"), "accessKeyId"))
	data := field.Member(record, "additionalEventData")
	// Directory buckets write it in another way.
	id2 = field.FirstOf(field.Text(field.Member(data, "x-amz-id-2")), field.Text(field.Member(data, "xAmzId2")))
	return accessKey, id2
}
