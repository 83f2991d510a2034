package change

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
)

// bucket finds the bucket as a denial names it: by the request, else by the
// resources. S3 on Outposts, tables and vectors name it by ARN.
func (f *finder) bucket() {
	name := f.asked("bucketName", "vectorBucketName")
	if name == "" {
		name = arn.Bucket(f.asked("tableBucketARN", "vectorBucketArn", "tableArn", "bucket"))
	}
	if strings.Contains(f.source, "s3tables") {
		name = field.FirstOf(name, f.asked("name"))
	}
	if name != "" {
		f.add(Bucket, name)
		return
	}
	for _, b := range deep(f.request, "bucket") { // of an access point, or of each Region of a multi-Region one
		f.add(Bucket, field.Text(b))
	}
	for s := range f.listed {
		f.add(Bucket, arn.Bucket(s))
	}
}

// taggedBucket finds the bucket of a call that tags a resource by its ARN.
func (f *finder) taggedBucket() {
	if name := arn.Bucket(f.asked("resourceArn")); name != "" {
		f.add(Bucket, name)
		return
	}
	f.bucket()
}

// bucketOrAccount is for the API's names of calls that exist for both. CloudTrail
// has names of its own, but other tools write these.
func (f *finder) bucketOrAccount() {
	f.bucket()
	if len(f.targets) == 0 {
		f.accountOfCall()
	}
}

// encryptionKey finds the key by which a bucket encrypts what has none.
func (f *finder) encryptionKey() {
	for _, name := range []string{"KMSMasterKeyID", "kmsKeyArn"} {
		for _, id := range deep(f.request, name) {
			f.keyNamed(id)
		}
	}
}

// accessPoint finds the access point by its ARN or by its name in the account.
func (f *finder) accessPoint() {
	before := len(f.targets)
	for s := range f.listed {
		if a, ok := arn.Parse(s); ok && strings.HasPrefix(a.Resource, "accesspoint/") {
			f.add(AccessPoint, s)
		}
	}
	name := f.asked("name", "accessPointName")
	switch service, _, _ := strings.Cut(f.source, "."); {
	case len(f.targets) > before || name == "":
	case arn.Valid(name):
		f.add(AccessPoint, name)
	default:
		f.addARN(AccessPoint, service, f.region, "accesspoint/"+name)
	}
}

func (f *finder) multiRegionAccessPoint() {
	details := get(f.request, "details", "CreateMultiRegionAccessPointRequest",
		"DeleteMultiRegionAccessPointRequest", "PutMultiRegionAccessPointPolicyRequest")
	for _, name := range append(deep(details, "name"), get(f.request, "name")) {
		f.add(MultiRegionAccessPoint, field.Text(name))
	}
}

// grantBucket finds the bucket of a scope such as s3://bucket/prefix*.
func (f *finder) grantBucket() {
	for _, in := range [][]byte{f.request, f.response} {
		for _, name := range []string{"grantScope", "locationScope", "s3Prefix"} {
			for _, scope := range deep(in, name) {
				rest, ok := strings.CutPrefix(field.Text(scope), "s3://")
				bucket, _, _ := strings.Cut(rest, "/")
				if ok {
					f.add(Bucket, strings.Trim(bucket, "*"))
				}
			}
		}
	}
}

// grantee finds the role or user to whom S3 Access Grants granted something.
func (f *finder) grantee() {
	for _, in := range [][]byte{f.request, f.response} {
		for _, id := range deep(in, "granteeIdentifier") {
			if t, ok := OfPrincipal(field.Text(id)); ok && arn.Valid(field.Text(id)) {
				f.add(t.Type, t.Name)
			}
		}
	}
}

// endpoint finds the VPC endpoints, without those that a call for many could not
// delete. EC2 puts all of the request and response into one member of its name,
// and the words differ in case.
func (f *finder) endpoint() {
	for _, in := range [][]byte{f.request, f.response} {
		for _, name := range []string{"vpcEndpointId", "vpcEndpointIds"} {
			for _, ids := range deep(in, name) {
				for _, id := range texts(ids) {
					if strings.HasPrefix(id, "vpce-") {
						f.add(Endpoint, id)
					}
				}
			}
		}
	}
}

// succeeded returns the targets without those that the response lists as
// unsuccessful. ok is false if there were some and none is left.
func (f *finder) succeeded() (targets []event.Target, ok bool) {
	before := len(f.targets)
	for _, failed := range deep(f.response, "unsuccessful") {
		for _, id := range deep(failed, "resourceId") {
			for i, t := range f.targets {
				if t.Name == field.Text(id) {
					f.targets = append(f.targets[:i], f.targets[i+1:]...)
					break
				}
			}
		}
	}
	return f.targets, before == 0 || len(f.targets) > 0
}
