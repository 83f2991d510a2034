package evaluate

import (
	"cmp"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/message"
	"trail403/ingest/policydoc"
)

// RequestOf returns what a record tells about the request that was denied.
//
// The keys that it sets are those whose value, or absence, a record shows.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
func RequestOf(d *event.Denial, c *event.Context) *Request {
	r := &Request{ResourceAccount: d.BucketAccount}
	r.Action = d.DeniedAction
	if r.Action == "" {
		r.Action = d.Action
	}
	r.Caller = callerBehind(d, c)
	r.Resource, r.AccessPoint = resourcesOf(d, r.Action)
	if a, ok := arn.Parse(r.Resource); ok && a.Account != "" {
		r.ResourceAccount = a.Account
	}
	setCaller(&r.Context, d, c)
	setIf(&r.Context, "aws:userid", r.Caller.UserID)
	if c.FederatedUser != "" {
		setIf(&r.Context, "aws:PrincipalArn", r.Caller.Session) // not that of the user
		setIf(&r.Context, "aws:PrincipalType", "FederatedUser")
		setAbsent(&r.Context, "aws:username")
	}
	setIf(&r.Context, "aws:ResourceAccount", r.ResourceAccount)
	setNetwork(&r.Context, d, c)
	setTime(&r.Context, d.Time)
	if strings.HasPrefix(r.Action, "s3:") {
		setIf(&r.Context, "s3:ResourceAccount", r.ResourceAccount)
		setParameters(&r.Context, r.Action, c)
	}
	return r
}

// SetKeyPrefix tells a request how the key of its object begins, where no more is kept
// of it.
func (r *Request) SetKeyPrefix(d *event.Denial, prefix string) {
	if r.Resource == "" && kindOf(r.Action) == onObject && isBucketName(d.Bucket) {
		r.Resource = "arn:" + partitionOf(d.Principal) + ":s3:::" + d.Bucket + "/" + prefix
		r.ResourceOpen = true
	}
}

// callerBehind returns who made the request.
func callerBehind(d *event.Denial, c *event.Context) policydoc.Caller {
	caller := policydoc.Caller{Account: d.CallerAccount, UserID: c.UniqueID}
	sts := "arn:" + partitionOf(d.Principal) + ":sts::" + d.CallerAccount + ":"
	switch d.PrincipalType {
	case "role":
		caller.ARN, caller.PathUnknown = d.Principal, !c.RoleNamed
		if d.Session != "" {
			caller.Session = sts + "assumed-role/" + arn.Last(d.Principal) + "/" + d.Session
		}
		caller.UserID = "" // it ends with the name of the session
		if d.Session != "" && c.UniqueID != "" {
			caller.UserID = c.UniqueID + ":" + d.Session
		}
	case "user", "root":
		caller.ARN = d.Principal
		if c.FederatedUser != "" {
			caller.Session = sts + "federated-user/" + c.FederatedUser
			caller.UserID = d.CallerAccount + ":" + c.FederatedUser
		}
	case "federated-user":
		caller.Session = d.Principal
	case "service":
		return policydoc.Caller{Service: d.Principal}
	case "anonymous":
		return policydoc.Caller{Anonymous: true}
	}
	return caller
}

// principalTypes are the values of aws:PrincipalType, by the type of a denial.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
var principalTypes = map[string]string{"role": "AssumedRole", "user": "User", "root": "Account"}

// setCaller sets the keys about the caller and its credentials.
func setCaller(k *policydoc.Context, d *event.Denial, c *event.Context) {
	switch d.PrincipalType {
	case "service":
		k.Set("aws:PrincipalIsAWSService", "true")
		k.Set("aws:PrincipalServiceName", d.Principal)
		return
	case "anonymous":
		setAbsent(k, "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:username",
			"aws:MultiFactorAuthPresent", "aws:TokenIssueTime")
		k.Set("aws:PrincipalIsAWSService", "false")
		k.Set("aws:PrincipalType", "Anonymous")
		k.Set("aws:userid", "anonymous")
		return
	case "role", "user", "root":
		k.Set("aws:PrincipalType", principalTypes[d.PrincipalType])
		if c.FederatedUser == "" && (d.PrincipalType != "role" || c.RoleNamed) {
			k.Set("aws:PrincipalArn", d.Principal)
		}
		k.Set("aws:PrincipalIsAWSService", "false")
		setCredentials(k, d, c)
	}
	setIf(k, "aws:PrincipalAccount", d.CallerAccount)
}

