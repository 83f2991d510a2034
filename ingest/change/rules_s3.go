package change

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
)

// bucket finds the bucket as a denial names it: by the request, else by the
// resources. S3 on Outposts, tables and vectors name it by ARN.
func (p *place) bucket() {
	name := field.Text(get(p.request, "bucketName", "vectorBucketName"))
	if name == "" {
		name = arn.Bucket(field.Text(get(p.request, "tableBucketARN", "vectorBucketArn", "tableArn", "bucket")))
	}
	if strings.Contains(p.source, "s3tables") {
		name = field.FirstOf(name, field.Text(get(p.request, "name")))
	}
	if name != "" {
		p.add(Bucket, name)
		return
	}
	for _, b := range deep(p.request, "bucket") { // of an access point; for each Region of a multi-Region one
		p.add(Bucket, field.Text(b))
	}
	for s := range p.listed {
		p.add(Bucket, arn.Bucket(s))
	}
}

// bucketOrAccount is for the API's names of calls that exist for both. CloudTrail
// has names of its own; other tools write these.
func (p *place) taggedBucket() {
	if name := arn.Bucket(field.Text(get(p.request, "resourceArn"))); name != "" {
		p.add(Bucket, name)
		return
	}
	p.bucket()
}

func (p *place) bucketOrAccount() {
	p.bucket()
	if len(p.targets) == 0 {
		p.accountOfCall()
	}
}

// encryptionKey finds the key by which a bucket encrypts what has none.
func (p *place) encryptionKey() {
	for _, name := range []string{"KMSMasterKeyID", "kmsKeyArn"} {
		for _, id := range deep(p.request, name) {
			p.keyNamed(id)
		}
	}
}

// accessPoint finds the access point by its ARN or by its name in the account.
func (p *place) accessPoint() {
	before := len(p.targets)
	for s := range p.listed {
		if a, ok := arn.Parse(s); ok && strings.HasPrefix(a.Resource, "accesspoint/") {
			p.add(AccessPoint, s)
		}
	}
	name := field.Text(get(p.request, "name", "accessPointName"))
	switch service, _, _ := strings.Cut(p.source, "."); {
	case len(p.targets) > before || name == "":
	case arn.Valid(name):
		p.add(AccessPoint, name)
	default:
		p.addARN(AccessPoint, service, p.region, "accesspoint/"+name)
	}
}

func (p *place) multiRegionAccessPoint() {
	for _, name := range append(deep(get(p.request, "details", "CreateMultiRegionAccessPointRequest", "DeleteMultiRegionAccessPointRequest",
		"PutMultiRegionAccessPointPolicyRequest"), "name"), get(p.request, "name")) {
		p.add(MultiRegionAccessPoint, field.Text(name))
	}
}

// grantBucket finds the bucket of a scope such as s3://bucket/prefix*.
func (p *place) grantBucket() {
	for _, in := range [][]byte{p.request, p.response} {
		for _, name := range []string{"grantScope", "locationScope", "s3Prefix"} {
			for _, scope := range deep(in, name) {
				rest, ok := strings.CutPrefix(field.Text(scope), "s3://")
				bucket, _, _ := strings.Cut(rest, "/")
				if ok {
					p.add(Bucket, strings.Trim(bucket, "*"))
				}
			}
		}
	}
}

// grantee finds the role or user to whom S3 Access Grants granted something.
func (p *place) grantee() {
	for _, in := range [][]byte{p.request, p.response} {
		for _, id := range deep(in, "granteeIdentifier") {
			if t, ok := OfPrincipal(field.Text(id)); ok && arn.Valid(field.Text(id)) {
				p.add(t.Type, t.Name)
			}
		}
	}
}

// endpoint finds the VPC endpoints, without those that a call for many could not
// delete. EC2 puts the whole request and response into one member of its name,
// and the words differ in case.
func (p *place) endpoint() {
	for _, in := range [][]byte{p.request, p.response} {
		for _, name := range []string{"vpcEndpointId", "vpcEndpointIds"} {
			for _, ids := range deep(in, name) {
				for _, id := range texts(ids) {
					if strings.HasPrefix(id, "vpce-") {
						p.add(Endpoint, id)
					}
				}
			}
		}
	}
}

// succeeded returns the targets without those that the response lists as
// unsuccessful; ok is false if none is left of some.
func (p *place) succeeded() (targets []event.Target, ok bool) {
	before := len(p.targets)
	for _, failed := range deep(p.response, "unsuccessful") {
		for _, id := range deep(failed, "resourceId") {
			for i, t := range p.targets {
				if t.Name == field.Text(id) {
					p.targets = append(p.targets[:i], p.targets[i+1:]...)
					break
				}
			}
		}
	}
	return p.targets, before == 0 || len(p.targets) > 0
}
