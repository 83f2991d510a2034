package change

import (
	"slices"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
)

// maxTargets bounds what one call may touch; DeleteVpcEndpoints takes 25.
const maxTargets = 100

// place is a call that succeeded, and where.
type place struct {
	request, response, resources []byte // raw JSON
	partition, region, account   string
	source                       string
	targets                      []event.Target
}

// rules find what a call touched, by the names in calls.tsv.
var rules = map[string]func(*place){
	"bucket":                    (*place).bucket,
	"tagged-bucket":             func(p *place) { p.taggedBucket() },
	"bucket-or-account":         (*place).bucketOrAccount,
	"encryption-key":            (*place).encryptionKey,
	"access-point":              (*place).accessPoint,
	"multi-region-access-point": (*place).multiRegionAccessPoint,
	"grant-bucket":              (*place).grantBucket,
	"grantee":                   (*place).grantee,
	"role":                      func(p *place) { p.iam(Role, "roleName", "role") },
	"user":                      func(p *place) { p.iam(User, "userName", "user") },
	"new-user":                  func(p *place) { p.iam(User, "newUserName", "") },
	"group":                     func(p *place) { p.iam(Group, "groupName", "group") },
	"instance-profile":          func(p *place) { p.iam(InstanceProfile, "instanceProfileName", "") },
	"policy":                    (*place).policy,
	"boundary":                  (*place).boundary,
	"organization-policy":       (*place).organizationPolicy,
	"attached-to":               func(p *place) { p.node(get(p.request, "targetId")) },
	"parents": func(p *place) {
		p.node(get(p.request, "sourceParentId"))
		p.node(get(p.request, "destinationParentId"))
	},
	"root":                func(p *place) { p.node(get(p.request, "rootId")) },
	"organization":        (*place).organization,
	"account":             (*place).accountOfCall,
	"endpoint":            (*place).endpoint,
	"key":                 (*place).key,
	"alias":               func(p *place) { p.keyNamed(get(p.request, "aliasName")) },
	"permission-set":      (*place).permissionSet,
	"permission-set-name": func(p *place) { p.add(PermissionSetName, field.Text(get(p.request, "name"))) },
	"assigned-account":    func(p *place) { p.node(get(p.request, "targetId")) },
	"assignee":            (*place).assignee,
	"identity-group":      func(p *place) { p.add(IdentityGroup, field.Text(get(p.request, "groupId"))) },
	"identity-user":       (*place).identityUser,
}

// targets returns what the call touched by the rules that are named. ok is false
// where the record shows that it altered no access after all.
func (f *fields) targets(c *event.Change, touches []string) (targets []event.Target, ok bool) {
	p := &place{
		request:   field.Unwrap(f.RequestParameters),
		response:  field.Unwrap(f.ResponseElements),
		resources: field.Unwrap(f.Resources),
		partition: partitionOf(c),
		region:    c.Region,
		account:   c.Account,
		source:    c.Source,
	}
	if !arn.IsAccount(p.account) {
		p.account = c.ActorAccount
	}
	if serviceOf(c.Source) == "organizations" && strings.Contains(c.Name, "Policy") && !p.isAccessPolicy() {
		return nil, false
	}
	for _, rule := range touches {
		rules[rule](p)
	}
	return p.succeeded()
}

// partitionOf returns the partition in which a change was made: that of its
// actor, or else of its Region.
// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
func partitionOf(c *event.Change) string {
	if a, ok := arn.Parse(c.Actor); ok {
		return a.Partition
	}
	for prefix, partition := range map[string]string{"cn-": "aws-cn", "us-gov-": "aws-us-gov", "eusc-": "aws-eusc", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b", "eu-isoe-": "aws-iso-e", "us-isof-": "aws-iso-f"} {
		if strings.HasPrefix(c.Region, prefix) {
			return partition
		}
	}
	return "aws"
}

// add notes that the call touched the named thing.
func (p *place) add(kind, name string) {
	t := event.Target{Type: kind, Name: field.Redact(name)}
	if name != "" && len(p.targets) < maxTargets && !slices.Contains(p.targets, t) {
		p.targets = append(p.targets, t)
	}
}

// addARN notes a thing in the account of the call, by its ARN. Where no account
// is known there is none.
func (p *place) addARN(kind, service, region, resource string) {
	if p.account == "" {
		p.add(kind, resource)
		return
	}
	p.add(kind, "arn:"+p.partition+":"+service+":"+region+":"+p.account+":"+resource)
}

// listed walks the ARNs of the record's resources.
func (p *place) listed(yield func(string) bool) {
	for _, entry := range deep(p.resources, "ARN") {
		if s := field.Text(entry); s != "" && !yield(s) {
			return
		}
	}
}
