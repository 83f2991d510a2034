package message

import "testing"

// BenchmarkParse reads the messages that a log holds most. b.N counts messages.
func BenchmarkParse(b *testing.B) {
	const left = "User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_DataScience_0123456789abcdef/ana@example.com is not authorized to perform: "
	texts := []string{
		left + `s3:GetObject on resource: "arn:aws:s3:::amzn-s3-demo-bucket/warehouse/sales/year=2026/month=11/part-00017-4f1c.snappy.parquet" because no identity-based policy allows the s3:GetObject action`,
		left + `s3:ListBucket on resource: "arn:aws:s3:::amzn-s3-demo-bucket" because no resource-based policy allows the s3:ListBucket action`,
		left + `s3:PutObject on resource: "arn:aws:s3:::amzn-s3-demo-bucket/in/2026/11/03/export 1 of 12.csv" with an explicit deny in a service control policy: arn:aws:organizations::444455556666:policy/o-abcde12345/service_control_policy/p-0a1b2c3d`,
		left + `s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
		left + `kms:Decrypt on resource: arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab because no session policy allows the kms:Decrypt action`,
		left + `s3:PutBucketPolicy on resource: "arn:aws:s3:::amzn-s3-demo-bucket" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
		left + `s3:DeleteObject on resource: "arn:aws:s3:::amzn-s3-demo-bucket/k" with an explicit deny in a resource-based policy`,
		"Access Denied",
	}
	n := 0
	for _, text := range texts {
		n += len(text)
	}
	b.SetBytes(int64(n / len(texts)))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		Parse(texts[i%len(texts)])
		i++
	}
}

// BenchmarkParseHostile reads a text made to be slow.
func BenchmarkParseHostile(b *testing.B) {
	text := ""
	for len(text) < 1000 {
		text += "error: An error occurred (X) when calling the X operation: User: is not authorized because no with an "
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(text)
	}
}
