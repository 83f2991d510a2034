package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/gzip"
)

// archive is a CloudTrail archive to measure on.
type archive struct {
	name           string
	files, records int // records in each file
}

var archives = []archive{
	{name: "fat", files: 400, records: 2500},
	{name: "thin", files: 30_000, records: 6},
}

// size returns how many records the archive holds.
func (a archive) size() int { return a.files * a.records }

// make writes the archive, unless it exists. Every machine writes the same archive.
func (a archive) make(dir string) error {
	done := filepath.Join(dir, ".done")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	fmt.Printf("making %s: %d files of %d records\n", dir, a.files, a.records)
	random := rand.New(rand.NewPCG(403, uint64(a.files)))
	begin := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	step := 30 * 24 * time.Hour / time.Duration(a.files)
	var text, packed bytes.Buffer
	gz := gzip.NewWriter(nil)
	for i := range a.files {
		at := begin.Add(time.Duration(i) * step)
		text.Reset()
		text.WriteString(`{"Records":[`)
		for r := range a.records {
			if r > 0 {
				text.WriteByte(',')
			}
			record(&text, random, at.Add(-time.Duration(r)*time.Second/10))
		}
		text.WriteString("]}")
		packed.Reset()
		gz.Reset(&packed)
		if _, err := gz.Write(text.Bytes()); err != nil {
			return err
		}
		if err := gz.Close(); err != nil {
			return err
		}
		name := filepath.Join(dir, "AWSLogs", "111122223333", "CloudTrail", "us-east-1", at.Format("2006/01/02"),
			fmt.Sprintf("111122223333_CloudTrail_us-east-1_%s_%016d.json.gz", at.Format("20060102T1504Z"), i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, packed.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(done, nil, 0o644)
}

// record writes one record of about 1.7 KB, which is the size of S3 data events. One in
// a hundred is denied. One in twenty of the others failed for another reason.
func record(b *bytes.Buffer, random *rand.Rand, at time.Time) {
	names := []string{"GetObject", "PutObject", "ListObjects", "HeadObject", "GetBucketLocation", "DeleteObject"}
	name := names[random.IntN(len(names))]
	role, bucket := random.IntN(40), random.IntN(25)
	key := fmt.Sprintf("exports/%04d/part-%05d-%08x.snappy.parquet", random.IntN(300), random.IntN(1000), random.Uint32())
	session := fmt.Sprintf("i-%017x", random.Uint64()>>2)
	arn := fmt.Sprintf("arn:aws:sts::111122223333:assumed-role/service-%d/%s", role, session)
	stamp := at.Format("2006-01-02T15:04:05Z")
	fmt.Fprintf(b, `{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROA%016d:%s","arn":"%s","accountId":"111122223333","accessKeyId":"ASIA%016d","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA%016d","arn":"arn:aws:iam::111122223333:role/app/service-%d","accountId":"111122223333","userName":"service-%d"},"attributes":{"creationDate":"%s","mfaAuthenticated":"false"},"ec2RoleDelivery":"2.0"}},"eventTime":"%s","eventSource":"s3.amazonaws.com","eventName":"%s","awsRegion":"us-east-1","sourceIPAddress":"10.%d.%d.%d","userAgent":"[aws-sdk-java/2.25.11 Linux/5.10.216-204.855.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.11+9-LTS]",`,
		role, session, arn, role, role, role, role, stamp, stamp, name, random.IntN(256), random.IntN(256), random.IntN(256))
	switch n := random.IntN(100); {
	case n == 0:
		fmt.Fprintf(b, `"errorCode":"AccessDenied","errorMessage":"User: %s is not authorized to perform: s3:%s on resource: \"arn:aws:s3:::corp-data-%d/%s\" because no identity-based policy allows the s3:%s action",`, arn, name, bucket, key, name)
	case n <= 5:
		b.WriteString(`"errorCode":"NoSuchKey","errorMessage":"The specified key does not exist.",`)
	}
	fmt.Fprintf(b, `"requestParameters":{"bucketName":"corp-data-%d","Host":"corp-data-%d.s3.us-east-1.amazonaws.com","key":"%s","x-amz-server-side-encryption":"aws:kms"},"responseElements":null,"additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"SSEApplied":"SSE_KMS","AuthenticationMethod":"AuthHeader","x-amz-id-2":"%s","bytesTransferredOut":%d},"requestID":"%016X","eventID":"%s","readOnly":true,"resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::corp-data-%d/%s"},{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data-%d"}],"eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"111122223333","eventCategory":"Data","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"corp-data-%d.s3.us-east-1.amazonaws.com"}}`,
		bucket, bucket, key, noise(random, 57), random.IntN(1<<20), random.Uint64(), eventID(random), bucket, key, bucket, bucket)
}

func noise(random *rand.Rand, n int) string {
	raw := make([]byte, n)
	for i := range raw {
		raw[i] = byte(random.Uint32())
	}
	return base64.StdEncoding.EncodeToString(raw)
}

func eventID(random *rand.Rand) string {
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", random.Uint32(), random.IntN(1<<16), random.IntN(1<<12), random.IntN(1<<12), random.Uint64()>>16)
}
