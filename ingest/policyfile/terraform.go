package policyfile

import (
	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
)

// state is the state of Terraform, with the ARNs of its roles, users and groups.
type state struct {
	*file
	arns map[event.Target]event.Target // by the type and the name without an account
}

// readTerraform reads what `terraform show -json` prints. Of a plan, it reads the state
// before, because what is planned does not hold yet.
// https://developer.hashicorp.com/terraform/internals/json-format
func (f *file) readTerraform(o object) {
	values := o.of("values")
	if o.has("prior_state") {
		values = o.of("prior_state").of("values")
		f.note("It is a plan of Terraform: only the state before the plan is read.")
	}
	resources := resourcesIn(values.of("root_module"), 0)
	s := &state{f, map[event.Target]event.Target{}}
	for _, r := range resources {
		of, _ := targetOf(r.of("values").text("arn"))
		if of.Name != "" {
			s.arns[event.Target{Type: of.Type, Name: arn.Last(of.Name)}] = of
		}
	}
	for _, r := range resources {
		s.read(r.text("type"), r.of("values"))
	}
}

// maxModules bounds how deep modules can lie in each other.
const maxModules = 50

// resourcesIn returns the resources of a module and of those in it. Data sources are
// none: what they describe is not attached to anything.
func resourcesIn(module object, depth int) (all []object) {
	if depth == maxModules {
		return nil
	}
	for _, r := range module.list("resources") {
		if r.text("mode") != "data" {
			all = append(all, r)
		}
	}
	for _, child := range module.list("child_modules") {
		all = append(all, resourcesIn(child, depth+1)...)
	}
	return all
}

// read reads one resource.
func (s *state) read(kind string, v object) {
	switch kind {
	case "aws_s3_bucket_policy", "aws_s3_bucket", "aws_s3_bucket_public_access_block":
		of := event.Target{Type: change.Bucket, Name: v.text("bucket")}
		s.add(event.ResourcePolicy, of, "", v.document("policy"))
		if kind == "aws_s3_bucket_public_access_block" {
			s.addSettings(of, v)
		}
	case "aws_s3_account_public_access_block":
		s.addSettings(event.Target{Type: change.Account, Name: v.text("account_id", "id")}, v)
	case "aws_s3_access_point", "aws_s3control_access_point_policy":
		of, _ := targetOf(v.text("access_point_arn", "arn"))
		s.add(event.ResourcePolicy, of, "", v.document("policy"))
	case "aws_kms_key", "aws_kms_key_policy":
		of, _ := targetOf(v.text("arn", "key_id"))
		if of.Name == "" {
			of = s.arns[event.Target{Type: change.Key, Name: v.text("key_id")}]
		}
		s.add(event.ResourcePolicy, of, "", v.document("policy"))
	case "aws_vpc_endpoint", "aws_vpc_endpoint_policy":
		of := event.Target{Type: change.Endpoint, Name: v.text("vpc_endpoint_id", "id")}
		s.add(event.EndpointPolicy, of, "", v.document("policy"))
	case "aws_organizations_policy":
		if kind := organizationKinds[v.text("type")]; kind != "" {
			s.add(kind, event.Target{Type: change.OrganizationPolicy, Name: v.text("id")}, "", v.document("content"))
		}
	case "aws_iam_policy":
		of, _ := targetOf(v.text("arn"))
		s.addVersion(of, v.text("default_version_id"), v.document("policy"))
	default:
		s.readIAM(kind, v)
	}
}

// readIAM reads what belongs to a role, user or group.
func (s *state) readIAM(kind string, v object) {
	named := func(what string) event.Target { return s.arns[event.Target{Type: what, Name: v.text(what)}] }
	switch kind {
	case "aws_iam_role", "aws_iam_user":
		of, _ := targetOf(v.text("arn"))
		for _, p := range v.list("inline_policy") {
			s.add(event.IdentityPolicy, of, p.text("name"), p.document("policy"))
		}
		for _, name := range v.texts("managed_policy_arns") {
			s.link(of, event.Attached, name)
		}
		s.link(of, event.Bounded, v.text("permissions_boundary"))
	case "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy":
		s.add(event.IdentityPolicy, named(kindIn(kind)), v.text("name"), v.document("policy"))
	case "aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment":
		s.link(named(kindIn(kind)), event.Attached, v.text("policy_arn"))
	case "aws_iam_user_group_membership":
		for _, group := range v.texts("groups") {
			s.link(named(change.User), event.Member, s.arns[event.Target{Type: change.Group, Name: group}].Name)
		}
	}
}

// kindIn returns the type of the thing in the name of a resource: aws_iam_role_policy.
func kindIn(resource string) string {
	for _, kind := range [...]string{change.Role, change.User, change.Group} {
		if len(resource) > len("aws_iam_") && resource[len("aws_iam_"):][:len(kind)] == kind {
			return kind
		}
	}
	return ""
}
