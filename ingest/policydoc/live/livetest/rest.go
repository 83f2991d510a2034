package livetest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// nameOfREST names a call of S3 by what it reads.
func nameOfREST(r *http.Request) string {
	switch {
	case strings.HasPrefix(r.URL.Path, "/v20180820/configuration/"):
		return "account publicAccessBlock"
	case strings.HasPrefix(r.URL.Path, "/v20180820/accesspoint/"):
		return "access point policy"
	}
	return strings.TrimSuffix(r.URL.RawQuery, "=")
}

// answerREST answers as S3 does.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
func (s *Server) answerREST(w http.ResponseWriter, r *http.Request, c Call) {
	answer := func(text, missing string) {
		if text == "" {
			failREST(w, missing, http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, text)
	}
	switch c.Name {
	case "account publicAccessBlock":
		answer(Blocks(true), "")
		return
	case "access point policy":
		name, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/v20180820/accesspoint/"), "/")
		if policy := s.Points[name]; policy != "" {
			answer("<GetAccessPointPolicyResult><Policy>"+escaped(policy)+"</Policy></GetAccessPointPolicyResult>", "")
			return
		}
		failREST(w, "NoSuchAccessPointPolicy", http.StatusNotFound)
		return
	}
	b := s.Buckets[strings.TrimPrefix(r.URL.Path, "/")]
	expected := r.Header.Get("X-Amz-Expected-Bucket-Owner")
	switch {
	case b == nil:
		failREST(w, "NoSuchBucket", http.StatusNotFound)
	case c.Account != b.Owner, expected != "" && expected != b.Owner:
		failREST(w, "AccessDenied", http.StatusForbidden)
	case b.Region != "" && c.Region != b.Region:
		w.Header().Set("X-Amz-Bucket-Region", b.Region)
		failREST(w, "PermanentRedirect", http.StatusMovedPermanently)
	case c.Name == "policy":
		answer(b.Policy, "NoSuchBucketPolicy")
	case c.Name == "publicAccessBlock":
		answer(b.Blocks, "NoSuchPublicAccessBlockConfiguration")
	case c.Name == "ownershipControls":
		answer(b.Ownership, "OwnershipControlsNotFoundError")
	default:
		answer(b.ACL, "NoSuchKey")
	}
}

// Blocks are settings of S3 Block Public Access, all on or off.
func Blocks(on bool) string {
	return fmt.Sprintf(`<PublicAccessBlockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`+
		"<BlockPublicAcls>%[1]v</BlockPublicAcls><IgnorePublicAcls>%[1]v</IgnorePublicAcls>"+
		"<BlockPublicPolicy>%[1]v</BlockPublicPolicy><RestrictPublicBuckets>%[1]v</RestrictPublicBuckets>"+
		"</PublicAccessBlockConfiguration>", on)
}

// Ownership is a setting of object ownership.
func Ownership(setting string) string {
	return "<OwnershipControls><Rule><ObjectOwnership>" + setting + "</ObjectOwnership></Rule></OwnershipControls>"
}

// ACL is an ACL that gives everything to its owner, and reading to everyone.
const ACL = `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>c1</ID></Owner><AccessControlList>` +
	`<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>c1</ID></Grantee>` +
	`<Permission>FULL_CONTROL</Permission></Grant><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
	`xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>` +
	`</AccessControlList></AccessControlPolicy>`

func failREST(w http.ResponseWriter, code string, status int) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>because of the test</Message></Error>", code)
}
