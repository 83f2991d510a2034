package suggest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"trail403/ingest/identity"
)

// Document is a policy of IAM, as encoding/json writes it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
type Document struct {
	Version   string
	Statement []Statement
}

// Statement allows actions on resources.
type Statement struct {
	Sid       string
	Effect    string
	Principal any `json:",omitempty"` // not in policies of identities
	Action    []string
	Resource  []string
	Condition map[string]map[string]string `json:",omitempty"`
}

// draft gathers the actions on each resource.
type draft struct {
	denials   int
	resources map[string][]string // actions, each once, sorted
	notes     map[string]bool
}

func (d *draft) allow(action, resource string) {
	actions := d.resources[resource]
	if i, found := slices.BinarySearch(actions, action); !found {
		d.resources[resource] = slices.Insert(actions, i, action)
	}
}

// statements has one for the resources that have the same actions, in order of
// their first resource.
func (d *draft) statements() (list []Statement) {
	at := map[string]int{} // by actions
	for _, resource := range slices.Sorted(maps.Keys(d.resources)) {
		actions := d.resources[resource]
		key := strings.Join(actions, " ")
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key] = i
			list = append(list, Statement{Sid: fmt.Sprintf("Refused%d", i+1), Effect: "Allow", Action: actions})
		}
		list[i].Resource = append(list[i].Resource, resource)
	}
	return list
}

// policy makes a draft a policy.
func (at place) policy(principal string, d *draft) Policy {
	p := Policy{
		Kind: at.kind, Target: at.target, Denials: d.denials, Notes: slices.Sorted(maps.Keys(d.notes)),
		Document: Document{Version: "2012-10-17", Statement: d.statements()},
	}
	for i := range p.Document.Statement {
		s := &p.Document.Statement[i]
		switch at.kind {
		case Bucket, Key:
			s.Principal = map[string]string{"AWS": principal}
		case Endpoint:
			// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
			s.Principal = "*"
			s.Condition = map[string]map[string]string{"ArnEquals": {"aws:PrincipalArn": principal}}
		}
	}
	caller := nameOf(principal)
	switch at.kind {
	case Identity:
		p.Attach = "an identity policy of " + caller
		if set := PermissionSet(principal); set != "" {
			p.Attach = "the permission set " + set + " in IAM Identity Center, which makes " + caller
		}
	case Boundary:
		p.Attach = "the permissions boundary of " + caller
	case Session:
		p.Attach = "the session policy of " + caller
	case SCP:
		p.Attach = "a service control policy above account " + at.target
	case Bucket:
		p.Attach = "the bucket policy of " + at.target
	case Key:
		p.Attach = "the key policy of " + at.target
	case Endpoint:
		p.Attach = "the policy of VPC endpoint " + at.target
	}
	return p
}

// nameOf names a role or user and its account.
func nameOf(principal string) string {
	name := principal[strings.LastIndexByte(principal, '/')+1:]
	return identity.TypeOf(principal) + " " + name + " in account " + identity.AccountOf(principal)
}

// PermissionSet returns the permission set of IAM Identity Center that a role was
// made from, or "". Such a role cannot be edited.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
func PermissionSet(principal string) string {
	name, ok := strings.CutPrefix(principal[strings.LastIndexByte(principal, '/')+1:], "AWSReservedSSO_")
	if i := strings.LastIndexByte(name, '_'); ok && i > 0 {
		return name[:i]
	}
	return ""
}
