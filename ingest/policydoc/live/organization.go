package live

import (
	"context"

	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
)

// filters are the names that AWS has for kinds of policies.
var filters = map[event.Policy]string{event.SCP: "SERVICE_CONTROL_POLICY", event.RCP: "RESOURCE_CONTROL_POLICY"}

// readOrganizationPolicy reads the SCP or RCP that a message names.
func (r *reader) readOrganizationPolicy(ctx context.Context, p *part, w *event.Wanted) {
	if !organizationPolicyID.MatchString(w.Of.Name) {
		p.skip()
		return
	}
	s, ok := r.manager(ctx, p, w.Account)
	if ok {
		r.describe(ctx, p, s, w.Of)
	}
}

// manager returns access to the account that can read the policies of an organization: the
// one that owns them or, if that is not known, the management account.
func (r *reader) manager(ctx context.Context, p *part, account string) (*session, bool) {
	if !arn.IsAccount(account) {
		own, err := r.own(ctx)
		if p.fail(ctx, describeOrganization, err) {
			return nil, false
		}
		r.manages.Do(func() {
			type answer struct {
				Organization struct{ MasterAccountId string }
			}
			var got *answer
			got, r.managesErr = readJSON[answer](r.call(ctx, own, askJSON(describeOrganization, nil).to(own.partition, "", "")))
			if r.managedBy = got.Organization.MasterAccountId; r.managesErr == nil && !arn.IsAccount(r.managedBy) {
				r.managesErr = errGarbled
			}
		})
		if p.fail(ctx, describeOrganization, r.managesErr) {
			return nil, false
		}
		account = r.managedBy
	}
	p.account = account
	s, err := r.in(ctx, account)
	return s, !p.fail(ctx, describePolicy, err)
}

// describe adds an SCP or RCP.
func (r *reader) describe(ctx context.Context, p *part, s *session, of event.Target) {
	r.mu.Lock()
	o := r.organization[of.Name]
	isNew := o == nil
	if isNew {
		o = &organizationPolicy{}
		r.organization[of.Name] = o
	}
	r.mu.Unlock()
	o.once.Do(func() {
		type answer struct {
			Policy struct {
				PolicySummary struct{ Id, Type string }
				Content       string
			}
		}
		got, err := readJSON[answer](r.call(ctx, s, askJSON(describePolicy, map[string]string{"PolicyId": of.Name}).
			to(s.partition, "", "")))
		for kind, name := range filters {
			if name == got.Policy.PolicySummary.Type {
				o.kind = kind
			}
		}
		if err == nil && (o.kind == "" || got.Policy.PolicySummary.Id != of.Name || got.Policy.Content == "") {
			err = errGarbled
		}
		o.text, o.err = got.Policy.Content, err
	})
	if isCode(o.err, "PolicyNotFoundException") {
		p.note(of, "the policy does not exist, or does not any longer")
		return
	}
	if !p.fail(ctx, describePolicy, o.err) && isNew {
		p.add(o.kind, of, "", o.text)
	}
}

// maxParents is how deep an account can lie in an organization: five levels of units, and
// the root.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
const maxParents = 6

// readApplied reads all SCPs or RCPs that apply to an account: its own, and those of each
// unit above it.
func (r *reader) readApplied(ctx context.Context, p *part, w *event.Wanted) {
	if !arn.IsAccount(w.Of.Name) || filters[w.Kind] == "" {
		p.skip()
		return
	}
	s, ok := r.manager(ctx, p, "")
	if !ok {
		return
	}
	for at, level := w.Of.Name, 0; at != "" && level <= maxParents; level++ {
		policies, err := r.attached(ctx, s, at, filters[w.Kind])
		if p.fail(ctx, listPoliciesForTarget, err) {
			return
		}
		for _, id := range policies {
			of := event.Target{Type: change.OrganizationPolicy, Name: id}
			p.Links = append(p.Links, event.Link{Of: w.Of, Relation: event.Attached, To: of})
			r.describe(ctx, p, s, of)
		}
		if at, err = r.parent(ctx, s, at); p.fail(ctx, listParents, err) {
			return
		}
	}
}

// attached returns the ids of the policies of an account, unit or root.
func (r *reader) attached(ctx context.Context, s *session, target, filter string) (ids []string, err error) {
	parameters := func(marker string) request {
		return askJSON(listPoliciesForTarget, map[string]string{"TargetId": target, "Filter": filter, "NextToken": marker}).
			to(s.partition, "", "")
	}
	err = r.pages(ctx, s, parameters(""), func(_ request, marker string) request { return parameters(marker) },
		func(body []byte) (string, error) {
			type answer struct {
				Policies  []struct{ Id string }
				NextToken string
			}
			got, err := readJSON[answer](body, nil)
			for _, one := range got.Policies {
				switch {
				case !organizationPolicyID.MatchString(one.Id):
					return "", errGarbled
				case len(ids) == maxItems:
					return "", errList
				}
				ids = append(ids, one.Id)
			}
			return got.NextToken, err
		})
	return ids, err
}

// parent returns the unit or root that an account or unit is in, or nothing above the root.
func (r *reader) parent(ctx context.Context, s *session, child string) (string, error) {
	if child[0] == 'r' {
		return "", nil
	}
	type answer struct {
		Parents []struct{ Id string }
	}
	got, err := readJSON[answer](r.call(ctx, s, askJSON(listParents, map[string]string{"ChildId": child}).to(s.partition, "", "")))
	if err == nil && (len(got.Parents) != 1 || !parentID.MatchString(got.Parents[0].Id)) {
		err = errGarbled
	}
	if err != nil {
		return "", err
	}
	return got.Parents[0].Id, nil
}
