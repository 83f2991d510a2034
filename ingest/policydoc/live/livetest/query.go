package livetest

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// answerQuery answers in the query protocol.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html#API_GetRole_Examples
func (s *Server) answerQuery(w http.ResponseWriter, c Call, form url.Values) {
	switch c.Name {
	case "GetCallerIdentity":
		result(w, c.Name, "<Arn>arn:aws:iam::"+c.Account+":user/auditor</Arn><UserId>AIDA</UserId><Account>"+c.Account+"</Account>")
	case "AssumeRole":
		s.assumeRole(w, c, form.Get("RoleArn"))
	case "DescribeVpcEndpoints":
		s.describeEndpoints(w, form.Get("VpcEndpointId.1"))
	case "GetPolicy", "GetPolicyVersion":
		s.managedPolicy(w, c, form)
	default:
		s.identity(w, c, form)
	}
}

func (s *Server) assumeRole(w http.ResponseWriter, c Call, role string) {
	account, name, _ := strings.Cut(strings.TrimPrefix(role, "arn:aws:iam::"), ":role/")
	if !slices.Contains(s.Trusting, account) {
		Fail(w, "AccessDenied", http.StatusForbidden)
		return
	}
	result(w, c.Name, "<AssumedRoleUser><Arn>arn:aws:sts::"+account+":assumed-role/"+name+"/trail403</Arn></AssumedRoleUser>"+
		"<Credentials><AccessKeyId>"+keyOf(account)+"</AccessKeyId><SecretAccessKey>y</SecretAccessKey>"+
		"<SessionToken>z</SessionToken><Expiration>2026-10-28T10:00:00Z</Expiration></Credentials>")
}

func (s *Server) describeEndpoints(w http.ResponseWriter, id string) {
	policy, ok := s.Endpoints[id]
	if !ok {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, "<Response><Errors><Error><Code>InvalidVpcEndpointId.NotFound</Code>"+
			"<Message>The Vpc Endpoint Id '"+id+"' does not exist</Message></Error></Errors><RequestID>r</RequestID></Response>")
		return
	}
	fmt.Fprintf(w, "<DescribeVpcEndpointsResponse><vpcEndpointSet><item><vpcEndpointId>%s</vpcEndpointId>"+
		"<policyDocument>%s</policyDocument></item></vpcEndpointSet></DescribeVpcEndpointsResponse>", id, escaped(policy))
}

func (s *Server) managedPolicy(w http.ResponseWriter, c Call, form url.Values) {
	text, ok := s.Managed[form.Get("PolicyArn")]
	switch {
	case !ok:
		Fail(w, "NoSuchEntity", http.StatusNotFound)
	case c.Name == "GetPolicy":
		result(w, c.Name, "<Policy><DefaultVersionId>v3</DefaultVersionId></Policy>")
	default:
		result(w, c.Name, "<PolicyVersion><Document>"+url.PathEscape(text)+"</Document><VersionId>v3</VersionId></PolicyVersion>")
	}
}

// identity answers about a role, user or group.
func (s *Server) identity(w http.ResponseWriter, c Call, form url.Values) {
	kind, inline := "Role", s.Roles
	switch {
	case form.Has("UserName"):
		kind, inline = "User", s.Users
	case form.Has("GroupName"):
		kind, inline = "Group", s.Groups
	}
	name := form.Get(kind + "Name")
	policies, ok := inline[name]
	if !ok {
		Fail(w, "NoSuchEntity", http.StatusNotFound)
		return
	}
	switch {
	case c.Name == "Get"+kind:
		boundary := ""
		if b := s.Boundary[name]; b != "" {
			boundary = "<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>" +
				"<PermissionsBoundaryArn>" + b + "</PermissionsBoundaryArn></PermissionsBoundary>"
		}
		result(w, c.Name, fmt.Sprintf("<%s><Path>/app/</Path><Arn>arn:aws:iam::%s:%s/app/%s</Arn>%s</%[1]s>",
			kind, c.Account, strings.ToLower(kind), name, boundary))
	case c.Name == "Get"+kind+"Policy":
		result(w, c.Name, "<PolicyName>x</PolicyName><PolicyDocument>"+url.PathEscape(policies[form.Get("PolicyName")])+"</PolicyDocument>")
	case c.Name == "List"+kind+"Policies":
		s.page(w, c, form, "PolicyNames", slices.Sorted(maps.Keys(policies)), "%s")
	case c.Name == "ListAttached"+kind+"Policies":
		s.page(w, c, form, "AttachedPolicies", s.Attached[name], "<PolicyArn>%s</PolicyArn>")
	default:
		s.page(w, c, form, "Groups", s.Member[name], "<GroupName>%s</GroupName>")
	}
}

// page answers with a page of one entry.
func (s *Server) page(w http.ResponseWriter, c Call, form url.Values, list string, all []string, entry string) {
	at := 0
	_, _ = fmt.Sscan(form.Get("Marker"), &at)
	body := ""
	if at < len(all) {
		body = "<member>" + fmt.Sprintf(entry, escaped(all[at])) + "</member>"
	}
	body = "<" + list + ">" + body + "</" + list + ">"
	if at+1 < len(all) {
		body += fmt.Sprintf("<IsTruncated>true</IsTruncated><Marker>%d</Marker>", at+1)
	} else {
		body += "<IsTruncated>false</IsTruncated>"
	}
	result(w, c.Name, body)
}

func result(w io.Writer, call, body string) {
	fmt.Fprintf(w, `<%sResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><%[1]sResult>%s</%[1]sResult>`+
		"<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%[1]sResponse>", call, body)
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}