// setCredentials sets the keys about a user's or role's credentials. Those of a user
// without a session are long-term, and roles have no others than sessions.
func setCredentials(k *policydoc.Context, d *event.Denial, c *event.Context) {
	setIf(k, "aws:username", c.UserName)
	if d.PrincipalType == "role" || d.PrincipalType == "root" {
		k.Set("aws:username")
	}
	if c.HasSession {
		k.Set("aws:TokenIssueTime", time.Unix(c.TokenIssued, 0).UTC().Format(time.RFC3339))
	}
	setIf(k, "aws:MultiFactorAuthPresent", c.MFA)
	if d.PrincipalType == "user" && d.HasARN && !c.HasSession && c.FederatedUser == "" {
		setAbsent(k, "aws:TokenIssueTime", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "ec2:RoleDelivery")
	}
	setIf(k, "aws:SourceIdentity", c.SourceIdentity)
	setIf(k, "aws:FederatedProvider", c.Provider)
	setIf(k, "ec2:RoleDelivery", c.RoleDelivery)
}

// setNetwork sets the keys about where the request came from. A service that calls
// on the caller's behalf hides that.
func setNetwork(k *policydoc.Context, d *event.Denial, c *event.Context) {
	k.Set("aws:ViaAWSService", strconv.FormatBool(c.InvokedBy != "" && d.PrincipalType != "service"))
	_, err := netip.ParseAddr(d.SourceIP)
	switch {
	case c.InvokedBy != "" || err != nil:
	case strings.HasPrefix(d.VPCEndpoint, "vpce-"):
		k.Set("aws:SourceVpce", d.VPCEndpoint)
		k.Set("aws:VpcSourceIp", d.SourceIP)
		k.Set("aws:SourceIp")
	case d.VPCEndpoint == "":
		k.Set("aws:SourceIp", d.SourceIP)
		setAbsent(k, "aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp")
	}
	if c.InvokedBy == "" {
		setAbsent(k, "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast")
	}
	setIf(k, "aws:RequestedRegion", d.Region)
	// CloudTrail writes the agent of S3's callers in brackets.
	setIf(k, "aws:UserAgent", strings.TrimSuffix(strings.TrimPrefix(d.UserAgent, "["), "]"))
	if c.Encrypted {
		k.Set("aws:SecureTransport", "true")
	}
}

func setTime(k *policydoc.Context, at time.Time) {
	k.Set("aws:CurrentTime", at.Format(time.RFC3339))
	k.Set("aws:EpochTime", strconv.FormatInt(at.Unix(), 10))
}

// setParameters sets S3's own keys.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
func setParameters(k *policydoc.Context, action string, c *event.Context) {
	if version, ok := strings.CutPrefix(c.TLSVersion, "TLSv"); ok {
		k.Set("s3:TlsVersion", version)
	}
	for record, key := range map[string]string{"AuthHeader": "REST-HEADER", "QueryString": "REST-QUERY-STRING"} {
		if c.AuthenticationType == record {
			k.Set("s3:authType", key)
		}
	}
	for record, key := range map[string]string{"SigV4": "AWS4-HMAC-SHA256", "SigV2": "AWS"} {
		if c.SignatureVersion == record {
			k.Set("s3:signatureversion", key)
		}
	}
	if !c.HasParameters {
		return
	}
	setOrAbsent(k, "s3:VersionId", c.VersionID)
	switch action {
	case "s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads":
		k.Set("s3:prefix")
		if c.HasPrefix {
			k.Set("s3:prefix", c.Prefix)
		}
		setOrAbsent(k, "s3:delimiter", c.Delimiter)
		setIf(k, "s3:max-keys", c.MaxKeys)
	case "s3:PutObject", "s3:PutObjectAcl", "s3:PutBucketAcl", "s3:CreateBucket":
		setOrAbsent(k, "s3:x-amz-acl", c.ACL)
		setOrAbsent(k, "s3:x-amz-server-side-encryption", c.Encryption)
		setOrAbsent(k, "s3:x-amz-server-side-encryption-aws-kms-key-id", c.EncryptionKey)
		setOrAbsent(k, "s3:x-amz-storage-class", c.StorageClass)
		setOrAbsent(k, "s3:x-amz-copy-source", c.CopySource)
	}
}

