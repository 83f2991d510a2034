package denial

import "strings"

// DefaultErrorCodes returns the error codes that mean that S3 denied a request:
// those with HTTP status 403 that are about permission. CloudTrail has no status.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func DefaultErrorCodes() []string {
	return []string{
		"AccessDenied", "AccessDeniedException", "VpceAccessDenied", "AllAccessDisabled",
		"AccountProblem", "InvalidPayer", "UnauthorizedAccessError", "UnexpectedIPError",
		"LambdaPermissionError", "ForbiddenException", "StsNotAuthorizedError",
		"AccountNotAuthorized", "OrganizationAccessDenied", "ServiceNotEnabledForOrg",
	}
}

// isS3 says whether an event source is one of S3's: s3, s3express, s3-outposts,
// s3tables, s3vectors, s3-object-lambda, in any partition.
func isS3(source string) bool {
	if !strings.HasPrefix(source, "s3") {
		return false
	}
	for _, domain := range []string{".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"} {
		if strings.HasSuffix(source, domain) {
			return true
		}
	}
	return false
}
