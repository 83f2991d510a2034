package paste

import (
	"trail403/ingest/event"
	"trail403/ingest/message"
	"trail403/ingest/pattern"
)

// A Code is an error of S3 or of the credentials that keeps a caller out, and is no
// matter of permissions: no policy denied the request.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
type Code struct {
	Name    string // the error code of S3, or a name of our own where there is none
	Example string // the text that S3 sends with it
	re      *pattern.Pattern
}

func code(name, example, expression string) Code {
	return Code{Name: name, Example: example, re: pattern.New(expression)}
}

var codes = [...]Code{
	code("SignatureDoesNotMatch",
		"The request signature we calculated does not match the signature you provided. Check your key and signing method.",
		`\bSignatureDoesNotMatch\b|signature we calculated does not match`),
	code("InvalidAccessKeyId",
		"The AWS Access Key Id you provided does not exist in our records.",
		`\bInvalidAccessKeyId\b|AWS Access Key Id you provided does not exist`),
	code("RequestTimeTooSkewed",
		"The difference between the request time and the current time is too large.",
		`\bRequestTimeTooSkewed\b|difference between the request time and the (?:current|server's) time is too large|Signature not yet current:`),
	code("ExpiredToken",
		"The provided token has expired.",
		`\bExpiredToken(?:Exception)?\b|provided token has expired|security token included in the request is expired|\bTokenRefreshRequired\b`),
	code("ExpiredSession",
		"The SSO session associated with this profile has expired or is otherwise invalid.",
		`SSO session associated with this profile has expired|Error when retrieving token from sso|Token has expired and refresh failed|SSO Token (?:has )?expired|\bUnauthorizedSSOTokenError\b`),
	code("InvalidToken",
		"The provided token is malformed or otherwise invalid.",
		`\bInvalidToken\b|provided token is malformed|\bInvalidClientTokenId\b|\bUnrecognizedClientException\b|security token included in the request is invalid`),
	code("InvalidObjectState",
		"The operation is not valid for the object's storage class",
		`\bInvalidObjectState\b|not valid for the object's (?:storage class|access tier)`),
	code("AccessControlListNotSupported",
		"The bucket does not allow ACLs",
		`\bAccessControlListNotSupported\b|\bInvalidBucketAclWithObjectOwnership\b|bucket does not allow ACLs|Bucket cannot have ACLs set`),
	code("AuthorizationHeaderMalformed",
		"The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
		`\bAuthorizationHeaderMalformed\b|authorization header is malformed|\bAuthorizationQueryParametersError\b`),
	code("AccountProblem",
		"There is a problem with your AWS account that prevents the operation from completing successfully.",
		`\bAccountProblem\b|problem with your AWS account that prevents`),
	code("NotSignedUp",
		"Your account is not signed up for the Amazon S3 service.",
		`\bNotSignedUp\b|account is not signed up for the`),
	code("MissingAuthenticationToken",
		"Request is missing Authentication Token",
		`\bMissingAuthenticationToken(?:Exception)?\b|[Mm]issing Authentication Token|\bMissingSecurityHeader\b`),
	code("NoCredentials",
		"Unable to locate credentials",
		`Unable to locate credentials|\bNoCredentialsError\b|\bNoCredentialProviders\b|Could not load credentials from any providers|Unable to load (?:AWS )?credentials from any|failed to (?:refresh cached|retrieve) credentials`),
	code("KMSKeyUnusable",
		"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending deletion.",
		`\bKMS\.(?:Disabled|KMSInvalidState|NotFound|InvalidKeyUsage)(?:Exception)?\b|:key/[0-9a-f-]{36} is (?:disabled|pending deletion|pending import)`),
}

// Codes returns the table for documents and tests.
func Codes() []Code { return codes[:] }

var allDisabled = pattern.New(`\bAllAccessDisabled\b|[Aa]ll access to this (?:object|bucket) has been disabled`)

// searchCode finds an error that is no matter of permissions. A denial that is
// printed with the fixed words stays one, whatever a key in it says.
func searchCode(text string) (hit, bool) {
	if isDenial(text) {
		return hit{}, false
	}
	if allDisabled.MatchString(text) {
		return hitOf(text, message.Message{Cause: event.AccessDisabled}), true
	}
	for i := range codes {
		if codes[i].re.MatchString(text) {
			h := hitOf(text, message.Message{Cause: event.NotAuthorization})
			h.Code = codes[i].Name
			return h, true
		}
	}
	return hit{}, false
}
