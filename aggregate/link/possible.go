package link

import (
	"strings"
	"sync"

	"trail403/ingest/event"
)

// subject is a kind of document or setting that can deny a request, as far as the cause
// shows which.
type subject string

const (
	ofIdentity     subject = "identity"
	ofBoundary     subject = "boundary"
	ofSession      subject = "session"
	ofTrust        subject = "trust"
	ofOrganization subject = "organization"
	ofNetwork      subject = "network"
	ofKey          subject = "key"
	ofBucket       subject = "bucket"        // the policy of a bucket or access point, or an ACL
	ofPublic       subject = "public-access" // Block Public Access
	ofEncryption   subject = "encryption"
	ofLock         subject = "object-lock"
	ofGrants       subject = "access-grants"
)

// way is how a call can deny what was allowed before.
type way uint8

const (
	adds    way = 1 << iota // it can add a Deny statement
	removes                 // it can remove an Allow statement
	lifts   way = 0         // it can do neither: it can only end denials
	both        = adds | removes
)

// outcome is what a call can do to one subject.
type outcome struct {
	subject subject
	way     way
}

// tagged is what a change of tags can cause: denials by any policy with conditions on
// tags.
var tagged = []outcome{
	{ofIdentity, both}, {ofBoundary, both}, {ofSession, both}, {ofOrganization, both}, {ofNetwork, both}, {ofKey, both}, {ofBucket, both},
}

