package main

import (
	"strings"
	"time"
)

// A client is where a request comes from.
type client struct {
	ip, agent string
	endpoint  string // the VPC endpoint, if it came through one
}

// An identity is a caller, and how records show it.
type identity struct {
	kind     string // userIdentity.type
	account  string
	path     string // with slashes at both ends: "/" or "/app/"
	name     string
	session  string
	service  string    // invokedBy
	issuer   *identity // of a federated user
	provider string    // of web identity federation
	instance bool      // credentials of an EC2 instance
	short    bool      // an assumed role whose records lack the session context
	clients  []client
}

// role returns an assumed role with this path and name ("app/reader").
func role(account, pathAndName, session string, clients ...client) identity {
	path, name := splitPath(pathAndName)
	return identity{kind: "AssumedRole", account: account, path: path, name: name, session: session, clients: clients}
}

// user returns an IAM user with this path and name.
func user(account, pathAndName string, clients ...client) identity {
	path, name := splitPath(pathAndName)
	return identity{kind: "IAMUser", account: account, path: path, name: name, clients: clients}
}

// service returns an AWS service that calls for itself.
func service(host string) identity {
	return identity{kind: "AWSService", service: host, clients: []client{{ip: host, agent: host}}}
}

// anonymous returns a caller without credentials.
func anonymous(clients ...client) identity {
	return identity{kind: "AWSAccount", account: "anonymous", clients: clients}
}

func splitPath(s string) (path, name string) {
	i := strings.LastIndexByte(s, '/') + 1
	return "/" + s[:i], s[i:]
}

// as returns the same role in another session.
func (id identity) as(session string) identity { id.session = session; return id }

// through returns the identity whose requests a service makes for it.
func (id identity) through(host string) identity {
	id.service = host
	id.clients = []client{{ip: host, agent: host}}
	return id
}

// inOrganization says whether the account's trail is in the archive.
func inOrganization(account string) bool {
	return account == appAccount || account == dataAccount || account == lakeAccount || account == managementAccount
}

func (id identity) foreign() bool {
	return id.account != "anonymous" && !inOrganization(id.account) && id.kind != "AWSService"
}

// arn returns the ARN in userIdentity and in error messages.
func (id identity) arn() string {
	switch id.kind {
	case "AssumedRole":
		return "arn:aws:sts::" + id.account + ":assumed-role/" + id.name + "/" + id.session
	case "IAMUser":
		return "arn:aws:iam::" + id.account + ":user" + id.path + id.name
	case "Root":
		return "arn:aws:iam::" + id.account + ":root"
	case "FederatedUser":
		return "arn:aws:sts::" + id.account + ":federated-user/" + id.name
	}
	return ""
}

// roleARN returns the ARN of the role itself.
func (id identity) roleARN() string {
	return "arn:aws:iam::" + id.account + ":role" + id.path + id.name
}

// principal returns who was denied, by the rules of the project: a role and never its
// session, the issuer of a federated user, a service by name, and an account's caller
// by unique id if no ARN is known.
func (id identity) principal() string {
	switch {
	case id.account == "anonymous":
		return "anonymous"
	case id.kind == "Unknown":
		return "unknown"
	case id.foreign():
		return id.account + ":" + id.uniqueID()
	case id.kind == "AWSService":
		return id.service
	case id.kind == "AssumedRole":
		return id.roleARN()
	case id.kind == "FederatedUser" && id.issuer != nil:
		return id.issuer.arn()
	}
	return id.arn()
}

// uniqueID returns the AROA or AIDA id, always the same for the same identity.
func (id identity) uniqueID() string {
	if id.kind == "AssumedRole" {
		return "AROA" + stableText(id.roleARN(), 10) + "EXAMPLE"
	}
	return "AIDA" + stableText("arn:aws:iam::"+id.account+":user"+id.path+id.name, 10) + "EXAMPLE"
}

// accessKeyID has the form of the examples in AWS's documentation. Those of sessions
// change each day.
func (id identity) accessKeyID(at time.Time) string {
	if id.kind == "IAMUser" {
		return "AKIA" + stableText(id.arn(), 9) + "EXAMPLE"
	}
	return "ASIA" + stableText(id.arn()+at.Format(time.DateOnly), 9) + "EXAMPLE"
}

func stableText(of string, n int) string { return stable(of).text(n, base32Capitals) }

// userIdentity is what the caller's own trail shows.
func (id identity) userIdentity(at time.Time) object {
	attributes := obj("creationDate", at.Truncate(6*time.Hour).Add(-time.Duration(at.YearDay())*time.Second).Format(time.RFC3339), "mfaAuthenticated", "false")
	var o object
	switch id.kind {
	case "AWSService":
		return obj("type", id.kind, "invokedBy", id.service)
	case "Unknown":
		return obj("type", id.kind)
	case "AWSAccount":
		return id.seenByOwner()
	case "IAMUser":
		o = obj("type", id.kind, "principalId", id.uniqueID(), "arn", id.arn(), "accountId", id.account, "accessKeyId", id.accessKeyID(at), "userName", id.name)
	case "Root":
		o = obj("type", id.kind, "principalId", id.account, "arn", id.arn(), "accountId", id.account, "accessKeyId", id.accessKeyID(at),
			"sessionContext", obj("sessionIssuer", object{}, "webIdFederationData", object{}, "attributes", attributes.with("mfaAuthenticated", "true")))
	case "FederatedUser":
		context := obj("attributes", attributes)
		if id.issuer != nil {
			context = obj("sessionIssuer", id.issuer.asIssuer("IAMUser", id.issuer.arn()), "attributes", attributes)
		}
		o = obj("type", id.kind, "principalId", id.account+":"+id.name, "arn", id.arn(), "accountId", id.account, "accessKeyId", id.accessKeyID(at), "sessionContext", context)
	case "AssumedRole":
		o = obj("type", id.kind, "principalId", id.uniqueID()+":"+id.session, "arn", id.arn(), "accountId", id.account, "accessKeyId", id.accessKeyID(at))
		if id.short {
			return o
		}
		context := obj("sessionIssuer", id.asIssuer("Role", id.roleARN()))
		if id.provider != "" {
			context = context.with("webIdFederationData", obj("federatedProvider", id.provider, "attributes", object{}))
		}
		context = context.with("attributes", attributes)
		if id.instance {
			context = context.with("ec2RoleDelivery", "2.0")
		}
		o = o.with("sessionContext", context)
	}
	if id.service != "" {
		o = o.with("invokedBy", id.service)
	}
	return o
}

func (id identity) asIssuer(kind, arn string) object {
	return obj("type", kind, "principalId", id.uniqueID(), "arn", arn, "accountId", id.account, "userName", id.name)
}

// seenByOwner is what the trail of the bucket's owner shows if that is another account:
// no ARN.
func (id identity) seenByOwner() object {
	if id.account == "anonymous" {
		return obj("type", "AWSAccount", "principalId", "", "accountId", "anonymous")
	}
	unique := id.uniqueID()
	if id.session != "" {
		unique += ":" + id.session
	}
	return obj("type", "AWSAccount", "principalId", unique, "accountId", id.account)
}
