package s3

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"trail403/ingest/pattern"
	"trail403/ingest/source/retry"
)

// explainFailure explains an error that S3 answered with. The advice is a hint. For
// an object it is part of the text, because the report shows the text alone.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func (c *Client) explainFailure(r request, a *answer) error {
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

const (
	useFewer = "S3 asks for fewer requests: run trail403 again later, or with fewer --fetchers"
	tryLater = "S3 has a problem: run trail403 again later"
	setClock = "set the clock, for instance with `timedatectl set-ntp true`"
	lookUp   = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html lists the errors of S3"

	checkCredentials = "check the credentials with `aws sts get-caller-identity`, or choose others with --profile"
	checkSecret      = "the secret access key is wrong, or a proxy changes requests"
	checkBucket      = "check the name and the profile: `aws s3 ls` lists the buckets of an account; " +
		"in China and AWS GovCloud (US), give --region too"
)

// explainCode explains the errors that concern all requests alike: the request
// rate, the credentials and the clock.
func (c *Client) explainCode(r request, a *answer) error {
	switch said := c.said(a); a.failed.code {
	case "SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "BandwidthLimitExceeded",
		"TooManyRequests", "ServiceUnavailable":
		return retry.As(retry.Slow, &Error{Text: r.about() + said, Hint: useFewer})
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired":
		return fatal(getCredentials, "the AWS credentials have expired (%s)", said)
	case "InvalidAccessKeyId", "InvalidToken", "InvalidClientTokenId", "UnrecognizedClientException":
		return fatal(checkCredentials, "S3 does not know these AWS credentials (%s)", said)
	case "SignatureDoesNotMatch":
		return fatal(checkSecret, "S3 refuses the signature (%s)", said)
	case "RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired":
		here, there := time.Now().UTC().Format(time.RFC1123), clip(a.header.Get("Date"), 40)
		return retry.As(retry.Again, &Error{Hint: setClock,
			Text: fmt.Sprintf("the clock of this machine is off: it says %s, and S3 says %s", here, there)})
	}
	return nil
}

// expecting finds the Region that S3 asks for in its message.
var expecting = pattern.New(`expecting ["']([a-z0-9-]+)["']`)

// explainBucket explains errors that are about a bucket or an object.
func (c *Client) explainBucket(r request, a *answer) error {
	switch a.failed.code {
	case "NoSuchBucket":
		return noSuchBucket(r.bucket)
	case "AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect", "IllegalLocationConstraintException":
		region := regionIn(a.header)
		if m := expecting.FindStringSubmatch(a.failed.message); m != nil {
			region = m[1]
		}
		hint := "give the Region of the bucket with --region"
		if region != "" {
			hint = "give --region " + region
		}
		return fatal(hint, "bucket %s is in another Region (%s)", r.bucket, c.said(a))
	case "NoSuchKey":
		return fmt.Errorf("%s%w", r.about(), ErrMissing)
	case "InvalidObjectState":
		return errors.New(r.about() + "archived (InvalidObjectState): restore it first (aws s3api restore-object), " +
			"or copy it to another storage class")
	}
	return nil
}

// explainStatus explains all other errors, by the status and parts of the message.
func (c *Client) explainStatus(r request, a *answer) error {
	switch {
	case a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable:
		return retry.As(retry.Slow, &Error{Text: r.about() + c.said(a), Hint: tryLater})
	case a.status >= 500 || a.failed.code == "RequestTimeout" || a.failed.code == "InternalError":
		return retry.As(retry.Again, &Error{Text: r.about() + c.said(a), Hint: tryLater})
	case a.status/100 == 3:
		return c.explainRedirect(r, a)
	case r.action == getObject:
		return c.explainObject(r, a)
	case isDenied(a) && (r.action == putObject || r.action == deleteObject):
		return fatal(fmt.Sprintf("allow %s on %s/*, and the use of its KMS key if it has one; docs/store.md has the policy",
			r.action, c.arn(r.bucket)), "%saccess denied (%s)", r.about(), c.said(a))
	case isDenied(a):
		return fatal(fmt.Sprintf("allow s3:ListBucket on %s; docs/s3.md has the complete policy", c.arn(r.bucket)),
			"%saccess denied (%s)", r.about(), c.said(a))
	case a.failed.code == "":
		return fatal(otherServer, "%s%s", r.about(), c.said(a))
	}
	return fatal(lookUp, "%s%s", r.about(), c.said(a))
}

// explainObject explains why one object is lost.
func (c *Client) explainObject(r request, a *answer) error {
	switch said := c.said(a); {
	case isKMS(a.failed):
		return fmt.Errorf("KMS refuses to decrypt it (%s): allow kms:Decrypt on the key of the trail, "+
			"in the key's policy too if it is in another account", said)
	case isDenied(a):
		return fmt.Errorf("access denied (%s): allow s3:GetObject on %s/*", said, c.arn(r.bucket))
	case a.status == http.StatusNotFound:
		return ErrMissing
	default:
		return errors.New(said)
	}
}

func isDenied(a *answer) bool {
	return a.status == http.StatusForbidden || a.failed.code == "AccessDenied"
}

// explainRedirect explains a redirect that does not come from S3. trail403 follows
// none: it could lead anywhere, and the request is signed.
func (c *Client) explainRedirect(r request, a *answer) error {
	to := "nowhere"
	if u, err := url.Parse(a.header.Get("Location")); err == nil {
		to = cmp.Or(clip(u.Host, 100), "another path")
	}
	text := fmt.Sprintf("%s%s redirects to %s (%s), which is not followed", r.about(), c.where(), to, c.said(a))
	if r.action == getObject {
		return errors.New(text)
	}
	return fatal(otherServer, "%s", text)
}

func isKMS(r *failure) bool {
	return strings.HasPrefix(r.code, "KMS.") || strings.Contains(r.message, "kms:") || strings.Contains(r.message, "KMS")
}

func noSuchBucket(name string) error {
	return fatal(checkBucket, "bucket %s does not exist", name)
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

// regionName matches the names of Regions, of AWS and of other servers.
var regionName = pattern.New(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// regionIn returns the Region of the bucket that a header names, or "".
func regionIn(header http.Header) string {
	name := header.Get("X-Amz-Bucket-Region")
	if !regionName.MatchString(name) {
		return ""
	}
	return name
}
