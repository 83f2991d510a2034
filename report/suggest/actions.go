package suggest

import (
	"slices"
	"strings"
)

// An action is allowed on one kind of resource.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
type scope int

const (
	unknownScope scope = iota // not an action, or one on access points, jobs and other things that a denial does not name
	onObject
	onBucket
	onAll // an action without a resource of its own is allowed on "*"
)

var objectActions = strings.Fields(`AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging
	DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold
	GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes
	GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent ListMultipartUploadParts
	ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging
	PutObjectVersionAcl PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateTags RestoreObject
	UpdateObjectEncryption`)

var bucketActions = strings.Fields(`CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket
	DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite GetAccelerateConfiguration
	GetAnalyticsConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging
	GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration
	GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock
	GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
	GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration
	GetReplicationConfiguration ListBucket ListBucketMultipartUploads ListBucketVersions
	PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAcl PutBucketCORS PutBucketLogging
	PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy
	PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
	PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration
	PutLifecycleConfiguration PutMetricsConfiguration PutReplicationConfiguration`)

var accountActions = strings.Fields(`GetAccountPublicAccessBlock ListAccessPoints ListAllMyBuckets ListJobs
	ListMultiRegionAccessPoints ListStorageLensConfigurations PutAccountPublicAccessBlock`)

// kmsActions are those that S3 calls on the caller's behalf.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
var kmsActions = strings.Fields(`Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo DescribeKey`)

// accessActions change who has access to what.
var accessActions = strings.Fields(`BypassGovernanceRetention DeleteBucketPolicy ObjectOwnerOverrideToBucketOwner
	PutAccountPublicAccessBlock PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
	PutObjectAcl PutObjectVersionAcl`)

func scopeOf(action string) scope {
	name, ok := strings.CutPrefix(action, "s3:")
	switch {
	case !ok:
		return unknownScope
	case slices.Contains(objectActions, name):
		return onObject
	case slices.Contains(bucketActions, name):
		return onBucket
	case slices.Contains(accountActions, name):
		return onAll
	}
	return unknownScope
}

func isKMS(action string) bool {
	name, ok := strings.CutPrefix(action, "kms:")
	return ok && slices.Contains(kmsActions, name)
}
