package live

import (
	"context"
	"slices"

	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// calls are those that read an identity of one kind.
type calls struct {
	parameter                       string // with its name
	about, inline, inlineText, list int
}

// callsFor are the calls for each kind. Groups are not asked about by themselves.
var callsFor = map[string]calls{
	change.Role:  {"RoleName", getRole, listRolePolicies, getRolePolicy, listAttachedRolePolicies},
	change.User:  {"UserName", getUser, listUserPolicies, getUserPolicy, listAttachedUserPolicies},
	change.Group: {"GroupName", -1, listGroupPolicies, getGroupPolicy, listAttachedGroupPolicies},
}

// readIdentity reads the policies of a role or user: inline ones, those that are attached, the
// boundary, and those of a user's groups.
func (r *reader) readIdentity(ctx context.Context, p *part, w *event.Wanted) {
	_, account, name, ok := identityOf(w.Of.Name, w.Of.Type)
	if !ok {
		p.skip()
		return
	}
	p.account = account
	s, err := r.in(ctx, account)
	if p.fail(ctx, callsFor[w.Of.Type].about, err) {
		return
	}
	boundary, ok := r.about(ctx, p, s, w.Of, name)
	if !ok {
		return
	}
	if boundary != "" {
		r.link(ctx, p, s, w.Of, event.Bounded, boundary)
	}
	if !r.readHolder(ctx, p, s, w.Of, name) || w.Of.Type != change.User {
		return
	}
	groups, err := r.names(ctx, s, listGroupsForUser, "UserName", name)
	if p.fail(ctx, listGroupsForUser, err) {
		return
	}
	for _, group := range groups {
		of := event.Target{Type: change.Group, Name: "arn:" + s.partition + ":iam::" + account + ":group/" + group}
		p.Links = append(p.Links, event.Link{Of: w.Of, Relation: event.Member, To: of})
		r.readHolder(ctx, p, s, of, group)
	}
}

// about reads what a role or user is, and returns the ARN of its boundary.
func (r *reader) about(ctx context.Context, p *part, s *session, of event.Target, name string) (boundary string, ok bool) {
	type result struct {
		ARN      string `xml:"Arn"`
		Boundary string `xml:"PermissionsBoundary>PermissionsBoundaryArn"`
	}
	type answer struct {
		Role result `xml:"GetRoleResult>Role"`
		User result `xml:"GetUserResult>User"`
	}
	how := callsFor[of.Type]
	got, err := readXML[answer](r.call(ctx, s, ask(how.about, how.parameter, name).to(s.partition, "", "")))
	if isCode(err, "NoSuchEntity", "NoSuchEntityException") {
		p.note(of, "it does not exist, or does not any longer")
		return "", false
	}
	found := got.Role
	if of.Type == change.User {
		found = got.User
	}
	if err == nil && identity.Key(found.ARN) != of.Name {
		err = errGarbled
	}
	return found.Boundary, !p.fail(ctx, how.about, err)
}

// readHolder reads the inline policies of a role, user or group, and those that are attached.
// It says whether all of them were read.
func (r *reader) readHolder(ctx context.Context, p *part, s *session, of event.Target, name string) (ok bool) {
	how := callsFor[of.Type]
	inline, err := r.names(ctx, s, how.inline, how.parameter, name)
	if p.fail(ctx, how.inline, err) {
		return false
	}
	attached, err := r.names(ctx, s, how.list, how.parameter, name)
	if p.fail(ctx, how.list, err) {
		return false
	}
	ok = true
	for _, policy := range inline {
		text, err := r.inline(ctx, s, how, name, policy)
		if p.fail(ctx, how.inlineText, err) {
			ok = false
			continue
		}
		p.add(event.IdentityPolicy, of, policy, text)
	}
	for _, policy := range attached {
		ok = r.link(ctx, p, s, of, event.Attached, policy) && ok
	}
	if ok {
		p.Complete = append(p.Complete, of)
	}
	return ok
}

// inline returns the text of an inline policy. IAM encodes it as in a URL.
func (r *reader) inline(ctx context.Context, s *session, how calls, name, policy string) (string, error) {
	type answer struct {
		Role  string `xml:"GetRolePolicyResult>PolicyDocument"`
		User  string `xml:"GetUserPolicyResult>PolicyDocument"`
		Group string `xml:"GetGroupPolicyResult>PolicyDocument"`
	}
	got, err := readXML[answer](r.call(ctx, s, ask(how.inlineText, how.parameter, name, "PolicyName", policy).
		to(s.partition, "", "")))
	if err != nil {
		return "", err
	}
	return decoded(got.Role + got.User + got.Group)
}

// names reads a list of names, or of ARNs of policies.
func (r *reader) names(ctx context.Context, s *session, op int, parameter, name string) (list []string, err error) {
	type result struct {
		Inline   []string `xml:"PolicyNames>member"`
		Attached []string `xml:"AttachedPolicies>member>PolicyArn"`
		Groups   []string `xml:"Groups>member>GroupName"`
		More     bool     `xml:"IsTruncated"`
		Marker   string   `xml:"Marker"`
	}
	type answer struct { // the name of the first member is that of the call
		Result []struct{ result } `xml:",any"`
	}
	first := ask(op, parameter, name).to(s.partition, "", "")
	err = r.pages(ctx, s, first, func(_ request, marker string) request {
		return ask(op, parameter, name, "Marker", marker).to(s.partition, "", "")
	}, func(body []byte) (string, error) {
		got, err := readXML[answer](body, nil)
		if err != nil || len(got.Result) == 0 {
			return "", errGarbled
		}
		page := got.Result[0].result
		for _, one := range slices.Concat(page.Inline, page.Attached, page.Groups) {
			switch {
			case !isNameOf(op, one):
				return "", errGarbled
			case len(list) == maxItems:
				return "", errList
			}
			list = append(list, one)
		}
		if !page.More {
			return "", nil
		}
		return page.Marker, nil
	})
	return list, err
}

// isNameOf says whether a name can be one of a list. Names that are not go into no request.
func isNameOf(op int, name string) bool {
	switch op {
	case listAttachedRolePolicies, listAttachedUserPolicies, listAttachedGroupPolicies:
		return policyARN.MatchString(name)
	}
	return identityName.MatchString(name)
}
