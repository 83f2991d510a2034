package main

import "strings"

// A reason is why S3 denies: its cause, as the program names it, and the text that
// says so, with {user}, {action} and {resource} to be filled in.
type reason struct {
	cause  string
	text   string
	action string // what the text names, if it is not the action of the call
}

const (
	notAuthorized = "User: {user} is not authorized to perform: {action}"
	onResource    = " on resource: \"{resource}\""
	keyMissing    = " because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"
)

var policyTypes = map[string]string{
	"identity": "identity-based policy",
	"resource": "resource-based policy",
	"scp":      "service control policy",
	"rcp":      "resource control policy",
	"vpce":     "VPC endpoint policy",
	"boundary": "permissions boundary",
}

// implicit is a denial because no policy of the type allows the action.
func implicit(policy string) reason {
	return reason{cause: policy + "-implicit", text: notAuthorized + onResource + " because no " + policyTypes[policy] + " allows the {action} action"}
}

// explicit is a denial by a Deny statement. policyARN may be empty.
func explicit(policy, policyARN string) reason {
	article := "a "
	if policy == "identity" {
		article = "an "
	}
	r := reason{cause: policy + "-explicit", text: notAuthorized + onResource + " with an explicit deny in " + article + policyTypes[policy]}
	if policyARN != "" {
		r.text += ": " + policyARN
	}
	return r
}

// keyDenied is a denial by a KMS key; on says how the message names the key.
func keyDenied(action, on, why string) reason {
	return reason{cause: "kms-key", action: action, text: notAuthorized + on + why}
}

var (
	publicACL = reason{cause: "block-public-acls", text: notAuthorized + onResource + " because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access."}
	endpoint  = reason{cause: "vpce", text: "The request was denied due to a VPC endpoint policy"}
	notTold   = reason{cause: "not-told", text: "Access Denied"}
)

// words fills in the text.
func (r reason) words(user, action, resource string) string {
	if r.action != "" {
		action = r.action
	}
	return strings.NewReplacer("{user}", user, "{action}", action, "{resource}", resource).Replace(r.text)
}

func organizationPolicyARN(kind, id string) string {
	return "arn:aws:organizations::" + managementAccount + ":policy/" + organizationID + "/" + kind + "/" + id
}
