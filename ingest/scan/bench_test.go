package scan

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

// trailFile is a file of n records as S3 data events are, 1.6 KB each.
func trailFile(n int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"Records":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:i-%d","arn":"arn:aws:sts::111122223333:assumed-role/reader/i-%d","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE","arn":"arn:aws:iam::111122223333:role/app/reader","accountId":"111122223333","userName":"reader"},"attributes":{"creationDate":"2026-10-01T00:00:00Z","mfaAuthenticated":"false"}}},"eventTime":"2026-10-01T00:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"us-east-1","sourceIPAddress":"10.0.0.1","userAgent":"[aws-sdk-java/2.25.11 Linux/5.10.216-204.855.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.11+9-LTS]","requestParameters":{"bucketName":"corp-data","Host":"corp-data.s3.amazonaws.com","key":"%s/%d"},"responseElements":null,"additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"J+Zt0OQ3hZs2qCzq1x0m8hVQ0Qy7tJrDk2bTnq3W7cP1sYw5lB4vX9eUuRkGdA6f=","bytesTransferredOut":1234},"requestID":"ABCDEF0123456789","eventID":"00000000-0000-4000-8000-000000000000","readOnly":true,"resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::corp-data/x"},{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}],"eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"111122223333","eventCategory":"Data"}`, i, i, strings.Repeat("path/", i%10), i)
	}
	b.WriteString("]}")
	return b.Bytes()
}

func BenchmarkReader(b *testing.B) {
	data := trailFile(2000)
	src := bytes.NewReader(nil)
	var r Reader
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		src.Reset(data)
		r.Reset(src)
		n := 0
		for {
			p, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			if p.Kind == Element {
				n++
			}
		}
		if n != 2000 {
			b.Fatalf("%d records", n)
		}
	}
}

func BenchmarkMembers(b *testing.B) {
	data := trailFile(1)
	record := data[len(`{"Records":[`) : len(data)-2]
	b.SetBytes(int64(len(record)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for range Members(record) {
			n++
		}
		if n != 19 {
			b.Fatalf("%d members", n)
		}
	}
}
