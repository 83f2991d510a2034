package advice

import (
	"strings"

	"trail403/ingest/arn"
)

// quarantinePolicy is the start of the names of the policies that AWS attaches to
// a user whose access key it found in public.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
const quarantinePolicy = "AWSCompromisedKeyQuarantine"

// IsQuarantine says whether the policy is one of these.
func IsQuarantine(policyARN string) bool {
	return strings.HasPrefix(arn.Last(policyARN), quarantinePolicy)
}
