package policyfile

import (
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// readConfig reads a snapshot of AWS Config, or its history of a resource. Each item
// has its own time.
// https://docs.aws.amazon.com/config/latest/developerguide/config-item-table.html
func (f *file) readConfig(o object) {
	list := o["configurationItems"]
	if len(list) == 0 || list[0] != '[' {
		return
	}
	for element := range scan.Elements(list) {
		item, err := read(element)
		if err != nil || item.text("configurationItemStatus") == "ResourceDeleted" {
			continue
		}
		f.next(item.time("configurationItemCaptureTime"))
		f.readItem(item)
	}
}

// readItem reads one item.
func (f *file) readItem(item object) {
	c, extra := item.unwrapped("configuration"), item.of("supplementaryConfiguration")
	of, kind := targetOf(item.text("ARN", "arn"))
	switch item.text("resourceType") {
	case "AWS::S3::Bucket":
		of = event.Target{Type: change.Bucket, Name: item.text("resourceName", "resourceId")}
		f.add(event.ResourcePolicy, of, "", extra.unwrapped("BucketPolicy").document("policyText"))
		f.addSettings(of, extra.unwrapped("PublicAccessBlockConfiguration"))
	case "AWS::S3::AccountPublicAccessBlock":
		f.addSettings(event.Target{Type: change.Account, Name: item.text("awsAccountId")}, c)
	case "AWS::KMS::Key":
		f.add(event.ResourcePolicy, of, "", extra.document("Policy"))
	case "AWS::EC2::VPCEndpoint":
		of = event.Target{Type: change.Endpoint, Name: item.text("resourceId")}
		f.add(event.EndpointPolicy, of, "", c.document("policyDocument"))
	case "AWS::IAM::Policy":
		for _, version := range c.list("policyVersionList") {
			if version.isTrue("isDefaultVersion") {
				f.addVersion(of, version.text("versionId"), version.document("document"))
			}
		}
	case "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group":
		if kind == event.IdentityPolicy {
			f.readConfigIdentity(of, c)
		}
	}
}

// readConfigIdentity reads a role, user or group.
func (f *file) readConfigIdentity(of event.Target, c object) {
	for _, list := range [...]string{"rolePolicyList", "userPolicyList", "groupPolicyList"} {
		for _, p := range c.list(list) {
			f.add(event.IdentityPolicy, of, p.text("policyName"), p.document("policyDocument"))
		}
	}
	for _, p := range c.list("attachedManagedPolicies") {
		f.link(of, event.Attached, p.text("policyArn"))
	}
	f.link(of, event.Bounded, c.of("permissionsBoundary").text("permissionsBoundaryArn"))
	for _, group := range c.texts("groupList") {
		f.link(of, event.Member, besides(of, group))
	}
	f.Complete = append(f.Complete, redacted(of))
}

// unwrapped reads an object that may be the text of one.
func (o object) unwrapped(key string) object {
	inner, err := read(field.Unwrap(o[key]))
	if err != nil {
		return nil
	}
	return inner
}
