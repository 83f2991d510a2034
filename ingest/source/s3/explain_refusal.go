package s3

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"trail403/ingest/source/retry"
)

// explainRefusal explains an error that S3 answers with. Of an object that is
// lost the advice stands in the text, since the report names it; else it is a
// hint.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func (c *Client) explainRefusal(r request, a *answer) error {
	if err := c.explainCode(r, a); err != nil {
		return err
	}
	if err := c.explainBucket(r, a); err != nil {
		return err
	}
	return c.explainStatus(r, a)
}

func fatal(hint, format string, args ...any) error {
	return retry.As(retry.Fatal, &Error{Text: fmt.Sprintf(format, args...), Hint: hint})
}

// explainCode explains what S3 says of credentials and of the clock, which
// concerns all requests alike.
func (c *Client) explainCode(r request, a *answer) error {
	switch said := c.said(a); a.refused.code {
	case "SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "BandwidthLimitExceeded", "TooManyRequests", "ServiceUnavailable":
		return retry.As(retry.Slow, &Error{Text: r.about() + said, Hint: "S3 asks for fewer requests: run again later, or with fewer --fetchers"})
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired":
		return fatal("get new ones, for instance with `aws sso login`, and run again", "the AWS credentials have expired (%s)", said)
	case "InvalidAccessKeyId", "InvalidToken", "InvalidClientTokenId", "UnrecognizedClientException":
		return fatal("check with `aws sts get-caller-identity`; --profile chooses others", "S3 does not know these AWS credentials (%s)", said)
	case "SignatureDoesNotMatch":
		return fatal("the secret access key is wrong, or a proxy changes requests", "S3 refuses the signature (%s)", said)
	case "RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired":
		return retry.As(retry.Again, &Error{
			Text: fmt.Sprintf("the clock of this machine is off: it says %s, and S3 says %s", time.Now().UTC().Format(time.RFC1123), clip(a.header.Get("Date"), 40)),
			Hint: "set the clock, for instance with `timedatectl set-ntp true`"})
	}
	return nil
}

// expecting is what S3 says of the Region that it wants.
var expecting = regexp.MustCompile(`expecting ["']([a-z0-9-]+)["']`)

// explainBucket explains what is wrong with a bucket or an object.
func (c *Client) explainBucket(r request, a *answer) error {
	switch a.refused.code {
	case "NoSuchBucket":
		return noSuchBucket(r.bucket)
	case "AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect", "IllegalLocationConstraintException":
		region := regionIn(a.header)
		if m := expecting.FindStringSubmatch(a.refused.message); m != nil {
			region = m[1]
		}
		hint := "give the Region of the bucket with --region"
		if region != "" {
			hint = "give --region " + region
		}
		return fatal(hint, "bucket %s is in another Region (%s)", r.bucket, c.said(a))
	case "NoSuchKey":
		return errors.New("the object does not exist (any more)")
	case "InvalidObjectState":
		return errors.New("archived (InvalidObjectState): restore it first (aws s3api restore-object), or copy it to another storage class")
	}
	return nil
}

// explainStatus explains the rest, by its status and by parts of its text.
func (c *Client) explainStatus(r request, a *answer) error {
	said, object := c.said(a), r.action == getObject
	switch {
	case a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable:
		return retry.As(retry.Slow, &Error{Text: r.about() + said, Hint: "S3 has no room or is down: run again later"})
	case a.status >= 500 || a.refused.code == "RequestTimeout" || a.refused.code == "InternalError":
		return retry.As(retry.Again, &Error{Text: r.about() + said, Hint: "S3 is failing: run again later"})
	case a.status/100 == 3:
		return c.explainRedirect(r, a)
	case isKMS(a.refused):
		return fmt.Errorf("KMS refuses to decrypt it (%s): allow kms:Decrypt on the key of the trail, in the key's policy too if it is in another account", said)
	case (a.status == http.StatusForbidden || a.refused.code == "AccessDenied") && object:
		return fmt.Errorf("access denied (%s): allow s3:GetObject on %s/*", said, c.arn(r.bucket))
	case a.status == http.StatusForbidden || a.refused.code == "AccessDenied":
		return fatal(fmt.Sprintf("allow s3:ListBucket on %s; docs/s3.md has the whole policy", c.arn(r.bucket)), "%saccess denied (%s)", r.about(), said)
	case a.status == http.StatusNotFound && object:
		return errors.New("the object does not exist (any more)")
	case object:
		return errors.New(said)
	}
	return fatal("", "%s%s", r.about(), said)
}

// explainRedirect explains a redirect that does not come from S3. None is
// followed: it could lead anywhere, with credentials.
func (c *Client) explainRedirect(r request, a *answer) error {
	to := "nowhere"
	if u, err := url.Parse(a.header.Get("Location")); err == nil {
		to = cmp.Or(clip(u.Host, 100), "another path")
	}
	text := fmt.Sprintf("%s%s redirects to %s (%s), which is not followed", r.about(), c.where(), to, c.said(a))
	if r.action == getObject {
		return errors.New(text)
	}
	return fatal("a proxy or a login page may answer: check HTTPS_PROXY, and --endpoint-url or AWS_ENDPOINT_URL", "%s", text)
}

func isKMS(r *refusal) bool {
	return strings.HasPrefix(r.code, "KMS.") || strings.Contains(r.message, "kms:") || strings.Contains(r.message, "KMS")
}

func noSuchBucket(name string) error {
	return fatal("check the name, and the profile: `aws s3 ls` lists the buckets of an account; in China and GovCloud give --region, too",
		"bucket %s does not exist", name)
}

func (c *Client) arn(bucket string) string {
	partition := "aws"
	switch region := c.config.Region; {
	case strings.HasPrefix(region, "cn-"):
		partition = "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		partition = "aws-us-gov"
	}
	return "arn:" + partition + ":s3:::" + bucket
}

// regionName is what a Region can be named, by AWS and by others.
var regionName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// regionIn returns the Region of the bucket that a header names, if any.
func regionIn(header http.Header) string {
	name := header.Get("X-Amz-Bucket-Region")
	if !regionName.MatchString(name) {
		return ""
	}
	return name
}