// possible is what the calls that alter access can cause, by service and call. A call
// that is not listed can cause no denials: it makes something that nothing uses yet, or
// deletes something that nothing uses any more.
//
// A trust policy decides who may start a session. It does not deny anything to a
// session that exists. Deleting a document can remove an Allow, but never adds a Deny.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
var possible = sync.OnceValue(func() map[string][]outcome {
	m := map[string][]outcome{}
	for _, row := range []struct {
		service, calls string
		outcomes       []outcome
	}{
		{"s3", "PutBucketPolicy PutAccessPointPolicy PutAccessPointPolicyForObjectLambda PutMultiRegionAccessPointPolicy " +
			"PutTableBucketPolicy PutTablePolicy PutVectorBucketPolicy", []outcome{{ofBucket, both}}},
		{"s3", "DeleteBucketPolicy DeleteAccessPointPolicy DeleteAccessPointPolicyForObjectLambda DeleteTableBucketPolicy " +
			"DeleteTablePolicy DeleteVectorBucketPolicy PutBucketAcl PutBucketOwnershipControls DeleteBucketOwnershipControls " +
			"CreateBucket DeleteBucket CreateTableBucket DeleteTableBucket CreateVectorBucket DeleteVectorBucket " +
			"CreateAccessPoint DeleteAccessPoint CreateAccessPointForObjectLambda DeleteAccessPointForObjectLambda " +
			"CreateMultiRegionAccessPoint DeleteMultiRegionAccessPoint", []outcome{{ofBucket, removes}}},
		{"s3", "PutAccessPointScope DeleteAccessPointScope PutBucketRequestPayment", []outcome{{ofBucket, removes}}},
		{"s3", "PutBucketPublicAccessBlock PutPublicAccessBlock PutAccountPublicAccessBlock PutAccessPointPublicAccessBlock",
			[]outcome{{ofPublic, both}}},
		{"s3", "DeleteBucketPublicAccessBlock DeletePublicAccessBlock DeleteAccountPublicAccessBlock", []outcome{{ofPublic, lifts}}},
		{"s3", "PutBucketEncryption PutTableBucketEncryption DeleteBucketEncryption DeleteTableBucketEncryption",
			[]outcome{{ofEncryption, both}, {ofKey, removes}, {ofIdentity, removes}}},
		{"s3", "PutBucketObjectLockConfiguration PutObjectLockConfiguration", []outcome{{ofLock, both}}},
		{"s3", "CreateAccessGrant CreateAccessGrantsLocation CreateAccessGrantsInstance", []outcome{{ofGrants, lifts}}},
		{"s3", "DeleteAccessGrant UpdateAccessGrantsLocation DeleteAccessGrantsLocation DeleteAccessGrantsInstance " +
			"PutAccessGrantsInstanceResourcePolicy DeleteAccessGrantsInstanceResourcePolicy", []outcome{{ofGrants, both}}},

		{"iam", "AttachRolePolicy AttachUserPolicy AttachGroupPolicy AddUserToGroup", []outcome{{ofIdentity, adds}}},
		{"iam", "DetachRolePolicy DetachUserPolicy DetachGroupPolicy RemoveUserFromGroup DeleteRolePolicy DeleteUserPolicy " +
			"DeleteGroupPolicy CreateRole DeleteRole CreateUser DeleteUser UpdateUser CreateGroup DeleteGroup " +
			"CreateServiceLinkedRole DeleteServiceLinkedRole AddRoleToInstanceProfile RemoveRoleFromInstanceProfile",
			[]outcome{{ofIdentity, removes}}},
		{"iam", "PutRolePolicy PutUserPolicy PutGroupPolicy", []outcome{{ofIdentity, both}}},
		{"iam", "CreatePolicyVersion SetDefaultPolicyVersion", []outcome{{ofIdentity, both}, {ofBoundary, both}, {ofSession, both}}},
		{"iam", "PutRolePermissionsBoundary PutUserPermissionsBoundary", []outcome{{ofBoundary, both}}},
		{"iam", "DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary", []outcome{{ofBoundary, lifts}}},
		{"iam", "UpdateAssumeRolePolicy", []outcome{{ofTrust, both}}},
		// Tags matter where policies have conditions on them.
		{"iam", "TagRole UntagRole TagUser UntagUser", tagged},
		{"s3", "PutBucketAbac PutBucketTagging DeleteBucketTagging TagResource UntagResource", tagged},

		{"organizations", "UpdatePolicy EnablePolicyType MoveAccount AcceptHandshake EnableAllFeatures", []outcome{{ofOrganization, both}}},
		{"organizations", "AttachPolicy", []outcome{{ofOrganization, adds}}},
		{"organizations", "DetachPolicy", []outcome{{ofOrganization, removes}}},
		{"organizations", "DisablePolicyType", []outcome{{ofOrganization, lifts}}},
		// A condition on the organization fails once the account has left it.
		{"organizations", "LeaveOrganization RemoveAccountFromOrganization", []outcome{{ofOrganization, lifts}, {ofBucket, both}}},

		{"ec2", "CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints", []outcome{{ofNetwork, both}}},

		{"kms", "PutKeyPolicy", []outcome{{ofKey, both}}},
		{"kms", "RetireGrant RevokeGrant DisableKey ScheduleKeyDeletion DeleteKey DeleteImportedKeyMaterial UpdateAlias DeleteAlias",
			[]outcome{{ofKey, removes}}},
		{"kms", "CreateGrant EnableKey CancelKeyDeletion ImportKeyMaterial CreateAlias", []outcome{{ofKey, lifts}}},

		{"sso", "AttachManagedPolicyToPermissionSet AttachCustomerManagedPolicyReferenceToPermissionSet", []outcome{{ofIdentity, adds}}},
		{"sso", "DetachManagedPolicyFromPermissionSet DetachCustomerManagedPolicyReferenceFromPermissionSet " +
			"DeleteInlinePolicyFromPermissionSet DeletePermissionSet DeleteAccountAssignment", []outcome{{ofIdentity, removes}}},
		{"sso", "PutInlinePolicyToPermissionSet UpdatePermissionSet", []outcome{{ofIdentity, both}}},
		{"sso", "ProvisionPermissionSet", []outcome{{ofIdentity, both}, {ofBoundary, both}}},
		{"sso", "PutPermissionsBoundaryToPermissionSet", []outcome{{ofBoundary, both}}},
		{"sso", "DeletePermissionsBoundaryFromPermissionSet", []outcome{{ofBoundary, lifts}}},
		{"identitystore", "RemoveMemberFromGroup DeleteGroupMembership DeleteGroup", []outcome{{ofIdentity, removes}}},
		{"identitystore", "AddMemberToGroup CreateGroupMembership", []outcome{{ofIdentity, adds}}},

		// Lake Formation hands out sessions that are scoped to what it permits.
		{"lakeformation", "RevokePermissions BatchRevokePermissions", []outcome{{ofIdentity, removes}, {ofSession, removes}}},
		{"lakeformation", "GrantPermissions BatchGrantPermissions", []outcome{{ofIdentity, lifts}, {ofSession, lifts}}},
	} {
		for _, name := range strings.Fields(row.calls) {
			m[row.service+" "+name] = row.outcomes
		}
	}
	return m
})

