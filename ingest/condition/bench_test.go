package condition

import (
	"testing"

	"trail403/ingest/scan"
)

// BenchmarkOf reads the parts of a record.
func BenchmarkOf(b *testing.B) {
	const before = `{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:i-0abc","arn":"arn:aws:sts::111122223333:assumed-role/reader/i-0abc","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE","arn":"arn:aws:iam::111122223333:role/app/reader","accountId":"111122223333","userName":"reader"},"attributes":{"creationDate":"2026-10-01T00:00:00Z","mfaAuthenticated":"false"}}},"eventTime":"2026-10-01T00:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"us-east-1","sourceIPAddress":"10.0.0.1","userAgent":"[Boto3/1.34]",`
	const after = `,"requestParameters":{"bucketName":"corp-data","Host":"corp-data.s3.amazonaws.com","key":"exports/part-0001.parquet"},"responseElements":null,"additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"J+Zt0OQ3hZs2qCzq1x0m8hVQ0Qy7tJrDk2bTnq3W7cP1sYw5lB4vX9eUuRkGdA6f=","bytesTransferredOut":1234},"requestID":"ABCDEF0123456789","eventID":"00000000-0000-4000-8000-000000000000","readOnly":true,"resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::corp-data/exports/part-0001.parquet"},{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}],"eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"111122223333","eventCategory":"Data"}`
	record := []byte(before + `"errorCode":"AccessDenied","errorMessage":"Access Denied"` + after)
	var r Reader
	var p Parts
	for key, value := range scan.Members(record) {
		switch string(key) {
		case "userIdentity":
			p.Caller = callerOf(value)
		case "requestParameters":
			p.Parameters.All = value
			collect(value, p.Parameters.Member)
		case "additionalEventData":
			collect(value, p.Connection.Additional)
		}
	}
	b.SetBytes(int64(len(record)))
	b.ReportAllocs()
	for b.Loop() {
		if c := r.Of(&p); c.UniqueID == "" || c.SignatureVersion == "" {
			b.Fatal(c)
		}
	}
}
