package policydoc

import (
	"slices"
	"strings"
)

// Request is what is known about a request.
type Request struct {
	Action   string // s3:GetObject
	Resource string // ARN; * for what is about no resource; empty if it is not known
	// ResourceOpen says that Resource is only how the resource begins, and that the rest
	// is not known. It can be the resource itself.
	ResourceOpen bool
	Caller       Caller
	Context      Context
}

// Caller is who made a request.
type Caller struct {
	ARN     string // of the user, the role or the root user, as IAM has it, or empty if it is not known
	Session string // ARN of the session, of a role or of a federated user, if there is one and it is known
	UserID  string // aws:userid, or empty if it is not known
	Account string // 12 digits, or empty if it is not known
	Service string // an AWS service that called by itself: cloudtrail.amazonaws.com

	Anonymous bool
	// PathUnknown says that the ARN of the role lacks its path: STS drops it.
	PathUnknown bool
	// Bounded says that the user or role has a permissions boundary.
	Bounded bool
}

// Kinds of callers, by the resource part of their ARN.
const (
	userPrefix      = "user/"
	rolePrefix      = "role/"
	sessionPrefix   = "assumed-role/"
	federatedPrefix = "federated-user/"
)

// resourceOf returns the account and the resource part of an ARN.
func resourceOf(arn string) (account, resource string) {
	parts := strings.SplitN(arn, ":", arnParts)
	if len(parts) != arnParts || parts[0] != "arn" {
		return "", ""
	}
	return parts[4], parts[5]
}

func (c *Caller) isRole() bool {
	_, resource := resourceOf(c.ARN)
	return strings.HasPrefix(resource, rolePrefix)
}

func (c *Caller) isFederated() bool {
	_, resource := resourceOf(c.Session)
	return strings.HasPrefix(resource, federatedPrefix)
}

// IsUser says whether the caller is a user, with or without a session.
func (c *Caller) IsUser() bool {
	_, resource := resourceOf(c.ARN)
	return strings.HasPrefix(resource, userPrefix)
}

// IsRoot says whether the caller is the root user of its account.
func (c *Caller) IsRoot() bool {
	_, resource := resourceOf(c.ARN)
	return resource == "root"
}

// Context holds the condition keys of a request, with their values. A key that was
// not set is not visible in the log: the request may have had it or not.
type Context struct {
	values map[string][]string // by the name in lower case
}

// Set notes the values of a key. Without any, the request did not have the key.
func (c *Context) Set(key string, values ...string) {
	if c.values == nil {
		c.values = map[string][]string{}
	}
	c.values[strings.ToLower(key)] = values
}

// Lookup returns the values of a key, none if the request did not have it. seen
// says whether the log tells.
func (c *Context) Lookup(key string) (values []string, seen bool) {
	values, seen = c.values[strings.ToLower(key)]
	return values, seen
}

// maxText bounds the texts of a request that are matched: no ARN is longer.
const maxText = 2048

// unseen collects what an answer depends on and the log does not show: condition
// keys, or names of elements.
type unseen []string

// maxUnseen bounds how many names are collected. Nobody checks more by hand.
const maxUnseen = 16

func (u *unseen) add(name string) Truth {
	if len(*u) < maxUnseen && !slices.Contains(*u, name) {
		*u = append(*u, name)
	}
	return Unseen
}
