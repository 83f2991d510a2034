package advice

import (
	"strings"

	"trail403/ingest/arn"
)

// A thing is what the request names where that is no ordinary bucket. It has a
// policy of its own, which other calls read.
type thing struct {
	kind    string // for people: access point
	arn     string // of the thing itself, "" where only its kind is known
	name    string
	account string
	region  string
	read    string // the command that reads its policy, with placeholders
	behind  bool   // there is a bucket behind it, whose policy counts too
}

// https://docs.aws.amazon.com/cli/latest/reference/s3control/
const (
	readOrdinary     = "`aws s3api get-bucket-policy --bucket {BUCKET} --query Policy --output text`"
	readAccessPoint  = "`aws s3control get-access-point-policy --account-id {OWNER_ACCOUNT_ID} --name {POINT_NAME}{thing region}`"
	readObjectLambda = "`aws s3control get-access-point-policy-for-object-lambda --account-id {OWNER_ACCOUNT_ID} --name {POINT_NAME}{thing region}`"
	readMultiRegion  = "`aws s3control list-multi-region-access-points --account-id {OWNER_ACCOUNT_ID} --region us-west-2` shows the name that belongs to the alias, then `aws s3control get-multi-region-access-point-policy --account-id {OWNER_ACCOUNT_ID} --name NAME --region us-west-2`"
	readOutpostPoint = "`aws s3control get-access-point-policy --account-id {OWNER_ACCOUNT_ID} --name {RESOURCE_ARN}{thing region}`"
	readOutpost      = "`aws s3control get-bucket-policy --account-id {OWNER_ACCOUNT_ID} --bucket {RESOURCE_ARN}{thing region}`"
	readTableBucket  = "`aws s3tables get-table-bucket-policy --table-bucket-arn {RESOURCE_ARN}`, and for one table `aws s3tables get-table-policy --table-bucket-arn {RESOURCE_ARN} --namespace NAMESPACE --name TABLE`"
	readVectorBucket = "`aws s3vectors get-vector-bucket-policy --vector-bucket-arn {RESOURCE_ARN}`"
)

// thing returns what the request names. Its kind is "" for an ordinary bucket.
func (f *facts) thing() thing {
	for _, name := range [...]string{f.Bucket, f.Resource} {
		if a, ok := arn.Parse(name); ok {
			if t := thingOf(a, name); t.kind != "" {
				return t
			}
		}
	}
	if strings.HasSuffix(f.Bucket, "-s3alias") {
		return thing{kind: "access point", read: readAccessPoint, behind: true}
	}
	service, _, _ := strings.Cut(f.denied(), ":")
	switch service {
	case "s3tables":
		return thing{kind: "table bucket", read: readTableBucket}
	case "s3vectors":
		return thing{kind: "vector bucket", read: readVectorBucket}
	case "s3-object-lambda":
		return thing{kind: "Object Lambda access point", read: readObjectLambda, behind: true}
	}
	return thing{}
}

// thingOf reads the ARN of a thing, or of what is in it.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
func thingOf(a arn.ARN, name string) thing {
	parts := strings.Split(a.Resource, "/")
	t := thing{account: a.Account, region: a.Region}
	if len(parts) < 2 {
		return thing{}
	}
	head := strings.TrimSuffix(name, a.Resource)
	t.name, t.arn = parts[1], head+parts[0]+"/"+parts[1]
	switch {
	case a.Service == "s3" && parts[0] == "accesspoint" && strings.HasSuffix(t.name, ".mrap"):
		t.kind, t.read, t.behind = "Multi-Region Access Point", readMultiRegion, true
	case a.Service == "s3" && parts[0] == "accesspoint":
		t.kind, t.read, t.behind = "access point", readAccessPoint, true
	case a.Service == "s3-object-lambda" && parts[0] == "accesspoint":
		t.kind, t.read, t.behind = "Object Lambda access point", readObjectLambda, true
	case a.Service == "s3-outposts" && len(parts) > 3:
		t.name, t.arn = parts[3], head+strings.Join(parts[:4], "/")
		t.kind, t.read, t.behind = "access point on Outposts", readOutpostPoint, true
		if parts[2] == "bucket" {
			t.kind, t.read, t.behind = "bucket on Outposts", readOutpost, false
		}
	case a.Service == "s3tables":
		t.kind, t.read = "table bucket", readTableBucket
	case a.Service == "s3vectors":
		t.kind, t.read = "vector bucket", readVectorBucket
	default:
		return thing{}
	}
	return t
}

// bucketBehind returns the bucket for commands about an ordinary bucket.
func (f *facts) bucketBehind() string {
	switch t := f.thing(); {
	case t.kind == "":
		return f.Bucket
	case t.behind:
		return f.Behind
	}
	return ""
}
