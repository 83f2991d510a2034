package live

import (
	"context"
	"encoding/xml"
	"slices"

	"trail403/ingest/arn"
	"trail403/ingest/event"
)

// readBucket reads the policy of a bucket and, if they are wanted, its settings.
func (r *reader) readBucket(ctx context.Context, p *part, w *event.Wanted) {
	name := w.Of.Name
	if !bucketName.MatchString(name) {
		p.skip()
		return
	}
	s, err := r.in(ctx, w.Account)
	if p.fail(ctx, getBucketPolicy, err) {
		return
	}
	from := func(op int) ([]byte, error) {
		return r.call(ctx, s, askBucket(op, name, w.Account).to(s.partition, r.regionOf(w), ""))
	}
	body, err := from(getBucketPolicy)
	switch {
	case isCode(err, "NoSuchBucket"):
		p.note(w.Of, "the bucket does not exist, or does not any longer")
		return
	case isCode(err, "NoSuchBucketPolicy"):
		p.add(event.ResourcePolicy, w.Of, "", "")
	case !p.fail(ctx, getBucketPolicy, err):
		p.add(event.ResourcePolicy, w.Of, "", string(body))
	}
	if w.Settings && ctx.Err() == nil {
		p.settings = &event.BucketSettings{Bucket: name, Account: w.Account}
		r.readSettings(ctx, p, s, from)
	}
}

// readSettings reads what a bucket has beside its policy.
func (r *reader) readSettings(ctx context.Context, p *part, s *session, from func(op int) ([]byte, error)) {
	out := p.settings
	blocked, err := readBlocks(from(getBucketBlock))
	if !p.fail(ctx, getBucketBlock, err) {
		out.Blocked, out.HasBlocks = blocked, true
	}
	if out.Account != "" && arn.IsAccount(out.Account) {
		blocked, err := readBlocks(r.call(ctx, s, askControl(getAccountBlock, out.Account, "").
			to(s.partition, r.ownRegion(), out.Account)))
		if !p.fail(ctx, getAccountBlock, err) {
			out.BlockedByAccount, out.HasAccountBlocks = blocked, true
		}
	}
	ownership, err := readOwnership(from(getBucketOwnership))
	if !p.fail(ctx, getBucketOwnership, err) {
		out.Ownership = ownership
	}
	grants, err := readGrants(from(getBucketACL))
	if !p.fail(ctx, getBucketACL, err) {
		out.Grants, out.HasGrants = grants, true
	}
}

// readBlocks returns the settings of S3 Block Public Access that are on.
func readBlocks(body []byte, err error) (on []string, _ error) {
	if isCode(err, "NoSuchPublicAccessBlockConfiguration") {
		return nil, nil
	}
	type answer struct {
		XMLName               xml.Name `xml:"PublicAccessBlockConfiguration"`
		BlockPublicAcls       bool
		IgnorePublicAcls      bool
		BlockPublicPolicy     bool
		RestrictPublicBuckets bool
	}
	got, err := readXML[answer](body, err)
	for _, one := range []struct {
		name string
		is   bool
	}{
		{"BlockPublicAcls", got.BlockPublicAcls}, {"IgnorePublicAcls", got.IgnorePublicAcls},
		{"BlockPublicPolicy", got.BlockPublicPolicy}, {"RestrictPublicBuckets", got.RestrictPublicBuckets},
	} {
		if one.is {
			on = append(on, one.name)
		}
	}
	return on, err
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
var ownerships = []string{"BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"}

func readOwnership(body []byte, err error) (string, error) {
	if isCode(err, "OwnershipControlsNotFoundError") {
		return "ObjectWriter", nil
	}
	type answer struct {
		XMLName   xml.Name `xml:"OwnershipControls"`
		Ownership string   `xml:"Rule>ObjectOwnership"`
	}
	got, err := readXML[answer](body, err)
	if err == nil && !slices.Contains(ownerships, got.Ownership) {
		err = errGarbled
	}
	return got.Ownership, err
}

// grantees are the groups that an ACL can name.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
var grantees = map[string]string{
	"http://acs.amazonaws.com/groups/global/AllUsers":           "everyone",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "everyone with an AWS account",
	"http://acs.amazonaws.com/groups/s3/LogDelivery":            "log delivery",
}

var permissions = []string{"FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP"}

// readGrants returns the grants of an ACL. Other accounts are not named: an ACL has only their
// canonical ids.
func readGrants(body []byte, err error) (list []string, _ error) {
	type answer struct {
		XMLName xml.Name `xml:"AccessControlPolicy"`
		Owner   string   `xml:"Owner>ID"`
		Grants  []struct {
			ID         string `xml:"Grantee>ID"`
			URI        string `xml:"Grantee>URI"`
			Permission string
		} `xml:"AccessControlList>Grant"`
	}
	got, err := readXML[answer](body, err)
	for _, g := range got.Grants {
		who := grantees[g.URI]
		switch {
		case who != "":
		case g.ID != "" && g.ID == got.Owner:
			who = "the owner"
		default:
			who = "another account"
		}
		if !slices.Contains(permissions, g.Permission) {
			return nil, errGarbled
		}
		if text := g.Permission + " for " + who; !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list, err
}
