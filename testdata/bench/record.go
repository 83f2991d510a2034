package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"time"
)

// call is what differs between the records of an archive.
type call struct {
	name         string
	role, bucket int
	key, session string
	ip           string // drawn late if empty, as in archives made before
	failed       func(c *call, arn string) string
}

// calls are of any kind. deniedCalls need an action each.
var (
	calls       = []string{"GetObject", "PutObject", "ListObjects", "HeadObject", "GetBucketLocation", "DeleteObject"}
	deniedCalls = []string{
		"GetObject", "PutObject", "DeleteObject", "GetObjectAcl", "GetObjectTagging", "PutObjectTagging",
	}
)

// mixed draws a call such as most are. One in a hundred is denied, and one in twenty
// of the others failed for another reason.
func mixed(random *rand.Rand) *call {
	return &call{
		name: calls[random.IntN(len(calls))], role: random.IntN(40), bucket: random.IntN(25),
		key: key(random), session: session(random),
		failed: func(c *call, arn string) string {
			switch n := random.IntN(100); {
			case n == 0:
				return noIdentityPolicy(c, arn)
			case n <= 5:
				return `"errorCode":"NoSuchKey","errorMessage":"The specified key does not exist.",`
			}
			return ""
		},
	}
}

// denied draws the denial with number i of an archive of denials. Each group is
// denied at least once, and some far more often than others. A caller retries: the
// requests of a group come from few sessions, for few keys.
func denied(random *rand.Rand, a archive, i int) *call {
	each := a.size() / a.groups // denials of a mean group
	group := i / each
	if i%each > 0 || group >= a.groups {
		u := random.Float64()
		group = int(u * u * float64(a.groups))
	}
	group = group * 7919 % a.groups // prime: neighbors differ in all things
	tries := min(each, 20)
	own := rand.New(rand.NewPCG(uint64(group), uint64(random.IntN(tries))))
	return &call{
		name: deniedCalls[group%len(deniedCalls)],
		role: group / len(deniedCalls) % 1000, bucket: group / len(deniedCalls) / 1000,
		key: key(own), session: session(own),
		ip:     fmt.Sprintf("10.%d.%d.%d", own.IntN(256), own.IntN(256), own.IntN(256)),
		failed: reasons[group/7%len(reasons)],
	}
}

func key(random *rand.Rand) string {
	return fmt.Sprintf("exports/%04d/part-%05d-%08x.snappy.parquet", random.IntN(300), random.IntN(1000), random.Uint32())
}

func session(random *rand.Rand) string { return fmt.Sprintf("i-%017x", random.Uint64()>>2) }

// reasons are the messages of denials.
var reasons = []func(c *call, arn string) string{
	noIdentityPolicy,
	func(c *call, arn string) string {
		return denial(c, arn, "with an explicit deny in a resource-based policy")
	},
	func(c *call, arn string) string {
		return denial(c, arn, "with an explicit deny in a service control policy: "+
			"arn:aws:organizations::444455556666:policy/o-abcde12345/service_control_policy/p-0a1b2c3d")
	},
	func(*call, string) string { return `"errorCode":"AccessDenied","errorMessage":"Access Denied",` },
}

func noIdentityPolicy(c *call, arn string) string {
	return denial(c, arn, "because no identity-based policy allows the s3:"+c.name+" action")
}

func denial(c *call, arn, reason string) string {
	return fmt.Sprintf(`"errorCode":"AccessDenied","errorMessage":"User: %s is not authorized to perform: s3:%s `+
		`on resource: \"arn:aws:s3:::corp-data-%d/%s\" %s",`, arn, c.name, c.bucket, c.key, reason)
}

// write writes the record of about 1.7 KB, such as S3 data events are.
func (c *call) write(b *bytes.Buffer, random *rand.Rand, at time.Time) {
	arn := fmt.Sprintf("arn:aws:sts::111122223333:assumed-role/service-%d/%s", c.role, c.session)
	if c.ip == "" {
		c.ip = fmt.Sprintf("10.%d.%d.%d", random.IntN(256), random.IntN(256), random.IntN(256))
	}
	stamp := at.Format("2006-01-02T15:04:05Z")
	fmt.Fprintf(b, `{"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROA%016d:%s","arn":"%s","accountId":"111122223333","accessKeyId":"ASIA%016d","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA%016d","arn":"arn:aws:iam::111122223333:role/app/service-%d","accountId":"111122223333","userName":"service-%d"},"attributes":{"creationDate":"%s","mfaAuthenticated":"false"},"ec2RoleDelivery":"2.0"}},"eventTime":"%s","eventSource":"s3.amazonaws.com","eventName":"%s","awsRegion":"us-east-1","sourceIPAddress":"%s","userAgent":"[aws-sdk-java/2.25.11 Linux/5.10.216-204.855.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.11+9-LTS]",`,
		c.role, c.session, arn, c.role, c.role, c.role, c.role, stamp, stamp, c.name, c.ip)
	b.WriteString(c.failed(c, arn))
	fmt.Fprintf(b, `"requestParameters":{"bucketName":"corp-data-%d","Host":"corp-data-%d.s3.us-east-1.amazonaws.com","key":"%s","x-amz-server-side-encryption":"aws:kms"},"responseElements":null,"additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"SSEApplied":"SSE_KMS","AuthenticationMethod":"AuthHeader","x-amz-id-2":"%s","bytesTransferredOut":%d},"requestID":"%016X","eventID":"%s","readOnly":true,"resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::corp-data-%d/%s"},{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data-%d"}],"eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"111122223333","eventCategory":"Data","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"corp-data-%d.s3.us-east-1.amazonaws.com"}}`,
		c.bucket, c.bucket, c.key, noise(random, 57), random.IntN(1<<20), random.Uint64(), eventID(random), c.bucket, c.key, c.bucket, c.bucket)
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
