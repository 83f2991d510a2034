package main

import (
	"strings"
	"time"
)

// An api is a call of S3: the IAM action that it needs and how CloudTrail shows it.
type api struct {
	action     string
	management bool
	write      bool
	control    bool   // a call of the account's control plane
	parameters object // the markers that the call itself leaves in requestParameters
}

var apis = map[string]api{
	"GetObject":             {action: "s3:GetObject"},
	"HeadObject":            {action: "s3:GetObject"},
	"GetObjectTagging":      {action: "s3:GetObjectTagging", parameters: obj("tagging", "")},
	"PutObject":             {action: "s3:PutObject", write: true},
	"CreateMultipartUpload": {action: "s3:PutObject", write: true, parameters: obj("uploads", "")},
	"UploadPart":            {action: "s3:PutObject", write: true, parameters: obj("partNumber", "1", "uploadId", "exampleUploadIdVXBsb2FkIElE")},
	"CopyObject":            {action: "s3:PutObject", write: true},
	"PutObjectAcl":          {action: "s3:PutObjectAcl", write: true, parameters: obj("acl", "")},
	"DeleteObject":          {action: "s3:DeleteObject", write: true},
	"ListObjects":           {action: "s3:ListBucket", parameters: obj("list-type", "2", "encoding-type", "url", "prefix", "", "delimiter", "/")},
	"ListObjectVersions":    {action: "s3:ListBucketVersions", parameters: obj("versions", "")},
	"HeadBucket":            {action: "s3:ListBucket"},

	"ListBuckets":                      {action: "s3:ListAllMyBuckets", management: true},
	"CreateBucket":                     {action: "s3:CreateBucket", management: true, write: true},
	"GetBucketAcl":                     {action: "s3:GetBucketAcl", management: true, parameters: obj("acl", "")},
	"GetBucketPolicy":                  {action: "s3:GetBucketPolicy", management: true, parameters: obj("policy", "")},
	"GetBucketLocation":                {action: "s3:GetBucketLocation", management: true, parameters: obj("location", "")},
	"GetBucketEncryption":              {action: "s3:GetEncryptionConfiguration", management: true, parameters: obj("encryption", "")},
	"GetBucketLifecycle":               {action: "s3:GetLifecycleConfiguration", management: true, parameters: obj("lifecycle", "")},
	"GetBucketPublicAccessBlock":       {action: "s3:GetBucketPublicAccessBlock", management: true, parameters: obj("publicAccessBlock", "")},
	"GetBucketObjectLockConfiguration": {action: "s3:GetBucketObjectLockConfiguration", management: true, parameters: obj("object-lock", "")},
	"PutBucketPolicy":                  {action: "s3:PutBucketPolicy", management: true, write: true, parameters: obj("policy", "")},
	"PutBucketLifecycle":               {action: "s3:PutLifecycleConfiguration", management: true, write: true, parameters: obj("lifecycle", "")},
	"PutBucketTagging":                 {action: "s3:PutBucketTagging", management: true, write: true, parameters: obj("tagging", "")},
	"PutBucketPublicAccessBlock":       {action: "s3:PutBucketPublicAccessBlock", management: true, write: true, parameters: obj("publicAccessBlock", "")},
	"GetAccountPublicAccessBlock":      {action: "s3:GetAccountPublicAccessBlock", management: true, control: true},
	"ListAccessPoints":                 {action: "s3:ListAccessPoints", management: true, control: true},
	"GetDataAccess":                    {action: "s3:GetDataAccess", management: true, control: true},
	"CreateSession":                    {action: "s3express:CreateSession", parameters: obj("session", "")},
}

// A call is one request to S3: allowed, denied for a reason, or failed for another.
type call struct {
	at      time.Time
	who     identity
	api     string
	bucket  bucket // none for calls on an account
	region  string // of a call without a bucket
	key     string
	params  object // additional request parameters
	reply   object // responseElements
	refused *reason
	fails   failure
	from    client              // instead of one of the caller's own
	lone    bool                // only the owner's copy of the two was delivered
	reshape func(object) object // makes an odd record of it
	source  string              // the event source, s3.amazonaws.com if empty
}

// A failure is an error that is not a denial.
type failure struct{ code, message string }

// needs returns the IAM action that the call needs.
func (c call) needs() string {
	if c.params.get("versionId") != nil {
		return strings.Replace(apis[c.api].action, "Object", "ObjectVersion", 1)
	}
	return apis[c.api].action
}

func (c call) resource() string {
	switch {
	case c.bucket.name == "":
		return "arn:aws:s3:::*"
	case c.key == "":
		return c.bucket.arn()
	}
	return c.bucket.arn() + "/" + c.key
}

func (c call) host() string {
	switch {
	case c.source == "s3express.amazonaws.com":
		return c.bucket.name + ".s3express-use1-az4." + c.bucket.region + ".amazonaws.com"
	case apis[c.api].control:
		return c.who.account + ".s3-control." + c.region + ".amazonaws.com"
	case c.bucket.name == "":
		return "s3." + c.region + ".amazonaws.com"
	}
	return c.bucket.name + ".s3." + c.bucket.region + ".amazonaws.com"
}

// s3 adds the record of a call and, if the call crosses accounts of the organization,
// the owner's copy. It returns the event id of the record that counts.
func (s *story) s3(c call) string {
	if c.bucket.name != "" {
		c.region = c.bucket.region
	}
	if c.from.agent == "" {
		c.from = pick(s.draw, c.who.clients...)
	}
	if c.source == "" {
		c.source = "s3.amazonaws.com"
	}
	r := s.newS3Record(c)
	d := s.denialOf(c)

	owner := c.bucket.owner
	switch {
	case c.who.kind == "AWSService" || c.who.account == "anonymous":
		r.sharedID = s.draw.uuid()
		return s.add(c.at, owner, c.region, r.record(c.who.userIdentity(c.at), owner, owner), d)
	case c.who.foreign():
		r.sharedID = s.draw.uuid()
		return s.add(c.at, owner, c.region, r.record(c.who.seenByOwner(), owner, owner), d)
	case owner == "" || owner == c.who.account:
		return s.add(c.at, c.who.account, c.region, r.record(c.who.userIdentity(c.at), c.who.account, c.who.account), d)
	}

	// The caller from another account does not learn who owns the bucket.
	r.sharedID = s.draw.uuid()
	told := owner
	if c.refused != nil {
		told = ""
	}
	id := ""
	if inOrganization(owner) {
		id = s.add(c.at, owner, c.region, r.record(c.who.seenByOwner(), owner, owner), d)
	}
	if !c.lone {
		id = s.add(c.at, c.who.account, c.region, r.record(c.who.userIdentity(c.at), c.who.account, told), d)
	}
	return id
}

// denialOf returns the truth about a denied call, and nil for others.
func (s *story) denialOf(c call) *denial {
	r := c.refused
	if r == nil {
		return nil
	}
	d := &denial{at: c.at, principal: c.who.principal(), action: c.needs(), bucket: c.bucket.name, cause: r.cause, policy: r.policy, why: r.why}
	if inOrganization(c.bucket.owner) {
		d.bucketAccount = c.bucket.owner
	}
	if strings.Contains(r.text, "{action}") {
		d.named = c.needs()
		if r.action != "" {
			d.named = r.action
		}
		if strings.HasPrefix(d.named, "s3") {
			d.action = d.named
		}
	}
	return d
}
