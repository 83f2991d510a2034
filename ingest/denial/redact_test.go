package denial

import (
	"fmt"
	"regexp"
	"testing"
)

// No field of a denial holds a key, wherever the record does.
func TestRedactEverywhere(t *testing.T) {
	const key = "AKIAIOSFODNN7EXAMPLE"
	leak := regexp.MustCompile("A[KS]IA[A-Z0-9]{16}")
	arn := `arn:aws:iam::111122223333:user/` + key
	says := func(principal string) string {
		return `"User: ` + principal + ` is not authorized to perform: s3:` + key + ` on resource: \"arn:aws:s3:::` + key + `/` + key +
			`\" with an explicit deny in a service control policy: arn:aws:organizations::1:policy/` + key + `"`
	}
	var changes []string
	for _, name := range []string{"eventID", "sharedEventID", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "recipientAccountId", "vpcEndpointId"} {
		changes = append(changes, name, `"x `+key+`"`)
	}
	changes = append(changes, "errorMessage", says(arn), "addendum", `{"originalEventID":"`+key+`"}`)
	for _, request := range []string{`{"bucketName":"` + key + `","key":"` + key + `"}`, "null"} {
		for _, resources := range []string{`[{"type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::` + key + `"}]`, ""} {
			for _, id := range []string{
				`{"arn":"` + arn + `"}`,
				`{"sessionContext":{"sessionIssuer":{"arn":"` + arn + `"}}}`,
				`{"type":"AWSService","invokedBy":"` + key + `"}`,
				`{"accountId":"111122223333","principalId":"` + key + `:s"}`,
				`{"accountId":"111122223333","accessKeyId":"` + key + `"}`,
				"null",
			} {
				d := decode(t, record(append(changes, "requestParameters", request, "resources", resources, "userIdentity", id)...))
				if text := fmt.Sprintf("%+v", d); leak.MatchString(text) {
					t.Errorf("a key in %s", text)
				}
			}
		}
	}
}
