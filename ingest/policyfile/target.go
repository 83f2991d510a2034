package policyfile

import (
	"path/filepath"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/pattern"
)

// targetOf returns what an ARN names, and the kind of the policies that are attached
// to it, or that it is itself.
func targetOf(name string) (t event.Target, kind event.Policy) {
	a, ok := arn.Parse(name)
	if !ok {
		return event.Target{}, ""
	}
	what, rest, _ := strings.Cut(a.Resource, "/")
	switch a.Service {
	case "iam":
		return ofIAM(name, a, what)
	case "s3":
		if a.Account == "" && rest == "" {
			return event.Target{Type: change.Bucket, Name: a.Resource}, event.ResourcePolicy
		}
		if what == "accesspoint" && a.Region != "" && rest != "" && !strings.Contains(rest, "/") {
			return event.Target{Type: change.AccessPoint, Name: name}, event.ResourcePolicy
		}
	case "kms":
		if t, ok := change.OfKey(name); ok && t.Type == change.Key {
			return t, event.ResourcePolicy
		}
	case "ec2":
		if what == change.Endpoint {
			return event.Target{Type: change.Endpoint, Name: rest}, event.EndpointPolicy
		}
	case "organizations":
		return event.Target{Type: change.OrganizationPolicy, Name: arn.Last(name)}, organizationKinds[middleOf(rest)]
	}
	return event.Target{}, ""
}

// ofIAM returns what an ARN of IAM names. Roles, users and groups are known without
// their path.
func ofIAM(name string, a arn.ARN, what string) (t event.Target, kind event.Policy) {
	switch what {
	case change.Role, change.User, change.Group:
		short := strings.TrimSuffix(name, a.Resource) + what + "/" + arn.Last(name)
		return event.Target{Type: what, Name: short}, event.IdentityPolicy
	case change.Policy:
		return event.Target{Type: change.Policy, Name: name}, event.IdentityPolicy
	}
	return event.Target{}, ""
}

// organizationKinds are the kinds of policies of an organization, by the name in the
// API and in an ARN.
var organizationKinds = map[string]event.Policy{
	"SERVICE_CONTROL_POLICY": event.SCP, "service_control_policy": event.SCP,
	"RESOURCE_CONTROL_POLICY": event.RCP, "resource_control_policy": event.RCP,
}

// middleOf returns the second of three parts: of o-1/service_control_policy/p-1.
func middleOf(path string) string {
	_, rest, _ := strings.Cut(path, "/")
	middle, _, _ := strings.Cut(rest, "/")
	return middle
}

// bucketName is what a general purpose bucket can be called.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
var bucketName = pattern.New(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// keyName finds a KMS key in the name of a file: its Region, account and id.
var keyName = pattern.New(`([a-z]{2,5}(?:-[a-z]+){1,3}-\d)[^a-z0-9]+(\d{12})[^a-z0-9]+(?:key[^a-z0-9]+)?` +
	`([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})`)

// keyIn returns the KMS key that the name of a file holds, or that of its folder.
func keyIn(name string) (t event.Target, ok bool) {
	m := keyName.FindStringSubmatch(filepath.Base(name))
	if m == nil {
		m = keyName.FindStringSubmatch(name)
	}
	if m == nil {
		return event.Target{}, false
	}
	partition := "aws"
	switch {
	case strings.HasPrefix(m[1], "cn-"):
		partition = "aws-cn"
	case strings.HasPrefix(m[1], "us-gov-"):
		partition = "aws-us-gov"
	}
	return event.Target{Type: change.Key, Name: "arn:" + partition + ":kms:" + m[1] + ":" + m[2] + ":key/" + m[3]}, true
}