// deniedFor is what a denial shows about its reason.
type deniedFor struct {
	cause        event.Cause
	deniedAction string
}

// denies are the kinds of document that can have denied, by the causes that show them.
// Where the denied action is one of KMS, deniesKMS comes first.
var denies = map[event.Cause][]subject{
	event.IdentityImplicit:  {ofIdentity, ofBucket}, // the Allow may have been in the bucket policy instead
	event.IdentityExplicit:  {ofIdentity},
	event.ResourceImplicit:  {ofBucket, ofPublic},
	event.ResourceExplicit:  {ofBucket, ofEncryption},
	event.SCPImplicit:       {ofOrganization},
	event.SCPExplicit:       {ofOrganization},
	event.RCPImplicit:       {ofOrganization},
	event.RCPExplicit:       {ofOrganization},
	event.VPCEImplicit:      {ofNetwork},
	event.VPCEExplicit:      {ofNetwork},
	event.VPCEUnknown:       {ofNetwork},
	event.BoundaryImplicit:  {ofBoundary},
	event.BoundaryExplicit:  {ofBoundary},
	event.SessionImplicit:   {ofSession},
	event.SessionExplicit:   {ofSession},
	event.TrustImplicit:     {ofTrust},
	event.TrustExplicit:     {ofTrust},
	event.BlockPublicACLs:   {ofPublic},
	event.BlockPublicPolicy: {ofPublic},
	event.SSECBlocked:       {ofEncryption},
	event.ObjectLock:        {ofLock},
	event.AccessGrants:      {ofGrants, ofIdentity},
	event.KMSKey:            {ofKey},
	event.RequestExpired:    {}, // the request came too late for any document to matter
	event.AccessDisabled:    {}, // AWS itself did it, not a call
}

// deniesKMS is what can have denied an action of KMS. Its resource is the key, which
// belongs to no bucket.
var deniesKMS = map[event.Cause][]subject{
	event.IdentityImplicit: {ofIdentity},
	event.ResourceImplicit: {ofKey},
	event.ResourceExplicit: {ofKey},
	event.ExplicitUnknown:  {ofKey, ofIdentity},
	event.Truncated:        {ofKey, ofIdentity},
	event.NotTold:          {ofKey, ofIdentity},
	event.Unrecognized:     {ofKey, ofIdentity},
}

// subjects returns the kinds of document that can have denied, and how, for a cause and
// the denied action. The list is nil if the cause does not show it.
func subjects(c event.Cause, deniedAction string) (list []subject, how way) {
	switch c.Effect() {
	case event.Explicit:
		how = adds
	case event.Implicit:
		how = removes
	default:
		how = both
	}
	if list, ok := deniesKMS[c]; ok && event.IsKMS(deniedAction) {
		return list, how
	}
	return denies[c], how
}

// isTagging says whether a call changes tags.
func isTagging(call string) bool {
	return strings.HasPrefix(call, "Tag") || strings.HasPrefix(call, "Untag") || strings.Contains(call, "Tagging") || call == "PutBucketAbac"
}

// likelihood says how well a call fits as the cause of denials.
type likelihood int

const (
	impossible likelihood = iota
	unlikely              // something else is the usual cause
	likely
)

// canCause says whether a call can cause denials for a reason, and if not, whether it
// can at least end them.
func canCause(service, call string, r deniedFor) (causes likelihood, concerns bool) {
	list, how := subjects(r.cause, r.deniedAction)
	for _, o := range possible()[service+" "+call] {
		if list != nil {
			found := false
			for _, s := range list {
				found = found || s == o.subject
			}
			if !found {
				continue
			}
		} else if o.subject == ofTrust {
			continue
		}
		concerns = true
		switch {
		case o.way&how == 0:
		case r.cause == event.IdentityImplicit && o.subject == ofBucket, isTagging(call):
			// Within an account, an Allow in the bucket policy is enough, and few
			// policies have conditions on tags.
			causes = max(causes, unlikely)
		default:
			causes = likely
		}
	}
	return causes, concerns
}