// setIf sets a key that the record has. What it lacks is not visible.
func setIf(k *policydoc.Context, key, value string) {
	if value != "" {
		k.Set(key, value)
	}
}

// setAbsent notes keys that the request did not have.
func setAbsent(k *policydoc.Context, keys ...string) {
	for _, key := range keys {
		k.Set(key)
	}
}

// setOrAbsent sets a key that the request did not have if the record lacks it.
func setOrAbsent(k *policydoc.Context, key, value string) {
	k.Set(key)
	setIf(k, key, value)
}

// resourcesOf returns the resource of the denied action, and the access point
// through which it was reached, if any. The message says it best.
func resourcesOf(d *event.Denial, action string) (resource, accessPoint string) {
	m := message.Parse(d.Message)
	named, ok := arn.Parse(m.Resource)
	switch {
	case ok && m.Cause != event.Truncated && named.Service == "s3" && strings.HasPrefix(named.Resource, "accesspoint/"):
		accessPoint = m.Resource
	case ok && m.Cause != event.Truncated:
		return m.Resource, ""
	case strings.HasPrefix(action, "kms:"):
		return d.KMSKey, ""
	}
	bucket := "arn:" + partitionOf(d.Principal) + ":s3:::" + d.Bucket
	switch kindOf(action) {
	case onAccount:
		return "*", ""
	case onBucket:
		if isBucketName(d.Bucket) {
			return bucket, accessPoint
		}
	case onObject:
		if isBucketName(d.Bucket) && d.Key != "" {
			return bucket + "/" + d.Key, accessPoint
		}
	}
	return "", accessPoint
}

// partitionOf returns the partition of a caller, or the one that most are in.
func partitionOf(principal string) string { return cmp.Or(arn.PartitionOf(principal), "aws") }

// isBucketName says whether the name is not that of an access point or a pattern.
func isBucketName(name string) bool {
	return name != "" && !strings.HasSuffix(name, "-s3alias") && !strings.ContainsAny(name, ":/*?")
}

// kind says what an action of S3 is about.
type kind int

const (
	onOther kind = iota // an access point, a job, a table: what no denial names
	onObject
	onBucket
	onAccount
)

// kindOf goes by the words in the names of S3's actions.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
func kindOf(action string) kind {
	name, ok := strings.CutPrefix(action, "s3:")
	has := func(word string) bool { return strings.Contains(name, word) }
	switch name {
	case "ListAllMyBuckets", "ListAccessPoints", "ListJobs", "ListMultiRegionAccessPoints",
		"ListStorageLensConfigurations", "GetAccountPublicAccessBlock", "PutAccountPublicAccessBlock":
		return onAccount
	case "AbortMultipartUpload", "BypassGovernanceRetention", "ListMultipartUploadParts", "ReplicateDelete",
		"ReplicateTags", "ObjectOwnerOverrideToBucketOwner":
		return onObject
	}
	switch {
	case !ok || has("AccessPoint") || has("StorageLens") || has("AccessGrant"):
		return onOther
	case has("Bucket") || has("Configuration"):
		return onBucket
	case has("Object"):
		return onObject
	}
	return onOther
}
