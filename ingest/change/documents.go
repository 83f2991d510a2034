package change

import (
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/policydoc"
	"trail403/ingest/scan"
)

// holder says how a call sets or removes a document.
type holder struct {
	kind   event.Policy
	of     string // the type of the targets that the document is attached to
	member string // of the request, with the document; empty if the call removes it
}

// holders are the calls of calls.tsv that set or remove a document. A thing that is
// new or gone has none.
var holders = map[call]holder{
	{"s3", "PutBucketPolicy"}:         {event.ResourcePolicy, Bucket, "bucketPolicy"},
	{"s3", "DeleteBucketPolicy"}:      {event.ResourcePolicy, Bucket, ""},
	{"s3", "CreateBucket"}:            {event.ResourcePolicy, Bucket, ""},
	{"s3", "DeleteBucket"}:            {event.ResourcePolicy, Bucket, ""},
	{"s3", "PutAccessPointPolicy"}:    {event.ResourcePolicy, AccessPoint, "policy"},
	{"s3", "DeleteAccessPointPolicy"}: {event.ResourcePolicy, AccessPoint, ""},
	{"s3", "CreateAccessPoint"}:       {event.ResourcePolicy, AccessPoint, ""},
	{"s3", "DeleteAccessPoint"}:       {event.ResourcePolicy, AccessPoint, ""},

	{"s3", "PutBucketPublicAccessBlock"}:     {"", Bucket, "PublicAccessBlockConfiguration"},
	{"s3", "DeleteBucketPublicAccessBlock"}:  {"", Bucket, ""},
	{"s3", "PutPublicAccessBlock"}:           {"", "", "PublicAccessBlockConfiguration"},
	{"s3", "DeletePublicAccessBlock"}:        {"", "", ""},
	{"s3", "PutAccountPublicAccessBlock"}:    {"", Account, "PublicAccessBlockConfiguration"},
	{"s3", "DeleteAccountPublicAccessBlock"}: {"", Account, ""},

	{"iam", "PutRolePolicy"}:           {event.IdentityPolicy, Role, "policyDocument"},
	{"iam", "PutUserPolicy"}:           {event.IdentityPolicy, User, "policyDocument"},
	{"iam", "PutGroupPolicy"}:          {event.IdentityPolicy, Group, "policyDocument"},
	{"iam", "DeleteRolePolicy"}:        {event.IdentityPolicy, Role, ""},
	{"iam", "DeleteUserPolicy"}:        {event.IdentityPolicy, User, ""},
	{"iam", "DeleteGroupPolicy"}:       {event.IdentityPolicy, Group, ""},
	{"iam", "CreatePolicy"}:            {event.IdentityPolicy, Policy, "policyDocument"},
	{"iam", "CreatePolicyVersion"}:     {event.IdentityPolicy, Policy, "policyDocument"},
	{"iam", "SetDefaultPolicyVersion"}: {event.IdentityPolicy, Policy, "policyDocument"},
	{"iam", "DeletePolicy"}:            {event.IdentityPolicy, Policy, ""},

	{"organizations", "CreatePolicy"}: {"", OrganizationPolicy, "content"},
	{"organizations", "UpdatePolicy"}: {"", OrganizationPolicy, "content"},
	{"organizations", "DeletePolicy"}: {"", OrganizationPolicy, ""},

	{"ec2", "CreateVpcEndpoint"}:  {event.EndpointPolicy, Endpoint, "policyDocument"},
	{"ec2", "ModifyVpcEndpoint"}:  {event.EndpointPolicy, Endpoint, "policyDocument"},
	{"ec2", "DeleteVpcEndpoints"}: {event.EndpointPolicy, Endpoint, ""},

	{"kms", "CreateKey"}:    {event.ResourcePolicy, Key, "policy"},
	{"kms", "PutKeyPolicy"}: {event.ResourcePolicy, Key, "policy"},
	{"kms", "DeleteKey"}:    {event.ResourcePolicy, Key, ""},

	{"sso", "PutInlinePolicyToPermissionSet"}:      {event.IdentityPolicy, PermissionSet, "inlinePolicy"},
	{"sso", "DeleteInlinePolicyFromPermissionSet"}: {event.IdentityPolicy, PermissionSet, ""},
	{"sso", "DeletePermissionSet"}:                 {event.IdentityPolicy, PermissionSet, ""},
}

