package live

import (
	"context"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
)

// readAccessPoint reads the policy of an access point.
func (r *reader) readAccessPoint(ctx context.Context, p *part, w *event.Wanted) {
	a, _ := arn.Parse(w.Of.Name)
	name, ok := strings.CutPrefix(a.Resource, "accesspoint/")
	if !ok || a.Service != "s3" || !arn.IsAccount(a.Account) || !regionName.MatchString(a.Region) || !pointName.MatchString(name) {
		p.skip()
		return
	}
	p.account = a.Account
	s, err := r.in(ctx, a.Account)
	if p.fail(ctx, getAccessPointPolicy, err) {
		return
	}
	type answer struct {
		Policy string
	}
	got, err := readXML[answer](r.call(ctx, s, askControl(getAccessPointPolicy, a.Account, name+"/policy").
		to(s.partition, a.Region, a.Account)))
	switch {
	case isCode(err, "NoSuchAccessPoint"):
		p.note(w.Of, "the access point does not exist, or does not any longer")
	case isCode(err, "NoSuchAccessPointPolicy"):
		p.add(event.ResourcePolicy, w.Of, "", "")
	case !p.fail(ctx, getAccessPointPolicy, orGarbled(err, got.Policy)):
		p.add(event.ResourcePolicy, w.Of, "", got.Policy)
	}
}

// orGarbled returns an error also for a text that is missing.
func orGarbled(err error, text string) error {
	if err == nil && text == "" {
		return errGarbled
	}
	return err
}

// readKey reads the policy of a KMS key. Every key has one.
func (r *reader) readKey(ctx context.Context, p *part, w *event.Wanted) {
	a, _ := arn.Parse(w.Of.Name)
	id, ok := strings.CutPrefix(a.Resource, "key/")
	if !ok || a.Service != "kms" || !arn.IsAccount(a.Account) || !regionName.MatchString(a.Region) || !keyID.MatchString(id) {
		p.skip()
		return
	}
	p.account = a.Account
	s, err := r.in(ctx, a.Account)
	if p.fail(ctx, getKeyPolicy, err) {
		return
	}
	type answer struct{ Policy string }
	got, err := readJSON[answer](r.call(ctx, s, askJSON(getKeyPolicy, map[string]string{"KeyId": id, "PolicyName": "default"}).
		to(s.partition, a.Region, "")))
	switch {
	case isCode(err, "NotFoundException"):
		p.note(w.Of, "the key does not exist, or does not any longer")
	case !p.fail(ctx, getKeyPolicy, orGarbled(err, got.Policy)):
		p.add(event.ResourcePolicy, w.Of, "", got.Policy)
	}
}

// readEndpoint reads the policy of a VPC endpoint.
func (r *reader) readEndpoint(ctx context.Context, p *part, w *event.Wanted) {
	if !endpointID.MatchString(w.Of.Name) {
		p.skip()
		return
	}
	s, err := r.in(ctx, w.Account)
	if p.fail(ctx, describeEndpoints, err) {
		return
	}
	type answer struct {
		Endpoints []struct {
			ID     string `xml:"vpcEndpointId"`
			Policy string `xml:"policyDocument"`
		} `xml:"vpcEndpointSet>item"`
	}
	got, err := readXML[answer](r.call(ctx, s, ask(describeEndpoints, "VpcEndpointId.1", w.Of.Name).
		to(s.partition, r.regionOf(w), "")))
	if isCode(err, "InvalidVpcEndpointId.NotFound", "InvalidVpcEndpointId.Malformed") {
		p.note(w.Of, "the VPC endpoint does not exist in the account and Region that were asked, or does not any longer")
		return
	}
	if err == nil && (len(got.Endpoints) != 1 || got.Endpoints[0].ID != w.Of.Name || got.Endpoints[0].Policy == "") {
		err = errGarbled
	}
	if !p.fail(ctx, describeEndpoints, err) {
		p.add(event.EndpointPolicy, w.Of, "", got.Endpoints[0].Policy)
	}
}
