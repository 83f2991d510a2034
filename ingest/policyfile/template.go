package policyfile

import (
	"slices"
	"strconv"
	"strings"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

// readTemplate reads a template of CloudFormation. Only what needs no function of
// CloudFormation is known: the rest depends on parameters and on what was created.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
func (f *file) readTemplate(o object) {
	resources := o.of("Resources")
	names := make([]string, 0, len(resources))
	for name := range resources {
		names = append(names, name)
	}
	slices.Sort(names)
	left := 0
	for _, name := range names {
		r := resources.of(name)
		p := r.of("Properties")
		before := len(f.Documents)
		isPolicy := true
		switch r.text("Type") {
		case "AWS::S3::BucketPolicy":
			f.addLiteral(event.ResourcePolicy, bucketIn(resources, p["Bucket"]), p.document("PolicyDocument"))
		case "AWS::KMS::Key", "AWS::EC2::VPCEndpoint", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy",
			"AWS::Organizations::Policy", "AWS::S3::AccessPoint":
			// The template does not know their ids, or not the account.
		default:
			isPolicy = false
		}
		if isPolicy && len(f.Documents) == before {
			left++
		}
	}
	f.note("It is a template: it shows what a stack was to have, and not what is there now.")
	if left > 0 {
		f.note("Policies in it that are left out, because the template does not say what they are attached to " +
			"or uses functions in them: " + strconv.Itoa(left) + ".")
	}
}

// addLiteral adds a document that has no functions of CloudFormation.
func (f *file) addLiteral(kind event.Policy, of event.Target, text string) {
	if of.Name == "" || strings.Contains(text, `"Fn::`) || strings.Contains(text, `"Ref"`) {
		return
	}
	f.add(kind, of, "", text)
}

// bucketIn returns the bucket that a property names, or that it refers to.
func bucketIn(resources object, property []byte) event.Target {
	p := object{"Bucket": property}
	name := p.text("Bucket")
	if ref := p.of("Bucket").text("Ref"); ref != "" {
		name = resources.of(ref).of("Properties").text("BucketName")
	}
	return event.Target{Type: change.Bucket, Name: name}
}
