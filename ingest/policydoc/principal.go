package policydoc

import "strings"

// A Grant says how directly a Principal element names the caller. In the caller's
// own account, that decides which other policies still have to allow the request.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
type Grant int8

const (
	NoGrant   Grant = iota
	ToAccount       // the account is named: its own policies decide
	ToRole          // the role is named, of which the caller is a session
	ToCaller        // the user, the session or everyone is named
)

// names says whether a principal of a policy is the caller, and how directly. What
// the grant would be is also returned where that is unseen.
func (p Principal) names(r *Request, missing *unseen) (Truth, Grant) {
	c := &r.Caller
	switch {
	case p.Type == "AWS" && p.Value == "*":
		return Holds, ToCaller
	case p.Type == "Service":
		return truthOf(c.Service != "" && strings.EqualFold(p.Value, c.Service)), ToCaller
	case c.Anonymous || c.Service != "":
		return Fails, NoGrant
	case p.Type == "CanonicalUser":
		// It is an account, or the identity of a CloudFront distribution. Records have
		// no canonical ids.
		return missing.add("Principal"), ToAccount
	case p.Type == "Federated":
		return p.namesProvider(r, missing)
	}
	account, resource := resourceOf(p.Value)
	switch {
	case isAccount(p.Value) || resource == "root":
		return p.namesAccount(c, account, missing), ToAccount
	case strings.HasPrefix(resource, sessionPrefix), strings.HasPrefix(resource, federatedPrefix):
		return p.namesSession(c, account, resource, missing), ToCaller
	case resource == "":
		return p.namesID(c, missing)
	}
	return p.namesIdentity(c, account, resource, missing)
}

func isAccount(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

func (p Principal) namesAccount(c *Caller, account string, missing *unseen) Truth {
	if account == "" {
		account = p.Value
	}
	if c.Account == "" {
		return missing.add("aws:PrincipalAccount")
	}
	return truthOf(c.Account == account)
}

// namesSession is about the ARN of a session. The log can lack that of the caller.
func (p Principal) namesSession(c *Caller, account, resource string, missing *unseen) Truth {
	if c.ARN == "" && c.Session == "" {
		return p.namesUnknown(c, account, missing)
	}
	if c.Session != "" || !c.isRole() {
		return truthOf(c.Session == p.Value)
	}
	role := strings.Split(resource, "/")
	if strings.HasPrefix(resource, sessionPrefix) && c.Account == account && len(role) == 3 && role[1] == last(c.ARN) {
		return missing.add("aws:userid")
	}
	return Fails
}

// namesUnknown is about a caller whose ARN the log does not have.
func (p Principal) namesUnknown(c *Caller, account string, missing *unseen) Truth {
	if c.Account != "" && c.Account != account {
		return Fails
	}
	return missing.add("aws:PrincipalArn")
}

// namesIdentity is about the ARN of a user or role.
func (p Principal) namesIdentity(c *Caller, account, resource string, missing *unseen) (Truth, Grant) {
	grant := ToCaller
	if strings.HasPrefix(resource, rolePrefix) || c.isFederated() {
		grant = ToRole
	}
	if c.ARN == "" {
		return p.namesUnknown(c, account, missing), grant
	}
	if p.Value != c.ARN && c.PathUnknown && strings.HasPrefix(resource, rolePrefix) &&
		c.Account == account && last(resource) == last(c.ARN) {
		return missing.add("aws:PrincipalArn"), grant
	}
	return truthOf(p.Value == c.ARN), grant
}

// namesID is about a unique id, which AWS shows in place of an ARN once the user or
// role is deleted. One of the same name that was made later has another id.
func (p Principal) namesID(c *Caller, missing *unseen) (Truth, Grant) {
	grant := ToCaller
	if c.isRole() {
		grant = ToRole
	}
	if c.UserID == "" {
		return missing.add("aws:userid"), grant
	}
	id, _, _ := strings.Cut(c.UserID, ":")
	return truthOf(id == p.Value), grant
}

// namesProvider is about an identity provider: of sessions that it vouched for.
func (p Principal) namesProvider(r *Request, missing *unseen) (Truth, Grant) {
	const key = "aws:FederatedProvider"
	if !r.Caller.isRole() {
		return Fails, ToRole
	}
	values, seen := r.Context.Lookup(key)
	if !seen {
		return missing.add(key), ToRole
	}
	return truthOf(len(values) == 1 && values[0] == p.Value), ToRole
}

// last returns the name at the end of an ARN.
func last(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// holds says whether a Principal or NotPrincipal element means the caller.
func (p *Principals) holds(r *Request, missing *unseen) (answer Truth, grant Grant) {
	if p.Not {
		return p.holdsForAllBut(r, missing), ToCaller
	}
	possible := NoGrant
	for _, one := range p.Values {
		t, g := one.names(r, missing)
		answer = max(answer, t)
		if t == Holds {
			grant = max(grant, g)
		}
		if t == Unseen {
			possible = max(possible, g)
		}
	}
	if answer != Holds {
		grant = possible
	}
	return answer, grant
}

// holdsForAllBut decides NotPrincipal. To except a user, a policy has to name the
// user and its account. With the account alone, its users are not excepted. With
// the user alone, AWS says that the policy might mean the account still.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
func (p *Principals) holdsForAllBut(r *Request, missing *unseen) Truth {
	var notes unseen
	account, caller := Fails, Fails
	for _, one := range p.Values {
		t, g := one.names(r, &notes)
		if g == ToAccount {
			account = max(account, t)
		} else {
			caller = max(caller, t)
		}
	}
	c := &r.Caller
	switch {
	case c.Bounded:
		return Holds // AWS denies whoever has a boundary, named or not
	case c.Anonymous || c.Service != "":
		return caller.not()
	case c.IsRoot():
		return max(account, caller).not()
	case account == Fails && caller == Holds:
		return missing.add("NotPrincipal")
	}
	if answer := min(account, caller).not(); answer != Unseen {
		return answer
	}
	for _, n := range notes {
		missing.add(n)
	}
	return Unseen
}
