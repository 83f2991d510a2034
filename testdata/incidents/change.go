package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A change is a call that altered access, and what this program knows about it: what it
// touches, and which causes of denials it can lead to. This oracle is kept apart from
// the program's own tables on purpose.
type change struct {
	at      time.Time
	account string
	actor   *principal
	service string // "iam" for iam.amazonaws.com
	name    string
	params  string // requestParameters, JSON
	reply   string // responseElements, JSON
	things  string // resources, JSON
	failed  bool

	touches []string // names of targets
	can     []string // causes
	id      string
}

// could says whether the change may have caused denials for the cause that started at
// the onset, on what is touched.
func (c *change) could(touches []string, cause string, onset time.Time) bool {
	return !c.failed && c.at.Before(onset) && slices.Contains(c.can, cause) &&
		slices.ContainsFunc(c.touches, func(t string) bool { return slices.Contains(touches, t) })
}

// change adds a change to the archive.
func (w *world) change(c *change) *change {
	w.changes = append(w.changes, c)
	w.add(event{at: c.at.UTC().Truncate(time.Second), change: c})
	return c
}

// Names of what changes touch.
func ofBucket(b *bucket) string                 { return "bucket " + b.name }
func ofPrincipal(p *principal) string           { return "principal " + p.arn() }
func ofPolicy(arn string) string                { return "policy " + arn }
func ofNode(id string) string                   { return "node " + id }
func ofEndpoint(id string) string               { return "endpoint " + id }
func ofKey(arn string) string                   { return "key " + arn }
func ofAccount(account string) string           { return "account " + account }
func ofSet(arn string) string                   { return "permission set " + arn }
func managedPolicy(account, name string) string { return "arn:aws:iam::" + account + ":policy/" + name }

// admin returns who changes things in an account.
func admin(account string) *principal { return &principal{"role", account, "platform-admin"} }

const document = `"{\"Version\":\"2012-10-17\",\"Statement\":[]}"`

// onBucket is a call of S3 on a bucket.
func onBucket(at time.Time, b *bucket, name string, can ...string) *change {
	params := fmt.Sprintf(`{"bucketName":%q}`, b.name)
	if name == "PutBucketPolicy" {
		params = fmt.Sprintf(`{"bucketName":%q,"bucketPolicy":{"Version":"2012-10-17","Statement":[]}}`, b.name)
	}
	return &change{at: at, account: b.account, actor: admin(b.account), service: "s3", name: name, params: params, touches: []string{ofBucket(b)}, can: can}
}

func putBucketPolicy(at time.Time, b *bucket) *change {
	return onBucket(at, b, "PutBucketPolicy", "resource-explicit", "resource-implicit", "not-told")
}

func deleteBucketPolicy(at time.Time, b *bucket) *change {
	return onBucket(at, b, "DeleteBucketPolicy", "resource-implicit", "not-told")
}

func blockPublicBucket(at time.Time, b *bucket) *change {
	return onBucket(at, b, "PutBucketPublicAccessBlock", blockCauses...)
}

// blockCauses are what Block Public Access can lead to. RestrictPublicBuckets and
// IgnorePublicAcls look like a bucket policy.
var blockCauses = []string{"block-public-acls", "block-public-policy", "resource-explicit", "resource-implicit", "not-told"}

func blockPublicAccount(at time.Time, account string) *change {
	return &change{at: at, account: account, actor: admin(account), service: "s3", name: "PutAccountPublicAccessBlock",
		params:  fmt.Sprintf(`{"x-amz-account-id":%q,"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"BlockPublicPolicy":true}}`, account),
		touches: []string{ofAccount(account)}, can: blockCauses}
}

// onPrincipal is a call of IAM on a role or user. more contains additional parameters.
func onPrincipal(at time.Time, p *principal, name, more string, can ...string) *change {
	params := fmt.Sprintf(`{"%sName":%q%s}`, p.kind, p.name, more)
	return &change{at: at, account: p.account, actor: admin(p.account), service: "iam", name: name, params: params, touches: []string{ofPrincipal(p)}, can: can}
}

// title is Role or User, as the names of IAM's calls have it.
func title(p *principal) string { return strings.ToUpper(p.kind[:1]) + p.kind[1:] }

func detachPolicy(at time.Time, p *principal, policy string) *change {
	c := onPrincipal(at, p, "Detach"+title(p)+"Policy", fmt.Sprintf(`,"policyArn":%q`, policy), "identity-implicit")
	c.touches = append(c.touches, ofPolicy(policy))
	return c
}

func attachPolicy(at time.Time, p *principal, policy string) *change {
	c := onPrincipal(at, p, "Attach"+title(p)+"Policy", fmt.Sprintf(`,"policyArn":%q`, policy), "identity-explicit")
	c.touches = append(c.touches, ofPolicy(policy))
	return c
}

func deleteInline(at time.Time, p *principal) *change {
	return onPrincipal(at, p, "Delete"+title(p)+"Policy", `,"policyName":"s3-access"`, "identity-implicit")
}

