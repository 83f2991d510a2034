package denial

import (
	"bytes"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// KeyOf reads a record in which KMS denied the use of a key that S3 asked for on
// a caller's behalf. S3's own denial often does not name the key; this record
// does, with the object that it encrypts, in its encryption context. ok says
// whether the record is one.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
func KeyOf(record []byte) (use event.KeyUse, ok bool) {
	if !bytes.Contains(record, []byte("kms.amazonaws.com")) || !bytes.Contains(record, []byte("aws:s3:arn")) {
		return use, false
	}
	var f field.Record
	f.Parse(record)
	if field.Text(f.ErrorCode) == "" || field.Text(f.EventSource) != "kms.amazonaws.com" {
		return use, false
	}
	context := field.Member(field.Unwrap(f.RequestParameters), "encryptionContext")
	use.Bucket = field.Redact(arn.Bucket(field.Text(field.Member(context, "aws:s3:arn"))))
	for entry := range scan.Elements(field.Unwrap(f.Resources)) {
		if key := kmsKey(field.Text(field.Member(entry, "ARN"))); key != "" {
			use.Key = field.Redact(key)
			break
		}
	}
	return use, use.Bucket != "" && use.Key != ""
}
