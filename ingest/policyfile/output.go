package policyfile

import (
	"sort"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// readEndpoints reads what `aws ec2 describe-vpc-endpoints` prints.
func (f *file) readEndpoints(o object) {
	for _, endpoint := range o.list("VpcEndpoints") {
		of := event.Target{Type: change.Endpoint, Name: endpoint.text("VpcEndpointId")}
		f.add(event.EndpointPolicy, of, "", endpoint.document("PolicyDocument"))
	}
}

// readOrganizationPolicy reads what `aws organizations describe-policy` prints.
func (f *file) readOrganizationPolicy(o object) {
	p := o.of("Policy")
	summary := p.of("PolicySummary")
	kind := organizationKinds[summary.text("Type")]
	if kind == "" {
		f.note("It is a policy of an organization that is neither an SCP nor an RCP.")
		return
	}
	f.add(kind, event.Target{Type: change.OrganizationPolicy, Name: summary.text("Id")}, "", p.document("Content"))
}

// readNameless reads a policy of which the output does not say where it belongs.
func (f *file) readNameless(object) {
	f.note("It is a policy of a role, user or group, or a version of a managed policy, and does not say of which " +
		"account: use aws iam get-account-authorization-details instead.")
}

// readKeyPolicy reads what `aws kms get-key-policy` prints.
func (f *file) readKeyPolicy(o object) {
	of, ok := keyIn(f.File)
	if !ok {
		f.note("It is the policy of a KMS key and does not say of which key. " +
			"Put the Region, the account and the id of the key into the name of the file: " +
			"us-east-1_111122223333_1234abcd-12ab-34cd-56ef-1234567890ab.json")
		return
	}
	f.note("It is taken for the policy of the KMS key in the name of the file.")
	f.add(event.ResourcePolicy, of, "", o.document("Policy"))
}

// readResourcePolicy reads what `aws s3api get-bucket-policy` and `aws s3control
// get-access-point-policy` print.
func (f *file) readResourcePolicy(o object) { f.addResourcePolicy(o.document("Policy")) }

// readBare reads a policy document by itself, which can only be that of a resource.
func (f *file) readBare(object) { f.addResourcePolicy(string(f.text)) }

// addResourcePolicy adds the policy of a bucket or access point. It does not name what
// it is attached to, but S3 accepts no other resources in it.
func (f *file) addResourcePolicy(text string) {
	d, err := policydoc.Parse([]byte(text))
	if err != nil {
		f.note("Its policy cannot be read: " + err.Error() + ".")
		return
	}
	hasPrincipal := false
	named := map[string]bool{}
	for i := range d.Statements {
		s := &d.Statements[i]
		hasPrincipal = hasPrincipal || s.Principals.Given
		for _, r := range s.Resources.Values {
			if name := resourceNamed(r); name != "" {
				named[name] = true
			}
		}
	}
	names := make([]string, 0, len(named))
	for name := range named {
		names = append(names, name)
	}
	sort.Strings(names)
	switch {
	case !hasPrincipal:
		f.note("It is a policy without a Principal element and does not say what it is attached to: " +
			"use aws iam get-account-authorization-details instead.")
		return
	case len(names) == 1:
		of, _ := targetOf(names[0])
		f.note("It is taken for the policy of the " + strings.ReplaceAll(of.Type, "-", " ") + " in its Resource elements.")
		f.add(event.ResourcePolicy, of, "", text)
		return
	}
	of := f.bucket()
	if of.Name == "" {
		f.note("It is the policy of a bucket and does not say of which bucket: name the file as the bucket.")
		return
	}
	f.add(event.ResourcePolicy, of, "", text)
}

// resourceNamed returns the ARN of the bucket or access point that a resource is in, if
// it has no wildcard before its key.
func resourceNamed(resource string) string {
	a, ok := arn.Parse(resource)
	if !ok || a.Service != "s3" {
		return ""
	}
	name, _, _ := strings.Cut(resource, "/object")
	if a.Account == "" {
		name, _, _ = strings.Cut(resource, "/")
	}
	if strings.ContainsAny(name, "*?$") {
		return ""
	}
	t, kind := targetOf(name)
	if kind != event.ResourcePolicy || t.Type != change.Bucket && t.Type != change.AccessPoint {
		return ""
	}
	return name
}

// bucket returns the bucket that the name of the file is, if it is one, and says so.
func (f *file) bucket() event.Target {
	name := f.name()
	for _, ending := range []string{".policy", ".public-access-block", ".acl", ".ownership"} {
		name = strings.TrimSuffix(name, ending)
	}
	if !bucketName.MatchString(name) {
		return event.Target{}
	}
	f.note("It is taken for that of the bucket in the name of the file.")
	return event.Target{Type: change.Bucket, Name: name}
}

// readSettings reads what `aws s3api get-public-access-block` prints.
func (f *file) readSettings(o object) {
	of := f.bucket()
	if arn.IsAccount(f.name()) {
		of = event.Target{Type: change.Account, Name: f.name()}
	}
	if of.Name == "" {
		f.note("It is the Block Public Access settings of a bucket or account and does not say of which one: " +
			"name the file as the bucket or account.")
		return
	}
	f.addSettings(of, o.of("PublicAccessBlockConfiguration"))
}

// readUnused reads what is recognized, and not part of the evaluation.
func (f *file) readUnused(object) {
	f.note("It is the ACL or the object ownership of a bucket. ACLs are not evaluated.")
}