func putInline(at time.Time, p *principal) *change {
	return onPrincipal(at, p, "Put"+title(p)+"Policy", `,"policyName":"s3-access","policyDocument":`+document, "identity-implicit", "identity-explicit")
}

// changeTrust alters who may assume the role, which denies nothing to a session that
// exists.
func changeTrust(at time.Time, p *principal) *change {
	return onPrincipal(at, p, "UpdateAssumeRolePolicy", `,"policyDocument":`+document)
}

func putBoundary(at time.Time, p *principal, policy string) *change {
	c := onPrincipal(at, p, "Put"+title(p)+"PermissionsBoundary", fmt.Sprintf(`,"permissionsBoundary":%q`, policy), "boundary-implicit", "boundary-explicit")
	c.touches = append(c.touches, ofPolicy(policy))
	return c
}

func createRole(at time.Time, p *principal) *change {
	return onPrincipal(at, p, "CreateRole", `,"assumeRolePolicyDocument":`+document, "identity-implicit", "resource-explicit", "resource-implicit")
}

func deleteRole(at time.Time, p *principal) *change { return onPrincipal(at, p, "DeleteRole", "") }

func untagRole(at time.Time, p *principal) *change {
	return onPrincipal(at, p, "UntagRole", `,"tagKeys":["team"]`, "identity-implicit", "identity-explicit", "resource-explicit", "resource-implicit")
}

func newPolicyVersion(at time.Time, account, policy string) *change {
	return &change{at: at, account: account, actor: admin(account), service: "iam", name: "CreatePolicyVersion",
		params:  fmt.Sprintf(`{"policyArn":%q,"policyDocument":%s,"setAsDefault":true}`, policy, document),
		touches: []string{ofPolicy(policy)}, can: []string{"identity-implicit", "identity-explicit", "boundary-implicit", "boundary-explicit"}}
}

// inOrganization is a call of Organizations.
func inOrganization(at time.Time, name, params string, can []string, touches ...string) *change {
	return &change{at: at, account: managementAccount, actor: admin(managementAccount), service: "organizations", name: name, params: params, touches: touches, can: can}
}

var organizationCauses = []string{"scp-explicit", "scp-implicit", "rcp-explicit", "rcp-implicit"}

func attachOrganizationPolicy(at time.Time, id, node string) *change {
	return inOrganization(at, "AttachPolicy", fmt.Sprintf(`{"policyId":%q,"targetId":%q}`, id, node), organizationCauses, ofPolicy(id), ofNode(node))
}

func updateOrganizationPolicy(at time.Time, id string) *change {
	return inOrganization(at, "UpdatePolicy", fmt.Sprintf(`{"policyId":%q,"content":%s}`, id, document), organizationCauses, ofPolicy(id))
}

func modifyEndpoint(at time.Time, account, id string) *change {
	return &change{at: at, account: account, actor: admin(account), service: "ec2", name: "ModifyVpcEndpoint",
		params:  fmt.Sprintf(`{"ModifyVpcEndpointRequest":{"VpcEndpointId":%q,"PolicyDocument":%s}}`, id, document),
		reply:   `{"ModifyVpcEndpointResponse":{"return":true}}`,
		touches: []string{ofEndpoint(id)}, can: []string{"vpce", "vpce-explicit", "vpce-implicit"}}
}

// onKey is a call of KMS.
func onKey(at time.Time, account, key, name, more string) *change {
	return &change{at: at, account: account, actor: admin(account), service: "kms", name: name,
		params:  fmt.Sprintf(`{"keyId":%q%s}`, key, more),
		things:  fmt.Sprintf(`[{"accountId":%q,"type":"AWS::KMS::Key","ARN":%q}]`, account, key),
		touches: []string{ofKey(key)}, can: []string{"kms-key"}}
}

func putKeyPolicy(at time.Time, account, key string) *change {
	return onKey(at, account, key, "PutKeyPolicy", `,"policyName":"default","policy":`+document)
}

func onAccessPoint(at time.Time, b *bucket, name, call string) *change {
	params := fmt.Sprintf(`{"name":%q,"x-amz-account-id":%q,"policy":%s}`, name, b.account, document)
	c := &change{at: at, account: b.account, actor: admin(b.account), service: "s3", name: call, params: params,
		touches: []string{"access point " + name}, can: []string{"resource-explicit", "resource-implicit"}}
	if call == "CreateAccessPoint" {
		c.params = fmt.Sprintf(`{"name":%q,"x-amz-account-id":%q,"CreateAccessPointRequest":{"Bucket":%q}}`, name, b.account, b.name)
		c.can = nil
	}
	return c
}

// onPermissionSet is a call of IAM Identity Center.
func onPermissionSet(at time.Time, set, name, more string) *change {
	return &change{at: at, account: managementAccount, actor: admin(managementAccount), service: "sso", name: name,
		params:  fmt.Sprintf(`{"instanceArn":"arn:aws:sso:::instance/ssoins-1234567890abcdef","permissionSetArn":%q%s}`, set, more),
		touches: []string{ofSet(set)}, can: []string{"identity-implicit", "identity-explicit"}}
}
