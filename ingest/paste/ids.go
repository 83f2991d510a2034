package paste

import (
	"strings"

	"trail403/ingest/pattern"
)

// The IDs under which AWS Support and CloudTrail know a request.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/get-request-ids.html
var (
	requestIDs = pattern.New(`(?i)(?:request[ _-]?id|x-amz-request-id|\brid)(?:['"\\]*\s*[:=]+>?\s*|\s+|>\s*)['"\\]*([0-9A-Z]{8,40})\b`)
	hostIDs    = pattern.New(`(?i)(?:extended request id|host ?id|x-amz-id-2|extrid|extendedrequestid)(?:['"\\]*\s*[:=]+>?\s*|\s+|>\s*)['"\\]*([0-9A-Za-z+/=]{16,120})`)
)

func requestID(text string) string {
	for _, m := range requestIDs.FindAllStringSubmatch(text, 4) {
		if strings.ContainsAny(m[1], "0123456789") {
			return m[1]
		}
	}
	return ""
}

func submatch(re *pattern.Pattern, text string) string {
	if m := re.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
