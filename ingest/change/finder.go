package change

import (
	"slices"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
)

// maxTargets bounds what one call may touch. DeleteVpcEndpoints takes 25.
const maxTargets = 100

// finder finds what a call touched: each rule adds to its targets.
type finder struct {
	request, response, resources []byte // raw JSON
	partition, region, account   string
	source                       string
	targets                      []event.Target
}

// newFinder returns a finder for the record of a call.
func newFinder(r *field.Record, c *event.Change) *finder {
	f := &finder{
		request:   field.Unwrap(r.RequestParameters),
		response:  field.Unwrap(r.ResponseElements),
		resources: field.Unwrap(r.Resources),
		partition: partitionOf(c),
		region:    c.Region,
		account:   c.Account,
		source:    c.Source,
	}
	if !arn.IsAccount(f.account) {
		f.account = c.ActorAccount
	}
	return f
}

// partitions are those of Regions outside of the partition aws.
// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
var partitions = map[string]string{
	"cn-": "aws-cn", "us-gov-": "aws-us-gov", "eusc-": "aws-eusc",
	"us-iso-": "aws-iso", "us-isob-": "aws-iso-b", "eu-isoe-": "aws-iso-e", "us-isof-": "aws-iso-f",
}

// partitionOf returns the partition in which a change was made: that of its
// actor, or else of its Region.
func partitionOf(c *event.Change) string {
	if a, ok := arn.Parse(c.Actor); ok {
		return a.Partition
	}
	for prefix, partition := range partitions {
		if strings.HasPrefix(c.Region, prefix) {
			return partition
		}
	}
	return "aws"
}

// asked returns the text that the request has under the first of the names.
func (f *finder) asked(names ...string) string { return field.Text(get(f.request, names...)) }

// answered returns the text at a path of members of the response.
func (f *finder) answered(path string) string { return field.Text(at(f.response, path)) }

// add notes that the call touched the named thing.
func (f *finder) add(kind, name string) {
	t := event.Target{Type: kind, Name: field.Redact(name)}
	if name != "" && len(f.targets) < maxTargets && !slices.Contains(f.targets, t) {
		f.targets = append(f.targets, t)
	}
}

// addARN notes a thing in the account of the call, by its ARN. Where no account
// is known there is none.
func (f *finder) addARN(kind, service, region, resource string) {
	if f.account == "" {
		f.add(kind, resource)
		return
	}
	f.add(kind, "arn:"+f.partition+":"+service+":"+region+":"+f.account+":"+resource)
}

// listed walks the ARNs of the record's resources.
func (f *finder) listed(yield func(string) bool) {
	for _, entry := range deep(f.resources, "ARN") {
		if s := field.Text(entry); s != "" && !yield(s) {
			return
		}
	}
}
