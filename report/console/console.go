// Package console makes the addresses of things in the AWS Management Console. What is
// not named as AWS names such things, or is in a partition whose console is not known,
// has none: names come from logs.
package console

import (
	"net/url"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/pattern"
)

// hosts are where the consoles of partitions are, and the Region in which each has its
// global services.
// https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/learn-whats-new.html
var hosts = map[string]struct{ domain, global string }{
	"aws":        {"console.aws.amazon.com", "us-east-1"},
	"aws-cn":     {"console.amazonaws.cn", "cn-north-1"},
	"aws-us-gov": {"console.amazonaws-us-gov.com", "us-gov-west-1"},
}

var (
	region     = pattern.New(`^[a-z]{2,5}(-[a-z]+){1,3}-\d$`)
	bucket     = pattern.New(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	name       = pattern.New(`^[A-Za-z0-9_.@-]{1,64}$`)
	identifier = pattern.New(`^[a-z0-9-]{1,64}$`)
)

// Partition returns the partition of a Region.
func Partition(of string) string {
	switch {
	case strings.HasPrefix(of, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(of, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

// page returns the address of a page of a service in a Region, "" if there is none.
func page(partition, in, path string) string {
	host, ok := hosts[partition]
	if !ok || !region.MatchString(in) {
		return ""
	}
	return "https://" + in + "." + host.domain + path
}

// Bucket returns the page with the permissions of a bucket. Its Region need not be known:
// the console finds it, from a Region of the same partition.
func Bucket(bucketName, in string) string {
	if !bucket.MatchString(bucketName) {
		return ""
	}
	return page(Partition(in), in, "/s3/buckets/"+bucketName+"?region="+in+"&tab=permissions")
}

// Principal returns the page of a role or user.
func Principal(of string) string {
	a, ok := arn.Parse(of)
	kind, _, _ := strings.Cut(a.Resource, "/")
	last := arn.Last(of)
	pages := map[string]string{"role": "roles", "user": "users"}
	if !ok || a.Service != "iam" || pages[kind] == "" || !name.MatchString(last) {
		return ""
	}
	return page(a.Partition, hosts[a.Partition].global, "/iam/home#/"+pages[kind]+"/details/"+url.PathEscape(last))
}

// Policy returns the page of a managed policy, an SCP or an RCP.
func Policy(of string) string {
	a, ok := arn.Parse(of)
	if !ok {
		return ""
	}
	global := hosts[a.Partition].global
	parts := strings.Split(a.Resource, "/")
	switch {
	case a.Service == "iam" && parts[0] == "policy" && name.MatchString(arn.Last(of)):
		return page(a.Partition, global, "/iam/home#/policies/details/"+url.QueryEscape(of))
	case a.Service == "organizations" && len(parts) == 4 && identifier.MatchString(parts[3]):
		kind := map[string]string{
			"service_control_policy": "service-control-policy", "resource_control_policy": "resource-control-policy",
		}[parts[2]]
		if kind != "" {
			return page(a.Partition, global, "/organizations/v2/home/policies/"+kind+"/"+parts[3])
		}
	}
	return ""
}

// Key returns the page of a KMS key.
func Key(of string) string {
	a, ok := arn.Parse(of)
	id, isKey := strings.CutPrefix(a.Resource, "key/")
	if !ok || a.Service != "kms" || !isKey || !identifier.MatchString(id) {
		return ""
	}
	return page(a.Partition, a.Region, "/kms/home?region="+a.Region+"#/kms/keys/"+id)
}

// Event returns the page of a management event. CloudTrail's console has no data events.
func Event(id, in string) string {
	if !identifier.MatchString(id) {
		return ""
	}
	return page(Partition(in), in, "/cloudtrailv2/home?region="+in+"#/events/"+id)
}
