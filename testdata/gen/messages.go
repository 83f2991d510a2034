package main

import "strings"

// A reason is why S3 denies a request: a cause, and a text with {user}, {action} and {resource} in it.
type reason struct {
	cause    string
	text     string
	policy   string // the ARN in the text
	why      string // why the cause is not known
	action   string // what the text names, where it is not what the call needs
	resource string // the same for the resource
	code     string // the error code, AccessDenied if empty
	silent   bool   // no errorMessage at all
}

const (
	refused    = `User: {user} is not authorized to perform: {action}`
	onResource = ` on resource: "{resource}"`
)

// policyTypes are AWS's words for the kinds of policies.
var policyTypes = map[string]string{
	"identity": "identity-based policy",
	"resource": "resource-based policy",
	"scp":      "service control policy",
	"rcp":      "resource control policy",
	"vpce":     "VPC endpoint policy",
	"boundary": "permissions boundary",
	"session":  "session policy",
	"trust":    "role trust policy",
}

// implicit is a denial because no policy of the type allows the action.
func implicit(policy string) reason {
	return reason{cause: policy + "-implicit", text: refused + onResource + " because no " + policyTypes[policy] + " allows the {action} action"}
}

// explicit is a denial by a Deny statement.
func explicit(policy string) reason {
	article := "a "
	switch policy {
	case "identity":
		article = "an "
	case "trust":
		article = "the "
	}
	return reason{cause: policy + "-explicit", text: refused + onResource + " with an explicit deny in " + article + policyTypes[policy]}
}

// by names the policy as real messages of 2026 do.
func (r reason) by(arn string) reason { return r.separated(": ", arn) }

// documented names the policy as the S3 User Guide does.
func (r reason) documented(arn string) reason { return r.separated(", with policy ARN: ", arn) }

func (r reason) separated(separator, arn string) reason {
	r.policy = arn
	r.text += separator + arn
	return r
}

// bare omits the resource, as some messages do.
func (r reason) bare() reason { r.text = strings.Replace(r.text, onResource, "", 1); return r }

// naming is the same denial for an action that is not the call's own.
func (r reason) naming(action, resource string) reason {
	r.action, r.resource = action, resource
	return r
}

// notTold is the plain Access Denied.
func notTold(why string) reason { return reason{cause: "not-told", why: why, text: "Access Denied"} }

// because is a denial by a setting, which the message describes in its own words.
func because(cause, words string) reason {
	return reason{cause: cause, text: refused + onResource + " because " + words}
}

// keyUnavailable is what KMS adds if the reason can be the key policy, the Region or a
// missing key.
const keyUnavailable = " because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access"

// The three ways in which KMS writes its resource into an S3 message.
const (
	onKey        = " on resource: {resource}"
	onThis       = " on this resource"
	onCiphertext = " on the resource associated with this ciphertext"
)

// key is a denial by KMS inside an S3 event.
func key(cause, action, on, words string) reason {
	return reason{cause: cause, action: action, text: refused + on + words}
}

// words fills the text in.
func (r reason) words(user, action, resource string) string {
	text := strings.NewReplacer("{user}", user, "{action}", action, "{resource}", resource).Replace(r.text)
	return cut(text)
}

// cut shortens an error message as CloudTrail does, to 1 KB of which the last three
// bytes are dots.
func cut(text string) string {
	if len(text) <= 1024 {
		return text
	}
	return text[:1021] + "..."
}

func servicePolicy(id string) string {
	return "arn:aws:organizations::" + managementAccount + ":policy/" + organization + "/service_control_policy/" + id
}

func resourcePolicy(id string) string {
	return "arn:aws:organizations::" + managementAccount + ":policy/" + organization + "/resource_control_policy/" + id
}

func customerPolicy(account, pathAndName string) string {
	return "arn:aws:iam::" + account + ":policy/" + pathAndName
}

const quarantinePolicy = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"
