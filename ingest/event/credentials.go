package event

import "strings"

// Kinds of credentials, as far as a record shows them.
const (
	Presigned        = "presigned"         // of a presigned URL: whoever signed it is the caller
	Console          = "console"           // of the AWS Management Console
	InstanceMetadata = "instance-metadata" // of the role of an EC2 instance
	PodIdentity      = "irsa"              // of the service account of a pod in EKS
	WebIdentity      = "web-identity"      // of another provider, such as GitHub
	ServiceCall      = "service"           // an AWS service called on the caller's behalf
	Temporary        = "session"           // of a role or a user, for a while
	LongTerm         = "access-key"        // of an IAM user
)

// Kind returns the kind of the credentials with which a request was signed, the most
// telling one, or "" if the record shows none. A pod that has the role of its node
// shows the instance's.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
func (c *Context) Kind() string {
	switch {
	case c.AuthenticationType == "QueryString":
		return Presigned
	case c.FromConsole:
		return Console
	case c.RoleDelivery != "":
		return InstanceMetadata
	case strings.Contains(c.Provider, ":oidc-provider/oidc.eks."):
		return PodIdentity
	case c.Provider != "":
		return WebIdentity
	case c.InvokedBy != "":
		return ServiceCall
	case c.HasSession:
		return Temporary
	case c.UserName != "":
		return LongTerm
	}
	return ""
}