// everything is the policy that a VPC endpoint gets if the call names none.
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#default-endpoint-policy
const everything = `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}`

// Documents returns the documents that the change, which [Decode] read from the
// record, set or removed. Most changes have none.
func Documents(record []byte, c *event.Change) []event.Document {
	h, ok := holders[call{serviceOf(c.Source), c.Name}]
	if !ok {
		return nil
	}
	var r field.Record
	r.Parse(record)
	f := newFinder(&r, c)
	d, ok := f.document(h, c.Name)
	if !ok {
		return nil
	}
	var list []event.Document
	for _, t := range c.Targets {
		if t.Type == h.of || h.of == "" {
			d.Of = t
			list = append(list, d)
		}
	}
	return list
}

// document returns the document, without what it is attached to. ok is false for a
// call that left it as it was.
func (f *finder) document(h holder, name string) (d event.Document, ok bool) {
	d.Kind = h.kind
	if h.kind == event.IdentityPolicy && h.of != Policy && h.of != PermissionSet {
		d.Name = field.Redact(f.asked("policyName"))
	}
	switch {
	case f.source == "organizations.amazonaws.com":
		d.Kind = f.organizationKind()
	case h.kind == "":
		d.Name = event.BlockPublicAccess
	}
	if h.member == "" {
		return d, true
	}
	d.Text, d.Missing = f.documentText(h.member)
	switch name {
	case "CreateVpcEndpoint", "ModifyVpcEndpoint":
		if d.Missing && (name == "CreateVpcEndpoint" || f.resets()) {
			d.Text, d.Missing = everything, false
		}
		return d, !d.Missing
	case "UpdatePolicy", "CreateKey":
		return d, !d.Missing // only the name was changed, or the key has the default policy
	}
	if h.of == Policy {
		d.Version, d.Default = f.version(name)
	}
	return d, true
}

// version returns the version of a managed policy that a call made or chose, and
// whether it is in force from then on. Of one that it chose, an earlier call has the
// text.
func (f *finder) version(name string) (version string, inForce bool) {
	switch name {
	case "CreatePolicy":
		return "v1", true
	case "CreatePolicyVersion":
		return f.answered("policyVersion.versionId"), isTrue(get(f.request, "setAsDefault"))
	}
	return f.asked("versionId"), true
}

// resets says whether the request gives a VPC endpoint its first policy again.
func (f *finder) resets() bool {
	for _, value := range deep(f.request, "resetPolicy") {
		return isTrue(value)
	}
	return false
}

// documentText returns the document in the member of the request, which is text or
// JSON. missing says that it has none that could be a policy: CloudTrail leaves out
// what is too large.
func (f *finder) documentText(member string) (text string, missing bool) {
	for _, value := range deep(f.request, member) {
		if s, ok := scan.Text(value); ok {
			text = s
		} else {
			text = string(value)
		}
	}
	if len(text) > policydoc.MaxBytes || !hasObject(text) {
		return "", true
	}
	return field.Redact(text), false
}

// hasObject says whether the text starts as a JSON object.
func hasObject(text string) bool {
	rest := field.TrimSpace([]byte(text[:min(len(text), 1024)]))
	return len(rest) > 0 && rest[0] == '{'
}

// isTrue reads a truth value, which EC2 writes as text.
func isTrue(value []byte) bool { return string(value) == "true" || field.Text(value) == "true" }

// organizationKind returns the kind of a policy of an organization.
func (f *finder) organizationKind() event.Policy {
	switch field.FirstOf(f.asked("type"), f.answered("policy.policySummary.type")) {
	case "SERVICE_CONTROL_POLICY":
		return event.SCP
	case "RESOURCE_CONTROL_POLICY":
		return event.RCP
	}
	return ""
}
